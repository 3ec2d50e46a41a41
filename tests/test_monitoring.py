"""Checks to ask for: which, for whom, and when the next one is due by the day of the last."""

from __future__ import annotations

import datetime as dt
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.engine import make_plan
from boneplan.monitoring import After, check_rules, monitoring
from boneplan.months import months_after
from boneplan.plan import Monitoring
from boneplan.profile import Profile

START = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 20, 8, tzinfo=dt.UTC)
EVERYBODYS = {"dxa", "calcium", "vitamin_d", "height"}
ON_FILE = dict.fromkeys((a.removeprefix("checks.") for a in get_args(After) if a.startswith("checks.")), "2026-09-01")


def person(**changes: Any) -> Profile:
    """A woman of 60 with normal bone, in whom nothing counts as a risk factor."""
    well = {
        "sex": "female",
        "birth_date": "1966-04-02",
        "height_cm": 160,
        "weight_kg": 64,
        "therapy": {"drug": "letrozole"},
        "bone": {"t_scores": {"lumbar_spine": -0.5}, "last_dxa": "2026-02-10"},
    }
    return Profile.model_validate(well | changes, context={"today": START})


def checks(profile: Profile, start: dt.date = START) -> dict[str, Monitoring]:
    """The checks of a plan of one week by the id of their rule."""
    return {
        m.rule.removeprefix("monitoring/checks/"): m for m in monitoring(profile, start, 1)[0] if m.kind == "check"
    }


def at(t_score: float, last: str | None = "2026-02-10") -> dict[str, Any]:
    return {"bone": {"t_scores": {"total_hip": t_score}, "last_dxa": last}}


@pytest.mark.parametrize(("t_score", "due"), [(-1.0, "2028-02-10"), (-1.1, "2027-02-10"), (-2.5, "2027-02-10")])
def test_a_scan_is_due_after_two_years_at_low_risk_and_after_one_above(t_score: float, due: str) -> None:
    assert checks(person(**at(t_score)))["dxa"].due == dt.date.fromisoformat(due)


@pytest.mark.parametrize(("t_score", "due"), [(-1.0, "2027-08-31"), (-1.1, "2027-02-28"), (-2.5, "2027-02-28")])
@pytest.mark.parametrize("test", ["calcium", "vitamin_d"])
def test_blood_is_looked_at_after_a_year_at_low_risk_and_after_half_a_year_above(
    test: str, t_score: float, due: str
) -> None:
    assert checks(person(**at(t_score), checks={test: "2026-08-31"}))[test].due == dt.date.fromisoformat(due)


def test_what_has_no_day_on_file_is_due_on_the_first_day_and_says_what_to_record() -> None:
    found = checks(person(**at(-0.5, last=None)))
    assert found.keys() == EVERYBODYS
    for check in found.values():
        assert (check.due, check.since) == (START, None)
        assert "no day of the last one is on file" in check.why
    assert "record it as bone.last_dxa" in found["dxa"].why


def test_what_is_overdue_is_due_on_the_first_day_and_says_since_when() -> None:
    dxa = checks(person(**at(-1.1, last="2025-11-22")))["dxa"]
    assert (dxa.due, dxa.since) == (START, dt.date(2026, 11, 22))
    assert "it was due on 22 November 2026" in dxa.why


def test_what_falls_on_the_first_day_is_due_and_not_overdue() -> None:
    dxa = checks(person(**at(-1.1, last="2025-11-23")))["dxa"]
    assert (dxa.due, dxa.since) == (START, None)


@pytest.mark.parametrize("optional", ["lipids", "pth", "bone_turnover"])
def test_what_is_optional_is_dated_only_where_it_was_done_before(optional: str) -> None:
    assert optional not in checks(person())
    assert checks(person(checks={optional: "2026-05-04"}))[optional].due == dt.date(2027, 5, 4)


@pytest.mark.parametrize("medicine", ["Prolia", "zoledronic acid", "alendronate", "Evenity"])
def test_a_bone_medicine_calls_for_a_dentist(medicine: str) -> None:
    assert {"dental", "dental_before"}.isdisjoint(checks(person()))
    assert checks(person(medications=[{"name": medicine}]))["dental"].due == START


def test_a_dental_check_on_file_is_followed_by_one_check_with_or_without_a_bone_medicine() -> None:
    seen = {"checks": {"dental": "2026-03-18"}}
    for medicines in ([], [{"name": "denosumab", "last": "2026-10-01"}]):
        found = [c for c in checks(person(**seen, medications=medicines)).values() if c.what == "Dental check"]
        assert [check.due for check in found] == [dt.date(2027, 3, 18)]


def test_men_on_testosterone_ask_the_prescriber_about_estradiol() -> None:
    therapy = {"drug": "anastrozole_with_testosterone"}
    assert "estradiol" not in checks(person(therapy=therapy, checks={"estradiol": "2026-05-04"}))
    assert "estradiol" not in checks(person(sex="male"))
    assert checks(person(sex="male", therapy=therapy))["estradiol"].due == START


def test_no_scan_in_pregnancy_and_no_checks_for_children() -> None:
    assert checks(person(conditions=["pregnancy"])).keys() == EVERYBODYS - {"dxa"}
    assert checks(person(birth_date="2008-11-24", checks=ON_FILE)) == {}
    assert checks(person(birth_date="2008-11-23")).keys() == EVERYBODYS


def test_every_check_on_file_of_the_profile_is_followed_by_another() -> None:
    man = person(sex="male", therapy={"drug": "anastrozole_with_testosterone"}, checks=ON_FILE)
    asked = {rule.after for rule in check_rules() if rule.id in checks(man)}
    assert asked == set(get_args(After))


def test_checks_and_doses_stand_in_the_order_of_their_days() -> None:
    treated = person(checks=ON_FILE, medications=[{"name": "Prolia", "last": "2026-06-15"}])
    due = [entry.due for entry in monitoring(treated, START, 4)[0]]
    assert due == sorted(due)


def test_signs_that_do_not_wait_for_a_date_are_told_once() -> None:
    _, notices = monitoring(person(), START, 12)
    (signs,) = notices
    assert (signs.level, signs.rule, signs.ask) == ("info", "monitoring/checks/signs", "oncology team")
    for sign in ("back pain", "height", "fall", "thigh", "jaw", "cramps", "thirst", "bladder"):
        assert sign in signs.text


@given(
    last=st.none() | st.dates(dt.date(2015, 1, 1), START),
    start=st.dates(START, START + dt.timedelta(days=400)),
    t_score=st.sampled_from([0.0, -1.1, -2.6]),
)
def test_no_check_is_due_before_the_plan_or_later_than_its_interval_allows(
    last: dt.date | None, start: dt.date, t_score: float
) -> None:
    dxa = checks(person(**at(t_score, last=last and last.isoformat())), start)["dxa"]
    assert dxa.due >= start
    assert dxa.since is None or (dxa.since < start and dxa.due == start)
    if last:
        assert (dxa.since or dxa.due) == months_after(last, 24 if t_score == 0 else 12)


def test_what_stays_overdue_is_asked_for_again_by_the_next_plan_and_its_first_reminder_is_not_cancelled() -> None:
    # A reminder is never put off: the calendar keeps the one of the earlier plan and gets another.
    late = person(conditions=["eating_disorder"], **at(-1.1, last="2025-08-01"))
    first = make_plan(late, start=START, now=NOW)
    second = make_plan(late, start=START + dt.timedelta(weeks=1), now=NOW, earlier=first)
    scans = [check for plan in (first, second) for check in plan.monitoring if check.rule.endswith("/dxa")]
    assert [scan.due for scan in scans] == [START, START + dt.timedelta(weeks=1)]
    assert [scan.since for scan in scans] == [dt.date(2026, 8, 1)] * 2
    assert second.removed == []


def test_a_check_to_come_stays_as_it_is_and_one_that_was_done_makes_way_for_the_next() -> None:
    before = person(conditions=["eating_disorder"], **at(-1.1, last="2026-02-10"))
    after = person(conditions=["eating_disorder"], **at(-1.1, last="2026-11-20"))
    first = make_plan(before, start=START, now=NOW)
    same = make_plan(before, start=START, now=NOW, earlier=first)
    assert (same.removed, {check.sequence for check in same.monitoring}) == ([], {0})
    done = make_plan(after, start=START, now=NOW, earlier=first)
    assert [(gone.title, gone.date) for gone in done.removed] == [("Bone density scan (DXA)", dt.date(2027, 2, 10))]
    assert {c.due: c.sequence for c in done.monitoring if c.rule.endswith("/dxa")} == {dt.date(2027, 11, 20): 1}


def test_a_refused_plan_still_tells_of_risk_checks_doses_and_what_to_avoid() -> None:
    refused = person(
        conditions=["eating_disorder"],
        medications=[{"name": "Prolia", "last": "2026-05-01"}],
        supplements=[{"name": "red clover"}],
    )
    plan = make_plan(refused, start=START, now=NOW)
    assert plan.status == "refused"
    assert plan.risk is not None
    assert plan.risk.tier == "low"
    assert {entry.kind for entry in plan.monitoring} == {"check", "dose"}
    warned = {notice.rule for notice in plan.notices if notice.level == "warn"}
    assert {"monitoring/doses/denosumab", "safety/supplements/red_clover"} <= warned
