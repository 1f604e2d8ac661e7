"""The catalogue of measures holds every row with numbers that agree with each other."""

import pytest
from pydantic import ValidationError

from domain.measures import CATALOGUE, Measure

EXPECTED = {
    "nprs": (0, 10, "lower", 0.72),
    "vas100": (0, 100, "lower", 7.2),
    "rom_shoulder_flex": (0, 180, "higher", 3.6),
    "rom_shoulder_er_ir": (0, 90, "higher", 2.2),
    "rom_shoulder_abd": (0, 180, "higher", 3.6),
    "rom_cervical_rot": (0, 90, "higher", 2.5),
    "rom_lumbar_flex_schober": (0, 10, "higher", 0.65),
    "rom_fingertip_floor": (0, 60, "lower", 2.5),
    "rom_knee_flex": (0, 150, "higher", 3.6),
    "mmt": (0, 5, "higher", None),
    "ndi": (0, 50, "lower", 1.8),
    "ndi_percent": (0, 100, "lower", 3.6),
    "odi": (0, 100, "lower", 4.5),
    "dash": (0, 100, "lower", 3.9),
    "quickdash": (0, 100, "lower", 4.6),
    "lefs": (0, 80, "higher", 3.9),
    "psfs": (0, 10, "higher", 0.86),
    "fiq": (0, 100, "lower", 5),
    "fiqr": (0, 100, "lower", 5),
    "hit6": (36, 78, "lower", 2.2),
    "pss10": (0, 40, "lower", 2.5),
    "psqi": (0, 21, "lower", 1.9),
    "isi": (0, 28, "lower", 2.2),
    "promis_pi_t": (39, 83, "lower", 2.2),
}

rows = pytest.mark.parametrize("measure", CATALOGUE.values(), ids=CATALOGUE.keys())


def test_the_catalogue_holds_each_measure_with_its_range_direction_and_error():
    found = {key: (row.low, row.high, row.better, row.sem) for key, row in CATALOGUE.items()}
    assert found == EXPECTED


@rows
def test_the_key_of_a_measure_is_its_id(measure: Measure):
    assert CATALOGUE[measure.id] is measure


@rows
def test_the_detectable_change_agrees_with_the_standard_error(measure: Measure):
    if measure.sem is not None:
        assert measure.mdc == pytest.approx(2.77 * measure.sem, rel=0.06)


@rows
def test_every_measure_says_where_its_numbers_come_from_and_can_be_told_in_plain_words(measure: Measure):
    assert len(measure.source) > 10
    assert measure.name != measure.id
    assert measure.unit


@rows
def test_a_measure_is_fine_enough_to_show_a_real_change(measure: Measure):
    assert measure.mdc is not None
    assert measure.step <= measure.mdc < measure.high - measure.low


def test_only_pain_from_0_to_10_is_asked_of_the_client():
    assert [row.id for row in CATALOGUE.values() if row.ask_client] == ["nprs"]


def test_no_line_is_ever_drawn_through_strength_grades():
    assert [row.id for row in CATALOGUE.values() if not row.slope] == ["mmt"]


def test_neck_disability_in_percent_is_twice_the_points():
    points, percent = CATALOGUE["ndi"], CATALOGUE["ndi_percent"]
    for name in ("high", "sem", "mdc", "mcid"):
        assert getattr(percent, name) == 2 * getattr(points, name)


def test_a_measure_without_error_or_with_a_negative_one_is_refused():
    row = CATALOGUE["nprs"].model_dump()
    with pytest.raises(ValidationError):
        Measure.model_validate({**row, "sem": 0})
    with pytest.raises(ValidationError):
        Measure.model_validate({**row, "mdc": -2})
