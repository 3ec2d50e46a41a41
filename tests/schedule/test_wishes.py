"""The best week in given windows: hard rules first, then the soft ones in the order of their price."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from boneplan.exercises import catalogue
from boneplan.profile import Profile
from boneplan.schedule.doses import WeekDose, first_impacts, first_sets
from boneplan.schedule.eligibility import eligible
from boneplan.schedule.model import Slot
from boneplan.schedule.needs import Needs, needs_of
from boneplan.schedule.windows import Window
from boneplan.schedule.wishes import solve_week

Person = Callable[..., Profile]


def needs(profile: Profile, aerobic_minutes: int = 150, sets: int | None = None) -> Needs:
    dose = WeekDose(aerobic_minutes, sets or first_sets(profile), 8, 100.0, first_impacts(profile))
    return needs_of(profile, eligible(profile, catalogue()), dose)


def solved(profile: Profile, windows: list[Window], *, repeats: bool = False) -> list[Slot]:
    slots = solve_week(windows, needs(profile), repeats=repeats)
    assert slots is not None
    return slots


def days(slots: list[Slot], kind: str) -> list[int]:
    return sorted({slot.day for slot in slots if slot.bout.kind == kind})


def test_a_free_evening_a_day_gives_5_walks_of_30_minutes_and_strength_between(person: Person) -> None:
    slots = solved(person(), [Window(day, 1020, 1095) for day in range(7)])
    aerobic = [slot.minutes for slot in slots if slot.bout.kind == "aerobic"]
    assert aerobic == [30, 30, 30, 30, 30]
    assert len(days(slots, "resistance")) == 2
    assert not set(days(slots, "resistance")) & set(days(slots, "aerobic"))
    assert len(days(slots, "balance")) == 3


def test_osteoporosis_brings_daily_balance_and_back_work(person: Person) -> None:
    slots = solved(person(t=-2.8), [Window(day, 1020, 1095) for day in range(7)])
    assert days(slots, "balance") == days(slots, "posture") == list(range(7))


def test_a_day_may_hold_a_vigorous_and_a_moderate_bout_beside_strength_where_time_asks_for_it(person: Person) -> None:
    windows = [Window(0, 1020, 1075), Window(4, 300, 330), Window(5, 300, 365)]
    slots = solved(person(level="intermediate"), windows)
    full = Counter(slot.bout.kind for slot in slots if slot.day == 5)
    assert full == {"aerobic": 2, "resistance": 1, "balance": 1}


def test_20_minute_windows_get_bouts_of_10_minutes_or_more(person: Person) -> None:
    windows = [Window(day, start, start + 20) for day in range(7) for start in (420, 720, 1140)]
    slots = solved(person(), windows)
    assert min(slot.minutes for slot in slots if slot.bout.kind == "aerobic") >= 10
    assert sum(slot.minutes for slot in slots if slot.bout.kind == "aerobic") >= 150


def test_impact_follows_a_warm_up_in_the_same_window(person: Person) -> None:
    slots = solved(person(level="intermediate"), [Window(day, 1020, 1095) for day in range(7)])
    impacts = [slot for slot in slots if slot.bout.kind == "impact"]
    assert len(impacts) == 4
    for impact in impacts:
        before = [s for s in slots if s.day == impact.day and s.start + s.minutes == impact.start]
        assert before[0].bout.kind in ("aerobic", "resistance")


@pytest.mark.parametrize("repeats", [False, True])
def test_the_last_and_the_first_day_are_neighbours(person: Person, repeats: bool) -> None:
    windows = [Window(day, 600, 720) for day in (0, 3, 6)]
    assert days(solved(person(), windows, repeats=repeats), "resistance") in ([0, 3], [3, 6])


def test_only_a_week_that_does_not_repeat_may_train_on_its_first_and_last_day(person: Person) -> None:
    # Day 1 has 40 minutes: 30 of them are needed for walking (60 a day at most) and 10 for balance.
    windows = [Window(0, 600, 720), Window(1, 600, 640), Window(6, 600, 720)]
    assert days(solved(person(), windows), "resistance") == [0, 6]
    assert solve_week(windows, needs(person()), repeats=True) is None


def test_vigorous_minutes_count_double_where_time_is_short(person: Person) -> None:
    windows = [Window(day, 600, 650) for day in (0, 2, 4)]
    strong = solved(person(t=0.0, level="advanced"), windows)
    assert Counter(slot.bout.name for slot in strong)["vigorous"] >= 2
    assert solve_week(windows, needs(person()), repeats=False) is None


def test_no_window_holds_no_week(person: Person) -> None:
    assert solve_week([], needs(person()), repeats=False) is None


def test_impacts_are_chosen_where_a_window_has_time_left_over(person: Person) -> None:
    # Four windows hold everything else; the fifth minutes after a walk are free.
    windows = [Window(day, 1020, 1095) for day in range(7)]
    slots = solved(person(level="advanced", t=0.0), windows)
    assert len(days(slots, "impact")) == 4
    assert solved(person(t=None), windows)
    assert days(solved(person(t=None), windows), "impact") == []


def test_impacts_go_where_they_load_bone_most_a_window_with_strength_and_no_walk(person: Person) -> None:
    slots = solved(person(level="intermediate", t=0.0), [Window(day, 1020, 1095) for day in range(7)])
    impacts, walks = set(days(slots, "impact")), set(days(slots, "aerobic"))
    # After a walk they would be one bout with it; the strength days have none and take them first.
    assert set(days(slots, "resistance")) - walks <= impacts


def test_a_hard_rule_comes_before_the_bone_loading_reward(person: Person) -> None:
    # 70 minutes on three days are 210 in all: 150 of walking, 2 x 15 of strength, 3 x 10 of balance, 0 for impacts.
    slots = solved(person(level="advanced", t=0.0), [Window(day, 600, 670) for day in (0, 2, 4)])
    assert len(days(slots, "resistance")) >= 2
    assert len(days(slots, "balance")) == 3
    assert sum(s.minutes * s.bout.worth - s.bout.overhead for s in slots if s.bout.kind == "aerobic") >= 150


def test_few_minutes_a_week_are_spread_over_five_days(person: Person) -> None:
    slots = solve_week([Window(day, 1020, 1095) for day in range(7)], needs(person(), 90), repeats=False)
    assert slots is not None
    assert sorted(slot.minutes for slot in slots if slot.bout.kind == "aerobic") == [20] * 5


def test_rides_take_turns_with_walks_and_stay_within_half_of_the_minutes(person: Person) -> None:
    slots = solved(
        person(conditions=["neuropathy"], equipment=["bike"]), [Window(day, 1020, 1095) for day in range(7)]
    )
    names = [slot.bout.name for slot in slots if slot.bout.kind == "aerobic"]
    assert names == ["aerobic", "bike", "aerobic", "bike", "aerobic"]
    assert sum(slot.minutes for slot in slots if slot.bout.name == "bike") <= 75
