"""Rules that stand in no guideline: those of a rules file are known by what they say, and by what they moved."""

from __future__ import annotations

import datetime as dt

from boneplan.plan import Plan, Target
from boneplan.profile_reader import load_example
from boneplan.rulebook.effects import effects
from boneplan.rulebook.own import named_in, of_the_file

PROFILE = load_example()
PLAN = Plan(
    id="1",
    created=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
    boneplan="1",
    seed=0,
    profile=PROFILE.as_json(),
    rules={
        "require": [{"tag": "oily fish", "per_week": 2}],
        "drop": [{"target": "nutrition/fibre/ai"}],
        "phytoestrogens": "limit",
    },
    start=dt.date(2026, 11, 23),
    weeks=1,
    timezone="America/New_York",
    status="ok",
    notices=[{"level": "info", "rule": "rules/require[0]", "text": "It is told."}],
    targets=[
        Target(
            nutrient="calcium",
            unit="mg",
            period="week_mean",
            min=900,
            hard=True,
            rule="rules/targets[0]",
            source="Mary: low appetite",
            title="set in the rules file",
            instead_of="nutrition/calcium/rda",
        )
    ],
)


def test_a_rule_of_the_file_is_known_by_what_it_says() -> None:
    assert of_the_file(PLAN.rules)["rules/require[0]"] == "require: tag: oily fish; per week: 2"
    assert named_in(PLAN)["rules/require[0]"] == "require: tag: oily fish; per week: 2"
    assert named_in(PLAN)["rules/phytoestrogens"] == "phytoestrogens: limit"
    assert named_in(PLAN)["rules/targets[0]"] == "set in the rules file"


def test_a_target_that_was_moved_says_what_stands_in_its_place() -> None:
    (replaced,) = effects("nutrition/calcium/rda", (), PLAN, PROFILE)
    assert replaced.text == "rules/targets[0] stands in its place; set by Mary: low appetite"
    (dropped,) = effects("nutrition/fibre/ai", (), PLAN, PROFILE)
    assert dropped.text == "rules/drop[0] dropped it"
