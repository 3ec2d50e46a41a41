"""Every check and dose on its day; what is missing, moved, made up or silently late is a breach."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.data import data_folder
from boneplan.errors import Fault
from boneplan.monitoring import monitoring
from boneplan.plan import Plan
from boneplan.profile import Profile
from boneplan.verify.case import Case
from boneplan.verify.guidelines import read_reference
from boneplan.verify.monitoring import check_late_doses, check_monitoring
from boneplan.verify.monitoring_rules import read_monitoring_rules
from boneplan.verify.person import read_person

START = dt.date(2026, 11, 23)
RULES = read_monitoring_rules(data_folder("guidelines") / "monitoring")
RECORD: dict[str, Any] = {
    "therapy": {"drug": "anastrozole"},
    "bone": {"t_scores": {"lumbar_spine": -1.8}, "last_dxa": "2026-02-10"},
    "checks": {"calcium": "2026-08-31", "vitamin_d": "2026-05-04"},
    "medications": [{"name": "Prolia", "last": "2026-06-15"}],
}


@pytest.fixture
def checked(world: Any) -> Callable[..., Any]:
    """A world with the shipped rules of monitoring whose plan tells what the planner makes of a profile."""

    def build(start: dt.date = START, **record: Any) -> Any:
        world.profile.update({**RECORD, **record})
        person = read_person(world.profile)
        _, who = read_reference(data_folder("guidelines"), person, start)
        world.tables = replace(world.tables, who=who, monitoring=RULES)
        profile = Profile.model_validate(world.profile, context={"today": dt.date(2030, 1, 1)})
        dated, notices = monitoring(profile, start, 1)
        world.document["monitoring"] = [entry.model_dump(mode="json") for entry in dated]
        world.document["notices"] = [notice.model_dump(mode="json") for notice in notices]
        return world

    return build


def broken(world: Any) -> list[tuple[str, str]]:
    """The breaches of the two checks: rule and text."""
    plan = Plan.model_validate(world.document)
    case = Case(plan, read_person(plan.profile), world.tables)
    return [(b.rule, b.text) for check in (check_monitoring, check_late_doses) for b in check(case)]


def entry(world: Any, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(m for m in world.document["monitoring"] if m["rule"].endswith(f"/{name}"))
    return found


def test_what_the_rules_ask_for_holds(checked: Callable[..., Any]) -> None:
    assert broken(checked()) == []


@pytest.mark.parametrize("name", ["dxa", "calcium", "vitamin_d", "height", "dental", "denosumab"])
def test_a_check_or_dose_left_out_is_missed(checked: Callable[..., Any], name: str) -> None:
    world = checked()
    world.document["monitoring"].remove(entry(world, name))
    ((rule, text),) = broken(world)
    assert rule == "verify/monitoring"
    assert f"/{name}" in text
    assert "missing" in text


@pytest.mark.parametrize("name", ["dxa", "calcium", "denosumab"])
@pytest.mark.parametrize("days", [-1, 1, 365])
def test_another_day_is_a_breach(checked: Callable[..., Any], name: str, days: int) -> None:
    world = checked()
    moved = entry(world, name)
    moved["due"] = str(dt.date.fromisoformat(moved["due"]) + dt.timedelta(days=days))
    assert {rule for rule, _ in broken(world)} == {"verify/monitoring"}


def test_the_shorter_month_ends_the_interval(checked: Callable[..., Any]) -> None:
    world = checked()
    assert entry(world, "calcium")["due"] == "2027-02-28"
    entry(world, "calcium")["due"] = "2027-03-03"
    assert broken(world)


def test_a_dose_that_nobody_recorded_is_a_breach(checked: Callable[..., Any]) -> None:
    world = checked()
    world.document["monitoring"].append(entry(world, "denosumab") | {"rule": "monitoring/doses/romosozumab"})
    ((rule, text),) = broken(world)
    assert (rule, "follows from no rule" in text) == ("verify/monitoring", True)


def test_a_dose_told_as_a_check_is_a_breach(checked: Callable[..., Any]) -> None:
    world = checked()
    entry(world, "denosumab")["kind"] = "check"
    assert len(broken(world)) == 2


def test_an_overdue_check_told_as_if_it_were_in_time_is_a_breach(checked: Callable[..., Any]) -> None:
    world = checked()
    late = entry(world, "vitamin_d")
    assert (late["due"], late["since"]) == (str(START), "2026-11-04")
    late["since"] = None
    assert broken(world)


def test_the_interval_is_that_of_the_person_s_own_tier(checked: Callable[..., Any]) -> None:
    world = checked()
    world.profile["bone"] = {"t_scores": {"lumbar_spine": 0.0}, "last_dxa": "2026-02-10"}
    world.profile["birth_date"] = "1970-01-01"
    assert {text.split(",")[0] for _, text in broken(world)} == {
        f"monitoring/checks/{name}" for name in ("dxa", "calcium", "vitamin_d")
    }


@pytest.mark.parametrize(
    ("last", "words"),
    [("2026-05-22", "1 day late"), ("2026-04-01", "53 days late"), (None, "no last dose is on file")],
)
def test_denosumab_that_is_late_or_not_recorded_must_be_warned_of(
    checked: Callable[..., Any], last: str | None, words: str
) -> None:
    world = checked(medications=[{"name": "denosumab", "last": last}])
    assert broken(world) == []
    (told,) = [n for n in world.document["notices"] if n["rule"] == "monitoring/doses/denosumab"]
    for fault in ({"level": "info"}, {"text": "All is well."}, {"rule": "monitoring/doses/other"}):
        kept = dict(told)
        told.update(fault)
        assert broken(world) == [("verify/late-dose", f"no warning says: {words}")]
        told.update(kept)


def test_a_recorded_interval_hides_no_denosumab_that_is_too_long_ago(checked: Callable[..., Any]) -> None:
    world = checked(medications=[{"name": "Prolia", "last": "2026-04-22", "every_months": 12}])
    assert broken(world) == []
    world.document["notices"] = []
    assert broken(world) == [("verify/late-dose", "no warning says: the last one was on 22 april 2026")]


@pytest.mark.parametrize(
    "record",
    [
        {"checks": {"calcium": "soon"}},
        {"checks": [1]},
        {"medications": [{"name": "Prolia", "last": 7}]},
        {"medications": [{"name": "Prolia", "last": "2026-06-15", "every_months": "six"}]},
        {"medications": [{"name": "Prolia", "last": "2026-06-15", "every_months": 10**9}]},
    ],
)
def test_a_record_that_cannot_be_read_is_a_breach_and_no_crash(
    checked: Callable[..., Any], record: dict[str, Any]
) -> None:
    world = checked()
    world.profile.update(record)
    assert "verify/profile" in {rule for rule, _ in broken(world)}


def test_the_judge_asks_for_all_of_it(checked: Callable[..., Any]) -> None:
    world = checked(medications=[{"name": "Prolia", "last": "2026-05-01"}])
    assert {"verify/monitoring", "verify/late-dose"}.isdisjoint(world.rules())
    world.document["monitoring"], world.document["notices"] = [], []
    assert {"verify/monitoring", "verify/late-dose"} <= world.rules()


def test_rules_that_are_not_understood_are_a_fault(tmp_path: Path) -> None:
    (tmp_path / "doses.yaml").write_text("doses: []")
    (tmp_path / "checks.yaml").write_text("checks: [{id: dxa, after: bone.last_dxa, months: {low: 24}}]")
    with pytest.raises(Fault, match="moderate"):
        read_monitoring_rules(tmp_path)
    row = "id: dxa, after: bone.last_dxa, months: {low: 24, moderate: 12, high: 12}, unless: {moon: full}"
    (tmp_path / "checks.yaml").write_text(f"checks: [{{{row}}}]")
    with pytest.raises(Fault, match="moon"):
        read_monitoring_rules(tmp_path)


DAYS = st.none() | st.dates(dt.date(2024, 1, 1), START).map(str)
MEDICINES = st.lists(
    st.fixed_dictionaries(
        {"name": st.sampled_from(["Prolia", "Xgeva", "Reclast", "Evenity", "ibandronate", "goserelin", "letrozole"])},
        optional={"last": DAYS, "every_months": st.none() | st.integers(1, 60)},
    ),
    max_size=3,
)


@given(data=st.data())
def test_planner_and_judge_agree_about_anybody(data: st.DataObject) -> None:
    names = ("calcium", "vitamin_d", "height", "estradiol", "lipids", "dental", "pth", "bone_turnover")
    raw = {
        "sex": data.draw(st.sampled_from(["female", "male"])),
        "birth_date": str(data.draw(st.dates(dt.date(1930, 1, 1), dt.date(2010, 1, 1)))),
        "height_cm": 165,
        "weight_kg": data.draw(st.sampled_from([50, 70])),
        "therapy": {"drug": data.draw(st.sampled_from(["letrozole", "anastrozole_with_testosterone", "none"]))},
        "bone": {
            "t_scores": {"total_hip": data.draw(st.none() | st.sampled_from([-0.9, -1.0, -1.1, -2.1, -2.5]))},
            "last_dxa": data.draw(DAYS) if data.draw(st.booleans()) else None,
        },
        "checks": {name: data.draw(DAYS) for name in names},
        "medications": data.draw(MEDICINES),
        "conditions": data.draw(st.sampled_from([[], ["pregnancy"]])),
    }
    if raw["bone"]["last_dxa"] and raw["bone"]["last_dxa"] < raw["birth_date"]:
        raw["bone"]["last_dxa"] = None
    start, weeks = data.draw(st.dates(START, dt.date(2028, 3, 31))), data.draw(st.integers(1, 12))
    profile = Profile.model_validate(raw, context={"today": START})
    dated, notices = monitoring(profile, start, weeks)
    plan = Plan(
        id="x", created=dt.datetime(2026, 11, 20, tzinfo=dt.UTC), boneplan="x", seed=0, profile=profile.as_json(),
        start=start, weeks=weeks, timezone="UTC", status="ok", monitoring=dated, notices=notices,
    )  # fmt: skip
    person = read_person(plan.profile)
    _, who = read_reference(data_folder("guidelines"), person, start)
    tables: Any = type("Tables", (), {"who": who, "monitoring": RULES})
    case = Case(plan, person, tables)
    assert [*check_monitoring(case), *check_late_doses(case)] == []
