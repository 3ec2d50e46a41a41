"""The plan document (schema boneplan.plan/1): what `plan.json` holds. Extend it; never rename a field."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue

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


def _in(unit: str) -> dict[str, JsonValue]:
    """The unit of a field, for its JSON Schema and its line in docs/PLAN.md."""
    return {"unit": unit}


_TIME = _in("HH:MM")
_KEYS = "nutrient to amount, in the unit of the nutrient"


class Notice(Document):
    """Something the person must know, with the rule and the source that say so."""

    level: Level = Field(description="`refuse` and `clearance` close a part; `warn` and `info` do not")
    rule: str = Field(description="the rule that says so, such as `safety/gates/levothyroxine`")
    text: str = Field(description="what to know or do")
    source: str = Field(default="", description="organisation, year and document")
    scope: Scope | None = Field(default=None, description="the part of the plan that it is about; null: unsaid")
    basis: Basis = Field(
        default="published",
        description="`published`: stands in the source. `consensus-unverified`: agreed practice, not checked at its "
        "source. `project`: boneplan's own. `rules`: the dietitian's",
    )
    ask: str = Field(default="", description="who can help with it, such as `oncologist`; may be empty")


class Target(Document):
    """One bound on a nutrient, with the rule that asks for it."""

    nutrient: str = Field(description="a key of the table of nutrients")
    unit: str = Field(description="the unit of `min` and `max`")
    period: Period = Field(
        description="`day`: each day. `week_mean`: the mean of each week's days. `meal`: each meal"
    )
    min: float | None = Field(
        default=None,
        description="the least; a target has this or `max`. For food and declared supplements together, of a meal "
        "for its food alone",
        json_schema_extra=_in("`unit`"),
    )
    max: float | None = Field(
        default=None,
        description="the most. Of calcium and vitamin D for food and declared supplements together, of all else for "
        "food alone",
        json_schema_extra=_in("`unit`"),
    )
    hard: bool = Field(
        description="true: kept in every plan. false: aimed at; a minimum that is missed becomes a gap"
    )
    rule: str = Field(description="`nutrition/<nutrient>/<rule>` of `guidelines/nutrition/<nutrient>.yaml`")
    source: str = Field(description="as in notices")
    basis: Basis = Field(default="published", description="as in notices")
    title: str = Field(default="", description="the rule in a few words")
    counted_above: float | None = Field(
        default=None,
        description="of a `meal` target: which share of what a meal holds above `max` the minima of the nutrient "
        "still count",
        json_schema_extra=_in("share, 0 to 1"),
    )
    weight: float = Field(
        default=1.0,
        description="how much a soft target counts against the others; 1 unless a rules file says otherwise",
    )
    meals: list[MealName] = Field(
        default=[], description="of a `meal` target: the meals that it is about; empty: all"
    )
    instead_of: str | None = Field(
        default=None,
        description="the rule of the guidelines whose place it takes, or null. A target that a rules file loosened "
        "or dropped is told in a notice",
    )


class Dated(Document):
    """Something that a calendar shows."""

    sequence: int = Field(default=0, ge=0, description="the plan's revision in which it last changed")
    modified: dt.datetime | None = Field(
        default=None, description="when that was; null: when the plan was made", json_schema_extra=_in("UTC")
    )


class Item(Document):
    """A portion of one food."""

    food: str = Field(description="the food's id in `foods/foods.csv`")
    fndds_code: int = Field(description="its code in FNDDS 2021-2023; 0 of an own food")
    name: str = Field(max_length=MAX_NAME, description="its name")
    grams: float = Field(gt=0, description="what `measure` weighs, exactly", json_schema_extra=_in("g"))
    measure: str = Field(max_length=MAX_MEASURE, description="the amount in a household measure: `1 ½ cups`")
    role: str = Field(
        default="", description="its part in the meal, such as `filling` ([foods/meals.yaml](../foods/meals.yaml))"
    )
    locked: bool = Field(
        default=False, description="true: no `swap`, `ban` or `add` moves it. Setting it is no new revision"
    )


class Meal(Dated):
    """One eating occasion. The meals of a day are in order of time."""

    meal: MealName = Field(description="which meal of the day")
    time: str = Field(
        description="from the profile, or later where a medicine needs the distance", json_schema_extra=_TIME
    )
    items: list[Item] = Field(description="its portions")
    title: str = Field(default="", description='the kind of meal, such as "Soup and bread"')
    pattern: str = Field(default="", description="its id, such as `lunch/soup`; empty in plans of earlier versions")
    swapped: list[str] = Field(
        default=[],
        description="ids of main foods that were swapped away from this meal; another swap brings them back only "
        "where nothing else does",
    )


class Day(Document):
    """One dated day of the menus."""

    date: dt.date = Field(description="the day")
    meals: list[Meal] = Field(description="its meals, in order of time")
    totals: dict[str, float] = Field(description=f"{_KEYS}: what that day's food brings, supplements not counted")


class SupplementTaken(Document):
    """A supplement that the profile declares, at one time of the day."""

    nutrient: str = Field(description="what it brings")
    amount: float = Field(description="what is taken at that time of every day", json_schema_extra=_in("`unit`"))
    unit: str = Field(description="the unit of the nutrient's target")
    declared: bool = Field(default=True, description="true: the profile names it; boneplan adds none")
    time: str | None = Field(
        default=None,
        description="null where no time keeps every rule, or there is no menu",
        json_schema_extra=_TIME,
    )
    form: str | None = Field(default=None, description="of calcium: `carbonate` or `citrate`, where given")
    name: str = Field(default="", description="the product, where given")


class Gap(Document):
    """A soft minimum that food and declared supplements together do not reach.

    Amounts are of the worst week (as the mean of its days), the worst day or the worst meal, by the `period` of the
    target: `target` = `food` + `supplements` + `missing`, where a meal counts no supplements.
    """

    nutrient: str = Field(description="a key of the table of nutrients")
    unit: str = Field(description="the unit of the amounts")
    target: float = Field(description="the least that is aimed at", json_schema_extra=_in("`unit`"))
    food: float = Field(description="what food brings", json_schema_extra=_in("`unit`"))
    supplements: float = Field(description="what declared supplements bring", json_schema_extra=_in("`unit`"))
    missing: float = Field(description="what is missing", json_schema_extra=_in("`unit`"))
    ask: str = Field(description="what to ask the clinician")
    period: Period = Field(default="week_mean", description="that of the target")
    meals: list[MealName] = Field(default=[], description="the meals that a target of a meal is about; empty: all")


class Solve(Document):
    """How the menu was found.

    After a change by `swap`, `add` or `ban`, `objective` is added up anew; `bound` stays where no rule changed, and
    is solved again where one did.
    """

    solver: str = Field(description="name and version")
    objective: float = Field(
        description="the cost of the menu as printed, all weeks added up ([MODEL.md](MODEL.md)); without a unit"
    )
    bound: float = Field(description="a cost that no menu under these rules falls below; without a unit")
    gap: float = Field(description="(`objective` - `bound`) / |`bound`|", json_schema_extra=_in("share"))
    seconds: float = Field(description="wall time of the search", json_schema_extra=_in("s"))
    status: str = Field(description="how the search ended, in words")


class FoodGroup(Document):
    """What one group of foods brings in one week. The groups of a week add up to the mean of its totals."""

    start: dt.date = Field(description="the first day of the week")
    group: str = Field(description="the group, by `foods/groups.yaml`")
    amounts: dict[str, float] = Field(description=f"{_KEYS}: the mean of the week's days")


class LeftOut(Document):
    """A rule of this person that keeps foods of the table off the menus."""

    rule: str = Field(description="the rule's id")
    text: str = Field(description="what it keeps out, in words")
    foods: int = Field(gt=0, description="how many foods of the table")
    meals: list[MealName] = Field(default=[], description="at which meals; empty: all")
    examples: list[str] = Field(default=[], description="the names of those that people eat most")


class Menu(Document):
    """The menus of every day, with the supplements counted, the gaps left, and what was left out for this person."""

    days: list[Day] = Field(default=[], description="one for each date")
    supplements: list[SupplementTaken] = Field(
        default=[], description="what the profile declares, an entry for each time of the day"
    )
    gaps: list[Gap] = Field(default=[], description="soft minima that are not reached")
    solve: Solve | None = Field(default=None, description="how the menus were found; null where there are none")
    groups: list[FoodGroup] = Field(default=[], description="what each group of foods brings in each week")
    left_out: list[LeftOut] = Field(default=[], description="the rules of this person that keep foods off the menus")


class Effort(Document):
    """How hard a session is."""

    rpe: float = Field(description="how hard it should feel", json_schema_extra=_in("RPE, 0 to 10"))
    met: float = Field(description="of its main exercises", json_schema_extra=_in("MET"))
    level: Intensity = Field(description="the level that these make")


class ExerciseItem(Document):
    """One exercise of a session with its dose. Unused parts of the dose are null."""

    exercise: str = Field(description="its id in `exercises/exercises.yaml`")
    name: str = Field(description="its name")
    sets: int | None = Field(
        default=None, description="how many sets; null where it goes by time", json_schema_extra=_in("count")
    )
    reps: int | None = Field(
        default=None,
        description="the repetitions of a set; null where it goes by time",
        json_schema_extra=_in("count"),
    )
    hold_s: int | None = Field(
        default=None, description="how long each repetition is held", json_schema_extra=_in("s")
    )
    minutes: float | None = Field(default=None, description="how long, rests included", json_schema_extra=_in("min"))
    load: str = Field(default="", description="how heavy, in words")
    load_percent: float | None = Field(
        default=None,
        description="of the load that the programme began with; null where no load can be chosen",
        json_schema_extra=_in("%"),
    )
    muscle_groups: list[str] = Field(
        default=[], description="of `legs`, `hips`, `back`, `chest`, `shoulders`, `arms`, `core`"
    )
    cues: list[str] = Field(default=[], description="how to do it")


class Session(Dated):
    """One training session of one kind."""

    id: str = Field(
        description="a UUID from `calendar`, the date, the kind and its number that day; the calendar's UID is made "
        "of it"
    )
    date: dt.date = Field(description="its day")
    start: str = Field(description="when it begins", json_schema_extra=_TIME)
    end: str = Field(description="when it ends", json_schema_extra=_TIME)
    kind: SessionKind = Field(description="a session has one")
    title: str = Field(description='such as "Brisk walk"')
    minutes: int = Field(description="from `start` to `end`", json_schema_extra=_in("min"))
    weight_bearing: bool = Field(description="whether its minutes are on the feet")
    intensity: Effort = Field(description="how hard it is")
    items: list[ExerciseItem] = Field(description="its exercises, in their order")
    stop_if: list[str] = Field(description="signs to stop at")


class TrainingWeek(Document):
    """What one week of the programme asks for, and the one thing that changed since the week before.

    The figures are what its sessions hold at most. A `lighter` week names the full dose, and its sessions hold less.
    Plans of earlier versions have no weeks.
    """

    start: dt.date = Field(description="its first day")
    number: int = Field(
        ge=1,
        description="counted from the first week of the person's programme, which may lie in an earlier plan",
        json_schema_extra=_in("count"),
    )
    changed: Change = Field(
        description="the one thing that rose: `minutes`, `repetitions`, `load`, `sets` or `impacts`; or `start`, "
        "`lighter`, `none`, `back`"
    )
    lighter: bool = Field(default=False, description="true in a lighter week")
    aerobic_minutes: int = Field(
        description="moderate minutes that the week brings at least; a vigorous minute counts as two",
        json_schema_extra=_in("min"),
    )
    sets: int = Field(
        description="of each strength exercise; fewer where the time is short", json_schema_extra=_in("count")
    )
    reps: int = Field(description="of each strength exercise", json_schema_extra=_in("count"))
    load_percent: float = Field(description="of the load that the programme began with", json_schema_extra=_in("%"))
    impacts: int = Field(description="of one impact session; 0 where there are none", json_schema_extra=_in("count"))
    osteogenic_index: float = Field(
        default=0.0,
        description="bone loading of the week ([MODEL.md](MODEL.md)); for comparing weeks, no forecast",
        json_schema_extra=_in("body weights"),
    )


class Busy(Document):
    """A stretch of a day that `--busy` took out; nothing says by what."""

    date: dt.date = Field(description="the day")
    start: str = Field(description="from when", json_schema_extra=_TIME)
    end: str = Field(description='until when; "23:59" is the end of the day', json_schema_extra=_TIME)


class ExerciseProgramme(Document):
    """All sessions of the plan, what each week asks for, and the times that were taken."""

    sessions: list[Session] = Field(default=[], description="in order of time")
    weeks: list[TrainingWeek] = Field(default=[], description="what each week of the programme asks for")
    busy: list[Busy] = Field(default=[], description="the times that were taken")
    avoid: list[str] = Field(default=[], description="ids of exercises left out because of pain that was recorded")
    last_resistance: dt.date | None = Field(
        default=None,
        description="the last resistance session of the plan before, where this one goes on from it",
    )


class Monitoring(Dated):
    """A check to ask for, or a dose that falls due: a reminder of what was prescribed."""

    due: dt.date = Field(description="the day")
    what: str = Field(description="the check or the dose")
    why: str = Field(description="the reason")
    rule: str = Field(description="the rule that asks for it")
    kind: Literal["check", "dose"] = Field(default="check", description="a check to ask for, or a dose")
    source: str = Field(default="", description="as in notices")
    basis: Basis = Field(default="published", description="as in notices")
    since: dt.date | None = Field(
        default=None,
        description="the day on which it was due, where that has passed: `due` is then the first day of the plan",
    )


class Taking(Document):
    """One thing to take: a declared supplement, or a medicine as prescribed.

    A medicine's dose is the prescriber's and stands nowhere.
    """

    what: str = Field(description="what is taken, in words")
    nutrient: str | None = Field(default=None, description="of a supplement")
    amount: float | None = Field(default=None, description="of a supplement", json_schema_extra=_in("`unit`"))
    unit: str | None = Field(default=None, description="the unit of `amount`")


class Intake(Dated):
    """What is taken at one time of one day, with what to keep to."""

    id: str = Field(description="a UUID; the calendar's UID is made of it")
    date: dt.date = Field(description="the day")
    time: str = Field(description="when", json_schema_extra=_TIME)
    items: list[Taking] = Field(description="what is taken")
    notes: list[str] = Field(default=[], description="what to keep to")
    rules: list[str] = Field(default=[], description="the rules that say so")


class Risk(Document):
    """The tier of fracture risk."""

    tier: Literal["low", "moderate", "high"] = Field(description="the tier")
    title: str = Field(description="the tier in words")
    because: list[str] = Field(default=[], description="why this one")
    changes: list[str] = Field(default=[], description="what the tier changes in the plan")
    ask: list[str] = Field(default=[], description="what to ask")
    rule: str = Field(description="the rule that says so")
    source: str = Field(description="as in notices")


class Removed(Document):
    """Something that an earlier revision had and this one has not: calendars are told once that it is cancelled."""

    of: Literal["session", "meal", "intake", "check"] = Field(description="what it was")
    id: str = Field(description="what its UID is made of")
    title: str = Field(description="what it was called")
    date: dt.date = Field(description="its day")
    start: str | None = Field(default=None, description="null: a whole day", json_schema_extra=_TIME)
    end: str | None = Field(default=None, description="null: a whole day", json_schema_extra=_TIME)
    sequence: int = Field(ge=1, description="the revision that removed it")
    modified: dt.datetime = Field(description="when that was", json_schema_extra=_in("UTC"))


class Clashing(Document):
    """One rule of a conflict. None of them can be left out of it."""

    rule: str = Field(description="the rule's id")
    text: str = Field(description="what it asks for")
    source: str = Field(default="", description="where it comes from")


class Relaxation(Document):
    """A change that was seen to end a conflict."""

    text: str = Field(description="the change, in words")
    rules: list[str] = Field(description="the rules that it moves")
    tried: Literal["weeks", "averages"] = Field(
        description="`weeks` where whole menus were solved with it, `averages` where only the week as a whole was"
    )


class Conflict(Document):
    """Why a part of the plan does not exist: the rules that clash, and the smallest changes that would do.

    A conflict of the exercise has `extra_time` as well: ways to gain the least time, each a list of `weekday`,
    `minutes` more, and all `windows` of that day as a profile would give them. `week` is the first day of the week
    that cannot be, where busy times make weeks differ.
    """

    part: Literal["menu", "exercise"] = Field(description="the part that does not exist")
    rules: list[str] = Field(description="those that cannot hold together")
    text: str = Field(description="the conflict in words")
    relaxations: list[str] = Field(default=[], description="changes that would do, in words")
    members: list[Clashing] = Field(default=[], description="what each of the `rules` is")
    changes: list[Relaxation] = Field(default=[], description="goes with `relaxations`, the smallest change first")


class Plan(Document):
    """The whole plan document."""

    model_config = ConfigDict(extra="allow", allow_inf_nan=False, populate_by_name=True)

    schema_: str = Field(default=SCHEMA, alias="schema", description=f"`{SCHEMA}`")
    id: str = Field(description="a UUID, the same for the same profile, start, weeks and seed")
    created: dt.datetime = Field(description="when it was made", json_schema_extra=_in("UTC"))
    boneplan: str = Field(description="the version that made it")
    seed: int = Field(description="as given with `--seed`")
    profile: dict[str, Any] = Field(
        description="the checked profile, all defaults filled in ([PROFILE.md](PROFILE.md))"
    )
    rules: dict[str, Any] = Field(
        default={}, description="the checked rules of `--rules` ([RULES.md](RULES.md)); empty without"
    )
    own_foods: list[dict[str, Any]] = Field(
        default=[],
        description="foods and recipes of the person's own, which are in no shipped table "
        "([OWN_FOODS.md](OWN_FOODS.md))",
    )
    start: dt.date = Field(description="its first day")
    weeks: int = Field(description="1 to 12")
    timezone: str = Field(description="IANA name")
    status: Status = Field(
        description="`ok`: every hard bound is kept and every minimum reached (a soft maximum that is passed stands "
        "in a notice). `gaps`: the same but for the soft minima in `menu.gaps`. `infeasible`: menu or exercise has "
        "no solution, see `conflicts`. `refused`: a gate keeps the menu shut, see `notices`. A part that is shut or "
        "infeasible is empty; the other part may be there"
    )
    notices: list[Notice] = Field(default=[], description="what the person must know")
    targets: list[Target] = Field(default=[], description="every bound on the menus, with its rule")
    menu: Menu = Field(default=Menu(), description="days, supplements, gaps, how it was solved")
    exercise: ExerciseProgramme = Field(
        default=ExerciseProgramme(), description="sessions, weeks, busy times, exercises to avoid"
    )
    intakes: list[Intake] = Field(default=[], description="supplements and tablets by date and time")
    monitoring: list[Monitoring] = Field(default=[], description="checks to ask for and doses that fall due")
    risk: Risk | None = Field(
        default=None, description="the tier of fracture risk; null in plans of earlier versions"
    )
    conflicts: list[Conflict] = Field(default=[], description="why a part of the plan does not exist")
    calendar: str = Field(
        default="",
        description="a UUID of the person's calendar: the same name, sex and birthday give the same. UIDs are made "
        "of it: what is on the same date in the same place has the same UID in every plan of that person",
    )
    revision: int = Field(
        default=0,
        ge=0,
        description="how often the plan was made anew in place of one that was in its folder",
        json_schema_extra=_in("count"),
    )
    removed: list[Removed] = Field(default=[], description="what the revision before had and this one has not")
