"""Rules of a dietitian's own: what they may say, and what each slip is answered with."""

from __future__ import annotations

import datetime as dt
from typing import get_args

import pytest

from boneplan.errors import InputError
from boneplan.guidelines import NUTRIENTS
from boneplan.rules.reader import check_rules, parse_rules
from boneplan.rules.schema import Nutrient, Rules


def rule(**values: object) -> Rules:
    return check_rules({"targets": [values]}, "r.yaml")


def problems(text: str) -> list[str]:
    with pytest.raises(InputError) as told:
        parse_rules(text, "r.yaml")
    assert told.value.exit_status == 2
    return told.value.lines


def test_every_nutrient_of_the_rules_has_a_guideline() -> None:
    assert set(get_args(Nutrient)) <= set(NUTRIENTS)


@pytest.mark.parametrize(
    ("nutrient", "amount", "unit", "same"),
    [("vitamin_d", 1000, "IU", 25.0), ("calcium", 1.5, "g", 1500.0), ("vitamin_k", 0.2, "mg", 200.0)],
)
def test_amounts_are_taken_in_the_units_of_labels(nutrient: str, amount: float, unit: str, same: float) -> None:
    (target,) = rule(nutrient=nutrient, min=amount, unit=unit).targets
    assert target.amount("min") == pytest.approx(same)
    assert target.amount("max") is None


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (
            "targets: [{nutrient: vitamin_q, min: 5, unit: ug}]",
            'targets[0].nutrient: "vitamin_q" is unknown: did you',
        ),
        ("targets: [{nutrient: fibre, min: 5}]", "targets[0].unit: is missing"),
        ("targets: [{nutrient: fibre, unit: g}]", "targets[0].min: is missing: give min, max or both, in g a day"),
        ("targets: [{nutrient: fibre, min: 9, max: 8, unit: g}]", "targets[0].min: 9 is above max 8"),
        ("targets: [{nutrient: fibre, min: .inf, unit: g}]", 'targets[0].min: ".inf" is not a number'),
        ("targets: [{nutrient: fibre, min: .nan, unit: g}]", 'targets[0].min: ".nan" is not a number'),
        ("targets: [{nutrient: fibre, min: 1e999, unit: g}]", "targets[0].min: "),
        ("targets: [{nutrient: fibre, min: -1, unit: g}]", "targets[0].min: -1 is below 0"),
        ("targets: [{nutrient: energy, min: 5, unit: mg}]", "targets[0].unit: mg does not measure energy"),
        ("targets: [{nutrient: fibre, min: 5, unit: IU}]", "targets[0].unit: IU does not measure fibre"),
        ("targets: [{nutrient: fibre, min: 5, unit: g, period: year}]", 'targets[0].period: "year" is unknown'),
        (
            "targets: [{nutrient: fibre, min: 5, unit: g, weight: 2}]",
            "targets[0].weight: goes with hard: false",
        ),
        ("require: [{food: milk}]", "require[0].per_week: give per_week or per_day"),
        ("require: [{food: milk, per_week: 0}]", "require[0].per_week: 0 is below 1"),
        ("require: [{food: milk, per_week: 1.5}]", "require[0].per_week: 1.5 is not a whole number"),
        ("require: [{food: unobtainium, per_week: 1}]", 'require[0].food: "unobtainium" is no food of the table'),
        ("ban: [x]", 'ban[0].food: "x" is too short'),
        (
            "targets: [{nutrient: fibre, min: 5, unit: g, meal: lunch}]",
            "targets[0].meal: goes with period: meal alone",
        ),
        ("targets: [{min: 5, unit: g}]", "targets[0].nutrient: is missing: name the nutrient, or a target"),
        (
            "targets: [{instead_of: nutrition/fibre/ai}]",
            "targets[0].instead_of: nothing differs from nutrition/fibre",
        ),
        (
            "targets: [{instead_of: fibre/ai, min: 5, unit: g}]",
            'targets[0].instead_of: "fibre/ai" is no target of the guidelines: did you mean nutrition/fibre/ai?',
        ),
        (
            "targets: [{instead_of: nutrition/fibre/ai, nutrient: sodium, min: 5, unit: mg}]",
            "targets[0].instead_of: nutrition/fibre/ai is not about sodium",
        ),
        (
            "targets: [{instead_of: nutrition/fibre/ai, hard: true, unit: g}]",
            "targets[0].unit: goes with min or max",
        ),
        (
            "drop: [{target: nutrition/calcium/rdaa}]",
            'drop[0].target: "nutrition/calcium/rdaa" is no target of the guidelines: did you mean nutrition/calcium',
        ),
        (
            "drop: [{target: nutrition/fibre/ai}]\ntargets: [{instead_of: nutrition/fibre/ai, hard: true}]",
            "targets[0].instead_of: nutrition/fibre/ai is moved by drop[0] already",
        ),
        ("require: [{per_week: 2}]", "require[0].food: is missing: give one of food, category, tag, kind_of_meal"),
        (
            "limit: [{food: egg, tag: egg, per_week: 2}]",
            "limit[0].tag: names food and tag: give one of food, category, tag, kind_of_meal",
        ),
        ("limit: [{food: egg, per_week: 2, per_day: 1}]", "limit[0].per_week: give per_week or per_day, one of"),
        (
            "limit: [{food: samlon, per_week: 2}]",
            'limit[0].food: "samlon" is no food of the table: did you mean salmon',
        ),
        ("prefer: [{food: kefir, weight: 0}]", "prefer[0].weight: 0 prefers nothing"),
        ("prefer: [{food: kefir, weight: 9}]", "prefer[0].weight: 9 is above 3"),
        ("ban: [{category: Fsh}]", 'ban[0].category: "Fsh" is no food category: did you mean Fish?'),
        ("ban: [{category: 2403}]", "ban[0].category: 2403 is the number of no food category"),
        ("ban: [{category: true}]", "ban[0].category: true is no category"),
        ("ban: [{tag: oily fihs}]", 'ban[0].tag: "oily fihs" is no tag: did you mean oily fish?'),
        (
            "ban: [{kind_of_meal: sandwitch}]",
            'ban[0].kind_of_meal: "sandwitch" is no kind of meal: did you mean lunch/',
        ),
        (
            "ban: [{kind_of_meal: sandwich, at: dinner}]",
            'ban[0].kind_of_meal: "sandwich" is no kind of dinner: it is lunch/sandwich',
        ),
        ("ban: [{food: cheese, at: brunch}]", 'ban[0].at[0]: "brunch" is unknown: did you mean lunch?'),
        ("ban: [{food: cheese, at: []}]", "ban[0].at: a list names no meal: write the meals, or leave it out"),
        ("pin: [{food: cod, on: frday, at: dinner}]", 'pin[0].on[0]: "frday" is no day: write a weekday'),
        ("pin: [{food: cod, on: 2026-02-31, at: dinner}]", 'pin[0].on[0]: "2026-02-31" is no day'),
        ("pin: [{food: cod, on: [], at: dinner}]", "pin[0].on: is empty: give weekdays or dates"),
        (
            "pin: [{food: cod, on: friday, at: dinner}, {food: Cod, on: [monday, Friday], at: dinner}]",
            "pin[1].on: Cod is pinned to dinner of friday by pin[0] already",
        ),
        ("reuse: [{food: lentil soup, times: 1}]", "reuse[0].times: 1 is below 2"),
        ("phytoestrogens: never", 'phytoestrogens: "never" is unknown: use one of avoid, limit, allow'),
        ("budget_per_day: .inf", 'budget_per_day: ".inf" is not a number'),
        ("bans: [milk]", "bans: unknown key: did you mean ban?"),
        ("- milk", "holds a list: write rules as lines of `key: value`"),
    ],
)
def test_a_slip_is_one_line_with_the_field_and_the_mend(text: str, line: str) -> None:
    (told,) = problems(text)
    assert told.startswith(f"r.yaml: {line}")


def test_every_slip_is_told_at_once() -> None:
    told = problems(
        "targets: [{nutrient: fibre, unit: kg}, {nutrient: calcium, min: x, unit: mg}, {instead_of: x, min: 9, max: "
        "8}]\nrequire: [{food: samlon, per_week: 1.5}]\nbans: []"
    )
    assert [line.split(": ")[1] for line in told] == [
        "require[0].food", "targets[0].unit", "targets[1].min", "targets[2].instead_of", "targets[2].unit",
        "targets[2].min", "require[0].per_week", "bans",
    ]  # fmt: skip


def test_a_ban_of_an_unknown_food_is_kept() -> None:
    assert parse_rules("ban: [unobtainium]", "r.yaml").ban[0].food == "unobtainium"


def test_one_word_does_for_a_list() -> None:
    rules = parse_rules(
        "ban: [{food: cheese, at: breakfast}]\npin: [{food: cod, on: Friday, at: dinner}, "
        "{food: cod, on: 2026-11-26, at: lunch}]",
        "r.yaml",
    )
    assert rules.ban[0].at == ["breakfast"]
    assert [pin.on for pin in rules.pin] == [["friday"], [dt.date(2026, 11, 26)]]


def test_a_category_goes_by_name_or_number() -> None:
    rules = parse_rules('ban: [{category: Fish}, {category: 2402}, {category: "2402"}]', "r.yaml")
    assert [ban.category for ban in rules.ban] == ["Fish", 2402, 2402]


def test_rules_come_back_from_plain_values() -> None:
    text = (
        "targets: [{nutrient: fibre, min: 30, unit: g}]\nrequire: [{food: salmon, per_week: 2}]\nban: [liver]\n"
        "drop: [{target: nutrition/magnesium/rda}]\nlimit: [{category: 1602, at: lunch, per_day: 1}]\n"
        "pin: [{food: cod, on: [friday, 2026-11-26], at: dinner}]\nreuse: [{food: lentil soup, times: 3}]\n"
        "prefer: [{tag: oily fish, weight: -1}]\nphytoestrogens: limit\nbudget_per_day: 9"
    )
    rules = parse_rules(text, "r.yaml")
    assert check_rules(rules.as_json(), "plan.json") == rules
