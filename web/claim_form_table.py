"""What each event's form is called and asks for, in the words of the page."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from domain.billed import ClaimStatus

Looks = Literal["text", "long", "date", "money", "choice"]

SENT_BY = {
    "electronic": "electronically",
    "paper": "on paper",
    "portal": "the payer's portal",
    "fax": "fax",
    "mail": "mail",
    "phone": "phone",
}
GROUPS = {
    "CO": "CO: the practice, by contract",
    "PR": "PR: the client",
    "OA": "OA: another payer or reason",
    "PI": "PI: the payer's own decision",
    "CR": "CR: a correction",
}
"""Who bears an adjustment (X12 835, CAS01)."""
ADJUSTMENT_ROWS = 4
DATES = ("denial", "letter", "mailing", "receipt", "stated_deadline")
"""The dates of a letter, as `LetterDates` names them."""


@dataclass(frozen=True)
class FieldKind:
    """One field: its name in the event, its label, how it looks, and what to write where it was filled in wrongly.

    `of_letter`: a date of the letter, which the event keeps together with the others.
    """

    name: str
    label: str
    looks: Looks = "text"
    fix: str = ""
    needed: bool = False
    choices: Mapping[str, str] = field(default_factory=dict[str, str])
    longest: int = 80
    hint: str = ""
    of_letter: bool = False


@dataclass(frozen=True)
class FormKind:
    """One form: the event that it makes, its title, and its fields in order. `hidden` fields the page fills in.

    `letter_needed`: at least one date of the letter must be there, since a deadline counts from it.
    """

    type: str
    title: str
    fields: tuple[FieldKind, ...]
    adjustments: bool = False
    letter_needed: bool = False
    hidden: tuple[str, ...] = ()
    button: str = "Record"


_A_DAY = "Write a day, such as 2026-11-24."


def _day(name: str, label: str, *, needed: bool = False, hint: str = "") -> FieldKind:
    return FieldKind(name, label, "date", _A_DAY, needed=needed, hint=hint)


def _on(label: str) -> FieldKind:
    return _day("on", label, hint="empty: today")


def _choice(name: str, label: str, choices: Mapping[str, str], *, needed: bool = True) -> FieldKind:
    return FieldKind(name, label, "choice", "Choose one of these.", needed=needed, choices=choices)


def _money(name: str, label: str, *, needed: bool = False) -> FieldKind:
    return FieldKind(name, label, "money", "Write an amount, such as 95.00.", needed=needed)


def _word(name: str, label: str, fix: str = "Write at most 80 characters.", *, needed: bool = False) -> FieldKind:
    return FieldKind(name, label, "text", fix, needed=needed)


def _long(name: str, label: str, *, needed: bool = False, longest: int = 1000) -> FieldKind:
    fix = f"Write 3 to {longest} characters." if needed else f"Write at most {longest} characters."
    return FieldKind(name, label, "long", fix, needed=needed, longest=longest)


REASON = FieldKind("reason", "Code", "text", "Write the code alone, such as 50.")
_REFERENCE = _word("reference", "Reference number")
_PERSON = _word("person", "Who you spoke to")
_SENT_HOW = _choice("by", "How it was sent", SENT_BY, needed=False)
_YOUR_NAME = _word("by", "Your name", "Write your name: the record says who decided.", needed=True)
_BECAUSE = _long("because", "Why", needed=True, longest=500)
_NUMBER = FieldKind("number", "Its new number, if it has one", "text", "Write at most 38 characters.", longest=38)
_WHICH_PAYER = (
    _choice("order", "Which payer answered", {"1": "the first", "2": "the second", "3": "the third"}, needed=False),
    _choice("forwarded", "Did it send the claim on?", {"true": "yes, to another payer", "false": "no"}, needed=False),
)
_REMARK_CODES = _word("remarks", "Remark codes, such as N30")
_LETTER = tuple(
    FieldKind(name, label, "date", _A_DAY, hint=hint, of_letter=True)
    for name, label, hint in (
        ("letter", "Date on the letter", ""),
        ("denial", "Day it was decided", ""),
        ("mailing", "Day it was mailed (postmark)", ""),
        ("receipt", "Day you received it", ""),
        ("stated_deadline", "Last day that the letter names", "it wins over every rule"),
    )
)
_STATUSES = {
    "received": "they have it",
    "pending": "they are working on it",
    "information": "they want records or answers",
    "paid": "they say it is paid",
    "denied": "they say it is denied",
    "rejected": "they sent it back unread",
    "not_found": "they can't find it",
    "error": "their system gave an error",
}
_CHANNELS = {
    "phone": "phone",
    "portal": "portal",
    "mail": "mail",
    "fax": "fax",
    "email": "email",
    "electronic": "electronic message",
    "in_person": "in person",
}
_LEVELS = {
    "internal": "appeal to the payer",
    "external": "review by someone independent",
    "dispute": "provider's dispute under the contract",
}
_WHOSE = {"member": "the client's right (needs their signed authorisation)", "provider": "the practice's right"}
_OUTCOMES = {"overturned": "we won: the denial is taken back", "partly": "partly won", "upheld": "the denial stays"}
_ANSWERS = {"done": "done", "snooze": "ask again on that day", "promised": "they promised it by that day"}

_ALL = (
    FormKind(
        "claim_submitted",
        "It was sent to the payer",
        (_on("Day it was sent"), _SENT_HOW, _REFERENCE, _NUMBER, _money("charge", "Charge")),
    ),
    FormKind("claim_acknowledged", "They have it", (_on("Day they had it"), _REFERENCE)),
    FormKind(
        "claim_rejected",
        "It came back unread",
        (_on("Day it came back"), _long("reason", "What was wrong"), _REFERENCE),
    ),
    FormKind(
        "status_answered",
        "They said where it stands",
        (
            _choice("status", "Their answer", _STATUSES),
            _on("Day of the answer"),
            _PERSON,
            _REFERENCE,
            _long("note", "Note"),
        ),
    ),
    FormKind(
        "information_requested",
        "They want records or answers",
        (
            _long("wanted", "What they want", needed=True),
            _on("Date on their request"),
            _day("due", "Last day that it names"),
        ),
    ),
    FormKind("information_sent", "The records were sent", (_on("Day they were sent"), _SENT_HOW, _REFERENCE)),
    FormKind(
        "payment_promised",
        "They promised something by a day",
        (
            _day("until", "By which day", needed=True),
            _word("by", "Who said so", "Write the name of who promised it.", needed=True),
            _long("what", "What they promised"),
            _REFERENCE,
            _on("Day of the promise"),
        ),
    ),
    FormKind(
        "claim_paid",
        "They paid",
        (
            _money("paid", "Amount paid", needed=True),
            _on("Day of the payment"),
            *_WHICH_PAYER,
            _REMARK_CODES,
            _REFERENCE,
        ),
        adjustments=True,
    ),
    FormKind(
        "claim_partly_paid",
        "They paid a part and refused the rest",
        (
            _money("paid", "Amount paid", needed=True),
            _on("Day of the payment"),
            *_WHICH_PAYER,
            *_LETTER,
            _REMARK_CODES,
            _REFERENCE,
        ),
        adjustments=True,
    ),
    FormKind(
        "claim_denied",
        "They refused to pay",
        (*_LETTER, *_WHICH_PAYER, _REMARK_CODES, _long("reason", "What the letter says"), _REFERENCE),
        adjustments=True,
        letter_needed=True,
    ),
    FormKind(
        "payment_reversed",
        "They took a payment back",
        (
            _money("amount", "Amount taken back", needed=True),
            _on("Day it was taken back"),
            _REFERENCE,
        ),
        adjustments=True,
    ),
    FormKind(
        "claim_corrected",
        "It was corrected and sent again",
        (_on("Day it was sent again"), _SENT_HOW, _REFERENCE, _NUMBER),
    ),
    FormKind(
        "appeal_filed",
        "An appeal was filed",
        (
            _choice("level", "Which kind", _LEVELS),
            _choice("whose", "By whose right", _WHOSE),
            _on("Day it was filed"),
            _SENT_HOW,
            _REFERENCE,
        ),
    ),
    FormKind(
        "appeal_decided",
        "The appeal was decided",
        (_choice("outcome", "Decision", _OUTCOMES), _on("Day of the decision"), *_LETTER, _REFERENCE),
    ),
    FormKind(
        "contact_logged",
        "Somebody spoke to the payer or wrote",
        (_choice("channel", "How", _CHANNELS), _on("Day"), _PERSON, _REFERENCE, _long("note", "What was said")),
    ),
    FormKind(
        "nudge_answered",
        "Answer",
        (_choice("answer", "Answer", _ANSWERS), _day("until", "Until which day", hint="not for done"), _YOUR_NAME),
        hidden=("nudge",),
    ),
    FormKind(
        "deadline_let_go",
        "Let this deadline go",
        (_BECAUSE, _YOUR_NAME),
        hidden=("deadline",),
        button="Let it go",
    ),
    FormKind(
        "paper_added",
        "Mark as there",
        (
            FieldKind(
                "where",
                "Where it is kept",
                fix="Write where it is kept, in at most 200 characters.",
                needed=True,
                longest=200,
            ),
        ),
        hidden=("paper",),
        button="Mark as there",
    ),
    FormKind("claim_written_off", "Write it off", (_BECAUSE, _YOUR_NAME, _on("Day")), button="Write off"),
    FormKind("claim_closed", "Close it for another reason", (_BECAUSE, _YOUR_NAME, _on("Day")), button="Close"),
)
FORMS = {kind.type: kind for kind in _ALL}
"""Every form by the event that it makes."""
AT_THEIR_PLACE = ("nudge_answered", "deadline_let_go", "paper_added")
"""Forms that stand beside what they are about, not among what else happened."""

_ANSWERED = ("status_answered", "claim_paid", "claim_denied", "claim_partly_paid", "information_requested")
_LIKELY: dict[ClaimStatus, tuple[str, ...]] = {
    "unsent": ("claim_submitted",),
    "submitted": ("claim_acknowledged", "claim_rejected", *_ANSWERED),
    "acknowledged": (*_ANSWERED, "payment_promised"),
    "pending": (*_ANSWERED, "payment_promised"),
    "rejected": ("claim_corrected",),
    "information_requested": ("information_sent", *_ANSWERED),
    "paid": ("payment_reversed",),
    "partly_paid": ("appeal_filed", "claim_corrected", "claim_paid", "claim_written_off"),
    "denied": ("appeal_filed", "claim_corrected", "information_sent", "claim_written_off"),
    "corrected": ("claim_acknowledged", "claim_rejected", *_ANSWERED),
    "appealed": ("appeal_decided", "status_answered", "information_requested"),
    "external_review": ("appeal_decided", "status_answered"),
    "overturned": ("claim_paid", "status_answered", "payment_promised"),
    "upheld": ("appeal_filed", "claim_written_off"),
    "written_off": (),
    "closed": (),
}


def offered(status: ClaimStatus) -> tuple[list[FormKind], list[FormKind]]:
    """The forms of a claim: those likely where it stands, the likeliest first, and all others."""
    likely = [FORMS[name] for name in (*_LIKELY[status], "contact_logged")]
    others = [kind for kind in _ALL if kind not in likely and kind.type not in AT_THEIR_PLACE]
    return likely, others
