"""How well replies are understood: a labelled corpus, played through `understand`, counted by language and channel.

    python -m bench.replies [CORPUS]

CORPUS is `tests/replies/corpus.yaml` or a file of its shape, or a TSV of the columns channel, locale,
open_question (or none), intent, value, also_stop, text (`\\n` for a line end). Reported:

- acted: share of lines that act by themselves just as labelled: intent, value, what goes along with it, fixed answer;
- handed: share that a person reads with the labelled meaning as our suggestion, since a word was left over;
- wrong: whatever else; harmful of these is what acts in another way than labelled, or lets an opt-out or emergency go;
- stop, flag: share of the opt-outs and of the red flags that were heard, and how many other lines raised one;
- dropped: lines that raised an exception or came back with an intent nobody knows.

A second table says for each question how many of the lines with an answer act by themselves. The exit code is 1 where
the yardstick is missed. `--wrong` prints the lines that were misunderstood, `--handed` those that a person reads.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

import yaml

from bench.heard import Heard, Labelled
from domain.client import Channel, Language
from domain.replies import Intent, Understanding, understand
from domain.touchpoint import QuestionKind

CORPUS = Path(__file__).parent.parent / "tests" / "replies" / "corpus.yaml"
_INTENTS = frozenset(cast("tuple[str, ...]", get_args(Intent)))

Reader = Callable[..., Understanding]
"""`understand`, or what a test puts in its place."""


@dataclass(frozen=True)
class Score:
    """The counts of one group of lines."""

    heard: Sequence[Heard]

    @property
    def acted(self) -> float:
        """Share of lines that act by themselves as labelled."""
        return _share([one.acted for one in self.heard])

    @property
    def handed(self) -> float:
        """Share of lines that a person reads with the right suggestion."""
        return _share([one.handed and not one.acted for one in self.heard])

    @property
    def harmful(self) -> int:
        """Lines whose reading does harm."""
        return sum(one.harmful for one in self.heard)

    @property
    def stop_recall(self) -> float:
        """Share of opt-outs heard."""
        return _share([one.stopped for one in self.heard if one.line.stops])

    @property
    def flag_recall(self) -> float:
        """Share of red flags heard."""
        return _share([one.flagged for one in self.heard if one.line.flags])

    @property
    def stop_alarms(self) -> int:
        """Lines taken for an opt-out that are none."""
        return sum(one.stopped and not one.line.stops for one in self.heard)

    @property
    def flag_alarms(self) -> int:
        """Lines taken for a red flag that are none."""
        return sum(one.flagged and not one.line.flags for one in self.heard)

    @property
    def dropped(self) -> int:
        """Lines without an answer."""
        return sum(one.meant is None for one in self.heard)

    def row(self, name: str) -> str:
        """One line of the table."""
        return (
            f"{name:10} {len(self.heard):6} {self.acted:8.1%} {self.handed:8.1%} {self.harmful:8} "
            f"{self.stop_recall:8.1%} {self.flag_recall:8.1%} "
            f"{self.stop_alarms:11} {self.flag_alarms:11} {self.dropped:8}"
        )

    def failures(self) -> list[str]:
        """Where the yardstick is missed; a false alarm may be one line in two hundred, of each kind."""
        few = len(self.heard) / 200
        limits = {
            "no lines": not self.heard,
            f"acted or handed over {self.acted + self.handed:.1%} is below 98 %": self.acted + self.handed < 0.98,
            f"{self.harmful} harmful readings": self.harmful > few,
            f"opt-out recall {self.stop_recall:.1%} is below 100 %": self.stop_recall < 1,
            f"red-flag recall {self.flag_recall:.1%} is below 100 %": self.flag_recall < 1,
            f"{self.stop_alarms} false opt-outs are above 0.5 % of the lines": self.stop_alarms > few,
            f"{self.flag_alarms} false red flags are above 0.5 % of the lines": self.flag_alarms > few,
            f"{self.dropped} lines were dropped": self.dropped > 0,
        }
        return [words for words, missed in limits.items() if missed]


def read(path: Path = CORPUS) -> list[Labelled]:
    """The lines of a corpus in either format."""
    text = path.read_text(encoding="utf-8")
    return _from_table(text) if path.suffix == ".tsv" else _from_yaml(text)


def play(lines: Sequence[Labelled], reader: Reader = understand) -> list[Heard]:
    """Have every line read; an exception counts as dropped."""
    return [Heard(line, _meaning(line, reader)) for line in lines]


def report(heard: Sequence[Heard]) -> Score:
    """Print the table, a row per language and channel and one for all, and the missed yardsticks."""
    print("            lines    acted   handed  harmful     stop     flag  false stop  false flag  dropped")
    for locale, channel in sorted({(one.line.locale, one.line.channel) for one in heard}):
        group = [one for one in heard if (one.line.locale, one.line.channel) == (locale, channel)]
        print(Score(group).row(f"{locale} {channel}"))
    total = Score(heard)
    print(total.row("all"))
    _report_questions(heard)
    print(
        "yardstick: acted or handed 98 %, harmful 0.5 %, stop and flag 100 %, false alarms 0.5 % of a kind, dropped 0"
    )
    for failure in total.failures():
        print(f"MISSED: {failure}")
    return total


def acting_shares(heard: Sequence[Heard]) -> dict[str, float]:
    """For each question, the share of the lines with a plain answer that act by themselves."""
    plain = [one for one in heard if one.line.parts[0].split()[0] in _ANSWERS.get(one.line.asked or "", ())]
    asked = dict.fromkeys(one.line.asked or "" for one in plain)
    return {name: _share([one.acted for one in plain if one.line.asked == name]) for name in asked}


_ANSWERS = {
    "confirm_appointment": ("confirm",),
    "feedback_1_5": ("rating",),
    "pain_0_10": ("pain",),
    "benchmark_yes_no": ("yes", "no"),
    "rebook": ("book", "no"),
    "screening_yes_no": ("yes", "no"),
}
"""What answers a question, changes of a visit left out."""


def _report_questions(heard: Sequence[Heard]) -> None:
    shares = ", ".join(f"{name} {share:.0%}" for name, share in acting_shares(heard).items())
    print(f"answers that act by themselves: {shares}")


def main(arguments: Sequence[str] | None = None, reader: Reader = understand) -> int:
    """Measure one corpus and compare it with the yardstick."""
    parser = argparse.ArgumentParser(description="Accuracy, recall and false alarms of the reading of replies")
    parser.add_argument("corpus", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--handed", action="store_true", help="print every line that a person reads")
    parser.add_argument("--wrong", action="store_true", help="print every line that was misunderstood")
    chosen = parser.parse_args(arguments)
    heard = play(read(chosen.corpus), reader)
    for one in heard:
        if (chosen.wrong and not one.right) or (chosen.handed and one.handed and not one.acted):
            asked = f"{one.line.channel} {one.line.locale} {one.line.asked}"
            print(f"{asked}: {one.label}, labelled {one.line.label}: {one.line.text!r}")
    return 1 if report(heard).failures() else 0


def _share(hits: list[bool]) -> float:
    return sum(hits) / len(hits) if hits else 1.0


def _meaning(line: Labelled, reader: Reader) -> Understanding | None:
    try:
        meant = reader(line.text, open_question=line.asked, channel=line.channel, locale=line.locale)
    except Exception as error:  # whatever it is, it is counted and shown
        print(f"{type(error).__name__} at a line by {line.channel}", file=sys.stderr)
        return None
    return meant if meant.intent in _INTENTS else None


def _from_yaml(text: str) -> list[Labelled]:
    channels = cast(
        "dict[Channel, dict[Language, dict[str, dict[str, list[str]]]]]", yaml.load(text, Loader=yaml.CSafeLoader)
    )
    return [
        Labelled(channel, locale, _question(asked), label, reply)
        for channel, locales in channels.items()
        for locale, questions in locales.items()
        for asked, labels in questions.items()
        for label, replies in labels.items()
        for reply in replies
    ]


def _from_table(text: str) -> list[Labelled]:
    rows = (line.rstrip("\r").split("\t", 6) for line in text.split("\n") if line.strip())
    return [
        Labelled(
            cast("Channel", channel),
            cast("Language", locale),
            _question(asked),
            _label(intent, value, also_stop),
            reply.replace("\\n", "\n"),
        )
        for channel, locale, asked, intent, value, also_stop, reply in rows
        if channel != "channel"
    ]


def _question(name: str) -> QuestionKind | None:
    return None if name in ("none", "") else cast("QuestionKind", name)


def _label(intent: str, value: str, also_stop: str) -> str:
    number = f" {float(value):g}" if value.strip() not in ("", "none", "None", "-") else ""
    return f"{intent}{number}{' + stop' if also_stop.strip().lower() in ('true', 'yes', '1') else ''}"


if __name__ == "__main__":
    sys.exit(main())
