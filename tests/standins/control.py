"""The stand-in's own door for programs in other processes: JSON under /_standin/.

GET state, report. POST behave, call_back, deliver, deliver_to, block, webhooks, text, mail, settle: the methods of
`Standin` with the same names and arguments. An outcome is written "delivered" or, with its code, "undelivered 30005".
"""

from collections.abc import Callable
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from tests.standins.behaviours import Behaviour, Door, Habit, Outcome, OutcomeName
from tests.standins.doors import Answer, Asked, answer_json

if TYPE_CHECKING:
    from tests.standins.standin import Standin

PREFIX = "/_standin/"
_NAME: TypeAdapter[OutcomeName] = TypeAdapter(OutcomeName)


def outcome(written: object) -> Outcome:
    """The outcome written as a name and perhaps a code. Raises ValueError."""
    if isinstance(written, Outcome):
        return written
    name, _, code = str(written).partition(" ")
    return Outcome(_NAME.validate_python(name), int(code) if code else None)


WrittenOutcome = Annotated[Outcome, BeforeValidator(outcome)]


class _Order(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class _Behave(_Order):
    queue: list[Behaviour] = []
    on: Door = "texts"
    default: Behaviour | None = None
    mix: dict[Behaviour, float] | None = None
    seed: int = 0


class _CallBack(_Order):
    queue: list[Habit] = []
    default: Habit | None = None
    mix: dict[Habit, float] | None = None
    seed: int = 0


class _Deliver(_Order):
    queue: list[WrittenOutcome] = []
    default: WrittenOutcome | None = None
    mix: dict[str, float] | None = None
    seed: int = 0


class _DeliverTo(_Order):
    address: str
    outcome: WrittenOutcome


class _Block(_Order):
    phone: str


class _Webhooks(_Order):
    url: str | None
    public_url: str | None = None


class _Arrival(_Order):
    from_: str = Field(alias="from")
    lost: bool = False
    times: int = Field(default=1, ge=1, le=100)
    delay_seconds: float = Field(default=0.0, ge=0)


class _TextIn(_Arrival):
    body: str
    to: str | None = None


class _MailIn(_Arrival):
    to: str
    subject: str
    text: str = ""
    headers: dict[str, str] = {}
    envelope_from: str | None = None
    dkim: str = "pass"
    spf: str = "pass"


class _Settle(_Order):
    timeout_seconds: float = Field(default=20.0, gt=0)


class Control:
    """Carries out what another process asks of a stand-in."""

    def __init__(self, vendor: "Standin") -> None:
        self._vendor = vendor
        self._orders: dict[str, Callable[[bytes], Any]] = {
            "behave": self._behave,
            "call_back": self._call_back,
            "deliver": self._deliver,
            "deliver_to": self._deliver_to,
            "block": lambda body: vendor.block(_Block.model_validate_json(body).phone),
            "webhooks": lambda body: vendor.webhooks_at(**_Webhooks.model_validate_json(body).model_dump()),
            "text": lambda body: {"sid": vendor.receive_text(**_TextIn.model_validate_json(body).model_dump())},
            "mail": lambda body: vendor.receive_mail(**_MailIn.model_validate_json(body).model_dump()),
            "settle": self._settle,
        }

    def answer(self, asked: Asked) -> Answer:
        """200 with what was asked for or {}; 422 for an order that can't be read, 504 where nothing settles."""
        name = asked.path.removeprefix(PREFIX)
        if asked.method == "GET" and name in ("state", "report"):
            return answer_json(200, self._state() if name == "state" else self._vendor.report())
        if asked.method != "POST" or name not in self._orders:
            return answer_json(404, {"error": f"there is {', '.join(('state', 'report', *self._orders))}"})
        try:
            return answer_json(200, self._orders[name](asked.body or b"{}") or {})
        except ValidationError as error:
            return answer_json(422, {"error": error.errors(include_context=False, include_url=False)})
        except ValueError as error:
            return answer_json(422, {"error": str(error)})
        except TimeoutError as error:
            return answer_json(504, {"error": str(error)})

    def _state(self) -> dict[str, Any]:
        vendor = self._vendor
        return {
            "environment": vendor.environment(),
            "texts": [_shown(text) for text in vendor.texts],
            "received": [_shown(text) for text in vendor.received],
            "mails": [_shown(mail) for mail in vendor.mails],
            "report": vendor.report(),
        }

    def _behave(self, body: bytes) -> None:
        order = _Behave.model_validate_json(body)
        self._vendor.behave(*order.queue, on=order.on, default=order.default, mix=order.mix, seed=order.seed)

    def _call_back(self, body: bytes) -> None:
        order = _CallBack.model_validate_json(body)
        self._vendor.call_back(*order.queue, default=order.default, mix=order.mix, seed=order.seed)

    def _deliver(self, body: bytes) -> None:
        order = _Deliver.model_validate_json(body)
        mix = {outcome(name): weight for name, weight in order.mix.items()} if order.mix else None
        self._vendor.deliver(*order.queue, default=order.default, mix=mix, seed=order.seed)

    def _deliver_to(self, body: bytes) -> None:
        order = _DeliverTo.model_validate_json(body)
        self._vendor.deliver_to(order.address, order.outcome)

    def _settle(self, body: bytes) -> dict[str, Any]:
        self._vendor.settle(_Settle.model_validate_json(body).timeout_seconds)
        return self._vendor.report()


def _shown(sent: Any) -> dict[str, Any]:
    """A text or a mail as JSON, its times as ISO-8601."""
    fields = asdict(sent)
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in fields.items()}
