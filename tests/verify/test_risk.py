"""A plan tells the tier that the profile makes, with its reasons and what to ask."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from boneplan.data import data_folder
from boneplan.plan import Plan
from boneplan.profile import Profile
from boneplan.risk import risk_of
from boneplan.verify.case import Case
from boneplan.verify.guidelines import read_reference
from boneplan.verify.person import read_person
from boneplan.verify.risk import check_risk

START = dt.date(2026, 11, 23)
HIGH = {"t_scores": {"lumbar_spine": -2.5}, "risk_factors": ["smoking"]}


def tell(world: Any, **changes: Any) -> None:
    """Let the plan tell the risk that the planner finds for the changed profile."""
    world.profile.update(changes)
    person = read_person(world.profile)
    _, who = read_reference(data_folder("guidelines"), person, START)
    world.tables = replace(world.tables, who=who)
    profile = Profile.model_validate(world.profile, context={"today": START})
    world.document["risk"] = risk_of(profile, START).model_dump(mode="json")


def broken(world: Any) -> list[str]:
    plan = Plan.model_validate(world.document)
    return [breach.text for breach in check_risk(Case(plan, read_person(plan.profile), world.tables))]


@pytest.mark.parametrize("drug", ["none", "letrozole"])
@pytest.mark.parametrize("t_score", [-0.9, -1.0, -1.1, -1.9, -2.0, -2.1, -2.4, -2.5, -2.6, None])
@pytest.mark.parametrize("born", ["1960-11-23", "1960-11-24"])
def test_the_planner_s_tier_holds_at_every_edge(world: Any, drug: str, t_score: float | None, born: str) -> None:
    tell(world, therapy={"drug": drug}, bone={"t_scores": {"total_hip": t_score}}, birth_date=born)
    assert broken(world) == []


@pytest.mark.parametrize("tier", ["low", "moderate"])
def test_another_tier_is_a_breach(world: Any, tier: str) -> None:
    tell(world, bone=HIGH)
    world.document["risk"]["tier"] = tier
    assert broken(world) == [f"{tier!r}, by the profile it is 'high'"]


def test_a_reason_left_out_is_a_breach(world: Any) -> None:
    tell(world, bone=HIGH, birth_date="1970-01-01")
    world.document["risk"]["because"].pop()
    assert broken(world) == ["1 reasons are told, 2 hold"]
    tell(world, bone={"t_scores": {"lumbar_spine": 0.0}}, birth_date="1970-01-01")
    world.document["risk"]["because"] = [" "]
    assert broken(world) == ["0 reasons are told, 0 hold"]


def test_a_tier_without_anything_to_ask_is_a_breach(world: Any) -> None:
    tell(world, bone=HIGH)
    world.document["risk"]["ask"] = []
    assert broken(world) == ["it does not say what to ask"]


def test_a_plan_without_its_tier_is_a_breach(world: Any) -> None:
    tell(world, bone=HIGH)
    assert "verify/risk" not in world.rules()
    world.document["risk"] = None
    assert broken(world) == ["the plan tells no tier of fracture risk"]
    assert "verify/risk" in world.rules()
