"""Doses prescribed months apart: told before they are due, and never silently late."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.doses import dose_rules, recorded_doses
from boneplan.plan import Monitoring, Notice
from boneplan.profile import Profile

START = dt.date(2026, 11, 23)


def doses(
    *medicines: dict[str, Any], start: dt.date = START, weeks: int = 1
) -> tuple[list[Monitoring], list[Notice]]:
    anna = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 160, "weight_kg": 64}
    profile = Profile.model_validate(anna | {"medications": list(medicines)}, context={"today": START})
    return recorded_doses(profile, start, start + dt.timedelta(days=7 * weeks - 1))


def days(entries: list[Monitoring]) -> list[str]:
    return [entry.due.isoformat() for entry in entries]


def test_denosumab_is_due_half_a_year_after_the_last_dose_by_its_label() -> None:
    (dose,), told = doses({"name": "Prolia 60 mg", "last": "2026-08-31"})
    assert (dose.kind, dose.due, dose.since) == ("dose", dt.date(2027, 2, 28), None)
    assert dose.what == "Denosumab, next dose as prescribed"
    assert "as on the label, since none is recorded" in dose.why
    assert told == []


def test_the_recorded_interval_goes_before_that_of_the_label() -> None:
    (dose,), told = doses({"name": "denosumab", "last": "2026-08-31", "every_months": 5})
    assert dose.due == dt.date(2027, 1, 31)
    assert told == []


def test_an_interval_longer_than_the_label_s_is_told_with_both() -> None:
    (dose,), (notice,) = doses({"name": "denosumab", "last": "2026-08-31", "every_months": 8})
    assert dose.due == dt.date(2027, 4, 30)
    assert notice.level == "warn"
    assert "Every 8 months is recorded, every 6 months is the label's" in notice.text


@pytest.mark.parametrize(
    ("last", "late", "grave"),
    [
        ("2026-05-23", None, False),  # due on the first day
        ("2026-05-22", "1 day late", False),
        ("2026-04-23", "31 days late", False),  # seven months to the day
        ("2026-04-22", "32 days late", True),
        ("2020-01-01", "2336 days late", True),
    ],
)
def test_a_late_denosumab_is_due_at_once_and_never_silent(last: str, late: str | None, grave: bool) -> None:
    entries, told = doses({"name": "Prolia", "last": last}, weeks=12)
    assert entries[0].due == START
    if late is None:
        assert (entries[0].since, told) == (None, [])
        return
    assert len(entries) == 1
    assert entries[0].since is not None
    assert "It was due on" in entries[0].why
    (notice,) = told
    assert (notice.level, notice.ask) == ("warn", "prescriber")
    assert late in notice.text
    assert ("Call the prescriber today" in notice.text) == grave
    assert ("Call the prescriber today" in entries[0].why) == grave


def test_seven_months_are_too_long_even_where_a_longer_interval_is_recorded() -> None:
    (dose,), (notice,) = doses({"name": "Prolia", "last": "2026-04-22", "every_months": 12})
    assert dose.due == dt.date(2027, 4, 22)
    assert notice.level == "warn"
    assert "Call the prescriber today" in notice.text
    assert "Every 12 months is recorded" in notice.text


def test_denosumab_without_a_last_dose_is_warned_of() -> None:
    entries, (notice,) = doses({"name": "denosumab"})
    assert entries == []
    assert notice.level == "warn"
    assert "No last dose is on file" in notice.text


def test_denosumab_for_metastases_is_not_timed_by_the_label_for_osteoporosis() -> None:
    entries, (notice,) = doses({"name": "Xgeva 120 mg", "last": "2026-11-01"})
    assert entries == []
    assert "how often it is given is not on file" in notice.text.lower()
    monthly, _ = doses({"name": "Xgeva 120 mg", "last": "2026-11-01", "every_months": 1})
    assert days(monthly) == ["2026-12-01"]


def test_zoledronic_acid_is_timed_only_by_what_the_profile_records() -> None:
    entries, (notice,) = doses({"name": "zoledronic acid", "last": "2026-06-15"})
    assert (entries, notice.level) == ([], "info")
    assert "every_months" in notice.text
    half_yearly, told = doses({"name": "Zometa", "last": "2026-06-15", "every_months": 6})
    assert (days(half_yearly), told) == (["2026-12-15"], [])
    _, (unrecorded,) = doses({"name": "Aclasta", "every_months": 12})
    assert "No last dose is on file" in unrecorded.text


def test_romosozumab_is_monthly_and_all_doses_of_the_plan_and_the_next_are_told() -> None:
    entries, told = doses({"name": "Evenity", "last": "2026-10-31"}, weeks=6)  # to 3 January
    assert days(entries) == ["2026-11-30", "2026-12-31", "2027-01-31"]
    assert told == []


def test_a_dose_on_the_last_day_of_the_plan_is_followed_by_the_next_one() -> None:
    assert days(doses({"name": "Evenity", "last": "2026-10-29"})[0]) == ["2026-11-29", "2026-12-29"]
    assert days(doses({"name": "Evenity", "last": "2026-10-30"})[0]) == ["2026-11-30"]


def test_monthly_ibandronate_is_told_of_where_its_interval_is_recorded() -> None:
    assert days(doses({"name": "ibandronate", "last": "2026-11-10", "every_months": 1})[0]) == ["2026-12-10"]
    assert doses({"name": "ibandronate", "time": "06:30"}) == ([], [])
    _, (notice,) = doses({"name": "ibandronate", "last": "2026-11-10"})
    assert "every_months" in notice.text


def test_any_medicine_with_a_recorded_interval_is_told_of_by_its_own_name() -> None:
    (dose,), told = doses({"name": "goserelin", "last": "2026-09-01", "every_months": 3})
    assert (dose.what, dose.due, told) == ("goserelin, next dose as prescribed", dt.date(2026, 12, 1), [])
    (late,), (notice,) = doses({"name": "goserelin", "last": "2026-08-01", "every_months": 3})
    assert (late.due, late.since) == (START, dt.date(2026, 11, 1))
    assert notice.text.startswith("goserelin: The next dose was due on 1 November 2026: on the first day of the plan")
    assert "it is 22 days late. If you have had it, record its day as last." in notice.text


@pytest.mark.parametrize(
    "medicine",
    [
        {"name": "letrozole"},
        {"name": "letrozole", "last": "2026-11-01"},
        {"name": "alendronate", "weekday": "monday"},
    ],
)
def test_what_is_taken_daily_or_weekly_has_no_dose_here(medicine: dict[str, Any]) -> None:
    assert doses(medicine) == ([], [])


def test_every_row_says_what_to_do_and_where_it_is_from() -> None:
    for rule in dose_rules():
        assert rule.late
        assert rule.ask
        assert bool(rule.late_after_months) == bool(rule.too_late)


@given(
    last=st.dates(dt.date(2015, 1, 1), START),
    every=st.none() | st.integers(1, 60),
    name=st.sampled_from(["Prolia", "Evenity", "Reclast", "Xgeva", "goserelin"]),
    start=st.dates(START, START + dt.timedelta(days=400)),
    weeks=st.integers(1, 12),
)
def test_doses_are_in_order_and_one_lies_beyond_the_plan_or_is_late(
    last: dt.date, every: int | None, name: str, start: dt.date, weeks: int
) -> None:
    entries, told = doses({"name": name, "last": last.isoformat(), "every_months": every}, start=start, weeks=weeks)
    assert days(entries) == sorted(set(days(entries)))
    if entries and entries[0].since:
        assert any(notice.level == "warn" and "late" in notice.text for notice in told)
        assert len(entries) == 1
    elif entries:
        end = start + dt.timedelta(days=7 * weeks - 1)
        assert entries[-1].due > end
        assert all(start <= entry.due <= end for entry in entries[:-1])
