"""Bad files and bad settings on the command line: a clear line each, and nothing is started."""

from pathlib import Path

import pytest

from tests.cli.commands import EXAMPLES, Here, run
from tests.domain.bad_plans import BAD
from tests.domain.plan_text import GOOD, a_file

WANT_A_FILE = ("simulate", "preview", "enroll")


@pytest.mark.parametrize(("old", "new", "line"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_bad_plan_file_is_one_clear_line_and_nothing_is_started(here: Here, old: str, new: str, line: str) -> None:
    (here.folder / "ana.yaml").write_text(a_file(old, new), "utf-8")
    for command in WANT_A_FILE:
        answer = here.run(command, "ana.yaml")
        assert (answer.code, answer.out, answer.err) == (2, "", f"ana.yaml: {line}\n"), command
    assert here.left_behind() == ["ana.yaml"]


def test_the_installed_command_says_all_that_is_wrong_and_leaves_with_2(tmp_path: Path) -> None:
    text = a_file("phone: +1 541 555 0104", "phone: ask her").replace("P14D", "two weeks")
    (tmp_path / "ana.yaml").write_text(text, "utf-8")
    answer = run("simulate", "ana.yaml", "--json", folder=tmp_path)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.splitlines() == [
        "ana.yaml: line 3: client.phone: is no phone number; write it like +1 206 555 0101",
        "ana.yaml: line 21: dosage.spacing: write a duration such as P14D or PT2H, "
        "in whole weeks, days, hours, minutes and seconds, never months or years",
    ]


@pytest.mark.parametrize("command", WANT_A_FILE)
def test_a_file_that_is_not_there_is_named(here: Here, command: str) -> None:
    answer = here.run(command, "nowhere.yaml")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == "nowhere.yaml: file: can't be read: No such file or directory; check the path\n"
    assert here.left_behind() == []


def test_a_file_that_is_no_text_is_refused(here: Here) -> None:
    (here.folder / "photo.yaml").write_bytes(b"\xff\xd8\xff")
    answer = here.run("preview", "photo.yaml")
    assert (answer.code, answer.err) == (2, "photo.yaml: file: is no UTF-8 text; write a YAML or JSON file\n")


def test_a_bad_practice_file_is_refused_by_its_own_name(here: Here) -> None:
    text = (EXAMPLES / "practice.yaml").read_text("utf-8").replace("review_url:", "review:")
    (here.folder / "ours.yaml").write_text(text, "utf-8")
    here.set(PRACTICE_FILE="ours.yaml")
    answer = here.run("preview", EXAMPLES / "tom.yaml")
    assert answer.code == 2
    assert answer.err == 'ours.yaml: line 9: review: is no field of this part; did you mean "review_url"?\n'


BAD_SETTINGS = {
    "MESSAGING": "pigeon",
    "TWILIO_ACCOUNT_SID": "AC-secret-thing",
    "TWILIO_FROM_NUMBER": "secret-number",
    "TWILIO_API_BASE": "ftp://secret-host",
    "SENDGRID_FROM_EMAIL": "secret-address",
    "PUBLIC_URL": "secret-url",
    "API_TOKEN": "secret-token",
    "DATABASE_URL": "mysql://me:secret-word@db/plans",
    "WEB_PORT": "secret-port",
}


@pytest.mark.parametrize("name", BAD_SETTINGS)
def test_a_bad_setting_refuses_to_start_by_its_name_and_never_shows_its_value(here: Here, name: str) -> None:
    here.set(**{name: BAD_SETTINGS[name]})
    for command in (["up"], ["web"], ["enroll", str(EXAMPLES / "tom.yaml")]):
        answer = here.run(*command)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.startswith(f"settings: {name}: ")
        assert answer.err.count("\n") == 1
        assert BAD_SETTINGS[name] not in answer.err
        assert "secret" not in answer.err
    assert here.left_behind() == []


def test_every_bad_setting_is_said_at_once(here: Here) -> None:
    here.set(**BAD_SETTINGS)
    said = here.run("up").err.splitlines()
    assert sorted(line.split(": ")[1] for line in said) == sorted(BAD_SETTINGS)


def test_live_messaging_says_which_settings_it_still_needs(here: Here) -> None:
    here.set(MESSAGING="live", PUBLIC_URL="https://example.com")
    answer = here.run("enroll", EXAMPLES / "tom.yaml")
    assert answer.code == 2
    assert answer.err == (
        "settings: settings: MESSAGING=live also needs TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, "
        "TWILIO_FROM_NUMBER OR TWILIO_MESSAGING_SERVICE_SID\n"
    )


def test_an_env_file_that_is_no_text_is_refused(here: Here) -> None:
    (here.folder / ".env").write_bytes(b"MESSAGING=\xff\xfe")
    answer = here.run("up")
    assert (answer.code, answer.err) == (2, ".env: file: can't be read (UnicodeDecodeError); mend or remove it\n")


def test_settings_of_the_env_file_count_temporals_own_among_them(here: Here) -> None:
    (here.folder / ".env").write_text("TEMPORAL_ADDRESS=127.0.0.1:1\nAPI_TOKEN=\n", "utf-8")
    here.will_be_set("TEMPORAL_ADDRESS")
    answer = here.run("enroll", EXAMPLES / "tom.yaml")
    assert answer.code == 2
    assert answer.err.startswith("settings: TEMPORAL_ADDRESS: nobody answers at 127.0.0.1:1; ")


@pytest.mark.parametrize("settings", [{"MESSAGING": "pigeon"}, {"DATABASE_URL": "mysql://x/y"}, {"PAYLOAD_KEYS": "x"}])
def test_preview_ignores_settings_of_what_it_does_not_keep(here: Here, settings: dict[str, str]) -> None:
    here.set(**settings)
    (here.folder / "ana.yaml").write_text(GOOD, "utf-8")
    assert here.run("preview", "ana.yaml").code == 0
    assert here.left_behind() == ["ana.yaml"]
