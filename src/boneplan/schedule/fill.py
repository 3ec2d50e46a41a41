"""Which exercises a session holds, and how much of each: a rotation by seed through what a person may do."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

from boneplan.exercises import LEVELS, Exercise, MuscleGroup, catalogue
from boneplan.plan import ExerciseItem
from boneplan.profile import Profile
from boneplan.schedule.doses import (
    LOADED,
    doses,
    exercises_that_fit,
    impact_sets,
    intensities,
    load_words,
    session_overhead,
    sets_for,
)
from boneplan.schedule.needs import is_bike_option, is_moderate_option, is_vigorous_option, week

SUITS: dict[str, Callable[[Exercise], bool]] = {
    "aerobic": is_moderate_option,
    "vigorous": is_vigorous_option,
    "bike": is_bike_option,
}
Filled = tuple[list[ExerciseItem], list[Exercise]]  # all items of a session, and the exercises it is about


class Filler:
    """Fills one session after another for a person; each kind goes on in its rotation where it last stopped.

    The same person, options and seed give the same choices in the same order of calls.
    """

    def __init__(self, profile: Profile, options: Sequence[Exercise], seed: int) -> None:
        self.profile, self.seed = profile, seed
        # Who may bend or twist under load still gains nothing by being told to: the choice is left to the person.
        self.options = [e for e in options if e.spine_flexion == "none" and e.spine_rotation == "none"]
        self._turns: dict[str, int] = {}

    def aerobic(self, bout: str, minutes: int) -> Filled:
        """Warm-up, one activity, cool-down; together `minutes`. `bout` is aerobic, vigorous or bike."""
        options = [e for e in self.options if SUITS[bout](e)]
        share = doses().longest_share.value
        options = [e for e in options if minutes <= share * (e.dose.minutes or 0)] or options
        if bout == "aerobic":
            # Every second session is a walk, which everybody can do anywhere.
            walks = self._turn("walk or not") % 2 == 0
            options = [e for e in options if (e.pattern == "walking") == walks] or options
            bout = f"aerobic {'walk' if walks else 'other'}"
        (main,) = self._next(bout, options, 1)
        before, after = doses().warm_up, doses().cool_down
        around = "cycling" if main.pattern == "cycling" else "aerobic"
        if main.id == getattr(before, around):
            return [_item(main, minutes=minutes)], [main]
        items = [
            _item(catalogue()[getattr(before, around)], minutes=before.minutes, load=doses().load["warm_up"]),
            _item(main, minutes=minutes - session_overhead()),
            _item(catalogue()[getattr(after, around)], minutes=after.minutes, load=doses().load["cool_down"]),
        ]
        return items, [main]

    def resistance(self, minutes: int) -> Filled:
        """A warm-up, one exercise for each muscle group, a stretch; groups that do not fit come first next time."""
        groups = week().muscle_groups.groups
        sets = sets_for(self.profile)
        while sets > 1 and exercises_that_fit(minutes, sets) < len(groups):
            sets -= 1
        count = min(len(groups), exercises_that_fit(minutes, sets))
        begin = self._turn("muscle groups", count)
        chosen = [self._for_group(groups[(begin + i) % len(groups)]) for i in range(count)]
        before, after = doses().warm_up, doses().cool_down
        (stretch,) = self._next("stretch", [e for e in self.options if e.pattern == "stretch"], 1)
        items = [_item(catalogue()[before.resistance], minutes=before.minutes, load=doses().load["warm_up"])]
        for exercise in chosen:
            reps = _within(exercise.dose.reps, doses().reps.low, doses().reps.high)
            load = load_words(self.profile, exercise, reps)
            items.append(_item(exercise, sets=sets, reps=reps, hold_s=exercise.dose.hold_s, load=load))
        hold = stretch.dose.hold_s
        items.append(_item(stretch, minutes=after.minutes, hold_s=hold, load=doses().load["cool_down"]))
        return items, chosen

    def balance(self, minutes: int) -> Filled:
        """Still and moving balance exercises in turn, an equal share of `minutes` each."""
        amount = doses().minutes_per_balance_exercise
        count = max(1, min(amount.most, int(minutes // amount.value)))
        options = [e for e in self.options if e.kind == "balance"]
        still = self._next("still", [e for e in options if e.pattern == "static"], (count + 1) // 2)
        moving = self._next("moving", [e for e in options if e.pattern != "static"], count - len(still))
        return self._timed([*still, *moving], minutes)

    def posture(self, minutes: int) -> Filled:
        """Back-extensor and shoulder-blade work, an equal share of `minutes` each."""
        amount = doses().minutes_per_posture_exercise
        count = max(1, min(amount.most, int(minutes // amount.value)))
        options = [e for e in self.options if e.kind == "posture"]
        return self._timed(self._next("posture", options, count), minutes)

    def impact(self) -> Filled:
        """Sets of impacts over one or two exercises, together the person's number of impacts."""
        size, sets = doses().impacts.per_set, impact_sets(self.profile)
        options = [e for e in self.options if e.kind == "impact"]
        chosen = self._next("impact", options, min(sets, doses().impacts.exercises))
        shares = [sets // len(chosen) + (i < sets % len(chosen)) for i in range(len(chosen))]
        return [_item(e, sets=n, reps=size) for e, n in zip(chosen, shares, strict=True)], chosen

    def _timed(self, chosen: list[Exercise], minutes: int) -> Filled:
        share = round(minutes / len(chosen), 1)
        items = [_item(e, sets=e.dose.sets, reps=e.dose.reps, hold_s=e.dose.hold_s, minutes=share) for e in chosen]
        return items, chosen

    def _for_group(self, group: MuscleGroup) -> Exercise:
        options = [e for e in self.options if e.kind == "resistance" and e.muscle_groups[0] == group]
        if self.profile.exercise.level != LEVELS[0]:
            # Beyond the beginning a muscle needs a load that can rise, or a harder movement.
            options = [e for e in options if e.rank or LOADED.intersection(e.equipment)] or options
        return self._next(f"resistance {group}", options, 1)[0]

    def _next(self, key: str, options: Iterable[Exercise], count: int) -> list[Exercise]:
        """The next `count` exercises of a rotation through those that suit the person's effort, or through all."""
        order = sorted(options, key=lambda e: e.id)
        random.Random(f"{self.seed}/{key}").shuffle(order)
        allowed = intensities().rpe[self.profile.exercise.level]
        fitting = [e for e in order if allowed.low <= e.dose.rpe <= allowed.high]
        order = fitting if len(fitting) >= count else order
        count = min(count, len(order))
        begin = self._turn(key, count)
        return [order[(begin + i) % len(order)] for i in range(count)]

    def _turn(self, key: str, count: int = 1) -> int:
        turn = self._turns.get(key, 0)
        self._turns[key] = turn + count
        return turn


def _item(
    exercise: Exercise,
    *,
    sets: int | None = None,
    reps: int | None = None,
    hold_s: int | None = None,
    minutes: float | None = None,
    load: str = "",
) -> ExerciseItem:
    return ExerciseItem(
        exercise=exercise.id,
        name=exercise.name,
        sets=sets,
        reps=reps,
        hold_s=hold_s,
        minutes=minutes,
        load=load,
        muscle_groups=list(exercise.muscle_groups),
    )


def _within(reps: int | None, low: int, high: int) -> int | None:
    return None if reps is None else min(max(reps, low), high)
