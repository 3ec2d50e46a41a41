"""Heights and weights in the units people know."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.ask.body import is_metric, read_height, read_weight
from boneplan.ask.text import Again


@pytest.mark.parametrize(
    "typed",
    [
        "5 ft 4 in", "5'4\"", "5’4”", "5′4″", "5 ' 4", "5ft4", "5 feet 4 inches", "5 foot 4", "5 FT 4 IN.",
        "64 in", "64 inches", '64"', "162.6 cm", "162,6cm", "1.626 m", "1,626 m", "5 ft and 4 in",
    ],
)  # fmt: skip
def test_five_feet_four_is_162_6_centimetres(typed: str) -> None:
    assert read_height(typed).part == {"height_cm": 162.6}


@pytest.mark.parametrize(
    ("typed", "cm"),
    [("163 cm", 163), ("1.63 m", 163), ("1m63", 163), ("1.6 m", 160), ("5 ft", 152.4), ("5'4½\"", 163.8),
     ("5' 4 1/2\"", 163.8), ("6'", 182.9), ("5 ft 11.5 in", 181.6)],
)  # fmt: skip
def test_other_heights(typed: str, cm: float) -> None:
    assert read_height(typed).part == {"height_cm": cm}


@pytest.mark.parametrize(
    ("typed", "kg"),
    [("150 lb", 68), ("150lbs", 68), ("150 pounds", 68), ("10 st 7", 66.7), ("10 st 7 lb", 66.7), ("10 stone", 63.5),
     ("68 kg", 68), ("68,5 kg", 68.5), ("68.5 kilos", 68.5), ("10 stone and 10 pounds", 68)],
)  # fmt: skip
def test_weights(typed: str, kg: float) -> None:
    assert read_weight(typed).part == {"weight_kg": kg}


@given(feet=st.integers(4, 6), inches=st.integers(0, 11))
def test_feet_and_inches_come_back_as_they_were_given(feet: int, inches: int) -> None:
    answer = read_height(f"{feet} ft {inches} in")
    assert answer.part == {"height_cm": pytest.approx((12 * feet + inches) * 2.54, abs=0.0501)}
    assert answer.say.endswith(f"({feet} ft {inches} in)")
    assert read_height(f"{feet}'{inches}\"") == read_height(f"{12 * feet + inches} in") == answer


@given(pounds=st.integers(60, 600))
def test_pounds_come_back_as_they_were_given(pounds: int) -> None:
    answer = read_weight(f"{pounds} lb")
    assert answer.part == {"weight_kg": pytest.approx(pounds * 0.45359237, abs=0.0501)}
    assert answer.say.endswith(f"({pounds} lb)")
    assert read_weight(f"{pounds // 14} st {pounds % 14} lb") == answer


@given(tenths=st.integers(1000, 2300))
def test_centimetres_are_kept_to_the_millimetre(tenths: int) -> None:
    assert read_height(f"{tenths / 10} cm").part == {"height_cm": tenths / 10}
    assert read_height(f"{tenths / 1000} m").part == {"height_cm": tenths / 10}


@pytest.mark.parametrize(
    ("typed", "told"),
    [("163", "has no unit"), ("5.4", "has no unit"), ("tall", "is no height"), ("5 ft 12 in", "12 inches"),
     ("163 kg", "is no height"), ("-163 cm", "no height"), ("1e2 cm", "is no height"), ("5 ft 4 in 3", "no height")],
)  # fmt: skip
def test_a_height_without_its_unit_is_never_guessed(typed: str, told: str) -> None:
    with pytest.raises(Again, match=told):
        read_height(typed)


@pytest.mark.parametrize(
    ("typed", "told"), [("150", "has no unit"), ("10 st 14 lb", "14 pounds"), ("slim", "no weight")]
)
def test_a_weight_without_its_unit_is_never_guessed(typed: str, told: str) -> None:
    with pytest.raises(Again, match=told):
        read_weight(typed)


@pytest.mark.parametrize("unit", ["cm", "m", "ft", "in"])
def test_a_height_of_hundreds_of_figures_is_asked_again(unit: str) -> None:
    with pytest.raises(Again, match="too many figures"):
        read_height(f"{'9' * 400} {unit}")


@pytest.mark.parametrize(
    ("typed", "metric"), [("163 cm", True), ("68 kg", True), ("5'4\"", False), ("150 lb", False)]
)
def test_the_unit_tells_which_measures_a_person_thinks_in(typed: str, metric: bool) -> None:
    assert is_metric(typed) is metric
