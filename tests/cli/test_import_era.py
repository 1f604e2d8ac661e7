"""`followthrough import-era`: whole files or nothing, once each, and nothing that a payer says is lost."""

import subprocess
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from activities.hand_over import Taken
from domain.claim_events import OutsideClaimEvent
from domain.state import new_state
from programs.import_era import AWAY, take_files
from records.database import Records
from records.keyring import KeyRing
from settings import load_settings
from tests.cli.commands import FOLLOWTHROUGH, Here, environment
from tests.domain.claim_builder import OPENED, a_claim, a_claim_practice
from tests.domain.plan_builder import a_plan
from tests.domain.x12_builder import Claim, a_277, a_denial, a_file, a_massage, a_remittance, an_answer
from tests.today import this_moment
from web.intake import UnknownClaim
from worker import load_keys, open_records

READ_AT = datetime(2026, 5, 6, 9, tzinfo=UTC)


def follow_claims(records: Records, *numbers: str) -> None:
    """A plan with one claim for each of these numbers: c-1, c-2, …"""
    assert records.add_plan(new_state("plan-1", a_plan(), a_claim_practice(), OPENED), OPENED)
    for count, number in enumerate(numbers, start=1):
        assert records.add_claim(a_claim(claim_id=f"c-{count}", number=number), OPENED)


@pytest.fixture
def away(here: Here) -> Here:
    """An empty folder in which Temporal doesn't answer."""
    here.set(TEMPORAL_ADDRESS="127.0.0.1:1")
    return here


def the_records() -> Records:
    settings = load_settings()
    return open_records(settings, load_keys(settings))


def put(here: Here, name: str, text: str) -> str:
    (here.folder / name).write_text(text, "utf-8")
    return name


def waiting() -> list[tuple[str, str]]:
    """Claim id and kind of each event that no workflow has heard yet."""
    records = the_records()
    found = [
        (each.claim_id, each.event.type) for each in records.claim_events_to_hand_over(datetime.max.replace(tzinfo=UTC))
    ]
    records.close()
    return sorted(found)


def the_tasks() -> list[str]:
    records = the_records()
    texts = [view.task.text for view in records.desk_tasks()]
    records.close()
    return sorted(texts)


def with_claims(*numbers: str) -> None:
    records = the_records()
    follow_claims(records, *numbers)
    records.close()


def test_claims_are_posted_without_temporal_and_unknown_ones_go_to_the_desk(away: Here) -> None:
    with_claims("FT-1001", "FT-1002")
    part = Claim("X-9", "1", "120.00", "42.00", adjusted=[("CO", "45", "78.00")])
    answer = away.run("import-era", put(away, "era.835", a_file(a_remittance(a_massage(), a_denial(), part))))
    assert answer.out == "era.835: 3 claims, 2 posted, 1 for the desk, 122.00 paid\n"
    assert (answer.code, answer.err) == (0, AWAY)
    assert waiting() == [("c-1", "claim_paid"), ("c-2", "claim_denied")]
    assert the_tasks() == [
        "Remittance era.835 pays 42.00 for claim X-9, but no claim here carries this number: "
        "find out whose it is, and enter it by hand."
    ]


def test_a_remittance_counts_once_also_from_another_file(away: Here) -> None:
    with_claims("FT-1001")
    put(away, "era.835", a_file(a_remittance(a_massage(), a_denial())))
    put(away, "again.835", a_file(a_remittance(a_massage(), a_denial()), control="000000999", end="\r\n"))
    away.run("import-era", "era.835")
    answer = away.run("import-era", "era.835", "again.835")
    assert answer.out == (
        "era.835: was imported before; nothing changed\nagain.835: was imported before; nothing changed\n"
    )
    assert (answer.code, answer.err) == (0, "")
    assert (len(waiting()), len(the_tasks())) == (1, 1)


def test_a_file_with_a_known_and_a_new_remittance_posts_the_new_one(away: Here) -> None:
    with_claims("FT-1001", "FT-1003")
    away.run("import-era", put(away, "one.835", a_file(a_remittance(a_massage()))))
    second = a_remittance(a_massage("FT-1003"), trace="EFT-7002", control="0002")
    answer = away.run("import-era", put(away, "two.835", a_file(a_remittance(a_massage()), second)))
    assert answer.out == (
        "two.835: 1 claim, 1 posted, 0 for the desk, 80.00 paid, 1 of 2 remittances imported before\n"
    )
    assert waiting() == [("c-1", "claim_paid"), ("c-2", "claim_paid")]


def test_a_damaged_file_is_refused_whole_by_its_place_and_the_good_ones_are_posted(away: Here) -> None:
    with_claims("FT-1001", "FT-1002")
    second = a_remittance(a_denial(), control="0002", payment="7.00")
    put(away, "bad.835", a_file(a_remittance(a_massage()), second))
    put(away, "good.835", a_file(a_remittance(a_massage(), trace="EFT-7009")))
    answer = away.run("import-era", "bad.835", "nowhere.835", "good.835")
    assert answer.code == 2
    assert answer.out == "good.835: 1 claim, 1 posted, 0 for the desk, 80.00 paid\n"
    assert answer.err.splitlines() == [
        "bad.835: segment 17 (BPR02): expected 0: what was paid for the claims (CLP04) less the provider's adjustments "
        "(PLB); nothing of this file was posted",
        "nowhere.835: file: can't be read: No such file or directory; check the path",
        AWAY.strip(),
    ]
    assert waiting() == [("c-1", "claim_paid")]


@pytest.mark.parametrize("raw", [b"", b"\xff\xd8\xff\xe0 a photo", b"plan_id: tina"])
def test_a_file_of_another_kind_is_refused(away: Here, raw: bytes) -> None:
    (away.folder / "photo.835").write_bytes(raw)
    answer = away.run("import-era", "photo.835")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == (
        "photo.835: segment 1 (ISA): expected the envelope of an X12 file, which begins with ISA; "
        "nothing of this file was posted\n"
    )


def test_another_transaction_is_refused_by_its_own_name(away: Here) -> None:
    name = put(away, "claim.837", a_file(["ST*837*0001", "BHT*0019", "SE*3*0001"], kind="HC"))
    answer = away.run("import-era", name)
    assert answer.err.startswith(
        "claim.837: segment 3 (ST01): expected 835, a remittance, or 277, a status answer; nothing"
    )


def test_a_number_that_two_claims_carry_goes_to_a_person(away: Here) -> None:
    with_claims("FT-1002", "FT-1002")
    answer = away.run("import-era", put(away, "era.835", a_file(a_remittance(a_denial()))))
    assert answer.out == "era.835: 1 claim, 0 posted, 1 for the desk, 0.00 paid\n"
    assert the_tasks() == [
        "Remittance era.835 refuses claim FT-1002, but 2 claims here carry this number: "
        "find out whose it is, and enter it by hand."
    ]


def test_status_answers_are_posted_and_an_unreadable_question_is_for_the_desk(away: Here) -> None:
    with_claims("FT-1001")
    answers = a_277(an_answer("FT-1001", "P1:20"), an_answer("FT-9", "F2:88", "Q2"))
    provider = ["HL*5*2*19*0", "TRN*1*Q0", "STC*E0:24:85*20260504", f"SE*{len(answers) + 3}*0001"]
    answer = away.run("import-era", put(away, "answers.277", a_file([*answers[:-1], *provider], kind="HN")))
    assert answer.out == "answers.277: 2 answers, 1 posted, 2 for the desk\n"
    assert waiting() == [("c-1", "status_answered")]
    assert the_tasks() == [
        "Status answer answers.277 says where claim FT-9 stands, but no claim here carries this number: "
        "find out whose it is, and enter it by hand.",
        "The payer could not answer a status question of ours (number Q0, code E0:24:85; file answers.277): "
        "check the provider and sender numbers, and ask again.",
    ]


@dataclass
class FakeIntake:
    """Takes what it is given; `answers` says what it replies for a claim."""

    answers: dict[str, Taken | Exception] = field(default_factory=dict[str, Taken | Exception])
    given: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])

    async def take_claim_event(self, claim_id: str, event: OutsideClaimEvent) -> Taken:
        self.given.append((claim_id, event.type))
        answer = self.answers.get(claim_id, Taken("recorded"))
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture
def three_claims(tmp_path: Path) -> Generator[tuple[Records, Path]]:
    """Records that follow three claims, and a remittance about all of them."""
    records = Records.open(f"sqlite:///{tmp_path}/records.db", KeyRing.generate())
    records.migrate()
    follow_claims(records, "FT-1", "FT-2", "FT-3")
    path = tmp_path / "era.835"
    path.write_text(a_file(a_remittance(a_massage("FT-1"), a_massage("FT-2"), a_massage("FT-3"))), "utf-8")
    yield records, path
    records.close()


async def test_events_are_handed_over_in_the_order_of_the_file_and_once(three_claims: tuple[Records, Path]) -> None:
    records, path = three_claims
    intake = FakeIntake({"c-2": UnknownClaim("its client was erased")})
    assert await take_files(records, intake, [path, path], list[str]().append, READ_AT) == 0
    assert intake.given == [("c-1", "claim_paid"), ("c-2", "claim_paid"), ("c-3", "claim_paid")]


async def test_when_temporal_stops_answering_the_rest_waits_on_record(
    three_claims: tuple[Records, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    records, path = three_claims
    intake = FakeIntake({"c-1": Taken("stored")})
    assert await take_files(records, intake, [path], list[str]().append, READ_AT) == 0
    assert (intake.given, capsys.readouterr().err) == ([("c-1", "claim_paid")], AWAY)
    assert len(records.claim_events_to_hand_over(this_moment())) == 3


async def test_what_a_claim_refuses_becomes_a_task(three_claims: tuple[Records, Path]) -> None:
    records, path = three_claims
    intake = FakeIntake({"c-2": Taken("refused", "2026-05-04 lies before the visit.")})
    await take_files(records, intake, [path], list[str]().append, READ_AT)
    assert [(view.task.text, view.task.plan_id, view.task.kind) for view in records.desk_tasks()] == [
        (
            "Claim FT-2 can't take what its payer sent: 2026-05-04 lies before the visit. Post it by hand.",
            "plan-1",
            "claim",
        )
    ]


def the_whole_story(folder: Path) -> list[tuple[str, str, str]]:
    """Everything that the claims of this folder have still to hear."""
    keys = KeyRing.parse((folder / "var" / "payload_keys").read_text("utf-8").strip())
    records = Records.open(f"sqlite:///{folder}/var/records.db", keys)
    records.migrate()
    found = records.claim_events_to_hand_over(datetime.max.replace(tzinfo=UTC))
    records.close()
    return sorted((each.claim_id, each.event.type, each.event.event_id) for each in found)


def many_files(folder: Path, count: int = 6) -> list[str]:
    """So many remittances about three claims, each with a payment, a denial and a claim that nobody knows."""
    for nth in range(count):
        claims = (a_massage(f"FT-{nth % 3 + 1}"), a_denial(f"FT-{(nth + 1) % 3 + 1}"), a_massage("FT-9"))
        (folder / f"{nth}.835").write_text(a_file(a_remittance(*claims, trace=f"EFT-{nth}")), "utf-8")
    return [f"{nth}.835" for nth in range(count)]


def started(folder: Path, files: list[str]) -> subprocess.Popen[str]:
    settings = environment(TEMPORAL_ADDRESS="127.0.0.1:1")
    command = [FOLLOWTHROUGH, "import-era", *files]
    return subprocess.Popen(
        command, cwd=folder, env=settings, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )


@pytest.mark.timeout(300)
def test_a_program_that_is_killed_between_and_within_files_leaves_nothing_doubled_or_lost(tmp_path: Path) -> None:
    quiet, killed = tmp_path / "quiet", tmp_path / "killed"
    for folder in (quiet, killed):
        folder.mkdir()
        files = many_files(folder)
        (folder / "var").mkdir()
        keys = KeyRing.generate()
        (folder / "var" / "payload_keys").write_text(keys.dump(), "utf-8")
        records = Records.open(f"sqlite:///{folder}/var/records.db", keys)
        records.migrate()
        follow_claims(records, "FT-1", "FT-2", "FT-3")
        records.close()
        if folder is killed:
            for lines in (0, 1, 3):
                with started(folder, files) as program:
                    assert program.stdout is not None
                    for _ in range(lines):
                        program.stdout.readline()
                    program.kill()
        with started(folder, files) as program:
            program.communicate(timeout=60)
        assert program.returncode == 0
    assert the_whole_story(killed) == the_whole_story(quiet)
    assert len(the_whole_story(quiet)) == 12
