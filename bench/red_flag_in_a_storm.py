"""How soon a red flag and a STOP are answered while hundreds of reminders go out.

    python -m bench.red_flag_in_a_storm --plans 500 --trials 20

Every plan has a reminder due at one instant; the provider's stand-in answers after 50 ms. While they go out, clients
text a red flag and, from other plans, a wish for no more messages. Timed from the moment at which the text came in:
the fixed answer, the page to the therapist, the opt-out on record, its confirmation. `behind` is how many reminders
went between the text and the fixed answer, which depends less on the machine than seconds do.

The exit code is 1 where a red flag isn't answered and paged, or an opt-out isn't on record, within `--within` seconds.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.storm import Sent, Storm, a_storm, client_phone, therapist_phone
from programs.leave import leave

RED_FLAG = "I have chest pain and I can not breathe"
STOP = "please stop texting me"
ANSWER, PAGE, CONFIRMATION = "Call 911 now", "/d/", "you won't get any more texts"
GIVE_UP_AFTER_SECONDS = 60
FOR_EVER = float("inf")


@dataclass(frozen=True)
class Trial:
    """Seconds from the text on; `late` are texts whose sending began after the opt-out was acknowledged."""

    answered: float
    behind: int
    paged: float
    opted_out: float
    confirmed: float
    late: int


async def one_trial(storm: Storm, nth: int) -> Trial:
    """Plan 2n's client texts a red flag, plan 2n+1's a wish for no more messages, at the same time."""
    flagged, stopped = client_phone(2 * nth), client_phone(2 * nth + 1)
    before, began = storm.reminders(), time.monotonic()
    flag = asyncio.create_task(storm.intake.take_reply(f"SM-flag-{nth}", "sms", flagged, RED_FLAG))
    stored = await storm.intake.store_reply(f"SM-stop-{nth}", "sms", stopped, STOP)
    acknowledged = time.monotonic()
    stop = asyncio.create_task(storm.intake.hand_over_reply(stored))
    answer = await _text(storm, flagged, ANSWER, began)
    behind = sum(1 for sent in storm.phone.sent if answer and sent.called < answer.called and "911" not in sent.text)
    page = await _text(storm, therapist_phone(2 * nth), PAGE, began)
    confirmation = await _text(storm, stopped, CONFIRMATION, began)
    await flag
    await stop
    late = [sent for sent in storm.phone.to(stopped) if sent.called > acknowledged and CONFIRMATION not in sent.text]
    return Trial(
        answered=answer.answered - began if answer else FOR_EVER,
        behind=behind - before,
        paged=page.answered - began if page else FOR_EVER,
        opted_out=acknowledged - began,
        confirmed=confirmation.answered - began if confirmation else FOR_EVER,
        late=len(late),
    )


async def _text(storm: Storm, to: str, words: str, began: float) -> Sent | None:
    """The first text to this number with these words; None where none came in time."""
    while time.monotonic() < began + GIVE_UP_AFTER_SECONDS:
        for sent in storm.phone.to(to):
            if words in sent.text:
                return sent
        await asyncio.sleep(0.01)
    return None


async def measure(storm: Storm, trials: int) -> list[Trial]:
    """Trials at even distances between the first reminders and the last fifth."""
    running: list[asyncio.Task[Trial]] = []
    for nth in range(trials):
        await storm.until_sent(round(storm.plans * (0.05 + 0.75 * nth / trials)))
        running.append(asyncio.create_task(one_trial(storm, nth)))
    return await asyncio.gather(*running)


async def _main(arguments: argparse.Namespace) -> int:
    with tempfile.TemporaryDirectory() as folder:
        async with a_storm(Path(folder), arguments.plans, arguments.server) as storm:
            await storm.gather()
            print(f"{arguments.plans} plans are ready; their reminders are due now", flush=True)
            began = time.monotonic()
            trials = await measure(storm, arguments.trials)
            await storm.until_sent(arguments.plans - 2 * arguments.trials)
            seconds = time.monotonic() - began
    print(f"{arguments.server} server, {arguments.plans} plans, {arguments.trials} trials; all went in {seconds:.1f} s")
    _show("red flag answered", [trial.answered for trial in trials])
    _show("therapist paged", [trial.paged for trial in trials])
    _show("opt-out on record", [trial.opted_out for trial in trials])
    _show("opt-out confirmed", [trial.confirmed for trial in trials])
    behind = [trial.behind for trial in trials]
    print(f"reminders before the answer: median {median(behind):.0f}, most {max(behind)}")
    print(f"begun after an opt-out: {sum(trial.late for trial in trials)}")
    in_time = [max(t.answered, t.paged, t.opted_out) <= arguments.within and not t.late for t in trials]
    print(f"in time: {sum(in_time)} of {len(trials)}")
    return 0 if all(in_time) else 1


def _show(what: str, seconds: Sequence[float]) -> None:
    print(f"{what:18} median {median(seconds):6.2f} s   most {max(seconds):6.2f} s")


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, print, and say by the exit code whether it was soon enough."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--plans", type=int, default=500)
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--server", choices=("dev", "time-skipping"), default="dev")
    parser.add_argument("--within", type=float, default=1.0, help="seconds")
    return asyncio.run(_main(parser.parse_args(argv)))


if __name__ == "__main__":
    leave(main(sys.argv[1:]))
