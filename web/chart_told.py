"""A goal's chart in the language of the reader: what the rules say in it, not what the client says."""

from dataclasses import replace

from domain.progress_chart import ProgressChart
from web.languages import gettext, told


def in_their_language(chart: ProgressChart) -> ProgressChart:
    """The same chart; itself in English, and where it was told already. A question to the client stays as it is."""
    return replace(
        chart,
        name=told(chart.name) if chart.kind == "objective" else chart.name,
        unit=told(chart.unit),
        benchmarks=tuple(replace(each, words=_hoped(each.words)) for each in chart.benchmarks),
        changes=tuple(replace(each, words=", ".join(map(told, each.words.split(", ")))) for each in chart.changes),
        band=told(chart.band),
        sentence=told(chart.sentence),
        details=tuple(told(line) for line in chart.details),
    )


def _hoped(words: str) -> str:
    """What a benchmark expects. Too short a sentence to be found again by its shape."""
    value, between, session = words.partition(" by session ")
    if not between:
        return words
    return gettext("%(value)s by session %(session)s") % {"value": told(value), "session": session}
