"""The order in which notices are told: late doses first, then those of one source together, none told twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from boneplan.export.notices import FIRST, notices_of
from boneplan.plan import Level, Plan

MakePlan = Callable[..., Plan]
NICE, FDA = "NICE, a guideline, 2023", "FDA, a label, 2012"


def notice(level: Level, text: str, source: str = NICE, rule: str = "rule") -> dict[str, Any]:
    return {"level": level, "rule": rule, "text": text, "source": source}


def test_late_doses_come_first_then_the_notices_of_one_source_together(make_plan: MakePlan) -> None:
    plan = make_plan(
        notices=[
            notice("warn", "one"),
            notice("warn", "two", FDA),
            notice("info", "three"),
            notice("warn", "four"),
            notice("warn", "late", FDA, "monitoring/doses/denosumab"),
        ]
    )
    assert [told.text for told in notices_of(plan, "warn")] == ["late", "one", "four", "two"]
    assert [told.text for told in notices_of(plan, "info")] == ["three"]


def test_what_a_conflict_tells_is_not_told_again(make_plan: MakePlan) -> None:
    conflict = {"part": "menu", "rules": ["a"], "text": "no menu", "relaxations": []}
    plan = make_plan(notices=[notice("refuse", "no menu"), notice("refuse", "more")], conflicts=[conflict])
    assert [told.text for told in notices_of(plan, "refuse")] == ["more"]


def test_the_gravest_level_is_read_first() -> None:
    assert FIRST == ("refuse", "clearance", "warn")
