"""The recorded judgement: `decide` as a local activity, worded, with the plan's view saved for the pages."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from pydantic import AwareDatetime, BaseModel
from temporalio import activity

from activities.keeping import AskedOf, Keeping
from domain.actions import AddDeskTask, SendMessage
from domain.client import Channel, Person
from domain.decide import decide
from domain.escalation import Escalation, notice
from domain.events import Event
from domain.judge_around import aside_key, aside_task, judge_around
from domain.members import Member, is_out, owners_to_tell, same
from domain.names import escalation_touchpoint, word_key
from domain.policy import Practice
from domain.stand_in import Told, needs_others, told_of
from domain.state import Decision, PlanState
from domain.wording import Wording
from domain.workflow_inputs import Fresh, StaffWord
from records.database import Records

log = logging.getLogger("followthrough.judgement")
LINK_LASTS = timedelta(days=7)
"""How long the link in a notice opens its question; every reminder brings a new one."""
TELL_OWNERS_WITHIN = timedelta(days=7)
FOR_OWNER = "words wait that only an owner reads"
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
        self._known_members: list[Member] = []

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
            self.worded(self._to_who_is_here(action, state)) if isinstance(action, SendMessage) else action
            for action in decision.actions
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

    def _to_who_is_here(self, message: SendMessage, state: PlanState) -> SendMessage:
        """A word to a therapist who is let in no more goes to the backup person, or to an owner."""
        if message.audience != "therapist" or message.to != "therapist":
            return message
        members = self._members()
        if not is_out(state.plan.therapist, members):
            return message
        others = [person for person in [state.backup] if not is_out(person, members)]
        person = next(iter([*others, *owners_to_tell(state.practice.owner, members)]), None)
        if person is None:
            return message.model_copy(update={"address": None})
        channel = message.channel if person.address(message.channel) else person.channels()[0]
        found = {"to": "backup" if others else "owner", "channel": channel, "address": person.address(channel)}
        return message.model_copy(update=found | {"language": person.language})

    @activity.defn(name="next_notice")
    def next_notice(self, asked: NoticeInput) -> SendMessage:
        """The next word to staff about an escalation; `due_at` says when it goes."""
        escalation = asked.escalation
        due = notice(escalation, asked.nth)
        told = told_of(escalation, due.to, self._members(), asked.practice.owner)
        template = due.template
        channel = asked.channel or (told.person.channels()[0] if told else "sms")
        by_number = told is not None and told.to != "owner" and escalation.answered_by_number
        if channel == "sms" and by_number:
            template = BY_NUMBER.get(template, template)
        return self._to_staff(escalation, asked.practice, told, template, str(asked.nth), due.due_at, asked.channel)

    def needs_others(self, escalation: Escalation) -> bool:
        """Whether the plan's therapist can't be asked, so that the backup person and an owner are."""
        return needs_others(escalation, self._members())

    @activity.defn(name="staff_word")
    def staff_word(self, asked: WordInput) -> SendMessage:
        """What somebody of the staff gets back who answered an escalation by text."""
        word, escalation = asked.word, asked.escalation
        told = Told(word.to, escalation.responsible if word.to == "therapist" else escalation.backup)
        return self._to_staff(escalation, asked.practice, told, word.template, word.ref, asked.now, asked.channel)

    def _to_staff(
        self,
        escalation: Escalation,
        practice: Practice,
        told: Told | None,
        template: str,
        ref: str,
        due_at: datetime,
        other: Channel | None,
    ) -> SendMessage:
        """A message with a link that opens this one question to this one person, without a login, for some days.

        Where nobody is left who may be told, it has no address, and becomes a task for the desk.
        """
        to = told.to if told else "backup"
        person = told.person if told else None
        channel = other or (person.channels()[0] if person else "sms")
        who = person.name if person and to == "owner" else ""
        token = self._records.link_to_decision(escalation.escalation_id, to, due_at + LINK_LASTS, who)
        message = SendMessage(
            message_key=word_key(escalation.escalation_id, ref, other or ""),
            touchpoint_key=escalation_touchpoint(escalation.escalation_id, ref),
            plan_id=escalation.plan_id,
            kind="escalation",
            audience="therapist",
            to=to,
            channel=channel,
            address=person.address(channel) if person else None,
            language=person.language if person else practice.language,
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

    def words_to_owners(self, plan_id: str, about: str, practice: Practice, now: datetime) -> list[list[SendMessage]]:
        """For each owner the ways to tell them that words wait which only they read, the first choice first.

        Where no owner can be told it is the backup person, unless that is the plan's therapist.
        """
        view = self._records.plan(plan_id)
        if view is None:
            return []
        therapist, backup, members = view.state.plan.therapist, view.state.backup, self._members()
        people = owners_to_tell(practice.owner, members, but=therapist)
        if not people and not same(backup, therapist) and not is_out(backup, members):
            people = [backup]
        return [self._to_owner(plan_id, about, practice, now, nth, person) for nth, person in enumerate(people)]

    def _to_owner(
        self, plan_id: str, about: str, practice: Practice, now: datetime, nth: int, person: Person
    ) -> list[SendMessage]:
        key = f"for-owner:{about}:{nth}"
        made = (
            SendMessage(
                message_key=f"{plan_id}:{key}:{channel}",
                touchpoint_key=key,
                plan_id=plan_id,
                kind="escalation",
                audience="therapist",
                to="owner",
                channel=channel,
                address=person.address(channel),
                language=person.language,
                time_zone=practice.time_zone,
                template="notice_for_owner",
                because=FOR_OWNER,
                category="answer",
                any_hour=True,
                due_at=now,
                expires_at=now + TELL_OWNERS_WITHIN,
                facts={"practice": practice.name, "practice_phone": practice.phone},
            )
            for channel in person.channels()
        )
        return [self.worded(message) for message in made]

    def worded(self, message: SendMessage) -> SendMessage:
        """The message with its text, by the practice's templates."""
        facts = {"url": f"{self._public_url}/plans/{message.plan_id}", **message.facts}
        words = self._wording.render(
            message.template, language=message.language, channel=message.channel, facts=facts, zone=message.time_zone
        )
        return message.model_copy(update={"text": words.text, "subject": words.subject, "facts": {}})

    def _members(self) -> list[Member]:
        """The staff, as last known where the records don't answer: a plan is judged all the same."""
        try:
            self._known_members = self._records.members()
        except Exception as error:
            log.warning("who is let in can't be read", extra={"error": type(error).__name__})
        return self._known_members
