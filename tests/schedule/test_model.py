"""The hard rules of a week as a linear program, whatever else is wished for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from boneplan.exercises import catalogue
from boneplan.profile import Profile
from boneplan.schedule.doses import WeekDose
from boneplan.schedule.eligibility import eligible
from boneplan.schedule.model import HARD, Slot, WeekModel
from boneplan.schedule.needs import Needs, needs_of
from boneplan.schedule.windows import Window
from boneplan.schedule.wishes import solve_week

Person = Callable[..., Profile]
WEEK = WeekDose(aerobic_minutes=150, sets=1, reps=8, load_percent=100.0, impacts=20)
EVENINGS = [Window(day, 1020, 1095) for day in range(7)]


def needs(profile: Profile, dose: WeekDose = WEEK) -> Needs:
    return needs_of(profile, eligible(profile, catalogue()), dose)


def broken(slots: list[Slot], windows: list[Window], minutes: int, *, repeats: bool, rest: set[int]) -> list[str]:
    """The hard rules that a week breaks, written out with their numbers."""
    bad: list[str] = []
    by_day: dict[int, list[Slot]] = defaultdict(list)
    for slot in slots:
        by_day[slot.day].append(slot)
        inside = [w for w in windows if w.day == slot.day and w.start <= slot.start <= w.end - slot.minutes]
        bad += [] if inside else [f"outside the windows: {slot}"]
        bad += [f"not on the grid: {slot}"] if slot.minutes % 5 else []
        bad += [f"too short: {slot}"] if slot.bout.kind in ("aerobic", "balance") and slot.minutes < 10 else []
    days = {
        kind: sorted({s.day for s in slots if s.bout.kind == kind}) for kind in ("aerobic", "resistance", "balance")
    }
    worth = sum(s.minutes * s.bout.worth - s.bout.overhead for s in slots if s.bout.kind == "aerobic")
    bad += [f"{worth} aerobic minutes"] if worth < minutes else []
    bad += [f"aerobic on {days['aerobic']}"] if len(days["aerobic"]) < 3 else []
    bad += [f"balance on {days['balance']}"] if len(days["balance"]) < 3 else []
    bad += [f"resistance on {days['resistance']}"] if not 2 <= len(days["resistance"]) <= 3 else []
    around = [*days["resistance"], days["resistance"][0] + 7] if repeats else days["resistance"]
    bad += [f"resistance on {a} and {b}" for a, b in pairwise(around) if b - a < 2]
    bad += ["resistance on a day of rest"] if rest & set(days["resistance"]) else []
    for day, of_day in by_day.items():
        spans = sorted((s.start, s.start + s.minutes) for s in of_day)
        bad += [f"overlap on {day}"] if any(b[0] < a[1] for a, b in pairwise(spans)) else []
        bad += [f"over an hour on {day}"] if sum(s.minutes for s in of_day if s.bout.kind == "aerobic") > 60 else []
        for impact in (s for s in of_day if s.bout.kind == "impact"):
            warm = [
                s for s in of_day if s.bout.kind in ("aerobic", "resistance") and s.start + s.minutes <= impact.start
            ]
            bad += [] if warm else [f"a cold impact on {day}"]
    return bad


def test_every_hard_rule_can_be_left_out_by_its_name(person: Person) -> None:
    nothing = WeekModel([], needs(person()), repeats=False, hard=[])
    assert nothing.solve()
    assert nothing.slots() == []
    for name in set(HARD) - {"resistance_rest"}:
        assert not WeekModel([], needs(person()), repeats=False, hard=[name]).solve()


def test_days_of_rest_hold_no_resistance(person: Person) -> None:
    model = WeekModel(EVENINGS, needs(person()), repeats=False, rest={0, 1, 2, 3})
    assert model.solve()
    assert {s.day for s in model.slots() if s.bout.kind == "resistance"} == {4, 6}
    assert not WeekModel(EVENINGS, needs(person()), repeats=False, rest={0, 1, 2, 3, 4}).solve()


def test_windows_that_may_grow_grow_by_no_more_than_is_missing(person: Person) -> None:
    windows = [Window(day, 420, 445) for day in range(7)]
    model = WeekModel(windows, needs(person()), repeats=False, room=[60] * 7)
    assert model.solve()
    # 150 + 2 x 15 + 3 x 10 = 210 minutes are needed, 175 are there.
    assert sum(model.growth().values()) == 35


def test_a_kept_week_keeps_its_days_and_windows_with_other_minutes(person: Person) -> None:
    first = solve_week(EVENINGS, needs(person()), repeats=True)
    assert first is not None
    more = WeekDose(aerobic_minutes=165, sets=2, reps=12, load_percent=105.0, impacts=50)
    second = solve_week(EVENINGS, needs(person(), more), repeats=True, like=first)
    assert second is not None
    assert [(s.day, s.bout.name) for s in second] == [(s.day, s.bout.name) for s in first]
    assert [s.minutes for s in second] != [s.minutes for s in first]


def test_a_kept_week_of_a_rider_rides_again(person: Person) -> None:
    rider = needs(person(conditions=["neuropathy"], equipment=["bike"]))
    first = solve_week(EVENINGS, rider, repeats=True)
    assert first is not None
    assert "bike" in {s.bout.name for s in first}
    assert solve_week(EVENINGS, rider, repeats=True, like=first) == first


def test_a_kept_week_loses_no_session_of_a_day_with_several_windows(person: Person) -> None:
    # Two hours hold a whole day with two sets, and less does with one: the other window of the day still counts.
    windows = [Window(0, 420, 480), Window(0, 600, 710), *(Window(day, 1020, 1095) for day in range(1, 7))]
    fragile = person(t=-3.0)
    first = solve_week(windows, needs(fragile, replace(WEEK, sets=2)), repeats=True)
    assert first is not None
    assert {s.start for s in first if s.day == 0} & set(range(420, 480))
    second = solve_week(windows, needs(fragile), repeats=True, like=first)
    assert second is not None
    assert [(s.day, s.bout.name) for s in second] == [(s.day, s.bout.name) for s in first]


def test_a_kept_week_that_cannot_hold_the_minutes_is_none(person: Person) -> None:
    windows = [Window(day, 600, 645) for day in range(5)]
    first = solve_week(windows, needs(person(), replace(WEEK, aerobic_minutes=90)), repeats=True)
    assert first is not None
    assert solve_week(windows, needs(person(), replace(WEEK, aerobic_minutes=200)), repeats=True, like=first) is None


windows_of_a_week = st.lists(
    st.tuples(st.integers(0, 6), st.integers(60, 260), st.integers(2, 30)), min_size=3, max_size=12
)


@settings(max_examples=60)
@given(
    spans=windows_of_a_week,
    who=st.sampled_from([{"t": -0.5, "level": "advanced"}, {}, {"t": -3.0}, {"t": 0.5, "level": "intermediate"}]),
    dose=st.builds(WeekDose, st.sampled_from([90, 120, 150]), st.integers(1, 3), st.just(8), st.just(100.0),
                   st.sampled_from([0, 20, 50])),
    repeats=st.booleans(),
    rest=st.sets(st.sampled_from([0, 6])),
)  # fmt: skip
def test_the_reward_for_bone_loading_never_breaks_a_hard_rule(
    person: Person,
    spans: list[tuple[int, int, int]],
    who: dict[str, object],
    dose: WeekDose,
    repeats: bool,
    rest: set[int],
) -> None:
    windows: list[Window] = []
    for day, start, length in sorted(spans):
        if not windows or (day, start * 5) >= (windows[-1].day, windows[-1].end):
            windows.append(Window(day, start * 5, start * 5 + length * 5))
    wanted = needs(person(**who), dose)
    slots = solve_week(windows, wanted, repeats=repeats, rest=rest)
    possible = WeekModel(windows, wanted, repeats=repeats, rest=rest).solve()
    assert (slots is not None) == possible
    if slots is not None:
        assert broken(slots, windows, dose.aerobic_minutes, repeats=repeats, rest=rest) == []


@pytest.mark.parametrize("rest", [(), (0,), (0, 6)])
def test_nothing_but_the_minutes_of_the_window_is_filled(person: Person, rest: tuple[int, ...]) -> None:
    model = WeekModel(EVENINGS, needs(person()), repeats=True, rest=rest)
    assert model.solve()
    for window in EVENINGS:
        assert sum(s.minutes for s in model.slots() if s.day == window.day) <= window.minutes
