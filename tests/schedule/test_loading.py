"""The osteogenic index: peak force times the logarithm of the loads, and rest between two bouts of a day."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.exercises import Exercise, GroundReaction, catalogue
from boneplan.plan import Effort, ExerciseItem, Session, SessionKind
from boneplan.profile import Profile
from boneplan.schedule import plan_sessions
from boneplan.schedule.loading import aerobic_index, bout_index, item_index, share_after, week_index

Person = Callable[..., Profile]
MONDAY = dt.date(2026, 11, 23)
# 40 minutes of a brisk walk: 1.4 body weights, 110 loads a minute.
WALK = 1.4 * math.log(40 * 110 + 1)


def with_force(low: float, high: float) -> Exercise:
    force = GroundReaction(low=low, high=high, source="santos06")
    return catalogue()["step_low"].model_copy(update={"peak_grf_bw": force})


def item(
    name: str, *, minutes: float | None = None, sets: int | None = None, reps: int | None = None
) -> ExerciseItem:
    return ExerciseItem(exercise=name, name=catalogue()[name].name, minutes=minutes, sets=sets, reps=reps)


def session(
    start: str, end: str, *items: ExerciseItem, kind: SessionKind = "aerobic", date: dt.date = MONDAY
) -> Session:
    return Session(
        id=f"{date} {start}", date=date, start=start, end=end, kind=kind, title="A session", minutes=40,
        weight_bearing=True, intensity=Effort(rpe=5, met=4.8, level="moderate"), items=list(items), stop_if=["pain"],
    )  # fmt: skip


def walk(start: str, end: str, date: dt.date = MONDAY) -> Session:
    return session(start, end, item("walk_brisk", minutes=40), date=date)


def test_a_step_class_has_the_published_index_up_to_the_rounding_of_its_force() -> None:
    # Santos-Rocha et al. 2006 (PMC2465063): 4194 cycles at a mean of 1.40 body weights are given as 12.0. From those
    # two printed figures the formula makes 11.7; 12.0 needs 1.44, so the paper worked with figures that it does not
    # print (a mean of people's own indices is not the index of their mean force).
    index = bout_index(with_force(1.40, 1.40), 4194)
    assert index == pytest.approx(11.68, abs=0.005)
    assert index == pytest.approx(12.0, rel=0.03)


def test_the_index_is_the_middle_of_the_force_times_the_logarithm_of_the_loads() -> None:
    assert bout_index(with_force(2.0, 4.0), math.e - 1) == pytest.approx(3.0)
    assert bout_index(with_force(2.0, 4.0), 0) == 0


def test_a_brisk_walk_loads_bone_at_110_steps_a_minute() -> None:
    assert aerobic_index(catalogue()["walk_brisk"], 40) == pytest.approx(WALK)


@pytest.mark.parametrize("name", ["bike_steady", "water_aerobics", "cross_trainer", "seated_march"])
def test_what_does_not_bear_weight_loads_no_bone(name: str) -> None:
    assert aerobic_index(catalogue()[name], 40) == 0


def test_a_few_jumps_load_bone_like_a_long_walk() -> None:
    # 5 x 10 stomps at 3.0 body weights: 3.0 x ln 51 = 11.8, as much as 40 minutes of brisk walking.
    assert item_index(item("stomp", sets=5, reps=10)) == pytest.approx(3.0 * math.log(51))
    assert item_index(item("stomp", sets=5, reps=10)) == pytest.approx(WALK, rel=0.05)


def test_strength_and_balance_have_no_cycles() -> None:
    assert item_index(item("squat", sets=3, reps=12)) == 0
    assert week_index([session("07:00", "07:20", item("squat", sets=3, reps=12), kind="resistance")]) == 0


def test_days_add_up() -> None:
    days = [walk("07:00", "07:40", MONDAY + dt.timedelta(days=n)) for n in range(3)]
    assert week_index(days) == pytest.approx(3 * WALK, abs=0.05)
    assert week_index([]) == 0


def test_a_session_counts_as_its_best_exercise() -> None:
    easy = item("walk_easy", minutes=3)
    assert week_index([session("07:00", "07:45", easy, item("walk_brisk", minutes=40), easy)]) == pytest.approx(
        WALK, abs=0.05
    )


def test_a_second_bout_after_six_hours_counts_for_63_percent() -> None:
    # 1 - exp(-6/6) = 0.632
    assert share_after(6) == pytest.approx(0.632, abs=0.001)
    assert week_index([walk("07:00", "07:40"), walk("13:40", "14:20")]) == pytest.approx(1.632 * WALK, abs=0.05)


def test_sessions_that_follow_each_other_are_one_bout_and_count_as_the_better_one() -> None:
    stomps = session("07:40", "07:50", item("stomp", sets=5, reps=10), kind="impact")
    better = max(WALK, 3.0 * math.log(51))
    assert week_index([walk("07:00", "07:40"), stomps]) == pytest.approx(better, abs=0.05)
    assert week_index([stomps, walk("07:00", "07:40")]) == pytest.approx(better, abs=0.05)


def test_a_pause_of_an_hour_makes_a_second_bout() -> None:
    one_bout = week_index([walk("07:00", "07:40"), walk("08:39", "09:19")])
    two = week_index([walk("07:00", "07:40"), walk("08:40", "09:20")])
    assert one_bout == pytest.approx(WALK, abs=0.05)
    assert two == pytest.approx((1 + 1 - math.exp(-1 / 6)) * WALK, abs=0.05)


def test_work_without_load_between_two_bouts_is_no_bout() -> None:
    strength = session("07:40", "13:40", item("squat", sets=3, reps=10), kind="resistance")
    both = [walk("07:00", "07:40"), strength, walk("13:40", "14:20")]
    assert week_index(both) == pytest.approx(1.632 * WALK, abs=0.05)


def test_every_week_of_a_plan_says_its_index(person: Person) -> None:
    schedule = plan_sessions(person(), MONDAY, 2, seed=0, calendar="c")
    for week in schedule.weeks:
        mine = [s for s in schedule.sessions if 0 <= (s.date - week.start).days < 7]
        assert week.osteogenic_index == week_index(mine) > 0


@given(st.lists(st.tuples(st.integers(0, 21), st.integers(1, 2)), min_size=1, max_size=6))
def test_a_day_counts_at_least_its_best_bout_and_at_most_all_of_them(hours: list[tuple[int, int]]) -> None:
    free, sessions = 0, []
    for start, length in sorted(hours):
        if start >= free:
            free = start + length
            minutes = item("walk_brisk", minutes=length * 60)
            sessions.append(session(f"{start:02d}:00", f"{free:02d}:00", minutes))
    each = [aerobic_index(catalogue()["walk_brisk"], s.items[0].minutes or 0) for s in sessions]
    assert max(each) - 0.1 <= week_index(sessions) <= sum(each) + 0.1
