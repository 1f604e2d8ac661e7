"""The sheet on which `decide` works: the next state, what is to be done, and the lines for the plan's story."""

import uuid
from datetime import datetime, timedelta

from domain.actions import Action, AddDeskTask, CloseDeskTask, DeskTaskKind, OpenEscalation, WithdrawEscalation
from domain.client import Channel
from domain.escalation import Escalation, EscalationKind
from domain.opted_out import PHONE_THIS_CLIENT, for_staff, opted_out_of_all
from domain.state import Asked, JournalLine, PlanState
from domain.touchpoint import Audience, Category, Fact, Kind, Touchpoint

TWO_DAYS = timedelta(days=2)
_IN_THEIR_OWN_WORDS = ("opted_out", "wrong_number", "death", "grave_words")
"""Tasks that say themselves whether the client can be phoned."""
NAMESPACE = uuid.UUID("5b0cb9c6-6d1d-4a5e-9d6a-8f3f6f1c7a11")


class Judgement:
    """One run of `decide`: `state` is its own copy and may be changed, `now` never moves."""

    def __init__(self, state: PlanState, now: datetime) -> None:
        self.state = state.model_copy(deep=True)
        self.now = now
        self.actions: list[Action] = []

    def write(self, kind: Kind, text: str, because: str = "", at: datetime | None = None, to: str = "") -> None:
        """Add a line to the plan's story."""
        self.state.journal_seq += 1
        self.state.journal.append(
            JournalLine(
                seq=self.state.journal_seq,
                at=at or self.now,
                kind=kind,
                channel="desk" if to else "none",
                to=to,
                text=text,
                because=because,
            )
        )

    def owe(
        self,
        key: str,
        kind: Kind,
        template: str,
        because: str,
        *,
        facts: dict[str, Fact] | None = None,
        audience: Audience = "client",
        category: Category = "answer",
        any_hour: bool = False,
        safety: bool = False,
        about_opt_out: bool = False,
        lasts: timedelta = TWO_DAYS,
        appointment_id: str | None = None,
        not_by: list[Channel] | None = None,
    ) -> None:
        """A touchpoint that follows from this judgement and is due now. The same key is owed once."""
        if key in self.state.done or any(notice.key == key for notice in self.state.notices):
            return
        self.state.notices.append(
            Touchpoint(
                key=key,
                kind=kind,
                audience=audience,
                template=template,
                facts=facts or {},
                due_at=self.now,
                expires_at=self.now + lasts,
                because=because,
                category=category,
                any_hour=any_hour or safety,
                safety=safety,
                about_opt_out=about_opt_out,
                derived=False,
                not_by=not_by or [],
                appointment_id=appointment_id,
            )
        )

    def desk(
        self,
        key: str,
        kind: DeskTaskKind,
        text: str,
        *,
        for_owner: bool = False,
    ) -> None:
        """Give the front desk something to read or do. `key` is unique within the plan."""
        if kind not in _IN_THEIR_OWN_WORDS:
            text = for_staff(self.state, text)
        plan_id = self.state.plan_id
        key = f"{plan_id}:{key}"
        task = AddDeskTask(key=key, plan_id=plan_id, kind=kind, text=text, at=self.now, for_owner=for_owner)
        self.actions.append(task)
        self.write("notice", text, because="a person should look at it", to="front_desk")

    def close_desk(self, key: str) -> None:
        """Take a task off the front desk's list; its matter is settled."""
        self.actions.append(CloseDeskTask(key=f"{self.state.plan_id}:{key}", at=self.now))

    def ask(
        self,
        kind: EscalationKind,
        question: str,
        evidence: list[str],
        *,
        goal_id: str | None = None,
        appointment_id: str | None = None,
        about: str = "",
        escalation_id: str | None = None,
        phone: bool = True,
    ) -> None:
        """Ask the therapist, unless the same matter is already waiting for an answer. `about` tells red flags apart.

        `phone`: whether they may be told that only a call reaches a client who opted out.

        `escalation_id`: they were asked already, under this id; here it is only noted that the answer is waited for.
        """
        state = self.state
        if escalation_id is None:
            if any(a.open and a.is_about(kind, goal_id, appointment_id, about) for a in state.asked):
                return
        elif any(a.escalation_id == escalation_id for a in state.asked):
            return
        if phone and opted_out_of_all(state) and not any(PHONE_THIS_CLIENT in line for line in evidence):
            evidence = [*evidence, PHONE_THIS_CLIENT]
        policy = state.policy
        urgent = kind == "red_flag"
        escalation = Escalation(
            escalation_id=escalation_id or uuid.uuid5(NAMESPACE, f"{state.plan_id}/{len(state.asked)}").hex,
            plan_id=state.plan_id,
            kind=kind,
            goal_id=goal_id,
            appointment_id=appointment_id,
            session=len(state.sessions),
            question=question,
            evidence=evidence,
            opened_at=self.now,
            responsible=state.plan.therapist,
            backup=state.backup,
            remind_after=policy.red_flag_reminder_after if urgent else policy.escalation_reminder_after,
            backup_after=policy.red_flag_reminder_after if urgent else policy.backup_after,
            undo_for=timedelta(0) if urgent else policy.undo_for,
            accuses=urgent and state.therapist_is_accused,
        )
        state.asked.append(
            Asked(
                escalation_id=escalation.escalation_id,
                kind=kind,
                goal_id=goal_id,
                appointment_id=appointment_id,
                about=about,
                session=escalation.session,
                opened_at=self.now,
                question=question if escalation.about_safety else "",
                evidence=evidence if escalation.about_safety else [],
            )
        )
        action = OpenEscalation(escalation=escalation)
        self.actions.insert(0, action) if urgent else self.actions.append(action)
        self.write("escalation", question, because="; ".join(evidence), to="therapist")

    def withdraw_questions(
        self, because: str, *, goal_id: str | None = None, kind: EscalationKind | None = None
    ) -> None:
        """Open escalations of this plan (of this goal and kind, where given) need no answer any more."""
        for asked in self.state.asked:
            if asked.open and goal_id in (None, asked.goal_id) and kind in (asked.kind, None):
                if asked.kind == "red_flag":
                    continue  # a possible emergency waits for a person, whatever became of the plan
                asked.withdrawn = True
                self.actions.append(WithdrawEscalation(escalation_id=asked.escalation_id, because=because))
                self.write("decision", "The question was withdrawn.", because=because)

    def drop_notices(self) -> None:
        """What was owed and not yet sent is owed no more, but for safety texts and a person's own words."""
        for notice in self.state.notices:
            if not (notice.safety or notice.by_a_person):
                self.write("dropped", notice.template, because="the plan has ended")
        self.state.notices = [n for n in self.state.notices if n.safety or n.by_a_person]
