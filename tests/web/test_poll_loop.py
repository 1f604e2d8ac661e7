"""The worker's loop that asks a provider for texts that never reached us."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from domain.client import Channel
from programs import sweeping
from providers.base import DeliveryError, Inbound, Provider
from providers.local import LocalProvider
from records.database import Records
from tests.integration.live_site import wait_until
from web.intake import Intake

NOON = datetime(2026, 1, 5, 20, tzinfo=UTC)


class FakeRecords:
    """Leases, given to whoever asks unless somebody else has them."""

    def __init__(self, *, taken: bool = False) -> None:
        self.leases: list[str] = []
        self.given_back: list[str] = []
        self.polls: list[tuple[str, datetime, bool]] = []
        self._taken = taken

    def take_lease(self, name: str, holder: str, now: datetime | None, for_: timedelta) -> bool:
        assert now is None, "a lease goes by the clock that all workers share"
        self.leases.append(name)
        return not self._taken

    def release_lease(self, name: str, holder: str) -> None:
        self.given_back.append(name)

    def now(self) -> datetime:
        return NOON

    def note_poll(self, name: str, at: datetime, *, well: bool) -> None:
        self.polls.append((name, at, well))


class FakeIntake:
    def __init__(self, fails: Exception | None = None) -> None:
        self.polled = 0
        self.handed_over: list[bool] = []
        self._fails = fails

    async def sweep(self) -> int:
        return 0

    async def poll(self, provider: Any, *, hand_over: bool = True) -> int:
        self.polled += 1
        self.handed_over.append(hand_over)
        if self._fails:
            raise self._fails
        return 0


class Keeper(LocalProvider):
    def received_since(self, since: datetime) -> list[Inbound]:
        return []


async def swept(intake: FakeIntake, records: FakeRecords, *providers: Provider, polls: int = 0) -> None:
    """Let the loops run for a moment, or until so many polls have been made."""
    by_channel: dict[Channel, Provider] = {provider.channel: provider for provider in providers}
    async with sweeping.sweeping(cast(Intake, intake), cast(Records, records), providers=by_channel):
        await asyncio.sleep(0.1)
        if polls:
            await wait_until("it was polled often enough", lambda: intake.polled >= polls)


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sweeping, "POLL_EVERY", timedelta(milliseconds=10))


async def test_a_provider_that_keeps_texts_is_polled_again_and_again_under_its_own_lease() -> None:
    intake, records = FakeIntake(), FakeRecords()
    await swept(intake, records, Keeper("sms"), polls=2)
    assert {"poll", "sweep"} == set(records.leases)


async def test_the_local_phone_is_never_polled() -> None:
    intake, records = FakeIntake(), FakeRecords()
    await swept(intake, records, LocalProvider("sms"), LocalProvider("email"))
    assert intake.polled == 0
    assert "poll" not in records.leases


async def test_one_worker_polls_at_a_time() -> None:
    intake = FakeIntake()
    await swept(intake, FakeRecords(taken=True), Keeper("sms"))
    assert intake.polled == 0


async def test_a_vendor_that_is_away_is_logged_without_details_and_asked_again(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    for error in (DeliveryError.of("no_answer", 20500), ValueError("+12065550101")):
        intake = FakeIntake(error)
        await swept(intake, FakeRecords(), Keeper("sms"), polls=2)
    assert "poll failed" in caplog.text
    assert "5550101" not in caplog.text


async def test_leases_are_given_back_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    records = FakeRecords()
    await swept(FakeIntake(), records, Keeper("sms"), polls=1)
    assert set(records.given_back) == {"sweep", "poll"}


async def test_before_anything_is_sent_the_provider_is_asked_whoever_has_the_lease() -> None:
    intake, records = FakeIntake(), FakeRecords(taken=True)
    await sweeping.ask_first(cast(Intake, intake), cast(Records, records), {"sms": Keeper("sms")}, asyncio.Event())
    assert (intake.polled, intake.handed_over, records.leases) == (1, [False], [])


async def test_a_provider_that_stays_away_holds_the_start_up_for_a_while_and_health_hears_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sweeping, "ASK_FIRST_FOR", timedelta(milliseconds=100))
    monkeypatch.setattr(sweeping, "ASK_AGAIN_AFTER", timedelta(milliseconds=5))
    intake, records = FakeIntake(DeliveryError.of("no_answer", 20500)), FakeRecords()
    await sweeping.ask_first(cast(Intake, intake), cast(Records, records), {"sms": Keeper("sms")}, asyncio.Event())
    assert intake.polled >= 2
    assert records.polls == [("Keeper", NOON, False)]


async def test_a_stop_of_the_worker_ends_the_waiting_for_the_provider() -> None:
    intake, stop = FakeIntake(DeliveryError.of("no_answer", 20500)), asyncio.Event()
    stop.set()
    await sweeping.ask_first(cast(Intake, intake), cast(Records, FakeRecords()), {"sms": Keeper("sms")}, stop)
    assert intake.polled == 0
