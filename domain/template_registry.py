"""Which templates exist, which variables each may use, and what each must say: template files are held against it."""

from dataclasses import dataclass
from typing import Literal

VariableKind = Literal[
    "text", "phone", "url", "number", "moment", "spacing", "length", "sessions", "homework", "changes"
]


@dataclass(frozen=True)
class Variable:
    """How a variable is shown, and the most characters it may take in an SMS (longer values are shortened)."""

    kind: VariableKind
    longest: int


VARIABLES: dict[str, Variable] = {
    "first_name": Variable("text", 20),
    "practice": Variable("text", 40),
    "practice_phone": Variable("phone", 16),
    "therapist": Variable("text", 30),
    "goal": Variable("text", 60),
    "next_goal": Variable("text", 60),
    "question": Variable("text", 90),
    "homework_item": Variable("text", 142),
    "url": Variable("url", 80),
    "when": Variable("moment", 20),
    "minutes": Variable("number", 3),
    "by_session": Variable("number", 3),
    "spacing": Variable("spacing", 30),
    "sessions": Variable("sessions", 15),
    "length": Variable("length", 30),
    "homework": Variable("homework", 144),
    "changes": Variable("changes", 190),
    "options": Variable("text", 72),
    "numbers": Variable("text", 9),
    "action": Variable("text", 104),
    "checklist": Variable("text", 600),
    "reference": Variable("text", 40),
    "deadline": Variable("text", 24),
    "last_day": Variable("text", 18),
    "act_by": Variable("text", 18),
    "words": Variable("text", 480),
}
"""Every variable. `length` is made from the facts `sessions` and `spacing`; all others from the fact of their name."""

CLIENT = frozenset({"first_name", "practice", "practice_phone", "therapist"})
"""Facts that every message to a client has, so that every template may use them."""

STAFF = frozenset({"practice", "url"})
"""All that a notice to staff may show: no client, no health information."""

_CLIENT_TEMPLATES: dict[str, set[str]] = {
    "welcome": {"minutes", "spacing", "sessions", "length", "homework", "goal", "by_session"},
    "reminder": {"when"},
    "reminder_confirmed": {"when"},
    "visit_moved": {"when"},
    "visit_cancelled": {"when"},
    "screening": {"when"},
    "feedback": set(),
    "check_in": set(),
    "homework": {"homework_item"},
    "measure_request": set(),
    "benchmark_question": {"question"},
    "benchmark_met": {"goal"},
    "benchmark_met_next": {"goal", "next_goal"},
    "rebook": {"spacing"},
    "no_show": set(),
    "plan_change": {"changes"},
    "new_goal": {"goal"},
    "maintenance": {"spacing"},
    "maintenance_rebook": {"spacing"},
    "refer_out": set(),
    "discharge": set(),
    "plan_closed": set(),
    "review_request": {"url"},
    "review_request_no_link": set(),
    "screening_hold": set(),
    "screening_clear": {"when"},
    "ack_confirmed": {"when"},
    "ack_reschedule": set(),
    "ack_late": set(),
    "ack_book": set(),
    "ack_low_feedback": set(),
    "help": set(),
    "opt_out_confirmed": set(),
    "which_one": {"options", "numbers"},
    "emergency_911": set(),
    "emergency_988": set(),
    "urgent_care": set(),
    "hold_notice": set(),
    "claim_nudge_client": {"action", "checklist", "reference"},
    "staff_message": {"words"},
}

_STAFF_TEMPLATES = (
    "notice_escalation",
    "notice_escalation_reminder",
    "notice_backup",
    "notice_red_flag",
    "notice_for_owner",
    "notice_low_feedback",
    "notice_read_reply",
    "notice_goal",
    "notice_goal_reminder",
    "notice_goal_backup",
    "answer_noted",
    "answer_several",
    "answer_by_link",
)
"""A `notice_goal` can also be answered by a number; an `answer` is what staff get back for one."""

_NUDGE = STAFF | {"action", "checklist", "reference"}
_LAST_DAY = STAFF | {"deadline", "last_day", "act_by"}
_CLAIM_TEMPLATES: dict[str, frozenset[str]] = {
    "claim_nudge": _NUDGE,
    "claim_denied_notice": _NUDGE | {"last_day", "act_by"},
    "prompt_pay_letter_due": _NUDGE,
    "deadline_alert": _LAST_DAY,
    "deadline_passed": _LAST_DAY,
}
"""Words to staff about a claim: what to do, by its number, and never whose claim it is."""

TEMPLATES: dict[str, frozenset[str]] = {
    **{name: CLIENT | own for name, own in _CLIENT_TEMPLATES.items()},
    **dict.fromkeys(_STAFF_TEMPLATES, STAFF),
    **_CLAIM_TEMPLATES,
}
"""Every template with the variables that it may use. Whoever renders one gives a fact for each of them."""

REQUIRED: dict[str, frozenset[str]] = {
    name: frozenset({"practice"})
    | (
        allowed
        & {"when", "question", "changes", "url", "homework_item", "goal", "next_goal", "options", "numbers", "words"}
    )
    | (allowed & {"action", "reference", "deadline", "last_day"})
    for name, allowed in TEMPLATES.items()
}
"""Variables without which a text has lost its point. The practice's name must be in each (CTIA principles)."""

OPT_OUT = {"en": "Reply STOP to stop", "es": "Responda STOP"}
"""The one sentence that may name STOP."""

MAY_NAME_STOP = frozenset({"welcome", "help"})
"""The templates that hold the opt-out sentence, and must (CTIA principles: at opt-in and in the answer to HELP)."""

MUST_SAY: dict[str, tuple[str, ...]] = {
    "welcome": ("911", "HELP"),
    "emergency_911": ("911",),
    "emergency_988": ("988", "911"),
    "urgent_care": ("911",),
    "hold_notice": ("911",),
    "opt_out_confirmed": ("START",),
}
"""Words that a practice can't take out: they are what the message is for."""
