"""Taking in what somebody wrote: who it may be, and all its consequences in one transaction."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select, update

from domain.client import Channel
from domain.emergency import Emergency
from domain.incoming import Incoming, OpenPlan, Sender, Settles, Taking, WhichOne
from domain.quoted_back import LATELY, MOST_TEXTS, may_quote, quoted_in
from domain.state import PlanState
from records.desk import DeskRecords
from records.escalations import EscalationRecords
from records.events import EventRecords
from records.inbound import InboundRecords, SealedRoute, open_incoming, open_route, seal_route
from records.messages import MessageRecords
from records.plans import PlanRecords
from records.sql import one_at_a_time
from records.suppression import SuppressionRecords, opted_out, subject_of
from records.tables import clients, inbound, plans
from records.views import StoredEvent


class SenderChanged(Exception):
    """Another text of this sender was taken in meanwhile: look the sender up again."""


class LookedUp(NamedTuple):
    """The message as it was stored first, who may have written it, and what it became if it was taken in before.

    `emergencies` are those that it was taken in with and that may not be carried out yet.
    """

    reply: Incoming
    sender: Sender
    taken: list[StoredEvent] | None
    emergencies: Sequence[Emergency] = ()


class CorrespondenceRecords(
    InboundRecords, EscalationRecords, EventRecords, PlanRecords, SuppressionRecords, MessageRecords, DeskRecords
):
    """Queries about whole messages that came in."""

    def look_up(self, reply: Incoming) -> LookedUp:
        """Everything that is needed to decide what a message means and for whom it is."""
        with self._reading() as connection:
            found = self._found_inbound(connection, reply.provider_id)
            if found is not None and found.taken_at is not None:
                return LookedUp(reply, Sender([]), self._events_of(connection, found))
            for row, key in self._readable(connection, [found] if found is not None else []):
                reply = open_incoming(row, key)  # a repetition counts from the moment of the first
                if under_way := open_route(row, key).emergencies:
                    return LookedUp(reply, Sender([]), self._events_of(connection, row), under_way)
            return LookedUp(reply, self._sender(connection, reply), None)

    def take_inbound(
        self, reply: Incoming, taking: Taking, at: datetime, question_until: datetime
    ) -> list[StoredEvent]:
        """Store a message with all that follows from it, or nothing of it. Taken before: what it became then.

        With `page`, `answers` or `emergencies` it waits for `inbound_taken`.
        Raises SenderChanged, NoSuchPlan, ClientErased.
        """
        with self._writing() as connection:
            # Sends and texts of one address follow each other, so that an opt-out comes before a send or after it.
            address_hmac = self._address_hmac(reply.from_address)
            for subject in sorted({subject_of(self._address_hmac(each)) for each in _addresses(reply, taking)}):
                one_at_a_time(connection, subject)
            self._store(reply, taking.plan_id)
            row = self._inbound_row(connection, reply.provider_id)
            if row.taken_at is not None:
                return self._events_of(connection, row)
            if any(open_route(each, key).emergencies for each, key in self._readable(connection, [row])):
                raise SenderChanged  # another process was faster, and carries them out
            if taking.settles:
                self._settle_question(connection, taking.settles, taking.plan_id)
            if taking.asks and self._question(connection, reply.channel, address_hmac, at) is not None:
                raise SenderChanged
            stored = self._follow(reply, taking, at)
            self._move_inbound(connection, row, taking.plan_id)
            self._note_route(connection, reply, taking, at, question_until)
            return stored

    def unanswered_questions(self, now: datetime) -> list[WhichOne]:
        """Questions back whose day is over without an answer; at most 100."""
        query = select(inbound).where(inbound.c.asked == "waits", inbound.c.asked_until <= now).limit(100)
        with self._reading() as connection:
            routes = [open_route(row, key) for row, key in self._readable(connection, list(connection.execute(query)))]
            return [route.question for route in routes if route.question is not None]

    def give_up_question(self, question: WhichOne, taking: Taking) -> None:
        """Give a reply that nobody placed to a person, once. Raises SenderChanged, NoSuchPlan, ClientErased."""
        with self._writing() as connection:
            self._settle_question(connection, Settles(provider_id=question.reply.provider_id, how="given_up"), None)
            for task in taking.tasks:
                self.add_desk_task(task)

    def _sender(self, connection: Connection, reply: Incoming) -> Sender:
        channel, address = reply.channel, reply.from_address
        here = self._open_plans(connection, self.plans_of_address(channel, address))
        named, also = self._named(connection, reply)
        known = here or named
        ended = [] if known else self._open_plans(connection, self.plans_of_address(channel, address, ended=True))
        address_hmac = self._address_hmac(address)
        row = self._question(connection, channel, address_hmac, reply.at)
        question = (
            next((open_route(each, key).question for each, key in self._readable(connection, [row])), None)
            if row
            else None
        )
        return Sender(
            plans=here,
            ended=ended,
            named=named,
            also=also,
            sent=self._quoted(connection, reply.text, address_hmac, reply.at),
            suppressed=opted_out(connection, channel, address_hmac),
            question=question,
            waits=row is not None and row.asked == "waits",
            staff=self.staff_at(channel, address),
        )

    def _named(self, connection: Connection, reply: Incoming) -> tuple[OpenPlan | None, list[OpenPlan]]:
        """The open plan that the conversation's token names, and the open plans of that client's own address."""
        if reply.plan_id is None:
            return None, []
        named = next(iter(self._open_plans(connection, [reply.plan_id])), None)
        if named is None or named.state.ended:
            return None, []
        own = named.state.plan.client.address(reply.channel)
        return named, self._open_plans(connection, self.plans_of_address(reply.channel, own)) if own else []

    def _open_plans(self, connection: Connection, plan_ids: list[str]) -> list[OpenPlan]:
        """These plans in this order, without those of erased clients."""
        query = (
            select(clients.c.recipient_id, plans.c.plan_id)
            .join(clients, clients.c.client_id == plans.c.client_id)
            .where(plans.c.plan_id.in_(plan_ids))
        )
        owners = {row.plan_id: row.recipient_id for row in connection.execute(query)}
        views = [self.plan(plan_id) for plan_id in plan_ids]
        states: list[PlanState] = [view.state for view in views if view is not None]
        return [OpenPlan(owners[state.plan_id], state) for state in states]

    def _quoted(self, connection: Connection, text: str, address_hmac: str, at: datetime) -> list[str]:
        """Texts of ours to this address that these words quote."""
        if not may_quote(text):
            return []
        return quoted_in(text, self.sent_lately(connection, address_hmac, at - LATELY, MOST_TEXTS))

    def _question(self, connection: Connection, channel: Channel, address_hmac: str, now: datetime) -> Row[Any] | None:
        """The last question back to this number within its day, unless it was answered."""
        query = (
            select(inbound)
            .where(
                inbound.c.address_hmac == address_hmac,
                inbound.c.channel == channel,
                inbound.c.asked.in_(("waits", "given_up")),
                inbound.c.asked_until > now,
            )
            .order_by(inbound.c.number.desc())
            .limit(1)
        )
        return connection.execute(query).first()

    def _store(self, reply: Incoming, plan_id: str | None) -> None:
        self.add_inbound(
            reply.provider_id,
            reply.channel,
            reply.from_address,
            reply.text,
            reply.at,
            plan_id,
            named_plan=reply.plan_id,
            trusted=reply.trusted,
            carrier_answered=reply.carrier_answered,
            carrier_said=reply.carrier_said,
            calendar=reply.calendar,
            automatic=reply.automatic,
        )

    def _settle_question(self, connection: Connection, settles: Settles, plan_id: str | None) -> None:
        """The question waits no more; one that was answered belongs to the plan of the answer."""
        row = self._inbound_row(connection, settles.provider_id)
        changed = connection.execute(
            update(inbound).where(inbound.c.number == row.number, inbound.c.asked == "waits").values(asked=settles.how)
        )
        if changed.rowcount != 1:
            raise SenderChanged
        if settles.how == "answered":
            self._move_inbound(connection, row, plan_id)

    def _follow(self, reply: Incoming, taking: Taking, at: datetime) -> list[StoredEvent]:
        source = f"the carrier took it for {reply.carrier_said}" if reply.carrier_said else "the client's own words"
        for address in taking.suppress:
            self.suppress(reply.channel, address, reply.at, reply.text, source)
        for channel, address in taking.closes:
            self.suppress(channel, address, reply.at, reply.text, source)
        for client_id in taking.opted_out:
            self.person_opted_out(client_id, reply.at)
        for client_id in taking.back:
            self.person_is_back(client_id, reply.at)
        for client_id in taking.died:
            self.person_died(client_id, at, certain=len(taking.died) == 1)
        if taking.lift:
            self.lift_suppression(reply.channel, reply.from_address, reply.at, reply.text)
        for task in [*taking.tasks, *(one.task for one in taking.emergencies if one.task)]:
            self.add_desk_task(task)
        for page in [taking.page, *(one.page for one in taking.emergencies)]:
            if page:
                self.add_escalation(page, at)
        return [self.add_event(plan_id, event, at) for plan_id, event in taking.events]

    def _note_route(
        self, connection: Connection, reply: Incoming, taking: Taking, at: datetime, question_until: datetime
    ) -> None:
        events = [(plan_id, event.event_id) for plan_id, event in taking.events]
        row = self._inbound_row(connection, reply.provider_id)
        for _, key in self._readable(connection, [row]):
            route = SealedRoute(events=events, question=taking.asks, emergencies=taking.emergencies)
            connection.execute(
                update(inbound)
                .where(inbound.c.number == row.number)
                .values(
                    sealed_route=seal_route(route, row.provider_hmac, key),
                    taken_at=None if taking.page or taking.answers or taking.emergencies else at,
                    asked="waits" if taking.asks else None,
                    asked_until=question_until if taking.asks else None,
                )
            )

    def _events_of(self, connection: Connection, row: Row[Any]) -> list[StoredEvent]:
        """What a message became when it was taken in; nothing where its client was erased."""
        pairs = [pair for each, key in self._readable(connection, [row]) for pair in open_route(each, key).events]
        found = [self.stored_event(plan_id, event_id) for plan_id, event_id in pairs]
        return [event for event in found if event is not None]


def _addresses(reply: Incoming, taking: Taking) -> list[str]:
    """Every number and address that this message says something about."""
    return [reply.from_address, *taking.suppress, *(address for _, address in taking.closes)]
