"""What stands in a session: a rotation through what the person may do, with its dose."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from boneplan.exercises import catalogue
from boneplan.profile import Profile
from boneplan.schedule.eligibility import eligible
from boneplan.schedule.fill import Filler

Person = Callable[..., Profile]
GROUPS = ["legs", "hips", "back", "chest", "shoulders", "arms", "core"]


def filler(profile: Profile, seed: int = 0) -> Filler:
    return Filler(profile, eligible(profile, catalogue()), seed)


def test_warm_up_and_cool_down_are_inside_the_minutes(person: Person) -> None:
    mine = filler(person())
    for _ in range(6):
        items, (main,) = mine.aerobic("aerobic", 30)
        assert sum(item.minutes or 0 for item in items) == 30
        assert items[len(items) // 2].exercise == main.id


def test_walks_and_other_activities_take_turns(person: Person) -> None:
    mine = filler(person())
    patterns = [mine.aerobic("aerobic", 30)[1][0].pattern for _ in range(6)]
    assert [pattern == "walking" for pattern in patterns] == [True, False, True, False, True, False]


@pytest.mark.parametrize(
    ("level", "minutes", "sets"), [("beginner", 20, 1), ("intermediate", 35, 2), ("advanced", 50, 3)]
)
def test_a_full_strength_session_trains_every_muscle_group(
    person: Person, level: str, minutes: int, sets: int
) -> None:
    items, main = filler(person(level=level)).resistance(minutes)
    assert [exercise.muscle_groups[0] for exercise in main] == GROUPS
    assert {item.sets for item in items if item.exercise in {e.id for e in main}} == {sets}


def test_two_short_strength_sessions_share_the_muscle_groups(person: Person) -> None:
    mine = filler(person())
    first, second = mine.resistance(15)[1], mine.resistance(15)[1]
    assert len(first) == len(second) == 5
    assert {e.muscle_groups[0] for e in (*first, *second)} == set(GROUPS)


def test_repetitions_stay_within_8_to_12(person: Person) -> None:
    mine = filler(person(t=0.2, level="advanced", equipment=["dumbbells", "machines", "mat", "chair"]))
    for _ in range(5):
        _, main = mine.resistance(50)
        assert len({e.id for e in main}) == len(main)
    reps = [item.reps for _ in range(5) for item in mine.resistance(50)[0] if item.reps]
    assert reps
    assert all(8 <= count <= 12 for count in reps)


def test_the_trained_get_loads_or_harder_movements(person: Person) -> None:
    profile = person(t=0.2, level="advanced", equipment=["dumbbells", "chair"])
    _, main = filler(profile).resistance(50)
    assert all(e.rank or "dumbbells" in e.equipment for e in main)


def test_balance_goes_from_standing_still_to_moving(person: Person) -> None:
    items, main = filler(person()).balance(15)
    assert [e.pattern == "static" for e in main] == [True, True, False]
    assert [item.minutes for item in items] == [5, 5, 5]


def test_impacts_add_up_to_the_persons_number(person: Person) -> None:
    items, _ = filler(person(level="advanced")).impact()
    assert sum((item.sets or 0) * (item.reps or 0) for item in items) == 50


def test_nothing_that_bends_or_twists_the_spine_is_chosen_for_anybody(person: Person) -> None:
    profile = person(t=0.5, level="advanced", equipment=["dumbbells", "machines", "mat", "chair"])
    mine = filler(profile)
    for _ in range(12):
        for item in (*mine.resistance(50)[0], *mine.aerobic("aerobic", 30)[0]):
            exercise = catalogue()[item.exercise]
            assert exercise.spine_flexion == exercise.spine_rotation == "none"


def test_seeds_change_the_choice_and_nothing_else_does(person: Person) -> None:
    def chosen(seed: int) -> list[str]:
        return [e.id for e in filler(person(), seed).resistance(20)[1]]

    assert chosen(3) == chosen(3)
    assert len({tuple(chosen(seed)) for seed in range(5)}) > 1
