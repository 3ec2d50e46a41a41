"""What each session of a week holds: exercises that the person may do, and how much of each."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

from boneplan.exercises import LEVELS, Exercise, MuscleGroup, catalogue
from boneplan.plan import ExerciseItem, TrainingWeek
from boneplan.profile import Profile
from boneplan.schedule.choice import Place, choose
from boneplan.schedule.doses import (
    LOADED,
    WeekDose,
    doses,
    exercises_that_fit,
    intensities,
    load_words,
    session_overhead,
)
from boneplan.schedule.loading import aerobic_index, bout_index
from boneplan.schedule.model import Slot
from boneplan.schedule.needs import (
    Needs,
    impact_options,
    is_bike_option,
    is_moderate_option,
    is_off_feet_option,
    is_vigorous_option,
)
from boneplan.schedule.progression import dose_of, progression

SUITS: dict[str, Callable[[Exercise], bool]] = {
    "aerobic": is_moderate_option,
    "vigorous": is_vigorous_option,
    "bike": is_bike_option,
    "off_feet": is_off_feet_option,
}
Filled = tuple[list[ExerciseItem], list[Exercise]]  # all items of a session, and the exercises it is about


class Filler:
    """Fills the weeks of a person one after another; what was done last week comes up less in the next.

    The same person, options, seed and weeks give the same sessions.
    """

    def __init__(self, profile: Profile, options: Sequence[Exercise], seed: int) -> None:
        self.profile, self.seed = profile, seed
        # Who may bend or twist under load still gains nothing by being told to: the choice is left to the person.
        self.options = [e for e in options if e.spine_flexion == "none" and e.spine_rotation == "none"]
        self._jumps = impact_options(profile, self.options)
        self._turns: dict[str, int] = {}
        self._last_week: frozenset[str] = frozenset()

    def week(self, slots: Sequence[Slot], training: TrainingWeek, needs: Needs) -> list[Filled]:
        """What each of `slots` holds in the week `training`, in their order."""
        dose = dose_of(training)
        places = {n: place for n, slot in enumerate(slots) if (place := self._place(slot, dose)) is not None}
        seed = f"{self.seed}/{training.number}"
        picked = choose(list(places.values()), catalogue(), self._last_week, seed)
        mains = dict(zip(places, picked, strict=True))
        self._last_week = frozenset(exercise.id for chosen in picked for exercise in chosen)
        filled, strength = [], 0
        for number, slot in enumerate(slots):
            kind = slot.bout.kind
            if kind == "aerobic":
                filled.append(self._aerobic(mains[number][0], slot.minutes))
            elif kind == "impact":
                filled.append(self._impact(mains[number], dose))
            elif kind == "resistance":
                filled.append(self._resistance(slot.minutes, needs, training, strength))
                strength += 1
            elif kind == "balance":
                filled.append(self._balance(slot.minutes, training))
            else:
                filled.append(self._posture(slot.minutes, training))
        return filled

    def _place(self, slot: Slot, dose: WeekDose) -> Place | None:
        kind = slot.bout.kind
        if kind == "aerobic":
            options = self._fitting([e for e in self.options if SUITS[slot.bout.name](e)], 1)
            share = doses().longest_share.value
            options = [e for e in options if slot.minutes <= share * (e.dose.minutes or 0)] or options
            return Place(slot.bout.name, 1, {e.id: aerobic_index(e, slot.minutes) for e in options})
        if kind == "impact":
            count = min(dose.impacts // doses().impacts.per_set, doses().impacts.exercises, len(self._jumps))
            options = self._fitting(self._jumps, count)
            return Place("impact", count, {e.id: bout_index(e, dose.impacts / count) for e in options})
        return None

    def _aerobic(self, main: Exercise, minutes: int) -> Filled:
        """Warm-up, one activity, cool-down; together `minutes`."""
        before, after = doses().warm_up, doses().cool_down
        if not main.weight_bearing and main.pattern != "cycling":
            return [_item(main, minutes=minutes)], [main]  # in water or on a machine the start itself is easy
        around = "cycling" if main.pattern == "cycling" else "aerobic"
        easy = getattr(before, around)
        if main.id == easy or all(e.id != easy for e in self.options):
            return [_item(main, minutes=minutes)], [main]
        items = [
            _item(catalogue()[easy], minutes=before.minutes, load=doses().load["warm_up"]),
            _item(main, minutes=minutes - session_overhead()),
            _item(catalogue()[getattr(after, around)], minutes=after.minutes, load=doses().load["cool_down"]),
        ]
        return items, [main]

    def _resistance(self, minutes: int, needs: Needs, training: TrainingWeek, count_before: int) -> Filled:
        """A warm-up, one exercise for each muscle group, a stretch.

        Groups that do not fit come first in the week's next session. The exercises stay the same until the next
        lighter week, so that repetitions and load can rise.
        """
        dose, groups = dose_of(training), needs.groups
        sets = dose.sets
        while sets > 1 and exercises_that_fit(minutes, sets) < len(groups):
            sets -= 1
        count = min(len(groups), exercises_that_fit(minutes, sets))
        begin = count_before * count if count < len(groups) else 0
        block = training.number // progression().lighter_week.of(self.profile.exercise.level)
        turn = block * needs.resistance_wanted + count_before
        chosen = [self._for_group(groups[(begin + i) % len(groups)], turn) for i in range(count)]
        before, after = doses().warm_up, doses().cool_down
        stretches = self._next("stretch", [e for e in self.options if e.pattern == "stretch"], 1, training)
        warm_up = [e for name in before.resistance for e in self.options if e.id == name][:1]
        items = [_item(e, minutes=before.minutes, load=doses().load["warm_up"]) for e in warm_up]
        for exercise in chosen:
            loaded = bool(LOADED.intersection(exercise.equipment)) and exercise.dose.hold_s is None
            items.append(
                _item(
                    exercise,
                    sets=sets,
                    reps=None if exercise.dose.reps is None else dose.reps,
                    hold_s=exercise.dose.hold_s,
                    load=load_words(self.profile, exercise, dose),
                    load_percent=dose.load_percent if loaded else None,
                )
            )
        for stretch in stretches:
            hold = stretch.dose.hold_s
            items.append(_item(stretch, minutes=after.minutes, hold_s=hold, load=doses().load["cool_down"]))
        return items, chosen

    def _balance(self, minutes: int, training: TrainingWeek) -> Filled:
        """Still and moving balance exercises in turn, an equal share of `minutes` each."""
        amount = doses().minutes_per_balance_exercise
        count = max(1, min(amount.most, int(minutes // amount.value)))
        options = [e for e in self.options if e.kind == "balance"]
        half = doses().still_balance.of(count)
        still = self._next("still", [e for e in options if e.pattern == "static"], half, training)
        moving = self._next("moving", [e for e in options if e.pattern != "static"], count - len(still), training)
        return self._timed([*still, *moving], minutes)

    def _posture(self, minutes: int, training: TrainingWeek) -> Filled:
        """Back-extensor and shoulder-blade work, an equal share of `minutes` each."""
        amount = doses().minutes_per_posture_exercise
        count = max(1, min(amount.most, int(minutes // amount.value)))
        options = [e for e in self.options if e.kind == "posture"]
        return self._timed(self._next("posture", options, count, training), minutes)

    def _impact(self, chosen: list[Exercise], dose: WeekDose) -> Filled:
        """Sets of impacts over the chosen exercises, together those of the dose."""
        size = doses().impacts.per_set
        sets = dose.impacts // size
        shares = [sets // len(chosen) + (i < sets % len(chosen)) for i in range(len(chosen))]
        return [_item(e, sets=n, reps=size) for e, n in zip(chosen, shares, strict=True)], chosen

    def _timed(self, chosen: list[Exercise], minutes: int) -> Filled:
        share = round(minutes / len(chosen), 1)
        items = [_item(e, sets=e.dose.sets, reps=e.dose.reps, hold_s=e.dose.hold_s, minutes=share) for e in chosen]
        return items, chosen

    def _for_group(self, group: MuscleGroup, turn: int) -> Exercise:
        options = [e for e in self.options if e.kind == "resistance" and e.muscle_groups[0] == group]
        if self.profile.exercise.level != LEVELS[0]:
            # Beyond the beginning a muscle needs a load that can rise, or a harder movement.
            options = [e for e in options if e.rank or LOADED.intersection(e.equipment)] or options
        order = self._shuffled(f"resistance {group}", self._fitting(options, 1))
        return order[turn % len(order)]

    def _next(self, key: str, options: Iterable[Exercise], count: int, training: TrainingWeek) -> list[Exercise]:
        """The next `count` exercises of a rotation; a plan that goes on from an earlier one begins further on."""
        order = self._shuffled(key, self._fitting(list(options), count))
        count = min(count, len(order))
        begin = self._turns.get(key, training.number - 1)
        self._turns[key] = begin + count
        return [order[(begin + i) % len(order)] for i in range(count)]

    def _shuffled(self, key: str, options: Iterable[Exercise]) -> list[Exercise]:
        order = sorted(options, key=lambda e: e.id)
        random.Random(f"{self.seed}/{key}").shuffle(order)
        return order

    def _fitting(self, options: list[Exercise], count: int) -> list[Exercise]:
        """Those that suit the person's effort, or all where they are fewer than `count`."""
        allowed = intensities().rpe[self.profile.exercise.level]
        fitting = [e for e in options if allowed.low <= e.dose.rpe <= allowed.high]
        return fitting if len(fitting) >= count else options


def _item(
    exercise: Exercise,
    *,
    sets: int | None = None,
    reps: int | None = None,
    hold_s: int | None = None,
    minutes: float | None = None,
    load: str = "",
    load_percent: float | None = None,
) -> ExerciseItem:
    return ExerciseItem(
        exercise=exercise.id,
        name=exercise.name,
        sets=sets,
        reps=reps,
        hold_s=hold_s,
        minutes=minutes,
        load=load,
        load_percent=load_percent,
        muscle_groups=list(exercise.muscle_groups),
        cues=list(exercise.cues),
    )
