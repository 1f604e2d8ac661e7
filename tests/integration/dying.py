"""Runs the product's own worker or web program, and lets it die by SIGKILL or freeze by SIGSTOP exactly at a step.

`python -m tests.integration.dying worker|web --orders FOLDER`. This process only loads the product and watches: each
life is a child of it, and when one has died the next one begins. The product has no hooks: its functions are wrapped
here, from outside. Waits that take minutes in real life are shortened (`chaos_waits`).
"""

import argparse
import functools
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import cli
import programs.up
import providers.last_look
import providers.sendgrid_email
import providers.twilio_sms
import worker
from activities.hand_over import HandOver
from activities.messages import SendMessages
from records.database import Records
from tests.integration.chaos_steps import Order, Orders
from tests.integration.chaos_waits import shorten

ON_ITS_WAY_SECONDS = 0.15
SHORTEST_LIFE_SECONDS = 0.3


class Death:
    """Knows the orders, and which message an id belongs to."""

    def __init__(self, role: str, orders: Orders) -> None:
        self._role = role
        self._orders = orders
        self._known: dict[str, tuple[str, str]] = {}
        self._here = threading.local()
        self._gathered, self._gathering, self._thawed = 0, threading.Lock(), threading.Event()
        self._frozen: dict[str, Order] = {}
        self._records: Any = None

    def at(self, step: str, who: str, about: str = "", message_id: str = "") -> None:
        """Die or freeze here if an order says so."""
        order = self._orders.matching(step, who, about)
        if order is None or not self._orders.claim(order, self._role, message_id):
            return
        if order.does == "freeze":
            self._freeze(order, message_id)
        else:
            os.kill(os.getpid(), signal.SIGKILL)
            time.sleep(60)  # the signal comes at once; nothing more may happen in this thread

    def _freeze(self, order: Order, message_id: str) -> None:
        """The last thread to come stops the whole process; none goes on before somebody has woken it."""
        self._frozen[message_id] = order
        with self._gathering:
            self._gathered += 1
            is_last = self._gathered == order.together
        if is_last:
            with self._no_lock():
                signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)  # stops this thread before it returns
            self._thawed.set()
        self._thawed.wait()

    def _no_lock(self) -> Any:
        """No thread of this process is within SQLite's one transaction that writes: it would stop everybody."""
        return getattr(self._records, "_turn")  # noqa: B009

    # Sending

    def intend(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(itself: Any, message: Any, at: Any) -> Any:
            self.at("intend-before", message.address or "", message.touchpoint_key)
            row = original(itself, message, at)
            self._known[row.message_id] = (row.message.address or "", row.message.touchpoint_key)
            self._with("intend-after", row.message_id)
            return row

        return wrapped

    def begin(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(itself: Any, message_id: str, *rest: Any) -> Any:
            self._records = itself
            self._with("begin-before", message_id)
            begun = original(itself, message_id, *rest)
            if begun.obstacle is None:
                self._with("begin-after", message_id)
            return begun

        return wrapped

    def settle(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(itself: Any, message_id: str, *rest: Any, **named: Any) -> None:
            self._with("settle-before", message_id)
            original(itself, message_id, *rest, **named)
            self._with("settle-after", message_id)

        return wrapped

    def send(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(itself: Any, outgoing: Any) -> Any:
            who, about = self._known.get(outgoing.message_id, ("", ""))
            self._here.sending = outgoing.message_id
            during = self._orders.matching("send-during", who, about)
            dying = threading.Timer(ON_ITS_WAY_SECONDS, self._with, ("send-during", outgoing.message_id))
            if during:
                dying.start()
            try:
                return original(itself, outgoing)
            finally:
                self._here.sending = ""
                if frozen := self._frozen.pop(outgoing.message_id, None):
                    self._orders.go_on(frozen)
                if during:
                    dying.join()
                self._with("send-after", outgoing.message_id)

        return wrapped

    def last_look(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped() -> None:
            if message_id := getattr(self._here, "sending", ""):
                self._with("connected", message_id)
            original()

        return wrapped

    def find(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(itself: Any, outgoing: Any, *rest: Any) -> Any:
            self._with("find-before", outgoing.message_id)
            found = original(itself, outgoing, *rest)
            self._with("find-after", outgoing.message_id)
            return found

        return wrapped

    def activity(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def wrapped(itself: Any, message: Any) -> Any:
            outcome = original(itself, message)
            self.at("activity-after", message.address or "", message.touchpoint_key)
            return outcome

        return wrapped

    def _with(self, step: str, message_id: str) -> None:
        who, about = self._known.get(message_id, ("", ""))
        self.at(step, who, about, message_id)

    # Receiving

    def take(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(itself: Any, reply: Any, *rest: Any) -> Any:
            self.at("take-before", reply.from_address, reply.text)
            self._here.reply = reply
            try:
                stored = original(itself, reply, *rest)
            finally:
                self._here.reply = None
            self.at("take-after", reply.from_address, reply.text)
            return stored

        return wrapped

    def inside(self, step: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """A step within the transaction that takes a reply in."""

        def wrap(original: Callable[..., Any]) -> Callable[..., Any]:
            def wrapped(itself: Any, *rest: Any, **named: Any) -> Any:
                done = original(itself, *rest, **named)
                if reply := getattr(self._here, "reply", None):
                    self.at(step, reply.from_address, reply.text)
                return done

            return wrapped

        return wrap

    def add_event(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(itself: Any, plan_id: str, event: Any, at: Any) -> Any:
            self.at("event-before", plan_id, event.type)
            stored = original(itself, plan_id, event, at)
            self.at("event-after", plan_id, event.type)
            return stored

        return wrapped

    def hand_over(self, original: Callable[..., Any]) -> Callable[..., Any]:
        async def wrapped(itself: Any, plan_id: str, event: Any, now: Any, **named: Any) -> Any:
            about = getattr(event, "text", event.type)
            self.at("hand-before", plan_id, about)
            self._known[event.event_id] = (plan_id, about)
            return await original(itself, plan_id, event, now, **named)

        return wrapped

    def settle_event(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(itself: Any, plan_id: str, event_id: str, *rest: Any) -> None:
            _, about = self._known.get(event_id, ("", ""))
            self.at("handed", plan_id, about)
            original(itself, plan_id, event_id, *rest)
            self.at("hand-settled", plan_id, about)

        return wrapped

    def report(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(itself: Any, message_id: str, *rest: Any) -> Any:
            row = itself.message(message_id)
            who = (row.message.address or "") if row is not None else ""
            self.at("report-before", who, message_id=message_id)
            self._here.reported = who
            reported = original(itself, message_id, *rest)
            self.at("report-after", who, message_id=message_id)
            return reported

        return wrapped

    def delivery(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(itself: Any, message_id: str, *rest: Any) -> Any:
            moved = original(itself, message_id, *rest)
            self.at("report-inside", getattr(self._here, "reported", ""), message_id=message_id)
            return moved

        return wrapped


def wrap_all(death: Death) -> None:
    """Put the deaths around the product's functions."""
    twilio, sendgrid = providers.twilio_sms.TwilioSms, providers.sendgrid_email.SendGridEmail
    places: list[tuple[Any, str, Callable[[Callable[..., Any]], Callable[..., Any]]]] = [
        (Records, "intend", death.intend),
        (Records, "begin_send", death.begin),
        (Records, "settle_message", death.settle),
        (twilio, "send", death.send),
        (sendgrid, "send", death.send),
        (providers.last_look, "_look", death.last_look),
        (twilio, "find", death.find),
        (SendMessages, "send_message", death.activity),
        (Records, "take_inbound", death.take),
        (Records, "add_inbound", death.inside("stored-inside")),
        (Records, "suppress", death.inside("suppressed-inside")),
        (Records, "add_event", death.add_event),
        (Records, "add_event", death.inside("event-inside")),
        (HandOver, "hand_over", death.hand_over),
        (Records, "settle_event", death.settle_event),
        (Records, "take_report", death.report),
        (Records, "delivery", death.delivery),
    ]
    for owner, name, wrapper in places:
        setattr(owner, name, wrapper(getattr(owner, name)))


def live(role: str, orders: Orders) -> None:
    """One life, in a process of its own. Never returns."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    try:
        wrap_all(Death(role, orders.read()))
        sys.argv = [role] if role == "worker" else ["followthrough", "web"]
        worker.main() if role == "worker" else cli.main()
    finally:
        os._exit(70)


def _wait(child: int, parent: int) -> int | None:
    """How the life ended; None where whoever started us is gone, so that nothing is left behind."""
    while os.getppid() == parent:
        ended, status = os.waitpid(child, os.WNOHANG)
        if ended:
            return status
        time.sleep(0.05)
    return None


def main() -> None:
    """Begin one life after the other, until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("role", choices=("worker", "web"))
    parser.add_argument("--orders", type=Path, required=True)
    asked = parser.parse_args()
    shorten({})
    assert programs.up.run_web  # loaded now, so that no life has to load it
    child, parent = 0, os.getppid()

    def stop(_number: int, _frame: FrameType | None) -> None:
        if child:
            os.kill(child, signal.SIGKILL)
        os._exit(0)

    signal.signal(signal.SIGTERM, stop)
    while True:
        child = os.fork()
        if child == 0:
            live(asked.role, Orders(asked.orders))
        status = _wait(child, parent)
        if status is None:
            stop(0, None)
        elif not os.WIFSIGNALED(status):
            sys.stderr.write(f"{asked.role} ended by itself: {os.waitstatus_to_exitcode(status)}\n")
        time.sleep(SHORTEST_LIFE_SECONDS)


if __name__ == "__main__":
    main()
