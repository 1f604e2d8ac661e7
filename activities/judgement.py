"""The recorded judgement: `decide` as a local activity, worded, with the plan's view saved for the pages."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime, BaseModel
from temporalio import activity

from activities.keeping import AskedOf, Keeping
from domain.actions import AddDeskTask, SendMessage
from domain.client import Channel
from domain.decide import decide
from domain.escalation import Escalation, notice
from domain.events import Event
from domain.judge_around import aside_key, aside_task, judge_around
from domain.names import escalation_touchpoint, word_key
from domain.policy import Practice
from domain.state import Decision, PlanState
from domain.wording import Wording
from domain.workflow_inputs import Fresh, StaffWord
from records.database import Records

log = logging.getLogger("followthrough.judgement")
LINK_LASTS = timedelta(days=7)
"""How long the link in a notice opens its question; every reminder brings a new one."""
BY_NUMBER = {
    "notice_escalation": "notice_goal",
    "notice_escalation_reminder": "notice_goal_reminder",
    "notice_backup": "notice_goal_backup",
}
"""Notices by text about a question that can also be answered by a number."""


class DecideInput(BaseModel):
    """What `decide` is asked: the state, what came since, the workflow's time, and how far it is in Temporal."""

    state: PlanState
    fresh: list[Fresh]
    now: AwareDatetime
    run_id: str = ""
    history_length: int = 0


class NoticeInput(BaseModel):
    """Which word to staff about an escalation is next; `channel` where it goes another way than at first."""

    escalation: Escalation
    nth: int
    practice: Practice
    channel: Channel | None = None


class WordInput(BaseModel):
    """Which answer to a text of staff about an escalation is to be worded, and the time."""

    escalation: Escalation
    word: StaffWord
    practice: Practice
    now: AwareDatetime
    channel: Channel | None = None


class Judge:
    """Decides for plans. `public_url` is where staff links lead."""

    def __init__(self, records: Records, wording: Wording, public_url: str) -> None:
        self._records = records
        self._wording = wording
        self._public_url = public_url
        self._keeping: Keeping[PlanState, Decision] = Keeping(
            Decision, records.save_judgement, self._stored, self._heed_opt_outs
        )

    @activity.defn(name="decide")
    def decide(self, asked: DecideInput) -> Decision:
        """Judge, put the messages into words, and try once to save it all. A failed save changes nothing.

        Where the records hold a newer judgement than the one that the state stands on, that one counts.
        """
        decision = self._kept(asked, lambda state, fresh: self._judged(state, fresh, asked.now))
        if decision is None:
            raise RuntimeError("a judgement is always made")
        return decision

    @activity.defn(name="decide_around")
    def decide_around(self, asked: DecideInput) -> Decision | None:
        """Where `decide` fails: judge what can be judged, and give what can't to a person. None: nothing can be."""
        return self._kept(asked, lambda state, fresh: self._judged_around(state, fresh, asked.now))

    def _kept(self, asked: DecideInput, judge: Callable[[PlanState, list[Fresh]], Decision | None]) -> Decision | None:
        of = AskedOf(asked.state, list(asked.fresh), asked.now, asked.run_id, asked.history_length)
        return self._keeping.kept(asked.state.plan_id, of, judge)

    def _judged_around(self, state: PlanState, fresh: list[Fresh], now: datetime) -> Decision | None:
        found = judge_around(lambda some: self._judged(state, some, now), fresh)
        if found is None:
            return None
        decision, plan_id = found.made, state.plan_id
        for event in found.aside:
            log.error("an event was put aside", extra={"plan_id": plan_id, "kind": event.type})
            kind, text = aside_task(event)
            key = f"{plan_id}:aside:{aside_key(event)}"
            decision.actions.append(AddDeskTask(key=key, plan_id=plan_id, kind=kind, text=text, at=now))
        return decision

    def _judged(self, state: PlanState, fresh: list[Fresh], now: datetime) -> Decision:
        decision = decide(state, fresh, now)
        decision.actions = [
            self.worded(action) if isinstance(action, SendMessage) else action for action in decision.actions
        ]
        return decision

    def _stored(self, plan_id: str, event_ids: list[str]) -> list[Event]:
        found = [self._records.stored_event(plan_id, event_id) for event_id in event_ids]
        return [each.event for each in found if each is not None]

    def _heed_opt_outs(self, state: PlanState, now: datetime) -> None:
        """Records that were put back may have forgotten an opt-out that the plan knows of."""
        for channel in state.opted_out:
            address = state.plan.client.address(channel)
            if address and not self._records.is_suppressed(channel, address):
                self._records.suppress(channel, address, now, "", "plan")

    @activity.defn(name="next_notice")
    def next_notice(self, asked: NoticeInput) -> SendMessage:
        """The next word to staff about an escalation; `due_at` says when it goes."""
        escalation = asked.escalation
        due = notice(escalation, asked.nth)
        template = due.template
        if (asked.channel or due.person.channels()[0]) == "sms" and escalation.answered_by_number:
            template = BY_NUMBER.get(template, template)
        return self._to_staff(escalation, asked.practice, due.to, template, str(asked.nth), due.due_at, asked.channel)

    @activity.defn(name="staff_word")
    def staff_word(self, asked: WordInput) -> SendMessage:
        """What somebody of the staff gets back who answered an escalation by text."""
        word = asked.word
        return self._to_staff(
            asked.escalation, asked.practice, word.to, word.template, word.ref, asked.now, asked.channel
        )

    def _to_staff(
        self,
        escalation: Escalation,
        practice: Practice,
        to: Literal["therapist", "backup"],
        template: str,
        ref: str,
        due_at: datetime,
        other: Channel | None,
    ) -> SendMessage:
        """A message with a link that opens this one question to this one person, without a login, for some days."""
        person = escalation.responsible if to == "therapist" else escalation.backup
        channel = other or person.channels()[0]
        token = self._records.link_to_decision(escalation.escalation_id, to, due_at + LINK_LASTS)
        message = SendMessage(
            message_key=word_key(escalation.escalation_id, ref, other or ""),
            touchpoint_key=escalation_touchpoint(escalation.escalation_id, ref),
            plan_id=escalation.plan_id,
            kind="escalation",
            audience="therapist",
            to=to,
            channel=channel,
            address=person.address(channel),
            language=person.language,
            time_zone=practice.time_zone,
            template=template,
            because=escalation.question,
            category="answer",
            any_hour=escalation.urgent,
            due_at=due_at,
            expires_at=due_at + timedelta(days=30),
            window=practice.follow_up.send_window,
            facts={
                "practice": practice.name,
                "practice_phone": practice.phone,
                "url": f"{self._public_url}/d/{token}",
            },
        )
        return self.worded(message)

    def worded(self, message: SendMessage) -> SendMessage:
        """The message with its text, by the practice's templates."""
        facts = {"url": f"{self._public_url}/plans/{message.plan_id}", **message.facts}
        words = self._wording.render(
            message.template, language=message.language, channel=message.channel, facts=facts, zone=message.time_zone
        )
        return message.model_copy(update={"text": words.text, "subject": words.subject, "facts": {}})
