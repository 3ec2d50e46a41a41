"""Household measures: worded plainly, in steps that a person serves."""

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from foods_build.portions import (
    Measure,
    MeasureRules,
    clean,
    fit_to_eaten,
    measures_of,
    serveable,
    with_derived,
)
from foods_build.raw import Eaten, RawPortion

DATA = Path(__file__).resolve().parents[2] / "tools" / "foods_build" / "measures.yaml"
RULES = MeasureRules.parse(yaml.safe_load(DATA.read_text(encoding="utf-8")))
CUP = Measure("cup", "cups", 240.0, 0.25)


@pytest.mark.parametrize(
    ("wording", "measure", "plural"),
    [
        ("1 cup", "cup", "cups"),
        ("1 cup, NFS", "cup", "cups"),
        ("1 cup, diced", "cup, diced", "cups, diced"),
        ("1 medium or regular slice", "slice", "slices"),
        ("1 small/regular fillet", "small fillet", "small fillets"),
        ("1 fl oz (no ice)", "fl oz", "fl oz"),
        ("1 fruit", "medium", "medium"),
        ("1 medium pancake", "medium", "medium"),
        ("1 thick slice (yield after cooking)", "thick slice", "thick slices"),
        ("1 can (12 fl oz)", "can (12 fl oz)", "cans (12 fl oz)"),
        ("1 berry", "berry", "berries"),
        ("1 medium", "medium", "medium"),
    ],
)
def test_a_portion_is_worded_plainly(wording: str, measure: str, plural: str) -> None:
    [found] = clean([RawPortion(wording, 30.0)], RULES)
    assert (found.measure, found.plural) == (measure, plural)


@pytest.mark.parametrize(
    "wording",
    ["Quantity not specified", "Guideline amount per cup of hot cereal", "1 cubic inch", "1 oz, raw, yields"],
)
def test_what_no_one_serves_by_is_left_out(wording: str) -> None:
    assert clean([RawPortion(wording, 30.0)], RULES) == []


def test_a_weight_of_zero_is_no_measure() -> None:
    assert clean([RawPortion("1 cup", 0.0)], RULES) == []


def test_teaspoon_and_cup_are_derived_where_missing() -> None:
    derived = {
        m.measure: m.grams
        for m in with_derived([Measure("tablespoon", "tablespoons", 15, 1), Measure("fl oz", "fl oz", 30.5, 1)])
    }
    assert derived["teaspoon"] == pytest.approx(5)
    assert derived["cup"] == pytest.approx(244)


@pytest.mark.parametrize(
    ("low", "high", "answer"), [(200, 260, True), (62, 117, False), (1, 58, False), (59, 60, True)]
)
def test_a_cup_serves_in_quarters(low: float, high: float, answer: bool) -> None:
    assert serveable(CUP, low, high) is answer


def test_a_measure_is_added_where_none_reaches_what_people_eat() -> None:
    eaten = [Eaten("women_50_plus", "breakfast", 1, 5, ("4", "5", "5", "5", "6"))]
    added = fit_to_eaten([CUP], eaten)
    assert [measure.measure for measure in added] == ["cup", "teaspoon"]


def test_a_food_without_any_measure_is_served_in_ounces() -> None:
    assert [m.measure for m in measures_of([], 9999, [], RULES)] == ["oz"]


def test_bread_is_served_by_the_slice_first() -> None:
    raw = [RawPortion("1 cup", 40), RawPortion("1 medium or regular slice", 28), RawPortion("1 oz", 28.35)]
    assert [m.measure for m in measures_of(raw, 4202, [], RULES)] == ["slice", "oz"]


def test_a_category_has_its_own_word_for_a_measure() -> None:
    raw = [RawPortion("1 piece, NFS", 124)]
    assert [(m.measure, m.plural) for m in measures_of(raw, 3602, [], RULES)] == [("slice", "slices")]
    assert [(m.measure, m.plural) for m in measures_of(raw, 5502, [], RULES)] == [("piece", "pieces")]


def test_nobody_halves_a_tortilla_or_a_tablespoon() -> None:
    [tortilla] = measures_of([RawPortion("1 medium", 28)], 4208, [], RULES)
    assert tortilla.step == 1
    steps = {m.measure: m.step for m in measures_of([RawPortion("1 tablespoon", 14)], 8002, [], RULES)}
    assert steps == {"tablespoon": 1, "teaspoon": 0.5}


@given(st.floats(1, 400), st.floats(0, 300), st.sampled_from([0.25, 0.5, 1.0]))
def test_serveable_means_that_a_multiple_of_the_step_lies_inside(low: float, width: float, step: float) -> None:
    measure = Measure("cup", "cups", 100.0, step)
    inside = [k for k in range(1, 40_000) if low * 0.98 <= k * step * 100 <= (low + width) * 1.02]
    assert serveable(measure, low, low + width) == bool(inside)
