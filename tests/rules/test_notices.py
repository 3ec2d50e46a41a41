"""What a plan says of a rules file: every target loosened or dropped, and a looser policy."""

from __future__ import annotations

import datetime as dt
from typing import Any

from boneplan.plan import Notice
from boneplan.profile_reader import check_profile
from boneplan.rules.notices import rule_notices
from boneplan.rules.reader import check_rules

START = dt.date(2026, 11, 23)
BODY = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}


def notices(rules: dict[str, Any], **diet: str) -> list[Notice]:
    return rule_notices(check_profile({**BODY, "diet": diet}, "anna"), check_rules(rules, "r"), START)


def test_a_loosened_target_says_what_was_what_is_by_whom_and_why() -> None:
    asked = {"instead_of": "nutrition/calcium/rda", "min": 900, "unit": "mg", "by": "Mary", "because": "low appetite"}
    (told,) = notices({"targets": [asked]})
    assert (told.level, told.rule, told.scope) == ("info", "rules/targets[0]", "menu")
    assert told.source == "IOM 2011, Dietary Reference Intakes for Calcium and Vitamin D"
    assert told.text.startswith("Calcium at least 900 mg as the week's mean, hard: this stands in place of at least")
    assert "1,200 mg as the week's mean, hard" in told.text
    assert (
        "It was set by Mary: low appetite. Still asked for: at least 1,200 mg as the week's mean (nutri" in told.text
    )


def test_a_dropped_target_says_so_with_what_is_left() -> None:
    (told,) = notices({"drop": [{"target": "nutrition/calcium/rda"}]})
    assert told.rule == "rules/drop[0]"
    assert "here it does not hold. It was dropped in the rules file." in told.text
    assert "nutrition/calcium/day_share" in told.text


def test_what_tightens_or_adds_needs_no_notice() -> None:
    tightened = [
        {"nutrient": "fibre", "min": 30, "unit": "g"},
        {"instead_of": "nutrition/calcium/rda", "min": 1300, "unit": "mg"},
        {"instead_of": "nutrition/sodium/cdrr", "period": "day"},
    ]
    assert notices({"targets": tightened, "ban": ["liver"], "budget_per_day": 9}) == []
    assert notices({}) == []


def test_a_softened_target_is_a_loosened_one() -> None:
    (told,) = notices({"targets": [{"instead_of": "nutrition/vitamin_k/ai", "hard": False}]})
    assert "Vitamin K at least 90 µg as the week's mean, soft" in told.text


def test_a_looser_policy_is_a_warning_that_names_the_oncologist() -> None:
    (told,) = notices({"phytoestrogens": "limit"})
    assert (told.level, told.rule, told.ask) == ("warn", "rules/phytoestrogens", "oncologist")
    assert "'limit'" in told.text
    assert "ask the oncologist" in told.text
    assert notices({"phytoestrogens": "avoid"}, phytoestrogens="allow") == []
