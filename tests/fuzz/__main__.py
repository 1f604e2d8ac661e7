"""`python -m tests.fuzz`: searches `decide` and `decide_claim` for an input that a door takes and that makes them fail.

FUZZ says how many examples (20,000 without it), SEED repeats a search that was seen before. A third of them are plans,
a third claims, and a third what older code stored; as many processes as there are processors. Ends with 1, and the
smallest input of each failure, where it finds any.
"""

import os
import secrets
import sys
import time
import traceback
from collections import Counter
from concurrent.futures import ProcessPoolExecutor

from hypothesis import seed

from tests.fuzz.search import SEARCHES, so_many

AT_ONCE = 125
"""Examples of one search: hypothesis repeats itself less in many short ones, and a failure is told sooner."""


def say(line: str) -> None:
    """A line that is seen at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def searched(kind: str, number: int, examples: int) -> tuple[Counter[str], str]:
    """What one search has seen, and the failure with its smallest input, or an empty text."""
    seen: Counter[str] = Counter()
    live = seed(number)(SEARCHES[kind](so_many(examples, always_the_same=False), seen))
    try:
        live()
    except BaseException as error:  # a group of several failures too; each is told
        return seen, "".join(traceback.format_exception(error))
    return seen, ""


def main() -> int:
    """Search, telling now and then how far it is."""
    wanted = int(os.environ.get("FUZZ") or 20_000)
    begin = int(os.environ.get("SEED") or secrets.randbelow(10**9))
    say(f"seed {begin}, {wanted} examples")
    rounds = max(1, wanted // AT_ONCE)
    asked = [(list(SEARCHES)[n % len(SEARCHES)], begin + n, max(1, wanted // rounds)) for n in range(rounds)]
    total: Counter[str] = Counter()
    failures: list[str] = []
    started = time.monotonic()
    with ProcessPoolExecutor() as processes:
        for done, (seen, failure) in enumerate(processes.map(searched, *zip(*asked, strict=True)), 1):
            total += seen
            if failure:
                failures.append(failure)
                say(f"round {done}, {asked[done - 1][0]}, seed {asked[done - 1][1]}:\n{failure}")
            if done % 8 == 0 or done == rounds:
                say(f"{total['examples']} examples, {time.monotonic() - started:.0f} s, {len(failures)} failures")
    say(", ".join(f"{count} {what}" for what, count in sorted(total.items())))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
