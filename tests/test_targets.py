"""From a person to bounds: the right figures, units and sides, each with its rule."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.energy import energy_need
from boneplan.guidelines import rules
from boneplan.plan import Target
from boneplan.profile import Profile
from boneplan.profile_reader import load_example
from boneplan.targets import resolve_targets

TODAY = dt.date(2026, 11, 23)


def profile(**changes: Any) -> Profile:
    anna = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
    return Profile.model_validate(anna | changes, context={"today": TODAY})


def by_rule(person: Profile) -> dict[str, Target]:
    return {target.rule.removeprefix("nutrition/"): target for target in resolve_targets(person, TODAY)}


def for_everybody() -> list[str]:
    """The rules that are for every adult, in their order."""
    return [made.rule_id(rule) for made, rule in rules() if rule.only is None and rule.unless is None]


def test_every_rule_for_the_person_makes_one_target_in_a_fixed_order() -> None:
    found = [t.rule for t in resolve_targets(load_example(), TODAY)]
    every = [made.rule_id(rule) for made, rule in rules()]
    assert found == [rule for rule in every if rule in found]
    assert set(for_everybody()) < set(found)
    assert "nutrition/vitamin_k/ai" in found
    assert "nutrition/vitamin_k/agreed_day_low" not in found


def test_under_a_vitamin_k_antagonist_a_band_about_the_agreed_intake_takes_the_place_of_the_adequate_intake() -> None:
    found = by_rule(profile(medications=[{"name": "warfarin"}], diet={"vitamin_k_agreed": 150}))
    bounds = {rule: (t.min, t.max, t.period) for rule, t in found.items() if t.nutrient == "vitamin_k"}
    assert bounds == {
        "vitamin_k/agreed_day_low": (50, None, "day"),
        "vitamin_k/agreed_day_high": (None, 250, "day"),
        "vitamin_k/agreed_week_low": (120, None, "week_mean"),
        "vitamin_k/agreed_week_high": (None, 180, "week_mean"),
    }


def test_a_small_agreed_intake_has_no_negative_bound() -> None:
    found = by_rule(profile(medications=[{"name": "warfarin"}], diet={"vitamin_k_agreed": 60}))
    assert found["vitamin_k/agreed_day_low"].min == 0
    assert found["vitamin_k/agreed_day_high"].max == 160


def test_an_agreed_intake_without_the_medicine_changes_nothing() -> None:
    plain, agreed = profile(), profile(diet={"vitamin_k_agreed": 150})
    assert resolve_targets(plain, TODAY) == resolve_targets(agreed, TODAY)


def test_a_medicine_that_keeps_potassium_takes_the_aim_for_plenty_away() -> None:
    assert by_rule(profile())["potassium/ai"].min == 2600
    assert "potassium/ai" not in by_rule(profile(medications=[{"name": "Spironolactone 25 mg"}]))


@pytest.mark.parametrize(("score", "aim"), [(-1.0, None), (-1.1, 1200), (-2.5, 1200)])
def test_from_moderate_risk_on_calcium_is_aimed_at_beyond_the_rda(score: float, aim: float | None) -> None:
    young = profile(birth_date="1981-04-02", bone={"t_scores": {"total_hip": score}})
    found = by_rule(young).get("calcium/tier_aim")
    assert (found and (found.min, found.hard)) == (aim and (aim, False))


def test_the_example_gets_the_calcium_of_a_woman_over_50() -> None:
    found = by_rule(load_example())
    rda, ul, share = found["calcium/rda"], found["calcium/ul"], found["calcium/day_share"]
    assert (rda.min, rda.max, rda.unit, rda.period, rda.hard) == (1200, None, "mg", "week_mean", True)
    assert (ul.min, ul.max, ul.period, ul.hard) == (None, 2000, "day", True)
    assert (share.min, share.period) == (960, "day")
    assert rda.source == "IOM 2011, Dietary Reference Intakes for Calcium and Vitamin D"


def test_no_more_than_500_mg_of_calcium_count_in_full_at_a_meal() -> None:
    target = by_rule(profile())["calcium/occasion"]
    assert (target.period, target.max, target.hard) == ("meal", 500, False)


def test_protein_is_grams_a_kilogram() -> None:
    found = by_rule(profile(weight_kg=68))
    assert found["protein/rda"].min == pytest.approx(54.4)
    assert found["protein/bone_health"].min == pytest.approx(68)


def test_energy_keeps_to_bands_about_the_need() -> None:
    person = profile()
    need, found = energy_need(person, TODAY), by_rule(person)
    assert found["energy/day_low"].min == pytest.approx(0.88 * need, abs=0.1)
    assert found["energy/day_high"].max == pytest.approx(1.12 * need, abs=0.1)
    assert found["energy/week_low"].min == pytest.approx(0.97 * need, abs=0.1)
    assert found["energy/week_high"].max == pytest.approx(1.03 * need, abs=0.1)


def test_a_share_of_energy_in_grams_holds_at_the_low_end_of_the_energy_band() -> None:
    found = by_rule(profile())
    least = found["energy/week_low"].min or 0
    fat, sugar = found["saturated_fat/share"], found["added_sugar/share"]
    assert (fat.unit, sugar.unit) == ("g", "g")
    assert (fat.max or 0) * 9 <= 0.10 * least
    assert (fat.max or 0) * 9 == pytest.approx(0.10 * least, rel=0.01)
    assert (sugar.max or 0) * 4 <= 0.10 * least
    assert (sugar.max or 0) * 4 == pytest.approx(0.10 * least, rel=0.01)


def test_the_basis_of_a_figure_goes_with_its_target() -> None:
    found = by_rule(profile(birth_date="1950-01-01"))
    basis = {rule: target.basis for rule, target in found.items()}
    assert basis["calcium/rda"] == "published"
    assert basis["calcium/day_share"] == "project"
    assert basis["protein/bone_health"] == "consensus-unverified"
    assert basis["vitamin_d/target"] == "project", "the row for 71 and over is boneplan's own"


def test_age_is_taken_on_the_day_of_the_plan() -> None:
    person = profile(birth_date="1955-11-24")
    assert [by_rule(person)["vitamin_d/target"].min, person.age_on(TODAY)] == [20, 70]
    later = {t.rule: t for t in resolve_targets(person, TODAY + dt.timedelta(days=1))}
    assert later["nutrition/vitamin_d/target"].min == 25


def test_a_child_has_no_targets_here_and_an_18_year_old_has_all() -> None:
    born = profile(birth_date="2008-11-23")
    assert resolve_targets(born, TODAY - dt.timedelta(days=1)) == []
    assert {t.rule for t in resolve_targets(born, TODAY)} >= set(for_everybody())


def test_no_day_that_a_calendar_has_is_too_late() -> None:
    assert {t.rule for t in resolve_targets(profile(), dt.date.max)} >= set(for_everybody())


people = st.builds(
    profile,
    sex=st.sampled_from(["female", "male"]),
    birth_date=st.dates(dt.date(1917, 1, 1), dt.date(2008, 11, 23)).map(str),
    height_cm=st.floats(140, 210),
    weight_kg=st.floats(40, 200),
    activity=st.sampled_from(["inactive", "low", "active", "very_active"]),
    diet=st.sampled_from(["avoid", "limit", "allow"]).map(lambda policy: {"phytoestrogens": policy}),
)


@given(people)
def test_no_two_bounds_on_one_nutrient_exclude_each_other(person: Profile) -> None:
    found = resolve_targets(person, TODAY)
    for low in found:
        for high in found:
            if (
                low.nutrient == high.nutrient
                and low.min is not None
                and high.max is not None
                and high.period != "meal"
            ):
                assert low.min < high.max or low.min == high.max == 0, (low, high)


@given(people)
def test_every_target_has_one_side_a_unit_a_rule_and_a_source(person: Profile) -> None:
    for target in resolve_targets(person, TODAY):
        assert (target.min is None) != (target.max is None)
        assert target.unit in ("kcal", "g", "mg", "ug")
        assert target.rule.startswith(f"nutrition/{target.nutrient}/")
        assert target.source
