"""The bench of harms sees an answered question as closed, also where the same judgement opens another of its kind."""

from pathlib import Path

from bench.reply_harms import fate_of, lines_of


def test_a_no_to_the_health_question_is_an_act(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    file.write_text('{"text": "No", "context": "screening_yes_no", "intent": "no", "person": "no"}\n', encoding="utf-8")
    [line] = lines_of(file)
    fate = fate_of(line)
    assert fate.acts == {"screening"}
    assert fate.handled
