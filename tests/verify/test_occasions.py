"""Calcium above 500 mg at one meal counts half towards the week's minimum."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.verify.guidelines import Bound, Reference
from boneplan.verify.occasions import counted
from boneplan.verify.timing_rules import TimingRules

OCCASION = {
    "nutrient": "calcium", "unit": "mg", "period": "meal", "max": 500, "hard": False, "rule": "calcium/occasion",
    "source": "Made for tests, 2026", "counted_above": 0.5,
}  # fmt: skip


def into_breakfast(world: Any, *kinds: str) -> None:
    """Moves the calcium of these foods, 140 mg a portion, into the fruit at breakfast: days keep their 1328.8 mg."""
    world.document["targets"].append(dict(OCCASION))
    for number in range(7):
        world.change_food(f"fruit-{number}", amounts={"calcium": 70.0 * (1 + len(kinds))})
        for kind in kinds:
            world.change_food(f"{kind}-{number}", amounts={"calcium": 0.0})


def test_half_of_what_a_breakfast_holds_above_500_mg_still_counts(world: Any) -> None:
    into_breakfast(world, "yogurt")  # 628.8 mg at breakfast, so 64.4 of 1328.8 mg do not count
    assert world.rules() == set()


def test_a_week_whose_meals_count_too_little_is_a_breach(world: Any) -> None:
    into_breakfast(world, "yogurt", "salad")  # 768.8 mg at breakfast, so 134.4 of 1328.8 mg do not count
    (breach,) = world.breaches()
    assert breach.rule == "verify/counted-min"
    assert breach.where == "calcium, week of 2026-11-23"
    assert breach.text.startswith("1194 mg count, below 1200 (calcium/rda)")
    assert "above 500 mg, 50% count (calcium/occasion)" in breach.text


def test_each_week_is_counted_by_itself(make_world: Any) -> None:
    world = make_world(2)
    into_breakfast(world, "yogurt", "salad")
    assert [b.where for b in world.breaches()] == ["calcium, week of 2026-11-23", "calcium, week of 2026-11-30"]


def test_declared_calcium_counts_beside_the_meals(world: Any) -> None:
    into_breakfast(world, "yogurt", "salad")
    tablet = {"nutrient": "calcium", "amount": 10, "unit": "mg"}
    world.profile["supplements"].append(tablet)
    world.document["menu"]["supplements"].append(dict(tablet))
    assert world.rules() == set()


def tablet(world: Any, amount: float, time: str | None) -> None:
    """Declares a calcium tablet, and meals that last half an hour; medicines are left out of it."""
    world.profile["supplements"].append({"nutrient": "calcium", "amount": amount, "unit": "mg", "time": time})
    taken = {"nutrient": "calcium", "amount": amount, "unit": "mg", "time": time}
    world.document["menu"]["supplements"].append(taken)
    rules = TimingRules(30, 120, frozenset({"calcium"}), (), (), (), (), ())
    world.tables = replace(world.tables, timing=rules)


def counted_breaches(world: Any) -> list[str]:
    return [breach.text for breach in world.breaches() if breach.rule == "verify/counted-min"]


# 768.8 mg at breakfast and 560 mg elsewhere; every milligram of a tablet at breakfast counts half.
@pytest.mark.parametrize(("amount", "time", "said"), [
    (8, "07:30", "1198 mg count"), (10, "07:30", None), (8, "08:00", "1198 mg count"), (8, "08:01", None),
    (8, "12:30", None), (8, None, None), (4, "10:00", "1198 mg count"),
])  # fmt: skip
def test_a_tablet_shares_the_occasion_of_its_meal(
    world: Any, amount: float, time: str | None, said: str | None
) -> None:
    into_breakfast(world, "yogurt", "salad")  # 1194.4 mg count
    tablet(world, amount, time)
    found = counted_breaches(world)
    assert len(found) == (said is not None)
    assert said is None or found[0].startswith(said)


def test_a_large_tablet_on_its_own_counts_in_part(world: Any) -> None:
    into_breakfast(world)
    for row in range(7):
        for kind in ("yogurt", "salad", "dish", "roast", "grain", "green", "fruit"):
            world.change_food(f"{kind}-{row}", amounts={"calcium": 0.0})
    tablet(world, 1100, "10:00")  # 500 and half of 600 count, beside 348.8 mg of milk and bread
    (text,) = counted_breaches(world)
    assert text.startswith("1149 mg count")


def test_a_soft_minimum_may_count_too_little(world: Any) -> None:
    into_breakfast(world, "yogurt", "salad")
    bounds = tuple(replace(b, hard=False) if b.rule == "rda" else b for b in world.tables.reference.bounds)
    world.tables = replace(world.tables, reference=Reference(bounds))
    next(t for t in world.document["targets"] if t["rule"] == "calcium/rda")["hard"] = False
    assert world.rules() == set()


@pytest.mark.parametrize(("said", "rules"), [(0.25, set()), (0.5, set()), (0.75, {"verify/required-target"}),
                                             (None, {"verify/required-target"})])  # fmt: skip
def test_a_plan_may_not_count_more_of_a_large_meal_than_the_guidelines_do(
    world: Any, said: float | None, rules: set[str]
) -> None:
    occasion = Bound("calcium", "occasion", "max", "meal", False, 500, 0.5)
    world.tables = replace(world.tables, reference=Reference((*world.tables.reference.bounds, occasion)))
    world.document["targets"].append(OCCASION | {"counted_above": said})
    assert world.rules() == rules


@given(st.floats(0, 5000), st.floats(0, 5000), st.floats(0, 1))
def test_more_calcium_never_counts_less_and_never_more_than_it_is(a: float, b: float, share: float) -> None:
    low, high = sorted((a, b))
    assert counted(low, 500, share) <= counted(high, 500, share) + 1e-9
    assert counted(high, 500, share) <= high + 1e-9
    assert counted(min(a, 500), 500, share) == min(a, 500)
