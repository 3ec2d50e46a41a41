"""Products on the list to avoid: a plan that keeps silent about one, or reminds of it, does not hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from boneplan.avoid import avoid_list
from boneplan.data import data_folder
from boneplan.engine import make_plan
from boneplan.plan import Plan, SupplementTaken
from boneplan.profile import Profile
from boneplan.verify import verify_plan
from boneplan.verify.avoid_rules import read_avoided

START = dt.date(2026, 11, 23)
MADE = dt.datetime(2026, 11, 20, 9, tzinfo=dt.UTC)
LIST = read_avoided(data_folder("guidelines") / "safety" / "supplements.yaml")


def planned(**fields: Any) -> Plan:
    """A plan without a menu (no vitamin K is agreed under warfarin), so that it is made at once."""
    known = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
    therapy = {"drug": "anastrozole"}
    medications = [{"name": "warfarin"}, *fields.pop("medications", [])]
    profile = Profile.model_validate({**known, "therapy": therapy, "medications": medications, **fields})
    return make_plan(profile, start=START, now=MADE)


def broken(plan: Plan) -> set[str]:
    return {breach.rule for breach in verify_plan(plan)}


def test_a_product_on_the_list_without_its_warning_is_a_breach() -> None:
    plan = planned(supplements=[{"name": "Black cohosh"}])
    assert broken(plan) == set()
    silent = [n for n in plan.notices if n.rule != "safety/supplements/black_cohosh"]
    assert broken(plan.model_copy(update={"notices": silent})) == {"verify/avoid"}


def test_a_warning_told_as_news_is_a_breach() -> None:
    plan = planned(supplements=[{"name": "Red clover tea extract"}])
    mild = [
        n.model_copy(update={"level": "info"}) if n.rule == "safety/supplements/red_clover" else n
        for n in plan.notices
    ]
    assert "verify/avoid" in broken(plan.model_copy(update={"notices": mild}))


def test_a_reminder_of_a_product_on_the_list_is_a_breach() -> None:
    plan = planned(supplements=[{"name": "Soy protein powder", "nutrient": "protein", "amount": 20, "unit": "g"}])
    assert broken(plan) == set()
    taken = SupplementTaken(nutrient="protein", amount=20, unit="g", time="07:30", name="Soy protein powder")
    menu = plan.menu.model_copy(update={"supplements": [taken]})
    assert "verify/avoid" in broken(plan.model_copy(update={"menu": menu}))


def test_the_judge_reads_the_same_list_as_the_planner() -> None:
    assert [entry.rule for entry in LIST] == [entry.rule for entry in avoid_list()]


@pytest.mark.parametrize(
    "product",
    [
        "Black Cohosh 40 mg", "Dried angelica root", "isoflavone-free vitamin D", "St. John\u2019s wort", "hop tea",
        "Vitamin K2 (MK-7)", "no soy protein", "calcium", "Angélica", "fish oil", "SOY PROTEINS",
    ],
)  # fmt: skip
def test_judge_and_planner_know_the_same_products_by_their_names(product: str) -> None:
    assert [e.rule for e in LIST if e.is_meant(product)] == [e.rule for e in avoid_list() if e.is_meant(product)]
