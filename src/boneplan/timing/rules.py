"""The rules of guidelines/safety/timing.yaml as typed, checked values: what stands how far from what in a day."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal

from pydantic import Field

from boneplan.choices import Condition
from boneplan.profile_fields import Clock
from boneplan.profile_health import CalciumForm, Drug, SupplementNutrient
from boneplan.rows import Row, Sourced, shipped_rows

TIMING = "safety/timing.yaml"
HOUR = 60


class MealLength(Sourced):
    """How long a meal lasts."""

    minutes: int = Field(gt=0)


class WakingDay(Sourced):
    """The times of day that a supplement may move to when no meal will do."""

    from_: Clock = Field(alias="from")
    to: Clock
    step_minutes: int = Field(gt=0)


class TimingRule(Sourced):
    """A rule with an id; `said` is its text with its own figures in words.

    `told_by` is the gate that says as much to everybody whom the rule is for.
    """

    id: str = Field(pattern=r"^[a-z_]+$")
    text: str = Field(min_length=1)
    ask: str = ""
    told_by: str = ""

    @property
    def rule(self) -> str:
        """Its name in plans and messages, such as `safety/timing/levothyroxine_food`."""
        return f"safety/timing/{self.id}"

    @property
    def said(self) -> str:
        """The rule in a sentence, its minutes as hours where they are whole ones."""
        return self.text.format(**{name: _in_words(name, figure) for name, figure in self})


class Away(TimingRule):
    """What keeps away from a dose of a kind of medicine, in minutes; guidelines/safety/timing.yaml has each field."""

    medicines: tuple[str, ...] = Field(min_length=1)
    keeps_away: tuple[Literal["meal", "supplement"] | SupplementNutrient, ...] = Field(min_length=1)
    after: int = Field(ge=0)
    before: int = Field(default=0, ge=0)
    fasting: bool = False
    after_first_meal: bool = False
    before_breakfast: int | None = None
    advised: int | None = None
    tablet_months: int | None = None
    medicines_too: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def is_about(self, kinds: frozenset[str]) -> bool:
        """Whether a medicine of these kinds is one of its own."""
        return not kinds.isdisjoint(self.medicines)

    def keeps(self, what: str) -> bool:
        """Whether it is about "meal", or about a supplement of this nutrient."""
        return what in self.keeps_away or (what != "meal" and "supplement" in self.keeps_away)


class EmptyStomach(TimingRule):
    """How long before a dose no meal should stand."""

    medicines: tuple[str, ...]
    minutes: int


class CalciumRichMeals(TimingRule):
    """Meals above so much calcium, mg, less than `minutes` after a dose, or less than `before` before it."""

    medicines: tuple[str, ...]
    minutes: int
    before: int = 0
    above_mg: float


class CalciumRichFoods(TimingRule):
    """Foods from so much calcium on, mg in 100 g, in meals closer than so many minutes to a dose."""

    medicines: tuple[str, ...]
    minutes: int
    mg_per_100_g: float


class AwayFromCalcium(TimingRule):
    """Supplements that keep so many minutes away from calcium tablets and meals above so much calcium, mg."""

    nutrients: tuple[SupplementNutrient, ...]
    minutes: int
    above_mg: float


class WithMeal(TimingRule):
    """Supplements that are taken with a meal, by form and condition; with `wish` only where no time is given."""

    nutrients: tuple[SupplementNutrient, ...]
    unless_forms: tuple[CalciumForm, ...] = ()
    conditions: tuple[Condition, ...] = ()
    wish: bool = False


class SplitDose(TimingRule):
    """How far apart the parts of one supplement stand, and several products of one of the nutrients."""

    minutes: int
    nutrients: tuple[SupplementNutrient, ...] = ()


class AfterMeal(TimingRule):
    """Drugs that are taken after a meal, so many minutes after its beginning at the latest."""

    drugs: tuple[Drug, ...]
    minutes: int


class NoFastedTraining(TimingRule):
    """Medicines with which no session stands before the first meal of a day."""

    medicines: tuple[str, ...]


class Timing(Row):
    """guidelines/safety/timing.yaml."""

    meal: MealLength
    waking_day: WakingDay
    away: tuple[Away, ...]
    empty_stomach: tuple[EmptyStomach, ...]
    calcium_rich_meals: tuple[CalciumRichMeals, ...]
    calcium_rich_foods: tuple[CalciumRichFoods, ...]
    away_from_calcium: tuple[AwayFromCalcium, ...]
    with_meal: tuple[WithMeal, ...]
    split_dose: SplitDose
    after_meal: tuple[AfterMeal, ...]
    no_fasted_training: tuple[NoFastedTraining, ...]
    no_menu: TimingRule
    unknown_time: TimingRule


@cache
def timing_rules() -> Timing:
    """guidelines/safety/timing.yaml, checked."""
    return shipped_rows(Timing, TIMING)


def all_timing_rules() -> Iterator[TimingRule]:
    """Every rule that has an id, in the order of the file."""
    rules = timing_rules()
    yield from rules.away
    yield from rules.empty_stomach
    yield from rules.calcium_rich_meals
    yield from rules.calcium_rich_foods
    yield from rules.away_from_calcium
    yield from rules.with_meal
    yield rules.split_dose
    yield from rules.after_meal
    yield from rules.no_fasted_training
    yield rules.no_menu
    yield rules.unknown_time


def duration(minutes: int) -> str:
    """Minutes in words: "30 minutes", "4 hours"."""
    if minutes % HOUR:
        return f"{minutes} minutes"
    hours = minutes // HOUR
    return f"{hours} hour{'s' if hours > 1 else ''}"


def _in_words(name: str, figure: object) -> str:
    if name.endswith("_mg"):
        return f"{figure:g} mg"
    return duration(figure) if isinstance(figure, int) and not isinstance(figure, bool) else str(figure)
