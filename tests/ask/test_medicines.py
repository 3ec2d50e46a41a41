"""Medicines and supplements, as they stand on a label."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.ask.clock import WEEKDAYS
from boneplan.ask.medicines import read_medicines, read_supplements
from boneplan.ask.text import Again
from boneplan.profile_health import SupplementNutrient
from boneplan.units import SUPPLEMENT_UNITS


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("alendronate monday 06:30", {"name": "alendronate", "weekday": "monday", "time": "06:30"}),
        ("Alendronate 70 mg, every Monday at 6.30 am", {"name": "Alendronate 70 mg", "weekday": "monday",
                                                        "time": "06:30"}),
        ("levothyroxine 6:30", {"name": "levothyroxine", "time": "06:30"}),
        ("levothyroxine 50 mcg daily at 6", {"name": "levothyroxine 50 mcg", "time": "06:00"}),
        ("denosumab last 15 June 2026 every 6 months", {"name": "denosumab", "last": "2026-06-15",
                                                        "every_months": 6}),
        ("denosumab, last June 15, 2026, every 6 months", {"name": "denosumab", "last": "2026-06-15",
                                                           "every_months": 6}),
        ("zoledronic acid yearly last 2026-01-05", {"name": "zoledronic acid", "last": "2026-01-05",
                                                    "every_months": 12}),
        ("metformin", {"name": "metformin"}),
        ("risedronate weds 7am", {"name": "risedronate", "weekday": "wednesday", "time": "07:00"}),
    ],
)  # fmt: skip
def test_a_medicine(typed: str, taken: dict[str, Any]) -> None:
    assert read_medicines(typed).part == {"medications": [taken]}


def test_a_medicine_of_two_times_stands_twice() -> None:
    taken = [{"name": "metformin", "time": "08:00"}, {"name": "metformin", "time": "19:30"}]
    assert read_medicines("metformin twice a day 8:00 and 7.30 pm").part == {"medications": taken}


def test_several_medicines_stand_on_lines_of_their_own() -> None:
    names = [
        taken["name"] for taken in read_medicines("warfarin 20:00\nnone\nmetformin; ramipril").part["medications"]
    ]
    assert names == ["warfarin", "metformin", "ramipril"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("alendronate weekly", "on which weekday"),
        ("metformin twice daily", "give each time"),
        ("levothyroxine in the morning", "at what time"),
        ("monday 06:30", "names no medicine"),
        ("95 µg", "names no medicine"),
        ("Arimidex", "asked for already"),
        ("denosumab last 4/5/2026", "can be two days"),
        ("alendronate monday and thursday", "several weekdays"),
    ],
)
def test_a_medicine_that_is_asked_back(typed: str, told: str) -> None:
    with pytest.raises(Again, match=told):
        read_medicines(typed)


@given(st.sampled_from(WEEKDAYS), st.integers(0, 23), st.integers(0, 59))
def test_weekday_and_time_of_a_medicine_read_back(day: str, hour: int, minute: int) -> None:
    time = f"{hour:02d}:{minute:02d}"
    assert read_medicines(f"alendronate {day} {time}").part["medications"] == [
        {"name": "alendronate", "weekday": day, "time": time}
    ]


@pytest.mark.parametrize(
    ("typed", "taken"),
    [
        ("vitamin D 1000 IU breakfast", {"nutrient": "vitamin_d", "amount": 1000, "unit": "IU", "time": "breakfast"}),
        ("Vitamin D3 1,000 i.u. with breakfast", {"nutrient": "vitamin_d", "amount": 1000, "unit": "IU",
                                                  "time": "breakfast"}),
        ("vitamin D 25 µg", {"nutrient": "vitamin_d", "amount": 25, "unit": "ug"}),
        ("vit d 25 mcg at 7:30", {"nutrient": "vitamin_d", "amount": 25, "unit": "ug", "time": "07:30"}),
        ("calcium citrate 600 mg breakfast and dinner", {"nutrient": "calcium", "form": "citrate", "amount": 600,
                                                         "unit": "mg", "times": ["breakfast", "dinner"]}),
        ("B12 10 micrograms", {"nutrient": "vitamin_b12", "amount": 10, "unit": "ug"}),
        ("red clover", {"name": "red clover"}),
        ("fiber 5 g supper", {"nutrient": "fibre", "amount": 5, "unit": "g", "time": "dinner"}),
    ],
)  # fmt: skip
def test_a_supplement(typed: str, taken: dict[str, Any]) -> None:
    assert read_supplements(typed).part == {"supplements": [taken]}


@given(st.sampled_from(sorted(SUPPLEMENT_UNITS)), st.integers(1, 5000), st.data())
def test_amount_and_unit_of_every_nutrient_read_back(
    nutrient: SupplementNutrient, amount: int, data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from(SUPPLEMENT_UNITS[nutrient]))
    typed = f"{nutrient.replace('_', ' ')} {amount:,} {unit.replace('ug', 'µg')}"
    assert read_supplements(typed).part["supplements"] == [{"nutrient": nutrient, "amount": amount, "unit": unit}]


def test_a_dose_twice_a_day_is_asked_back_for_the_whole_day() -> None:
    with pytest.raises(Again, match="the amount of the whole day"):
        read_supplements("calcium 600 mg twice a day")


@pytest.mark.parametrize("typed", ["calcium 1.000.0 mg", "calcium 1,00,0.5 mg"])
def test_an_amount_that_is_no_number_is_asked_back(typed: str) -> None:
    with pytest.raises(Again, match="is no number"):
        read_supplements(typed)


@pytest.mark.parametrize("typed", ["unknown", "not sure", "I don't know"])
def test_what_is_not_known_is_no_name(typed: str) -> None:
    for read in (read_medicines, read_supplements):
        with pytest.raises(Again, match="look at the label"):
            read(typed)


def test_an_amount_below_zero_is_asked_again_and_a_dash_between_is_none() -> None:
    with pytest.raises(Again, match="below zero"):
        read_supplements("vitamin D -5 IU")
    assert read_supplements("vitamin D - 1000 IU").part == read_supplements("vitamin D 1000 IU").part
