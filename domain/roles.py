"""Who of the practice may do what: three roles, the rights as words, and one table that joins them."""

from typing import Literal, get_args

Role = Literal["therapist", "front_desk", "owner"]
Right = Literal[
    "see_plans",
    "decide",
    "edit_plans",
    "write_to_clients",
    "do_tasks",
    "follow_claims",
    "see_health",
    "manage_people",
    "read_audit",
    "own_login",
]
"""see_plans: plans, stories, conversations and the questions about them. decide: answer those questions.
edit_plans: new plans, changes, pause, end, sending now or skipping. write_to_clients: as a person, in a conversation.
do_tasks: the desk's tasks. follow_claims: claims, papers, deadlines. see_health: senders, queue and engine.
manage_people: who may log in. read_audit: who saw and did what. own_login: one's own password."""

ROLES: tuple[Role, ...] = get_args(Role)
RIGHTS: tuple[Right, ...] = get_args(Right)

OF_ROLE: dict[Role, frozenset[Right]] = {
    "therapist": frozenset({"see_plans", "decide", "edit_plans", "write_to_clients", "do_tasks", "own_login"}),
    "front_desk": frozenset({"see_plans", "write_to_clients", "do_tasks", "follow_claims", "own_login"}),
    "owner": frozenset(RIGHTS),
}
"""A therapist treats and decides, money is not theirs. The front desk speaks to clients and payers, and decides nothing
about a treatment. The owner may do everything."""

ROLE_NAMES: dict[Role, str] = {"therapist": "Therapist", "front_desk": "Front desk", "owner": "Owner"}


def may(role: Role, right: Right) -> bool:
    """Whether this role has this right."""
    return right in OF_ROLE[role]


def who_may(right: Right) -> list[str]:
    """The names of the roles that have this right, for a refusal that says whom to ask."""
    return [ROLE_NAMES[role] for role in ROLES if may(role, right)]
