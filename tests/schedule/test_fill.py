"""What stands in the sessions of a week: what the person may do, with its dose, and other things the week after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from boneplan.exercises import Exercise, catalogue
from boneplan.plan import ExerciseItem, SessionKind
from boneplan.profile import Profile
from boneplan.schedule.eligibility import eligible
from boneplan.schedule.fill import Filler
from boneplan.schedule.model import Slot
from boneplan.schedule.needs import Bout, needs_of
from boneplan.schedule.progression import dose_of, first_week

Person = Callable[..., Profile]
Filled = tuple[list[ExerciseItem], list[Exercise]]
GROUPS = ["legs", "hips", "back", "chest", "shoulders", "arms", "core"]
MONDAY = dt.date(2026, 11, 23)


class Weeks:
    """Fills weeks of sessions of one kind for a person, with no clock and no solver."""

    def __init__(self, profile: Profile, seed: int = 0) -> None:
        self.profile, self.options = profile, eligible(profile, catalogue())
        self.filler = Filler(profile, self.options, seed)
        self.first = first_week(profile, MONDAY, impacts=True)

    def fill(self, kind: SessionKind, minutes: Sequence[int], number: int = 1, **dose: Any) -> list[Filled]:
        training = self.first.model_copy(update={"number": number, **dose})
        slots = [Slot(day, 600, m, Bout(kind, kind, m, m)) for day, m in enumerate(minutes)]
        return self.filler.week(slots, training, needs_of(self.profile, self.options, dose_of(training)))


def named(filled: Sequence[Filled]) -> list[list[str]]:
    return [[e.id for e in main] for _, main in filled]


def test_warm_up_and_cool_down_are_inside_the_minutes(person: Person) -> None:
    for items, (main,) in Weeks(person()).fill("aerobic", [30] * 6):
        assert sum(item.minutes or 0 for item in items) == 30
        assert items[len(items) // 2].exercise == main.id


def test_walks_are_at_least_half_of_the_aerobic_sessions_and_the_rest_is_varied(person: Person) -> None:
    mains = [main[0] for _, main in Weeks(person()).fill("aerobic", [30] * 6)]
    assert sum(main.pattern == "walking" for main in mains) >= 3
    assert len({main.id for main in mains}) >= 4


@pytest.mark.parametrize(
    ("level", "minutes", "sets"), [("beginner", 20, 1), ("intermediate", 35, 2), ("advanced", 50, 3)]
)
def test_a_full_strength_session_trains_every_muscle_group(
    person: Person, level: str, minutes: int, sets: int
) -> None:
    for items, main in Weeks(person(level=level)).fill("resistance", [minutes, minutes]):
        assert [exercise.muscle_groups[0] for exercise in main] == GROUPS
        assert {item.sets for item in items if item.exercise in {e.id for e in main}} == {sets}


def test_where_time_is_short_there_are_fewer_sets_rather_than_fewer_muscle_groups(person: Person) -> None:
    for items, main in Weeks(person(level="advanced")).fill("resistance", [35, 20]):
        assert [exercise.muscle_groups[0] for exercise in main] == GROUPS
        assert len(items) == len(GROUPS) + 2
    sets = [
        {item.sets for item in items if item.sets}
        for items, _ in Weeks(person(level="advanced")).fill("resistance", [50, 35, 20])
    ]
    assert sets == [{3}, {2}, {1}]


def test_two_short_strength_sessions_share_the_muscle_groups(person: Person) -> None:
    (_, first), (_, second) = Weeks(person()).fill("resistance", [15, 15])
    assert len(first) == len(second) == 5
    assert {e.muscle_groups[0] for e in (*first, *second)} == set(GROUPS)


@pytest.mark.parametrize("reps", [8, 10, 12])
def test_counted_exercises_ask_for_the_repetitions_of_the_week(person: Person, reps: int) -> None:
    mine = Weeks(person(t=0.2, level="advanced", equipment=["dumbbells", "machines", "mat", "chair"]))
    for items, main in mine.fill("resistance", [50, 50], reps=reps):
        assert len({e.id for e in main}) == len(main)
        doses = {e.id: e.dose for e in main}
        counted = [item for item in items if item.exercise in doses and doses[item.exercise].reps]
        assert counted
        assert {item.reps for item in counted} == {reps}


def test_only_exercises_whose_load_can_be_chosen_carry_a_load(person: Person) -> None:
    mine = Weeks(person(equipment=["dumbbells"]))
    for items, main in mine.fill("resistance", [20, 20], load_percent=105.0):
        loaded = {e.id for e in main if "dumbbells" in e.equipment and e.dose.hold_s is None}
        assert {item.exercise for item in items if item.load_percent == 105.0} == loaded


def test_strength_exercises_stay_until_the_lighter_week_and_then_change(person: Person) -> None:
    mine = Weeks(person(equipment=["chair", "resistance_band", "dumbbells"]))
    weeks = [named(mine.fill("resistance", [20, 20], number)) for number in range(1, 8)]
    assert weeks[0] == weeks[1] == weeks[2]
    assert weeks[3] == weeks[4] == weeks[5] == weeks[6]
    assert weeks[2] != weeks[3]


def test_the_trained_get_loads_or_harder_movements(person: Person) -> None:
    profile = person(t=0.2, level="advanced", equipment=["dumbbells", "chair"])
    for _, main in Weeks(profile).fill("resistance", [50, 50]):
        assert all(e.rank or "dumbbells" in e.equipment for e in main)


def test_balance_goes_from_standing_still_to_moving(person: Person) -> None:
    for items, main in Weeks(person()).fill("balance", [15, 15]):
        assert [e.pattern == "static" for e in main] == [True, True, False]
        assert [item.minutes for item in items] == [5, 5, 5]


@pytest.mark.parametrize("impacts", [10, 20, 30, 40, 50])
def test_impacts_add_up_to_the_number_of_the_week(person: Person, impacts: int) -> None:
    for items, main in Weeks(person(level="advanced")).fill("impact", [10, 10, 10], impacts=impacts):
        assert sum((item.sets or 0) * (item.reps or 0) for item in items) == impacts
        assert len({e.id for e in main}) == min(2, impacts // 10)


def test_a_lighter_week_has_fewer_sets_and_impacts_and_less_load(person: Person) -> None:
    mine = Weeks(person(level="intermediate", equipment=["dumbbells"]))
    usual = {"sets": 2, "reps": 12, "load_percent": 110.0, "impacts": 40}
    (full, main), (light, _) = (
        mine.fill("resistance", [35], 4, lighter=lighter, **usual)[0] for lighter in (False, True)
    )
    assert [i.exercise for i in full if i.sets] == [i.exercise for i in light if i.sets] == [e.id for e in main]
    assert {i.sets for i in light if i.sets} == {1}
    assert {i.reps for i in light if i.reps} == {8}
    assert {i.load_percent for i in light if i.load_percent} == {99.0}
    ((jumps, _),) = mine.fill("impact", [5], 5, lighter=True, **usual)
    assert sum((i.sets or 0) * (i.reps or 0) for i in jumps) == 20


def test_nothing_that_bends_or_twists_the_spine_is_chosen_for_anybody(person: Person) -> None:
    profile = person(t=0.5, level="advanced", equipment=["dumbbells", "machines", "mat", "chair"])
    mine = Weeks(profile)
    for number in range(1, 13):
        for items, _ in (*mine.fill("resistance", [50, 50], number), *mine.fill("aerobic", [30] * 5, number)):
            for item in items:
                exercise = catalogue()[item.exercise]
                assert exercise.spine_flexion == exercise.spine_rotation == "none"


def test_every_exercise_brings_its_cues(person: Person) -> None:
    for kind, minutes in (("aerobic", 30), ("resistance", 20), ("balance", 15), ("posture", 10), ("impact", 5)):
        for items, _ in Weeks(person(equipment=["chair"])).fill(kind, [minutes]):
            assert all(item.cues == catalogue()[item.exercise].cues for item in items)


def test_a_session_begins_with_a_warm_up_that_the_person_may_do(person: Person) -> None:
    hip = person(conditions=["bone_metastases"], metastases=["pelvis"])
    for someone, warm_up in ((person(), "march_in_place"), (hip, "seated_arm_swing")):
        ((items, _),) = Weeks(someone).fill("resistance", [20])
        assert items[0].exercise == warm_up


def test_seeds_change_the_choice_and_nothing_else_does(person: Person) -> None:
    def chosen(seed: int) -> list[list[str]]:
        return named(Weeks(person(), seed).fill("resistance", [20]))

    assert chosen(3) == chosen(3)
    assert len({tuple(chosen(seed)[0]) for seed in range(5)}) > 1
