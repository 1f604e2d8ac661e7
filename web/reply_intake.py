"""Takes in what people write: once per message, an opt-out obeyed at once, and no possible emergency unread."""

import asyncio
import contextlib
import logging
from datetime import datetime, timedelta

from activities.emergencies import Emergencies
from activities.start import WorkflowStarter
from domain.actions import AddDeskTask
from domain.heed_accusation import heed_accusations
from domain.heed_emergency import heed_emergencies
from domain.incoming import Incoming, Taking
from domain.long_replies import cut_short
from domain.policy import Practice
from domain.route_reply import ANSWER_WITHIN, give_up, in_words, route
from domain.staff_reply import Told, may_be_from_staff, slot_of, staff_answer
from domain.stand_in import may_be_asked
from records.correspondence import LookedUp, SenderChanged
from records.database import Records
from records.store import NoSuchPlan
from records.vault import ClientErased
from records.views import StoredEvent
from web.staff_answers import StaffAnswers, TemporalAway

log = logging.getLogger("followthrough.replies")
WAIT_FOR = timedelta(seconds=1)
"""A vendor's webhook is answered within two seconds, whatever the sender of our answer is doing."""
TAKE_AFTER = timedelta(seconds=10)
"""The sweep leaves younger messages to the request that brought them."""
ATTEMPTS = 5
"""How often a message is routed anew because something else changed meanwhile."""
CHANGED_MEANWHILE = (SenderChanged, NoSuchPlan, ClientErased)


class ReplyIntake:
    """The way in for replies, whoever brings them."""

    def __init__(
        self,
        records: Records,
        starter: WorkflowStarter,
        practice: Practice,
        staff: StaffAnswers | None = None,
        emergencies: Emergencies | None = None,
    ) -> None:
        """`staff` carries out what staff answer by text; without it their texts go to the desk.

        `emergencies` carries out what can't wait for a plan; by default it asks the therapist and sends nothing itself.
        """
        self._staff = staff
        self._records = records
        self._emergencies = emergencies or Emergencies(records, starter, practice)
        self._under_way: set[asyncio.Task[None]] = set()

    async def store(self, reply: Incoming, now: datetime) -> list[StoredEvent]:
        """Write the message down with all that follows from it. The same id again changes nothing.

        Returns the events it became: none where it is for a person, or came from somebody without an open plan.
        """
        taking, stored = await asyncio.to_thread(self._take, reply, now)
        await self._begin(reply.provider_id, taking, now)
        with contextlib.suppress(TemporalAway):  # the sweep does it
            await self._answer(reply, taking, now)
        return stored

    async def sweep(self, now: datetime) -> None:
        """Finish what a killed process left behind, and give replies that nobody placed within a day to a person."""
        for reply in await asyncio.to_thread(self._records.inbound_to_take, now - TAKE_AFTER):
            try:
                taking, _ = await asyncio.to_thread(self._take, reply, now, sweeping=True)
                await self._carry_out(reply.provider_id, taking, now)
                await self._answer(reply, taking, now)
            except Exception as error:  # the next round tries again, and no message stands in the way of another
                log.warning("a message could not be taken in yet", extra={"error": type(error).__name__})
        await asyncio.to_thread(self._give_up_old_questions, now)

    async def emergencies_carried_out(self, within: timedelta) -> None:
        """Wait, at most so long, for what is being done about emergencies: a plan that comes second finds it."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=within.total_seconds())

    def _take(self, reply: Incoming, now: datetime, *, sweeping: bool = False) -> tuple[Taking, list[StoredEvent]]:
        """One read, the decision, one write; from the start again where the sender's state changed in between."""
        for _ in range(ATTEMPTS):
            known = self._records.look_up(reply)
            if known.taken is not None:  # what it was taken in with is under way, or left for the sweep to finish
                return Taking(emergencies=list(known.emergencies) if sweeping else []), known.taken
            short, rest = cut_short(known.reply)
            heard = known._replace(reply=short)
            try:
                taking = self._from_staff(heard) or route(short, known.sender)
            except Exception as error:  # a fault of ours must not cost anybody's words: a person reads them
                log.error("a message could not be routed", extra={"error": type(error).__name__})
                taking = _for_a_person(short)
            taking = _with_emergencies(heard, taking, now)
            if rest is not None:
                mine = rest.model_copy(update={"plan_id": taking.plan_id or ""})
                taking = taking.model_copy(update={"tasks": [*taking.tasks, mine]})
            with contextlib.suppress(*CHANGED_MEANWHILE):
                return taking, self._records.take_inbound(known.reply, taking, now, known.reply.at + ANSWER_WITHIN)
        raise RuntimeError("a sender's state changed again and again while a message of theirs was taken in")

    def _from_staff(self, known: LookedUp) -> Taking | None:
        """The answer of somebody of the staff to a question that this number was told of; None for any other text."""
        if self._staff is None or not may_be_from_staff(known.reply, known.sender):
            return None
        told = self._records.told_of("sms", known.reply.from_address)
        views = [view for view in map(self._records.escalation, told) if view is not None]
        members = self._records.members()
        may = [view for view in views if may_be_asked(view.escalation, slot_of(known.reply, view.escalation), members)]
        if views and not may:
            return None  # whoever is asked no more answers nothing: a person reads it
        answer = staff_answer(known.reply, [Told(view.escalation, view.status == "open") for view in may])
        return Taking(answers=answer) if answer else None

    async def _answer(self, reply: Incoming, taking: Taking, now: datetime) -> None:
        """Carry out what somebody of the staff answered. Raises TemporalAway; until then the text isn't taken in."""
        if taking.answers is None or self._staff is None:
            return
        await self._staff.carry_out(reply, taking.answers, now)
        await asyncio.to_thread(self._records.inbound_taken, reply.provider_id, now)

    async def _begin(self, provider_id: str, taking: Taking, now: datetime) -> None:
        """Carry out emergencies now; whoever brought the message waits for that a moment, and not for a slow sender."""
        if not taking.emergencies:
            return
        task = asyncio.create_task(self._carry_out(provider_id, taking, now))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        done, _ = await asyncio.wait({task}, timeout=WAIT_FOR.total_seconds())
        for each in done:
            each.result()

    async def _carry_out(self, provider_id: str, taking: Taking, now: datetime) -> None:
        """Answer, page and ask, for each plan. Until all of that is done the message isn't taken in."""
        if not taking.emergencies:
            return
        done = await asyncio.gather(*(self._emergencies.carry_out(one, now) for one in taking.emergencies))
        if all(done):
            await asyncio.to_thread(self._records.inbound_taken, provider_id, now)

    def _give_up_old_questions(self, now: datetime) -> None:
        for question in self._records.unanswered_questions(now):
            task = give_up(question, "asked which, nobody answered within a day")
            with contextlib.suppress(*CHANGED_MEANWHILE):  # it was answered just now, or its client was erased
                self._records.give_up_question(question, Taking(tasks=[task]))


def _with_emergencies(known: LookedUp, taking: Taking, now: datetime) -> Taking:
    try:
        heeded = heed_emergencies(known.reply, known.sender, taking, now)
        return heed_accusations(known.reply, known.sender, heeded)
    except Exception as error:  # a plan's state may be the fault: then its workflow, or a person, answers
        log.error("an emergency could not be seen to at once", extra={"error": type(error).__name__})
        return taking


def _for_a_person(reply: Incoming) -> Taking:
    words = f"{in_words(reply)} came that the program could not place: read it and answer."
    text = f'{words} They wrote: "{reply.text}" From: {reply.from_address}.'
    task = AddDeskTask(key=f"not-routed:{reply.provider_id}", plan_id="", kind="reply", text=text, at=reply.at)
    return Taking(tasks=[task])
