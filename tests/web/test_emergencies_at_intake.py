"""Words of danger on their way in: answered, paged and on the desk before any plan's workflow has heard of them."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import cast

import pytest

from activities.emergencies import Emergencies
from activities.judgement import Judge
from activities.messages import SendMessages
from activities.start import WorkflowStarter
from domain.actions import SendMessage
from domain.client import Channel
from domain.decide import decide
from domain.events import ClientReplied
from domain.wording import Wording
from providers.base import Accepted, DeliveryError, Evidence, Outgoing
from providers.local import LocalProvider
from records.keyring import KeyRing
from records.views import StoredEvent
from tests.domain.plan_builder import a_client, a_plan, a_practice, a_state
from tests.web.reply_house import PHONE, START, Desk, Killed, dying, enrol
from tests.web.web_builders import open_records
from web.reply_intake import ReplyIntake

DANGER = "I have chest pain and I can not breathe"
LATER = START + timedelta(seconds=11)


class Phone(LocalProvider):
    """Keeps who got what; `fails` is raised to whoever sends to these addresses."""

    def __init__(self, channel: Channel = "sms") -> None:
        super().__init__(channel)
        self.sent: list[tuple[str, str]] = []
        self.ids: list[str] = []
        self.fails: dict[str, Exception] = {}

    def send(self, outgoing: Outgoing) -> Accepted:
        if outgoing.address in self.fails:
            raise self.fails[outgoing.address]
        self.sent.append((outgoing.address, outgoing.text))
        self.ids.append(outgoing.message_id)
        return super().send(outgoing)

    def find(self, outgoing: Outgoing, since: datetime, taken: Callable[[str], bool]) -> Evidence:
        return super().find(outgoing, since, taken) if outgoing.message_id in self.ids else Evidence("absent")

    def to(self, address: str) -> list[str]:
        return [text for sent_to, text in self.sent if sent_to == address]


class Clinic(Desk):
    """A process that sends what can't wait by itself."""

    def __init__(self, file: Path, keys: KeyRing, phone: Phone, mail: Phone) -> None:
        super().__init__(file, keys)
        self.phone, self.mail = phone, mail
        self.judge = Judge(self.records, Wording.load(), "https://desk.example")
        self.sender = SendMessages(self.records, {"sms": phone, "email": mail})
        starter = cast(WorkflowStarter, self.starter)
        emergencies = Emergencies(self.records, starter, a_practice(), self.judge, self.sender)
        self.replies = ReplyIntake(self.records, starter, a_practice(), emergencies=emergencies)

    def plan_comes_to_it(self, kept: StoredEvent, at: datetime) -> list[str]:
        """The plan's workflow wakes later: it judges the reply and sends what it owes. Returns what came of each."""
        view = self.records.plan(kept.plan_id)
        assert view is not None
        assert isinstance(kept.event, ClientReplied)
        decision = decide(view.state, [kept.event], at)
        sent = [self.judge.worded(action) for action in decision.actions if isinstance(action, SendMessage)]
        return [self.sender.send(message, at).result for message in sent]


@pytest.fixture
def keys() -> KeyRing:
    return KeyRing.generate()


@pytest.fixture
def file(tmp_path: Path, keys: KeyRing) -> Path:
    open_records(tmp_path, keys).close()
    return tmp_path / "records.db"


@pytest.fixture
def clinic(file: Path, keys: KeyRing) -> Iterator[Clinic]:
    opened = Clinic(file, keys, Phone(), Phone("email"))
    enrol(opened.records, a_state())
    yield opened
    opened.records.close()


def restarted(clinic: Clinic, file: Path, keys: KeyRing) -> Clinic:
    clinic.records.close()
    return Clinic(file, keys, clinic.phone, clinic.mail)


async def test_it_is_answered_paged_and_on_the_desk_before_any_workflow_heard_of_it(clinic: Clinic) -> None:
    await clinic.hears("SM1", DANGER)
    (answer,) = clinic.phone.to(PHONE)
    assert answer.endswith("this may be an emergency. Call 911 now. Don't wait for our answer.")
    assert len(clinic.phone.sent) == 2, "the answer and the page"
    assert "emergency" in clinic.tasks()[0]
    (question,) = clinic.records.escalations()
    assert [start.escalation.escalation_id for start in clinic.starter.asked] == [question.escalation.escalation_id]


async def test_the_plan_that_comes_to_it_later_finds_all_of_it_done(clinic: Clinic) -> None:
    (kept,) = await clinic.hears("SM1", DANGER)
    before = list(clinic.phone.sent)
    assert clinic.plan_comes_to_it(kept, START + timedelta(days=1)) == ["accepted"]
    assert clinic.phone.sent == before
    assert len(clinic.tasks()) == 1


async def test_the_same_webhook_again_sends_nothing_again(clinic: Clinic) -> None:
    await clinic.hears("SM1", DANGER)
    await clinic.hears("SM1", DANGER)
    assert len(clinic.phone.sent) == 2
    assert len(clinic.starter.asked) == 1


@pytest.mark.parametrize("step", ["intend", "begin_send", "settle_message", "inbound_taken"])
@pytest.mark.parametrize("after", [False, True])
async def test_a_process_that_dies_in_the_middle_leaves_it_to_the_sweep_and_nobody_hears_it_twice(
    clinic: Clinic, file: Path, keys: KeyRing, step: str, after: bool
) -> None:
    with dying(clinic.records, step, after=after), pytest.raises(Killed):
        await clinic.hears("SM1", DANGER)
    assert "emergency" in clinic.tasks()[0], "what needs no sender is there already"
    later = restarted(clinic, file, keys)
    for minutes in range(20):
        await later.replies.sweep(LATER + timedelta(minutes=minutes))
    assert len(later.phone.to(PHONE)) == 1
    assert len(later.records.escalations()) == 1
    asked = [*clinic.starter.asked, *later.starter.asked]
    assert len({start.escalation.escalation_id for start in asked}) == 1
    assert later.records.inbound_to_take(START + timedelta(days=1)) == []
    later.records.close()


async def test_while_temporal_is_away_client_and_therapist_hear_of_it_and_the_sweep_asks_later(clinic: Clinic) -> None:
    async def away(start: object) -> None:
        raise TimeoutError

    real = clinic.starter.start_escalation
    clinic.starter.start_escalation = away  # pyright: ignore[reportAttributeAccessIssue]
    await clinic.hears("SM1", DANGER)
    assert len(clinic.phone.sent) == 2
    assert len(clinic.records.escalations()) == 1
    clinic.starter.start_escalation = real
    await clinic.replies.sweep(LATER)
    assert len(clinic.starter.asked) == 1
    assert len(clinic.phone.sent) == 2


async def test_an_answer_that_the_provider_refuses_goes_by_mail_and_the_desk_knows_if_none_went(
    file: Path, keys: KeyRing
) -> None:
    clinic = Clinic(file, keys, Phone(), Phone("email"))
    enrol(clinic.records, a_state(a_plan(client=a_client(email="tina@example.com"))))
    clinic.phone.fails[PHONE] = DeliveryError.of("bad_address", 21211)
    await clinic.hears("SM1", DANGER, from_address=PHONE)
    mailed = clinic.mail.to("tina@example.com")
    told = [text for text in clinic.tasks() if "did not reach its reader (safety)" in text]
    assert (len(mailed), len(told)) in ((1, 0), (0, 1)), "by mail where there is consent, else the desk is told"
    clinic.records.close()


async def test_an_answer_that_could_not_go_now_goes_with_the_next_sweep(clinic: Clinic) -> None:
    clinic.phone.fails[PHONE] = DeliveryError.of("busy", 429)
    await clinic.hears("SM1", DANGER)
    assert clinic.phone.to(PHONE) == []
    clinic.phone.fails.clear()
    await clinic.replies.sweep(LATER)
    assert len(clinic.phone.to(PHONE)) == 1
    assert len(clinic.phone.sent) == 2, "the page isn't sent a second time"


async def test_a_page_that_the_therapist_cannot_get_goes_to_the_backup_at_once(clinic: Clinic) -> None:
    view = clinic.records.plan("plan-1")
    assert view is not None
    therapist, backup = view.state.plan.therapist.phone or "", view.state.backup.phone or ""
    clinic.phone.fails[therapist] = DeliveryError.of("unreachable", 30003)
    await clinic.hears("SM1", DANGER)
    assert len(clinic.phone.to(backup)) == 1


async def test_a_slow_sender_does_not_hold_up_whoever_brought_the_text(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, sent = Event(), clinic.phone.send

    def slow(outgoing: Outgoing) -> Accepted:
        go_on.wait(30)
        return sent(outgoing)

    monkeypatch.setattr("web.reply_intake.WAIT_FOR", timedelta(milliseconds=50))
    monkeypatch.setattr(clinic.phone, "send", slow)
    await clinic.hears("SM1", DANGER)  # comes back while the sender still waits
    assert clinic.phone.sent == []
    go_on.set()
    await clinic.replies.emergencies_carried_out(timedelta(seconds=30))
    assert len(clinic.phone.sent) == 2
