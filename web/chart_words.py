"""Sets the words of a chart so that none covers another, and measures them without asking for a font."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from xml.etree import ElementTree as Xml

SIZE = 12.0
"""Of the letters, in pixels of a picture shown as wide as it was drawn."""
ROW = 16.0
"""From one line of words to the next."""

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in pixels from the top left corner."""
Place = tuple[float, float, str]
"""Where words go: x, the middle of the line, and which end of the words x is (start, middle, end)."""

_NARROW, _BROAD = set("iljtfrI.,:;'|!()[] -"), set("mwMW%@")
_NO_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@lru_cache(maxsize=1024)
def length(text: str, bold: bool = False) -> float:
    """How wide the words are at most, roughly, in the fonts that browsers use for system-ui and sans-serif."""
    return sum(map(_letter, text)) * SIZE * (1.08 if bold else 1)


def _letter(letter: str) -> float:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1.05
    if letter in _NARROW:
        return 0.36
    return 0.9 if letter in _BROAD else 0.72 if letter.isupper() else 0.59


def plain(text: str) -> str:
    """The words on one line, without characters that XML can't hold."""
    return " ".join(_NO_XML.sub("", text).split())


def shortened(text: str, room: float) -> str:
    """As much as has room, cut behind a comma or a word; "…" stands for the rest."""
    if length(text) <= room:
        return text
    while text and length(text) > room - SIZE:
        text = text[:-1]
    whole = max(text.rfind(", "), text.rfind("; "), 0) or max(text.rfind(" "), 0)
    return f"{text[: whole or None].rstrip(' ,;')}…"


def wrapped(text: str, room: float) -> list[str]:
    """The words in lines of at most `room` pixels, broken between words where there are any."""
    lines: list[str] = []
    for word in text.split():
        if lines and length(f"{lines[-1]} {word}", bold=True) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(shortened(word, room / 1.1))
    return lines


def box_of(text: str, place: Place, bold: bool = False) -> Box:
    """What the words cover."""
    x, y, anchor = place
    wide = length(text, bold)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return left - 3, y - ROW / 2, left + wide + 3, y + ROW / 2


def overlap(one: Box, other: Box) -> bool:
    """Whether they have more than a border in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@dataclass
class Words:
    """The words and small signs of one picture. `colours` by name, `width` of the picture in pixels."""

    colours: dict[str, str]
    width: float
    signs: list[Xml.Element] = field(default_factory=list[Xml.Element])
    taken: list[Box] = field(default_factory=list[Box])

    def say(self, text: str, place: Place, colour: str, bold: bool = False) -> None:
        """Set words, on a rim of the card's colour that keeps them readable where a line passes."""
        x, y, anchor = place
        at = {"x": f"{x:.1f}", "y": f"{y + SIZE * 0.35:.1f}", "text-anchor": anchor, "fill": self.colours[colour]}
        rim = {"stroke": self.colours["card"], "stroke-width": "3", "stroke-linejoin": "round", "paint-order": "stroke"}
        element = Xml.Element("text", at | rim | ({"font-weight": "600"} if bold else {}))
        element.text = text
        self.signs.append(element)
        self.taken.append(box_of(text, place, bold))

    def sign(self, name: str, **attributes: str | float) -> None:
        """Add a small shape; `stroke_width` is written stroke-width."""
        told = {
            key.replace("_", "-"): f"{value:.1f}" if isinstance(value, float) else str(value)
            for key, value in attributes.items()
        }
        self.signs.append(Xml.Element(name, told))

    def is_free(self, box: Box) -> bool:
        """Whether nothing is said there and it lies within the picture's sides."""
        return box[0] >= -3 and box[2] <= self.width + 3 and not any(overlap(box, other) for other in self.taken)

    def say_near(
        self, text: str, places: Sequence[Place], colour: str, lines: Sequence[Box] = (), bold: bool = False
    ) -> bool:
        """Set words where they cover least of the lines, the first of equal places; False where all are taken.

        Each place should be a little worse than the one before it: a far one must save some lines to be chosen.
        """
        boxes = [(rank, place, box_of(text, place, bold)) for rank, place in enumerate(places)]
        covered = [
            (sum(overlap(box, line) for line in lines) + rank / 3, place)
            for rank, place, box in boxes
            if self.is_free(box)
        ]
        if covered:
            self.say(text, min(covered)[1], colour, bold)
        return bool(covered)
