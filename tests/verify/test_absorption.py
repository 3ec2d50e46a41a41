"""Absorbed calcium is estimated again, and a plan that gives it calls it an estimate."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from boneplan.data import data_folder
from boneplan.errors import Fault
from boneplan.verify.absorption_rules import AbsorptionRules, StandIn, read_absorption_rules
from boneplan.verify.timing_rules import read_timing_rules

GUIDELINES = data_folder("guidelines")
# Every food is as milk at the same load, half of it absorbed whatever the load.
HALF = AbsorptionRules(0.5, 0.0, 50, 1500, 300, (StandIn(1.0, starts=("",)),))
NOTICE = {"level": "info", "rule": "absorption/estimate", "text": "An estimate.", "scope": "menu"}


def estimated(world: Any, rules: AbsorptionRules, share: float) -> Any:
    """The world with these rules, whose days say that this share of their calcium is absorbed."""
    world.tables = replace(world.tables, absorption=rules)
    world.document["notices"].append(dict(NOTICE))
    for day in world.days:
        day["totals"]["absorbed_calcium"] = day["totals"]["calcium"] * share
    return world


def test_half_of_the_calcium_is_half_of_the_calcium(world: Any) -> None:
    assert estimated(world, HALF, 0.5).rules() == set()


def test_an_estimate_that_is_off_is_a_breach(world: Any) -> None:
    estimated(world, HALF, 0.5).days[2]["totals"]["absorbed_calcium"] += 20
    (breach,) = world.breaches()
    assert (breach.rule, breach.where) == ("verify/total", "2026-11-25")
    assert breach.text == "total absorbed_calcium says 684.4, the estimate is 664.4"


def test_a_plan_may_leave_it_out_but_not_hide_that_it_is_an_estimate(world: Any) -> None:
    assert world.rules() == set()
    estimated(world, HALF, 0.5).document["notices"].pop()
    assert world.rules() == {"verify/missing-notice"}


def test_a_measured_food_goes_by_its_own_figure(world: Any) -> None:
    estimated(world, HALF, 0.5)
    world.change_food("milk", absorption=0.25)  # half as well as milk by these rules
    assert {breach.rule for breach in world.breaches()} == {"verify/total"}
    milk = sum(item["grams"] for item in world.items("milk")) / len(world.days) * 1.2
    for day in world.days:
        day["totals"]["absorbed_calcium"] -= milk * 0.25
    assert world.rules() == set()


def test_a_tablet_at_a_meal_lowers_the_estimate(world: Any) -> None:
    rules = replace(HALF, intercept=0.889, slope=-0.0964, stand_ins=(StandIn(1.0, starts=("",)),))
    timing = read_timing_rules(GUIDELINES / "safety" / "timing.yaml")
    world.tables = replace(world.tables, absorption=rules, timing=timing)
    world.document["notices"].append(dict(NOTICE))

    def said() -> float:
        for day in world.days:
            day["totals"]["absorbed_calcium"] = -1
        breach = next(b for b in world.breaches() if "absorbed" in b.text)
        return float(breach.text.rpartition(" ")[2])

    alone = said()
    tablet = {"nutrient": "calcium", "amount": 500, "unit": "mg", "time": "07:30"}
    world.document["menu"]["supplements"].append(tablet)
    assert said() < alone - 5
    tablet["time"] = "10:45"
    world.document["menu"]["supplements"][-1] = tablet
    assert said() == alone


@pytest.mark.parametrize(
    ("description", "category", "like"),
    [("Chard, cooked", 6411, 0.118), ("Cheese, Swiss", 1602, 0.947), ("Lentils", 2802, 0.458), ("Beef", 2002, 0.633)],
)
def test_the_shipped_stand_ins_by_how_they_compare_with_milk(
    world: Any, description: str, category: int, like: float
) -> None:
    world.change_food("green-1", description=description, category=category)
    rules = read_absorption_rules(GUIDELINES / "absorption" / "calcium.yaml")
    assert rules.index(world.tables.foods.foods["green-1"]) == pytest.approx(like, abs=0.002)


def test_rules_that_are_not_as_shipped_are_a_fault(tmp_path: Path) -> None:
    broken = tmp_path / "calcium.yaml"
    broken.write_text("curve: {intercept: 1}\n")
    with pytest.raises(Fault, match="install boneplan again"):
        read_absorption_rules(broken)
