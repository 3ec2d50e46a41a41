"""Generated people: profiles as the plain values of a YAML file, the day each begins on, and what else they bring.

Most of them can be given a week of exercise, some are refused and some have too little time, so that a property over
`people()` sees all three. Medicines, supplements, ages and weights stand often at the thresholds of guidelines/.
`profiles()` alone is for tests that need no dates.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, get_args
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from boneplan.applies import medicine_classes
from boneplan.choices import Allergen, Condition, Equipment, Intolerance, Pattern, Place, Policy
from boneplan.plan import Busy
from boneplan.profile import Profile
from boneplan.profile_health import Checks, Drug, FractureSite, LesionSite, RiskFactor, Weekday
from boneplan.profile_reader import check_profile

FIRST_START, LAST_START = dt.date(2024, 1, 1), dt.date(2030, 12, 31)
TODAY = LAST_START + dt.timedelta(weeks=12)  # the day that no date of a generated profile may pass
DAYS = 28  # of the weeks that busy times are made for
LAST_MINUTE = 24 * 60 - 1

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
EQUIPMENT: tuple[Equipment, ...] = get_args(Equipment)
# Conditions that a rule of exercise asks about and that leave a plan; those that close exercise come rarely.
TRAINABLE: tuple[Condition, ...] = ("joint_pain", "fall_risk", "neuropathy", "lymphoedema")
OTHERS: tuple[Condition, ...] = (
    "diabetes", "kidney_stones", "coeliac", "high_cholesterol", "ckd_3a", "malabsorption", "jaw_pain",
    "heart_attack_or_stroke", "premenopausal", "ovarian_suppression", "osteopenia", "osteoporosis",
)  # fmt: skip
NEED_CLEARANCE: tuple[Condition, ...] = (
    "bone_metastases", "recent_fracture", "acute_back_pain", "lymphoedema_flare", "heart_disease", "height_loss",
    "thigh_pain", "recent_surgery", "chemotherapy",
)  # fmt: skip
WITHOUT_MENU: tuple[Condition, ...] = (
    "ckd_3b", "ckd_4", "ckd_5", "dialysis", "kidney_transplant", "hypercalcaemia", "hyperparathyroidism",
    "hypercalciuria", "sarcoidosis", "hypocalcaemia", "high_potassium", "weight_loss", "dysphagia", "gastroparesis",
    "bariatric_surgery",
)  # fmt: skip
REFUSED: tuple[Condition, ...] = (
    "pregnancy", "breast_feeding", "trying_for_pregnancy", "eating_disorder", "spinal_cord_signs",
)  # fmt: skip
# The thresholds of the T-score classes and their neighbours, then anything.
T_SCORES = (-8.0, -4.0, -2.6, -2.5, -2.4, -1.1, -1.0, -0.9, 0.0, 5.0)
AGES = (18, 50, 51, 66, 71)  # at which a reference intake or a risk changes
BODY_MASS = (18.4, 18.5, 19.9, 20.0, 39.9, 40.0)
# Amounts of a supplement about the limits of guidelines/, in the unit given.
AMOUNTS: dict[str, tuple[str, tuple[float, ...]]] = {
    "calcium": ("mg", (0, 200, 500, 501, 1000, 1200, 2000, 2001, 2501)),
    "vitamin_d": ("IU", (0, 400, 1000, 2000, 2001, 4000, 4001)),
    "vitamin_k": ("ug", (0, 45, 100)),
    "vitamin_b12": ("ug", (0, 10, 1000)),
    "vitamin_a": ("ug", (800, 1500, 1501, 3000, 3001)),
    "magnesium": ("mg", (100, 350, 351)),
    "potassium": ("mg", (0, 99)),
    "iron": ("mg", (14, 45, 46)),
    "zinc": ("mg", (10, 40, 41)),
    "protein": ("g", (20,)),
    "fibre": ("g", (5,)),
}
PRODUCTS = (
    "red clover",
    "black cohosh",
    "soy isoflavones",
    "St John's wort",
    "curcumin",
    "multivitamin",
    "cod liver oil",
)
# Daylight saving of an hour and of half an hour, abolished, upside down, paused for Ramadan; offsets of half an hour.
ZONES = (
    "America/New_York", "Europe/Berlin", "Europe/Dublin", "Australia/Lord_Howe", "Africa/Casablanca",
    "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Apia", "Pacific/Auckland", "America/Santiago", "Africa/Cairo",
    "UTC",
)  # fmt: skip

Going = Literal["on", "same", "back"]


@dataclass(frozen=True)
class Behind:
    """Weeks already trained before the plan, in short: how each went on, and what goes on from there.

    `trained_yesterday`: the day before the plan was a resistance day. `avoid` are exercises to leave out.
    """

    weeks: tuple[Going, ...]
    trained_yesterday: bool
    avoid: frozenset[str]


@dataclass(frozen=True)
class Someone:
    """A person with a start: `profile` as a YAML file would hold it, `busy` within the `DAYS` days from `start`."""

    profile: dict[str, Any]
    start: dt.date
    seed: int
    busy: tuple[Busy, ...] = ()
    behind: Behind | None = None

    def checked(self, **conditions: Any) -> Profile:
        """The profile as the planner takes it, with other values for the keys given."""
        return check_profile({**self.profile, **conditions}, "generated", TODAY)


def one_in(count: int) -> SearchStrategy[bool]:
    """True once in `count` times; false where a failure is made simpler."""
    return st.integers(1, count).map(lambda drawn: drawn == count)


def subsets(words: tuple[Any, ...], most: int | None = None) -> SearchStrategy[list[Any]]:
    """Some of the words, each once."""
    return st.lists(st.sampled_from(words), unique=True, max_size=most)


# --- bones and conditions ---


def t_scores() -> SearchStrategy[dict[str, float]]:
    """No scan, or T-scores of one to three sites, often at a threshold."""
    score = st.sampled_from(T_SCORES) | st.integers(-45, 15).map(lambda tenths: tenths / 10)
    sites = st.fixed_dictionaries({}, optional=dict.fromkeys(("lumbar_spine", "total_hip", "femoral_neck"), score))
    return st.one_of(st.fixed_dictionaries({"lumbar_spine": score}), sites)


def fractures() -> SearchStrategy[list[dict[str, Any]]]:
    """None for most people, else up to three of any bone."""
    one = st.fixed_dictionaries(
        {
            "site": st.sampled_from(get_args(FractureSite)),
            "year": st.integers(2000, 2024),
            "fragility": st.booleans(),
        }
    )
    return st.one_of(st.just([]), st.lists(one, max_size=3))


@st.composite
def conditions(draw: DrawFn) -> list[str]:
    """Conditions that change the exercises for many, those that need clearance for some, refusals for few."""
    found = [*draw(subsets(TRAINABLE, 3)), *draw(subsets(OTHERS, 1))]
    if draw(one_in(5)):
        found += draw(st.lists(st.sampled_from(NEED_CLEARANCE), min_size=1, max_size=2, unique=True))
    if draw(one_in(12)):
        found.append(draw(st.sampled_from(WITHOUT_MENU)))
    if draw(one_in(40)):
        found.append(draw(st.sampled_from(REFUSED)))
    return found


@st.composite
def clearances(draw: DrawFn, start: dt.date) -> list[dict[str, Any]]:
    """Consents that hold for most of those who need one: the right part, in time and not too old."""
    if draw(one_in(3)):
        return []
    part = draw(st.sampled_from(["exercise", "exercise", "exercise", "plan", "menu"]))
    days = draw(st.sampled_from([30, 300, 0, 365, 366, 800, -7]))
    return [{"for": part, "by": "oncologist", "on": str(start - dt.timedelta(days=days))}]


def days_before(start: dt.date, most: int = 1000) -> SearchStrategy[str]:
    """A day up to `most` days before the start, often about a year or two, or half a year."""
    days = st.sampled_from([1, 150, 183, 184, 240, 365, 366, 730, 731]) | st.integers(1, most)
    return days.map(lambda ago: str(start - dt.timedelta(days=ago)))


# --- medicines and supplements ---


@st.composite
def medications(draw: DrawFn, start: dt.date) -> list[dict[str, Any]]:
    """None for many, else one to four of any kind, most with a time, some weekly or every few months."""
    found = []
    kinds = st.sampled_from(sorted(medicine_classes()))
    for kind in draw(st.one_of(st.just([]), st.lists(kinds, min_size=1, max_size=4, unique=True))):
        name = draw(st.sampled_from(medicine_classes()[kind].names))
        taken: dict[str, Any] = {"name": draw(st.sampled_from([name, f"{name.title()} 5 mg"]))}
        if not draw(one_in(4)):
            taken["time"] = clock(draw(st.integers(5 * 12, 23 * 12)) * 5)
        rhythm = draw(st.sampled_from(["daily", "daily", "weekly", "months"]))
        if rhythm == "weekly":
            taken["weekday"] = draw(st.sampled_from(WEEKDAYS))
        elif rhythm == "months":
            taken |= {"last": draw(days_before(start)), "every_months": draw(st.sampled_from([1, 3, 6, 12]))}
        found.append(taken)
    return found


@st.composite
def supplements(draw: DrawFn) -> list[dict[str, Any]]:
    """None for many, else up to three: amounts about a limit, by name, at once or in parts, at a meal or a time."""
    found = []
    times = st.sampled_from(["breakfast", "lunch", "snack", "dinner", "06:30", "10:30", "21:45"])
    for nutrient in draw(st.one_of(st.just([]), st.lists(st.sampled_from(sorted(AMOUNTS)), max_size=3))):
        unit, amounts = AMOUNTS[nutrient]
        taken: dict[str, Any] = {"nutrient": nutrient, "amount": draw(st.sampled_from(amounts)), "unit": unit}
        if nutrient == "calcium":
            taken["form"] = draw(st.sampled_from([None, "carbonate", "citrate"]))
        which = draw(st.sampled_from(["no time", "time", "times"]))
        if which == "time":
            taken["time"] = draw(times)
        elif which == "times":
            taken["times"] = draw(st.lists(times, min_size=1, max_size=3, unique=True))
        found.append(taken)
    if draw(one_in(5)):
        found.append({"name": draw(st.sampled_from(PRODUCTS))})
    return found


@st.composite
def diets(draw: DrawFn, medicines: list[dict[str, Any]]) -> dict[str, Any]:
    """Any pattern and policy; an agreed vitamin K for nearly all who need one, and for few others."""
    antagonists = medicine_classes()["vitamin_k_antagonist"].names
    needed = any(name in taken["name"].lower() for taken in medicines for name in antagonists)
    agreed = draw(one_in(6)) != needed
    return {
        "pattern": draw(st.sampled_from(("omnivore", "omnivore", *get_args(Pattern)))),
        "allergies": draw(st.one_of(st.just([]), subsets(get_args(Allergen), 2))),
        "intolerances": draw(st.one_of(st.just([]), subsets(get_args(Intolerance)))),
        "phytoestrogens": draw(st.sampled_from(get_args(Policy))),
        "vitamin_k_agreed": draw(st.sampled_from([40, 89.9, 90, 95, 150, 250])) if agreed else None,
    }


# --- times ---


def clock(minutes: int) -> str:
    """Minutes after midnight as "HH:MM"; the end of the day as 23:59."""
    return "{:02d}:{:02d}".format(*divmod(min(minutes, LAST_MINUTE), 60))


@st.composite
def windows(draw: DrawFn, earliest: int, latest: int, shortest: int, longest: int, most: int = 1) -> list[str]:
    """One to `most` stretches of a day between two hours, each of so many minutes; some off the 5-minute grid."""
    step = draw(st.sampled_from([5, 5, 5, 1]))
    stretches: list[str] = []
    free_from = earliest * 60
    for _ in range(draw(st.integers(1, most))):
        pause = draw(st.integers(0, max(0, (latest * 60 - free_from) // most // step))) * step
        length = draw(st.integers(shortest // step, longest // step)) * step
        begin, end = free_from + pause, min(free_from + pause + length, latest * 60, LAST_MINUTE)
        if end - begin < min(shortest, 10):
            break
        stretches.append(f"{clock(begin)}-{clock(end)}")
        free_from = end
    return stretches


def on_days(times: SearchStrategy[list[str]], least: int, most: int = 7) -> SearchStrategy[dict[str, list[str]]]:
    """The same kind of times on `least` to `most` weekdays."""
    return st.dictionaries(st.sampled_from(WEEKDAYS), times, min_size=least, max_size=most)


AVAILABILITY: dict[str, SearchStrategy[dict[str, list[str]] | None]] = {
    "the usual times": st.none(),
    "generous": on_days(windows(6, 21, 60, 180, 2), 5),
    "daily": on_days(windows(6, 22, 45, 90), 7),
    "tight": on_days(windows(6, 22, 25, 70), 3, 6),
    "crumbs": on_days(windows(6, 22, 10, 25, 6), 4),
    "lunch breaks and evenings": on_days(windows(11, 22, 20, 45, 3), 5),
    "long days": on_days(windows(0, 24, 240, 1400), 2, 4),
    "nights": on_days(windows(0, 6, 60, 240, 2), 4),
    "late": on_days(windows(20, 24, 60, 239), 4),
    "anything": on_days(st.one_of(st.just([]), windows(0, 24, 5, 300, 4)), 0),
}


@st.composite
def meals(draw: DrawFn) -> dict[str, str | None]:
    """Meal times in the order of the day, early and late ones, with or without a snack."""
    hours = {"breakfast": (5, 9), "lunch": (11, 13), "dinner": (17, 20)}
    found: dict[str, str | None] = {
        meal: clock(draw(st.integers(a * 4, b * 4)) * 15) for meal, (a, b) in hours.items()
    }
    return {**found, "snack": draw(st.sampled_from(["15:30", "10:05", "21:55", None]))}


# --- the whole person ---


@st.composite
def wishes(draw: DrawFn, given: list[dict[str, Any]]) -> dict[str, Any]:
    """Level, equipment, places and times, with the consents `given`."""
    equipment = draw(st.one_of(subsets(EQUIPMENT), st.sampled_from([[], ["chair"], list(EQUIPMENT)])))
    times = draw(st.sampled_from(sorted(AVAILABILITY)))
    return {
        "level": draw(st.sampled_from(["beginner", "intermediate", "advanced"])),
        "equipment": equipment,
        "places": draw(st.one_of(st.none(), st.lists(st.sampled_from(get_args(Place)), min_size=1, unique=True))),
        "clearance": given,
        "availability": draw(AVAILABILITY[times]),
    }


@st.composite
def births(draw: DrawFn, start: dt.date) -> dt.date:
    """A day of birth: some turn one of `AGES` about the start, few are children."""
    if draw(one_in(40)):
        return dt.date(2014, 2, 28)
    if draw(one_in(6)):
        first = start.replace(day=min(start.day, 28))
        return first.replace(year=start.year - draw(st.sampled_from(AGES))) + dt.timedelta(
            days=draw(st.integers(-1, 3))
        )
    return dt.date(draw(st.integers(1936, 1990)), 2, 28)


@st.composite
def sizes(draw: DrawFn) -> tuple[int, float]:
    """Height in cm and weight in kg; some have a body mass index at one of `BODY_MASS`."""
    height = draw(st.integers(148, 190))
    if draw(one_in(6)):
        return height, round(draw(st.sampled_from(BODY_MASS)) * (height / 100) ** 2, 3)
    return height, draw(st.integers(45, 130))


@st.composite
def profiles(draw: DrawFn, zone: str = "UTC", start: dt.date = FIRST_START) -> dict[str, Any]:
    """A person as the plain values of a YAML file, as on the day `start` in the time zone `zone`."""
    known = draw(conditions())
    lesions = draw(subsets(get_args(LesionSite), 2)) if "bone_metastases" in known else []
    born = draw(births(start))
    height, weight = draw(sizes())
    consents, beside = draw(clearances(start)), draw(st.booleans())
    medicines = draw(medications(start))
    return {
        "name": draw(st.sampled_from(["", "Anna", "Łucja; Tóth, \N{BONE}"])),
        "sex": draw(st.sampled_from(["female", "female", "female", "male"])),
        "birth_date": str(born),
        "height_cm": height,
        "weight_kg": weight,
        "activity": draw(st.sampled_from(["inactive", "low", "active", "very_active"])),
        "therapy": {
            "drug": draw(st.sampled_from(get_args(Drug))),
            "since": draw(st.one_of(st.none(), days_before(start))),
            "time": draw(st.sampled_from([None, "breakfast", "21:00"])),
        },
        "bone": {
            "t_scores": draw(t_scores()),
            "last_dxa": draw(st.one_of(st.none(), days_before(start))),
            "fractures": [f for f in draw(fractures()) if f["year"] >= born.year],
            "risk_factors": draw(st.one_of(st.just([]), subsets(get_args(RiskFactor), 3))),
            "metastases": lesions,
        },
        "conditions": known,
        "medications": medicines,
        "supplements": draw(supplements()),
        "checks": draw(st.fixed_dictionaries({}, optional=dict.fromkeys(Checks.model_fields, days_before(start)))),
        "clearance": consents if beside else [],
        "diet": draw(diets(medicines)),
        "meals": draw(meals()),
        "exercise": draw(wishes([] if beside else consents)),
        "timezone": zone,
    }


# --- days ---


@cache
def clock_changes(zone: str) -> tuple[dt.date, ...]:
    """The days on which the clocks of a zone change, from FIRST_START to LAST_START; empty where they never do."""
    first = dt.datetime.combine(FIRST_START, dt.time(), ZoneInfo(zone))
    days = (first + dt.timedelta(days=n) for n in range((LAST_START - FIRST_START).days))
    return tuple(d.date() for d in days if d.utcoffset() != (d + dt.timedelta(days=1)).utcoffset())


@st.composite
def starts(draw: DrawFn, zone: str) -> dt.date:
    """A first day whose weeks hold a change of the clock or the end of a year, or any day."""
    which, before = draw(st.sampled_from(["change", "change", "year end", "any"])), draw(st.integers(0, DAYS - 1))
    if which == "change" and clock_changes(zone):
        return draw(st.sampled_from(clock_changes(zone))) - dt.timedelta(days=before)
    if which == "year end":
        return dt.date(draw(st.integers(2025, 2030)), 1, 1) - dt.timedelta(days=before)
    return draw(st.dates(FIRST_START, LAST_START))


@st.composite
def busy_times(draw: DrawFn, start: dt.date) -> tuple[Busy, ...]:
    """Office hours, a few days away, or a stretch here and there; in order and without overlap."""
    taken: dict[int, list[tuple[int, int]]] = {}
    which = draw(st.sampled_from(["office", "away", "scattered", "scattered"]))
    if which == "office":
        for day in range(DAYS):
            if (start + dt.timedelta(days=day)).weekday() < 5:
                taken[day] = [(9 * 60, 17 * 60)]
    elif which == "away":
        first = draw(st.integers(0, DAYS - 1))
        for day in range(first, min(DAYS, first + draw(st.integers(1, 9)))):
            taken[day] = [(0, LAST_MINUTE)]
    else:
        for day in draw(st.lists(st.integers(0, DAYS - 1), min_size=1, max_size=12, unique=True)):
            begin = draw(st.integers(0, 22 * 60 + 30))
            end = begin + draw(st.sampled_from([1, 20, 45, 60, 180, 600]))
            taken[day] = [(begin, min(end, LAST_MINUTE))]
    return tuple(
        Busy(date=start + dt.timedelta(days=day), start=clock(begin), end=clock(end))
        for day in sorted(taken)
        for begin, end in taken[day]
    )


def weeks_behind(exercises: tuple[str, ...]) -> SearchStrategy[Behind]:
    """Up to ten weeks of a programme, with up to five of the exercises to leave out."""
    going: SearchStrategy[Going] = st.sampled_from(("on", "on", "on", "same", "back"))
    return st.builds(
        Behind,
        weeks=st.lists(going, min_size=1, max_size=10).map(tuple),
        trained_yesterday=st.booleans(),
        avoid=st.frozensets(st.sampled_from(exercises), max_size=5),
    )


@st.composite
def people(draw: DrawFn, exercises: tuple[str, ...] = ()) -> Someone:
    """A person with a first day and a seed. A third have busy times.

    With `exercises`, a quarter have weeks of a programme behind them and leave out some of these exercises.
    """
    zone = draw(st.sampled_from(ZONES))
    start = draw(starts(zone))
    return Someone(
        draw(profiles(zone, start)),
        start,
        seed=draw(st.integers(0, 9)),
        busy=draw(busy_times(start)) if draw(one_in(3)) else (),
        behind=draw(weeks_behind(exercises)) if exercises and draw(one_in(4)) else None,
    )


BATCH = 10  # people of one run: later in a longer one hypothesis mostly varies the people it has had


def meet(
    visit: Callable[[Someone], None], number: int, *, exercises: tuple[str, ...] = (), simplify: bool = True
) -> None:
    """Shows `visit` the ten people of batch `number`: the same ones in every run with the same hypothesis.

    Where it raises, a simpler person is looked for that makes it raise too, unless `simplify` is false.
    """
    phases = [Phase.generate, Phase.shrink] if simplify else [Phase.generate]

    @seed(number)
    @settings(
        max_examples=BATCH, phases=phases, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(someone=people(exercises))
    def batch(someone: Someone) -> None:
        visit(someone)

    batch()
