"""The steps of sending and receiving at which a process can be told to die or to freeze, and how it is told.

An order names a step and the reader, plan or text that it is about. It is carried out once, by whichever process
comes there first: that one leaves a note and kills itself, or stops itself until somebody wakes it.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

SENDING = (
    "intend-before",
    "intend-after",
    "begin-before",
    "begin-after",
    "send-during",
    "send-after",
    "settle-before",
    "settle-after",
    "activity-after",
)
"""Of any message: written down, begun, handed to the provider, its outcome noted, and told to Temporal."""
FINDING = ("find-before", "find-after")
"""Only where the provider can be asked later."""
RECEIVING = (
    "take-before",
    "stored-inside",
    "event-inside",
    "take-after",
    "hand-before",
    "handed",
    "hand-settled",
)
"""Of a reply: before, within and after the transaction that takes it in, then around its hand-over."""
OPTING_OUT = "suppressed-inside"
REPORTING = ("report-before", "report-inside", "report-after")
FREEZING = ("begin-after", "connected")
"""Between the transaction that begins a send and its first byte: before connecting, and after it."""
TELLING = ("event-before", "event-after", "hand-before", "handed", "hand-settled")
"""Of an event that another program tells."""


@dataclass(frozen=True)
class Order:
    """Die at `step`. `who` is an address or a plan's id, `about` how the touchpoint key, the text or the event begins.

    With `after`, only once that other order was carried out. To freeze, `together` threads of one process come to their
    own orders first: then all of it stands still, as by SIGSTOP, and goes on by SIGCONT.
    """

    name: str
    step: str
    who: str
    about: str = ""
    after: str = ""
    does: Literal["die", "freeze"] = "die"
    together: int = 1


@dataclass(frozen=True)
class Note:
    """What a process left behind: the order that it carried out, as which program, at which message if any."""

    name: str
    role: str
    message_id: str
    pid: int = 0


class Orders:
    """The orders of one site, in a folder that its processes share."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: list[Order] = []

    def give(self, orders: list[Order]) -> None:
        """Write the orders down, before any process starts."""
        self._folder.mkdir(exist_ok=True)
        (self._folder / "orders.json").write_text(json.dumps([asdict(order) for order in orders]), "utf-8")

    def read(self) -> "Orders":
        """Those that wait, as a process knows them when it starts."""
        given = json.loads((self._folder / "orders.json").read_text("utf-8"))
        self._open = [order for order in (Order(**fields) for fields in given) if not self._note(order.name).exists()]
        return self

    def matching(self, step: str, who: str, about: str) -> Order | None:
        """The first order that waits for this."""
        for order in self._open:
            if (order.step, order.who) != (step, who) or not about.startswith(order.about):
                continue
            if not self._note(order.name).exists() and (not order.after or self._note(order.after).exists()):
                return order
        return None

    def claim(self, order: Order, role: str, message_id: str) -> bool:
        """Leave the note. True for the one who may carry out this order."""
        try:
            descriptor = os.open(self._note(order.name), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return False
        with os.fdopen(descriptor, "w") as file:
            file.write(json.dumps(asdict(Note(order.name, role, message_id, os.getpid()))))
        return True

    def notes(self) -> dict[str, Note]:
        """Every note so far, by the order's name. One that is just being written counts the next time."""
        found: dict[str, Note] = {}
        for path in self._folder.glob("*.note"):
            if text := path.read_text("utf-8"):
                note = Note(**json.loads(text))
                found[note.name] = note
        return found

    def go_on(self, order: Order) -> None:
        """Say that the send which stood still by this order has come to its end."""
        (self._folder / f"{order.name}.over").touch()

    def gone_on(self) -> int:
        """How many did."""
        return len(list(self._folder.glob("*.over")))

    def _note(self, name: str) -> Path:
        return self._folder / f"{name}.note"
