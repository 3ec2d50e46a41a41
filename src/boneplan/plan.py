"""The plan document (schema boneplan.plan/1): what `plan.json` holds. Extend it; never rename a field."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

SCHEMA = "boneplan.plan/1"
MAX_NAME = 300  # characters of a food's name
MAX_MEASURE = 200  # characters of a household measure

MealName = Literal["breakfast", "lunch", "dinner", "snack"]
Period = Literal["day", "week_mean", "meal"]
Status = Literal["ok", "gaps", "infeasible", "refused"]
Level = Literal["refuse", "clearance", "warn", "info"]
SessionKind = Literal["aerobic", "resistance", "balance", "flexibility", "impact", "posture"]
Scope = Literal["plan", "menu", "exercise"]
Basis = Literal["published", "consensus-unverified", "project", "rules"]
Intensity = Literal["light", "moderate", "vigorous"]
Change = Literal["start", "minutes", "repetitions", "load", "sets", "impacts", "lighter", "none", "back"]


class Document(BaseModel):
    """Base of every part of the plan document: unknown fields are kept, so that later versions stay readable."""

    model_config = ConfigDict(extra="allow", allow_inf_nan=False)


class Notice(Document):
    """Something the person must know, with the rule and the source that say so; `scope` is the part it is about.

    `ask` names who can help with it.
    """

    level: Level
    rule: str
    text: str
    source: str = ""
    scope: Scope | None = None
    basis: Basis = "published"
    ask: str = ""


class Target(Document):
    """One resolved bound on a nutrient. `min` and `max` are in `unit`, per `period`.

    A bound on a meal may say, with `counted_above`, which share of what a meal holds above `max` still counts towards
    the nutrient's minima, and with `meals` which meals it is about (empty: all). `weight` is how much more than usual
    a soft target counts against the others. `instead_of` is the rule of the guidelines whose place it takes.
    """

    nutrient: str
    unit: str
    period: Period
    min: float | None = None
    max: float | None = None
    hard: bool
    rule: str
    source: str
    basis: Basis = "published"
    title: str = ""
    counted_above: float | None = None
    weight: float = 1.0
    meals: list[MealName] = []
    instead_of: str | None = None


class Dated(Document):
    """Something that a calendar shows. `sequence` is the plan's revision in which it last changed, at `modified`.

    Where `modified` is None it has not changed since the plan was made.
    """

    sequence: int = Field(default=0, ge=0)
    modified: dt.datetime | None = None


class Item(Document):
    """A portion of one food: `grams` is exactly what `measure` says in household terms.

    `role` is what it does in its meal, such as "filling"; `locked` is one that no later change of the plan moves.
    """

    food: str
    fndds_code: int
    name: str = Field(max_length=MAX_NAME)
    grams: float = Field(gt=0)
    measure: str = Field(max_length=MAX_MEASURE)
    role: str = ""
    locked: bool = False


class Meal(Dated):
    """One eating occasion. `time` is local, "HH:MM"; `title` says what kind of meal it is, `pattern` is its id.

    `swapped` are the ids of main foods that were swapped away here, which another swap does not bring back at once.
    """

    meal: MealName
    time: str
    items: list[Item]
    title: str = ""
    pattern: str = ""
    swapped: list[str] = []


class Day(Document):
    """One dated day of the menu. `totals` maps nutrient keys to amounts of food alone (no supplements)."""

    date: dt.date
    meals: list[Meal]
    totals: dict[str, float]


class SupplementTaken(Document):
    """A supplement the person declared, at one time of the day.

    `amount` is what is taken at that time of every day, in `unit` (the unit of the nutrient's target). `time` is
    local "HH:MM", or None where no time keeps every rule.
    """

    nutrient: str
    amount: float
    unit: str
    declared: bool = True
    time: str | None = None
    form: str | None = None
    name: str = ""


class Gap(Document):
    """What food and declared supplements together do not reach, and whom to ask.

    Amounts are those of the mean day of the worst week, or of the worst day or meal, by the `period` of the target;
    `meals` are those that a target of a meal is about (empty: all).
    """

    nutrient: str
    unit: str
    target: float
    food: float
    supplements: float
    missing: float
    ask: str
    period: Period = "week_mean"
    meals: list[MealName] = []


class Solve(Document):
    """How the menu was found. `gap` is (objective - bound) / |bound|, against the week's own lower bound."""

    solver: str
    objective: float
    bound: float
    gap: float
    seconds: float
    status: str


class FoodGroup(Document):
    """What one group of foods brings in the week that begins on `start`.

    `amounts` maps nutrient keys to the mean of the week's days; the groups of a week add up to that of its totals.
    """

    start: dt.date
    group: str
    amounts: dict[str, float]


class LeftOut(Document):
    """A rule of this person that keeps foods of the table off the menus: how many, at which meals (empty: all).

    `examples` are the names of those that people eat most.
    """

    rule: str
    text: str
    foods: int = Field(gt=0)
    meals: list[MealName] = []
    examples: list[str] = []


class Menu(Document):
    """The menus of every day, with the supplements counted, the gaps left, and what was left out for this person."""

    days: list[Day] = []
    supplements: list[SupplementTaken] = []
    gaps: list[Gap] = []
    solve: Solve | None = None
    groups: list[FoodGroup] = []
    left_out: list[LeftOut] = []


class Effort(Document):
    """How hard a session is: RPE on the 0-10 scale, MET, and the level these make."""

    rpe: float
    met: float
    level: Intensity


class ExerciseItem(Document):
    """One exercise of a session with its dose. Unused parts of the dose are None.

    `load_percent` is the load as a share of the one that the programme began with, in per cent.
    """

    exercise: str
    name: str
    sets: int | None = None
    reps: int | None = None
    hold_s: int | None = None
    minutes: float | None = None
    load: str = ""
    load_percent: float | None = None
    muscle_groups: list[str] = []
    cues: list[str] = []


class Session(Dated):
    """One training session of one kind; `start` and `end` are local "HH:MM" on `date`."""

    id: str
    date: dt.date
    start: str
    end: str
    kind: SessionKind
    title: str
    minutes: int
    weight_bearing: bool
    intensity: Effort
    items: list[ExerciseItem]
    stop_if: list[str]


class TrainingWeek(Document):
    """What one week of the programme asks for, and the one thing that changed since the week before.

    `number` counts from the first week of the person's programme, which may lie in an earlier plan. `aerobic_minutes`
    is the least a week brings, in moderate minutes; `impacts` are those of one session. A lighter week names the full
    dose, and its sessions hold less of it. `osteogenic_index` adds up the week's bone loading.
    """

    start: dt.date
    number: int = Field(ge=1)
    changed: Change
    lighter: bool = False
    aerobic_minutes: int
    sets: int
    reps: int
    load_percent: float
    impacts: int
    osteogenic_index: float = 0.0


class Busy(Document):
    """A stretch of a day that is taken, local "HH:MM" on `date`; nothing says by what."""

    date: dt.date
    start: str
    end: str


class ExerciseProgramme(Document):
    """All sessions of the plan, in order of time, what each week asks for, and the times that were taken.

    `avoid` are exercises left out because of what was recorded about them; `last_resistance` is the day of the last
    resistance session before the plan, where it goes on from another.
    """

    sessions: list[Session] = []
    weeks: list[TrainingWeek] = []
    busy: list[Busy] = []
    avoid: list[str] = []
    last_resistance: dt.date | None = None


class Monitoring(Dated):
    """A check to ask for, or a dose that was prescribed, and when.

    `since` is the day on which it was due, where that has passed: `due` is then the first day of the plan.
    """

    due: dt.date
    what: str
    why: str
    rule: str
    kind: Literal["check", "dose"] = "check"
    source: str = ""
    basis: Basis = "published"
    since: dt.date | None = None


class Taking(Document):
    """One thing to take: a declared supplement (`nutrient`, `amount` in `unit`) or a medicine as prescribed."""

    what: str
    nutrient: str | None = None
    amount: float | None = None
    unit: str | None = None


class Intake(Dated):
    """What is taken on `date` at `time` (local "HH:MM"), with what to keep to; doses are the prescriber's."""

    id: str
    date: dt.date
    time: str
    items: list[Taking]
    notes: list[str] = []
    rules: list[str] = []


class Risk(Document):
    """The tier of fracture risk: why, what it changes in the plan, and what to ask."""

    tier: Literal["low", "moderate", "high"]
    title: str
    because: list[str] = []
    changes: list[str] = []
    ask: list[str] = []
    rule: str
    source: str


class Removed(Document):
    """Something that an earlier revision had and this one has not: calendars are told once that it is cancelled.

    `id` is what its UID is made from. A whole day has no `start` and `end`.
    """

    of: Literal["session", "meal", "intake", "check"]
    id: str
    title: str
    date: dt.date
    start: str | None = None
    end: str | None = None
    sequence: int = Field(ge=1)
    modified: dt.datetime


class Clashing(Document):
    """One rule of a conflict: its id, what it says, and where it comes from."""

    rule: str
    text: str
    source: str = ""


class Relaxation(Document):
    """A change that was seen to end a conflict: in words, and the rules that it moves.

    `tried` says what was solved with it: whole weeks of menus, or the week's averages alone.
    """

    text: str
    rules: list[str]
    tried: Literal["weeks", "averages"]


class Conflict(Document):
    """Why a part of the plan does not exist: the rules that clash, and the smallest changes that would do.

    `members` tells of each of the `rules`; `changes` of each of the `relaxations`, the smallest first.
    """

    part: Literal["menu", "exercise"]
    rules: list[str]
    text: str
    relaxations: list[str] = []
    members: list[Clashing] = []
    changes: list[Relaxation] = []


class Plan(Document):
    """The whole plan document. `profile` is the validated profile as plain JSON, `rules` what a rules file added,
    `own_foods` the foods and recipes that came with the person and are in no shipped table.

    `calendar` identifies the person's calendar: what is on the same date in the same place has the same UID in every
    plan of that person. `revision` counts how often the plan was made anew in place of an earlier one.
    """

    model_config = ConfigDict(extra="allow", allow_inf_nan=False, populate_by_name=True)

    schema_: str = Field(default=SCHEMA, alias="schema")
    id: str
    created: dt.datetime
    boneplan: str
    seed: int
    profile: dict[str, Any]
    rules: dict[str, Any] = {}
    own_foods: list[dict[str, Any]] = []
    start: dt.date
    weeks: int
    timezone: str
    status: Status
    notices: list[Notice] = []
    targets: list[Target] = []
    menu: Menu = Menu()
    exercise: ExerciseProgramme = ExerciseProgramme()
    intakes: list[Intake] = []
    monitoring: list[Monitoring] = []
    risk: Risk | None = None
    conflicts: list[Conflict] = []
    calendar: str = ""
    revision: int = Field(default=0, ge=0)
    removed: list[Removed] = []
