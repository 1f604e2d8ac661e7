"""Remittances through real claims: in whatever order they come, and however often, the claims end up the same."""

from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from activities.hand_over import Taken
from domain.claim_events import ClaimOpened, ClaimSubmitted, OutsideClaimEvent
from programs.import_era import take_files
from tests.domain.x12_builder import Claim, a_denial, a_file, a_massage, a_remittance
from tests.workflows.stage import Stage, a_stage
from tests.workflows.test_claims import a_covered_plan, happened, the_practice, the_state

ORDERS = list(permutations("abc"))


def the_files(folder: Path, mark: str) -> dict[str, Path]:
    """a pays the first claim and refuses the second; b takes the payment back and pays more; c pays the third."""
    back = Claim(f"{mark}-1", "22", "-120.00", "-80.00", adjusted=[("CO", "45", "-20.00"), ("PR", "3", "-20.00")])
    more = Claim(f"{mark}-1", "1", "120.00", "90.00", adjusted=[("CO", "45", "10.00"), ("PR", "3", "20.00")])
    said = {
        "a": a_remittance(a_massage(f"{mark}-1"), a_denial(f"{mark}-2"), trace=f"{mark}A"),
        "b": a_remittance(back, more, trace=f"{mark}B"),
        "c": a_remittance(a_massage(f"{mark}-3"), trace=f"{mark}C"),
    }
    paths = {name: folder / f"{mark}-{name}.835" for name in said}
    for name, path in paths.items():
        path.write_text(a_file(said[name]), "utf-8")
    return paths


async def three_claims(stage: Stage, plan_id: str, mark: str) -> None:
    for number in (1, 2, 3):
        claim_id = f"{mark.lower()}-{number}"
        opened = await happened(
            stage,
            ClaimOpened,
            f"open-{claim_id}",
            plan_id=plan_id,
            number=f"{mark}-{number}",
            service_date=date(2026, 4, 20),
        )
        assert (await stage.intake.take_claim_event(claim_id, opened)).outcome == "recorded"
        sent = await happened(stage, ClaimSubmitted, f"sent-{claim_id}", on=date(2026, 4, 21))
        assert (await stage.intake.take_claim_event(claim_id, sent)).outcome == "recorded"


def outcome(stage: Stage, mark: str) -> list[tuple[str, str]]:
    states = [the_state(stage, f"{mark.lower()}-{number}") for number in (1, 2, 3)]
    return [(state.status, f"{state.paid:.2f}") for state in states]


async def test_in_any_order_and_twice_the_claims_end_up_the_same(tmp_path: Path) -> None:
    async with a_stage(the_practice()) as stage:
        plan_id = await a_covered_plan(stage)
        for nth, order in enumerate(ORDERS):
            mark = f"M{nth}"
            await three_claims(stage, plan_id, mark)
            files = the_files(tmp_path, mark)
            paths = [files[name] for name in order]
            again = [*paths, *reversed(paths)]
            assert await take_files(stage.records, stage.intake, again, list[str]().append, await stage.now()) == 0
        await stage.environment.sleep(timedelta(seconds=5))
        assert [outcome(stage, f"M{nth}") for nth in range(len(ORDERS))] == [
            [("paid", "90.00"), ("denied", "0.00"), ("paid", "80.00")]
        ] * len(ORDERS)


class Dies(BaseException):
    """The program is gone; nobody catches this."""


class DyingIntake:
    """Hands over so many events, and dies at the next: before the claim heard it, or right after."""

    def __init__(self, stage: Stage, lives_for: int, *, after: bool) -> None:
        self._stage, self._left, self._after = stage, lives_for, after

    async def take_claim_event(self, claim_id: str, event: OutsideClaimEvent) -> Taken:
        self._left -= 1
        if self._left < 0 and not self._after:
            raise Dies
        taken = await self._stage.intake.take_claim_event(claim_id, event)
        if self._left < 0:
            raise Dies
        return taken


@pytest.mark.parametrize("after", [False, True], ids=["before the claim hears", "after the claim heard"])
async def test_after_a_crash_in_the_middle_the_claims_end_up_the_same(tmp_path: Path, after: bool) -> None:
    async with a_stage(the_practice()) as stage:
        plan_id = await a_covered_plan(stage)
        for lives_for in range(5):
            mark = f"D{lives_for}"
            await three_claims(stage, plan_id, mark)
            paths = list(the_files(tmp_path, mark).values())
            dying = DyingIntake(stage, lives_for, after=after)
            with pytest.raises(Dies):
                await take_files(stage.records, dying, paths, list[str]().append, await stage.now())
            await take_files(stage.records, stage.intake, paths, list[str]().append, await stage.now())
        await stage.environment.sleep(timedelta(seconds=30))
        await stage.intake.sweep()
        await stage.environment.sleep(timedelta(seconds=5))
        assert [outcome(stage, f"D{lives_for}") for lives_for in range(5)] == [
            [("paid", "90.00"), ("denied", "0.00"), ("paid", "80.00")]
        ] * 5
