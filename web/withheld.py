"""Why nothing reaches a client, and which ways to them are closed: said on every page that would promise a message."""

from dataclasses import dataclass
from datetime import date

from domain.client import Channel
from domain.closed_ways import ClosedWay
from domain.opted_out import address_is_not_theirs, opted_out_of_all
from domain.state import PlanState
from records.database import Records
from web.languages import gettext, marked
from web.rendering import clock

DEATH = marked("Somebody wrote that this client has died, so nothing is sent.")
OPTED_OUT = marked("The client asked for no more messages, so nothing is sent. Phone them.")
NOT_THEIRS = marked(
    "The number or address on file seems to be somebody else's: they wrote so, and nothing goes there. Don't phone it."
)
NO_WAY = marked("No consent to texts or emails is on file, so nothing is sent. Phone them.")

_CLOSED = {"sms": marked("No texts go out"), "email": marked("No emails go out")}
_OPENS = {"sms": marked("A START by text opens them."), "email": marked("A START by email opens them.")}
_BY: dict[str, str] = {"sms": marked("by text"), "email": marked("by email")}


@dataclass(frozen=True)
class Closed:
    """One closed way: the sentence about it, and the client's own words where there are any."""

    channel: Channel
    sentence: str
    words: str = ""
    opens: str = ""


def why_withheld(state: PlanState) -> str:
    """Why no message at all goes to this client, in the language of the request; empty where one may go."""
    if state.death_reported:
        return gettext(DEATH)
    if address_is_not_theirs(state):
        return gettext(NOT_THEIRS)
    if opted_out_of_all(state):
        return gettext(OPTED_OUT)
    return "" if state.plan.client.channels(date.max) else gettext(NO_WAY)


def as_sending_sees_it(records: Records, state: PlanState) -> PlanState:
    """The state with what the records alone know yet: the sender asks them, so that a page may promise no more."""
    client_id = records.client_of_plan(state.plan_id)
    died = state.death_reported or bool(client_id and records.is_person_stopped(client_id))
    out = dict.fromkeys([*state.opted_out, *records.opted_out_of(state.plan.client)])
    return state.model_copy(update={"death_reported": died, "opted_out": list(out)})


def closed_ways(records: Records, state: PlanState) -> list[Closed]:
    """Each way to the client that somebody closed, and why; also what the plan itself didn't hear of."""
    client = state.plan.client
    found: list[Closed] = []
    suppressed = records.opted_out_of(client)
    ways: tuple[Channel, ...] = ("sms", "email")
    for channel in ways:
        if client.address(channel) is None:
            continue
        if channel in state.opted_out:
            found.append(_of_plan(channel, state.closed.get(channel), state))
        elif channel in suppressed:
            because = gettext("the carrier or the provider says that they don't want them, or that nothing arrives")
            found.append(Closed(channel, f"{gettext(_CLOSED[channel])}: {because}.", opens=gettext(_OPENS[channel])))
    return found


def _of_plan(channel: Channel, way: ClosedWay | None, state: PlanState) -> Closed:
    begins, opens = gettext(_CLOSED[channel]), gettext(_OPENS[channel])
    if way is None:
        return Closed(channel, f"{begins}: {gettext('the client asked for none')}.", opens=opens)
    when = clock(way.at, state.zone)
    return Closed(channel, f"{begins}: {_because(way)} ({when}).", way.said, opens)


def _because(way: ClosedWay) -> str:
    match way.how:
        case "wrote":
            return gettext("the client asked for no more messages %(how)s") % {
                "how": gettext(_BY[way.by]) if way.by in _BY else ""
            }
        case "carrier":
            return gettext("the client opted out with the carrier")
        case "elsewhere":
            return gettext("the client opted out before")
        case "told":
            return gettext("the client said so, as %(who)s noted") % {"who": way.by}
        case "wrong_number":
            return gettext("this may not be the client's number")
