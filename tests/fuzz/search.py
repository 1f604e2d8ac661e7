"""One example of each kind: tapes from hypothesis, a plan or a claim begun from them, and its whole life."""

from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.fuzz import claim_lives, plan_lives
from tests.fuzz.claim_lives import ClaimLife
from tests.fuzz.plan_lives import PlanLife

LONG, SHORT = 260, 70
long = st.binary(min_size=LONG, max_size=LONG)
short = st.binary(min_size=SHORT, max_size=SHORT)
steps = st.lists(short, min_size=1, max_size=6)
few_steps = st.lists(short, min_size=1, max_size=4)
PLAIN_PRACTICE = bytes(LONG)


def plans(examples: settings, seen: Counter[str]) -> Callable[[], None]:
    """A search over practices, plans and what happens to them; `seen` counts what was tried."""

    @examples
    @given(long, long, steps, short)
    def live(practice: bytes, plan: bytes, happened: list[bytes], results: bytes) -> None:
        seen["examples"] += 1
        state = plan_lives.begun(practice, plan)
        if state is None:
            seen["refused at the door"] += 1
            return
        life = PlanLife(state, results).lives(happened)
        seen["events taken"] += life.taken
        seen["judgements"] += life.state.revision
        for opened in life.claims[:1]:
            seen["claims opened by plans"] += 1
            ClaimLife(plan_lives.opened_claim(life.state, opened, life.now), results).lives(happened[:3])

    return live


def claims(examples: settings, seen: Counter[str]) -> Callable[[], None]:
    """The same over claims of such plans."""

    @examples
    @given(long, long, few_steps, short)
    def live(practice: bytes, opened: bytes, happened: list[bytes], results: bytes) -> None:
        seen["examples"] += 1
        plan = plan_lives.begun(practice, PLAIN_PRACTICE)
        state = claim_lives.begun(plan, opened) if plan else None
        if state is None:
            seen["refused at the door"] += 1
            return
        life = ClaimLife(state, results).lives(happened)
        seen["events taken"] += life.taken
        seen["judgements"] += life.state.revision

    return live


def so_many(examples: int, *, always_the_same: bool) -> settings:
    """So many examples, always the same ones or other ones each time; failures are shrunk, nothing is kept on disk."""
    return settings(
        max_examples=examples,
        derandomize=always_the_same,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
        phases=[Phase.generate, Phase.shrink],
    )


def stored(examples: settings, seen: Counter[str]) -> Callable[[], None]:
    """Plans and claims that code without bounds took, with their events: no judgement may fail on them either."""

    @examples
    @given(long, long, few_steps, short)
    def live(practice: bytes, plan: bytes, happened: list[bytes], results: bytes) -> None:
        seen["examples"] += 1
        state = plan_lives.begun(practice, plan, stored=True)
        if state is None:
            seen["refused at the door"] += 1
            return
        claim = claim_lives.begun(state, plan) if results[0] % 2 else None
        life = PlanLife(state, results, stored=True) if claim is None else ClaimLife(claim, results, stored=True)
        life.lives(happened)
        seen["events taken"] += life.taken
        seen["judgements"] += life.state.revision

    return live


SEARCHES = {"plans": plans, "claims": claims, "stored": stored}
