"""A labelled reply, and what `understand` made of it: acted as labelled, handed over, or misread to somebody's harm."""

from dataclasses import dataclass
from typing import NamedTuple

from domain.client import Channel, Language
from domain.replies import Understanding
from domain.touchpoint import QuestionKind


class Labelled(NamedTuple):
    """One reply and what must be understood: "rating 4", "yes + contraindication", "red_flag emergency_911 + stop"."""

    channel: Channel
    locale: Language
    asked: QuestionKind | None
    label: str
    text: str

    @property
    def parts(self) -> tuple[str, ...]:
        """The intent with its value or fixed answer, then what goes along with it."""
        return tuple(self.label.split(" + "))

    @property
    def stops(self) -> bool:
        """Whether the label holds an opt-out."""
        return "stop" in self.parts

    @property
    def flags(self) -> bool:
        """Whether the label is a red flag."""
        return self.label.startswith("red_flag")


@dataclass(frozen=True)
class Heard:
    """What `understand` made of one line; `meant` is None where it was dropped."""

    line: Labelled
    meant: Understanding | None

    @property
    def label(self) -> str:
        """The meaning, written as labels are."""
        if self.meant is None:
            return "dropped"
        return " + ".join([self._written(self.meant.intent), *self.besides])

    @property
    def besides(self) -> list[str]:
        """What goes along with the intent and is of weight: a promise to come or thanks beside something else isn't."""
        if self.meant is None:
            return []
        also = [*self.meant.also, *(["stop"] if self.meant.also_stop else [])]
        return [one for one in dict.fromkeys(also) if one not in ("thanks", "confirm", self.meant.intent)]

    @property
    def acted(self) -> bool:
        """Whether it is read just as labelled; a label without a fixed answer leaves the answer open."""
        wanted, *along = self.line.parts
        got = self.label.split(" + ")[0]
        if wanted == "red_flag":
            got = got.split()[0]
        return got == wanted and (self.flagged or set(along) == set(self.besides)) and set(along) <= set(self.besides)

    @property
    def handed(self) -> bool:
        """Whether a person reads it with the labelled meaning as suggestion, and what counts in any case is heard."""
        if self.meant is None or self.meant.intent != "human" or self.meant.suggestion is None:
            return False
        wanted, *along = self.line.parts
        return self._written(self.meant.suggestion) == wanted and set(self.besides) <= {*along, wanted}

    @property
    def right(self) -> bool:
        """Whether nothing that was said is lost or misread."""
        return self.acted or self.handed

    @property
    def harmful(self) -> bool:
        """Whether it acts in another way than labelled, or an opt-out or an emergency goes unheard."""
        if self.meant is None or self.right:
            return self.meant is None
        unheard = (self.line.stops and not self.stopped) or (self.line.flags and not self.flagged)
        return unheard or self.meant.intent != "human" or bool(set(self.besides) - set(self.line.parts))

    def _written(self, intent: str) -> str:
        meant = self.meant
        value = f" {meant.value:g}" if meant and meant.value is not None and intent in ("rating", "pain") else ""
        flag = f" {meant.red_flag}" if meant and meant.red_flag and intent == "red_flag" else ""
        return f"{intent}{value}{flag}"

    @property
    def stopped(self) -> bool:
        """Whether an opt-out was heard."""
        return self.meant is not None and (self.meant.intent == "stop" or self.meant.also_stop)

    @property
    def flagged(self) -> bool:
        """Whether a red flag was heard."""
        return self.meant is not None and self.meant.intent == "red_flag"
