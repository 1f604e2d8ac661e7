"""The benchmark of the reading of replies can fail: each yardstick, missed once."""

from pathlib import Path

import pytest

from bench.replies import main, play, read
from domain.replies import Understanding


def corpus(folder: Path, *rows: str) -> str:
    path = folder / "corpus.tsv"
    heading = "channel\tlocale\topen_question\tintent\tvalue\talso_stop\ttext"
    path.write_text("\n".join([heading, *rows]), encoding="utf-8")
    return str(path)


STOP = "sms\ten\tnone\tstop\t\tfalse\tSTOP"
FLAG = "sms\tes\tnone\tred_flag\t\ttrue\tSTOP, me duele el pecho"
HANDED = Understanding(intent="human", value=4, sure=False, suggestion="rating")
RATING = "email\ten\tfeedback_1_5\trating\t4\tfalse\tA 4.\\n\\nTom"


def test_a_corpus_that_is_understood_leaves_with_zero(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([corpus(tmp_path, STOP, FLAG, RATING)]) == 0
    shown = capsys.readouterr().out
    assert "MISSED" not in shown
    assert [row[:8].strip() for row in shown.splitlines()[1:4]] == ["en email", "en sms", "es sms"]


def test_a_table_gives_the_same_lines_as_the_format_of_the_house(tmp_path: Path) -> None:
    [line] = read(Path(corpus(tmp_path, RATING)))
    house = tmp_path / "corpus.yaml"
    house.write_text('email: {en: {feedback_1_5: {rating 4: ["A 4.\\n\\nTom"]}}}', encoding="utf-8")
    assert read(house) == [line]


@pytest.mark.parametrize(
    ("row", "meant", "complaint"),
    [
        (STOP, Understanding(intent="human"), "opt-out recall 0.0%"),
        (FLAG, Understanding(intent="stop"), "red-flag recall 0.0%"),
        (FLAG, Understanding(intent="red_flag"), "opt-out recall 0.0%"),
        (RATING, Understanding(intent="rating", value=3), "acted or handed over 0.0%"),
        (RATING, Understanding(intent="rating", value=4, also=("contraindication",)), "1 harmful readings"),
        (RATING, Understanding(intent="stop"), "1 false opt-outs"),
        (RATING, Understanding(intent="red_flag"), "1 false red flags"),
        (RATING, Understanding.model_construct(intent="maybe"), "1 lines were dropped"),
    ],
)
def test_a_missed_yardstick_is_named_and_leaves_with_one(
    row: str, meant: Understanding, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([corpus(tmp_path, row)], lambda *_, **__: meant) == 1
    assert f"MISSED: {complaint}" in capsys.readouterr().out


def test_a_person_who_gets_the_right_suggestion_counts_as_right_but_not_as_acted(tmp_path: Path) -> None:
    [one] = play(read(Path(corpus(tmp_path, RATING))), lambda *_, **__: HANDED)
    assert (one.acted, one.handed, one.harmful) == (False, True, False)


def test_a_person_who_gets_no_suggestion_is_no_harm_and_not_right(tmp_path: Path) -> None:
    [one] = play(read(Path(corpus(tmp_path, RATING))), lambda *_, **__: Understanding(intent="human"))
    assert (one.right, one.harmful) == (False, False)


def test_an_exception_is_a_dropped_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: object, **__: object) -> Understanding:
        raise RuntimeError

    assert main([corpus(tmp_path, STOP)], broken) == 1
    assert "MISSED: 1 lines were dropped" in capsys.readouterr().out


def test_an_empty_corpus_is_no_success(tmp_path: Path) -> None:
    assert main([corpus(tmp_path)]) == 1
