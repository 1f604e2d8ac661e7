"""A goal's chart in the language of the reader: what the rules say in it, not what the client says."""

from dataclasses import replace

from domain.progress_chart import ProgressChart
from web.languages import told


def in_their_language(chart: ProgressChart) -> ProgressChart:
    """The same chart; itself in English, and where it was told already. A question to the client stays as it is."""
    return replace(
        chart,
        name=told(chart.name) if chart.kind == "objective" else chart.name,
        unit=told(chart.unit),
        benchmarks=tuple(replace(each, words=told(each.words)) for each in chart.benchmarks),
        changes=tuple(replace(each, words=told(each.words)) for each in chart.changes),
        band=told(chart.band),
        sentence=told(chart.sentence),
        details=tuple(told(line) for line in chart.details),
    )
