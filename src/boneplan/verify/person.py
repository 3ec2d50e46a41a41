"""The person a plan is for, as far as `verify` needs them, read from the profile inside the plan."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from boneplan.data import data_folder
from boneplan.verify.yaml_file import read_yaml

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
POLICIES = ("avoid", "limit", "allow")  # from strict to loose
DEFAULT_TIMEZONE = "America/New_York"
# What a living adult can have, as the profile itself bounds it: beyond it the plan was tampered with.
HEIGHT_CM, WEIGHT_KG, T_SCORE = (100, 230), (25, 300), (-8, 5)
MAX_AMOUNT, MAX_BUDGET, MAX_VITAMIN_K = 1_000_000, 1_000, 1_000
_CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_IN_GRAMS = {"g": 1.0, "mg": 1e-3, "ug": 1e-6, "µg": 1e-6}


@dataclass(frozen=True)
class Window:
    """A stretch of a day, in minutes after midnight."""

    start: int
    end: int


@dataclass(frozen=True)
class Person:
    """What the rules of food and exercise ask about a person."""

    sex: str
    birth_date: dt.date
    height_cm: float
    weight_kg: float
    activity: str
    drug: str
    timezone: str
    conditions: frozenset[str]
    medications: tuple[str, ...]
    pattern: str
    allergies: tuple[str, ...]
    intolerances: tuple[str, ...]
    dislikes: tuple[str, ...]
    phytoestrogens: str
    vitamin_k_agreed: float | None
    budget_per_day: float | None
    meal_times: Mapping[str, str | None]
    supplements: tuple[tuple[str, float, str], ...]
    worst_t_score: float | None
    fractures: tuple[tuple[str, bool], ...]
    risk_factors: frozenset[str]
    metastases: tuple[str, ...]
    equipment: frozenset[str]
    places: frozenset[str] | None
    level: str
    clearances: tuple[tuple[str, dt.date], ...]
    availability: Mapping[str, tuple[Window, ...]] | None

    @property
    def group(self) -> str:
        """The group of options.csv that eats like this person."""
        return "women" if self.sex == "female" else "men"

    def cleared_on(self, day: dt.date, lasting: int) -> frozenset[str]:
        """What a clinician had cleared the person for by `day`, at most `lasting` days before it."""
        return frozenset(what for what, given in self.clearances if 0 <= (day - given).days <= lasting)

    def age_on(self, day: dt.date) -> int:
        """Whole years of age on `day`."""
        born = self.birth_date
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def read_person(profile: Mapping[str, Any]) -> Person:
    """The person of a profile in JSON. Raises `ValueError`, naming the field, where it is not usable."""
    diet, exercise, bone, therapy = (_part(profile, key) for key in ("diet", "exercise", "bone", "therapy"))
    budget, agreed = diet.get("budget_per_day"), diet.get("vitamin_k_agreed")
    availability = exercise.get("availability")
    cleared = [*_list(profile, "clearance"), *_list(exercise, "clearance")]
    return Person(
        sex=_one_of(profile, "sex", ("female", "male")),
        birth_date=_date(profile, "birth_date"),
        height_cm=_number(profile, "height_cm", *HEIGHT_CM),
        weight_kg=_number(profile, "weight_kg", *WEIGHT_KG),
        activity=_one_of(profile, "activity", ("inactive", "low", "active", "very_active"), "low"),
        drug=str(therapy.get("drug") or "none"),
        timezone=str(profile.get("timezone") or DEFAULT_TIMEZONE),
        conditions=frozenset(_texts(profile, "conditions")),
        medications=tuple(str(_item(m, "name")) for m in _list(profile, "medications")),
        pattern=str(diet.get("pattern") or "omnivore"),
        allergies=tuple(_texts(diet, "allergies")),
        intolerances=tuple(_texts(diet, "intolerances")),
        dislikes=tuple(_texts(diet, "dislikes")),
        phytoestrogens=_one_of(diet, "phytoestrogens", POLICIES, "avoid"),
        vitamin_k_agreed=None if agreed is None else _number(diet, "vitamin_k_agreed", 0, MAX_VITAMIN_K),
        budget_per_day=None if budget is None else _number(diet, "budget_per_day", 0, MAX_BUDGET),
        meal_times={meal: None if t is None else str(t) for meal, t in _part(profile, "meals").items()},
        supplements=tuple(_supplement(s) for s in _list(profile, "supplements") if _is_counted(s)),
        worst_t_score=_worst(_part(bone, "t_scores")),
        fractures=tuple((str(_item(f, "site")), bool(f.get("fragility"))) for f in _list(bone, "fractures")),
        risk_factors=frozenset(_texts(bone, "risk_factors")),
        metastases=tuple(_texts(bone, "metastases")),
        equipment=frozenset(_texts(exercise, "equipment")),
        places=frozenset(_texts(exercise, "places")) or None,
        level=_one_of(exercise, "level", ("beginner", "intermediate", "advanced"), "beginner"),
        clearances=tuple((str(_item(c, "for")), _date(c, "on")) for c in cleared),
        availability=None if availability is None else _windows(_part(exercise, "availability")),
    )


def under_rules(person: Person, rules: Mapping[str, Any]) -> Person:
    """The person with the policy and the budget that a rules file sets in place of the profile's.

    One that is not usable changes nothing: it is a breach of `check_rules`.
    """
    policy, budget = rules.get("phytoestrogens"), rules.get("budget_per_day")
    return replace(
        person,
        phytoestrogens=str(policy) if is_policy(policy) else person.phytoestrogens,
        budget_per_day=budget if is_budget(budget) else person.budget_per_day,
    )


def is_policy(value: Any) -> bool:
    """Whether this is a policy on phytoestrogens."""
    return value in POLICIES


def is_budget(value: Any) -> bool:
    """Whether this is an amount of money to spend a day."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value <= MAX_BUDGET


def minutes_of_day(clock: str) -> int:
    """Minutes after midnight of a local "HH:MM". Raises `ValueError` for anything else."""
    if not _CLOCK.fullmatch(clock):
        raise ValueError(f'{clock!r} is no time such as "07:30"')
    return 60 * int(clock[:2]) + int(clock[3:])


def in_unit(amount: float, unit: str, nutrient: str, wanted: str) -> float:
    """`amount` of `nutrient` from one unit into another. Raises `ValueError` where that has no meaning."""
    if unit == wanted:
        return amount
    if unit == "IU":
        if nutrient != "vitamin_d":
            raise ValueError(f"{nutrient} is not measured in IU here")
        amount, unit = amount / _iu_per_ug(), "ug"
    if unit not in _IN_GRAMS or wanted not in _IN_GRAMS:
        raise ValueError(f"{nutrient} in {unit} cannot be told in {wanted}")
    return amount * (_IN_GRAMS[unit] / _IN_GRAMS[wanted])


@cache
def _iu_per_ug() -> float:
    """How many IU of vitamin D are 1 µg, by guidelines/nutrition/vitamin_d.yaml."""
    path = data_folder("guidelines") / "nutrition" / "vitamin_d.yaml"
    return float(read_yaml(path)["conversion"]["per_unit"])


def _part(of: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = of.get(key) or {}
    if not isinstance(value, Mapping):
        raise ValueError(f"{key} is not a group of fields")
    return value


def _list(of: Mapping[str, Any], key: str) -> list[Any]:
    value = of.get(key) or []
    if not isinstance(value, list):
        raise ValueError(f"{key} is not a list")
    return value


def _texts(of: Mapping[str, Any], key: str) -> list[str]:
    return [str(value) for value in _list(of, key)]


def _item(of: Any, key: str) -> Any:
    if not isinstance(of, Mapping) or key not in of:
        raise ValueError(f"an entry lacks {key!r}")
    return of[key]


def _number(of: Mapping[str, Any], key: str, low: float, high: float) -> float:
    value = of.get(key)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not low <= value <= high:
        raise ValueError(f"{key} is {_short(value)}, not a number from {low} to {high:,}")
    return float(value)


def _short(value: Any) -> str:
    return repr(value)[:40]


def _date(of: Mapping[str, Any], key: str) -> dt.date:
    try:
        return dt.date.fromisoformat(str(of.get(key)))
    except ValueError:
        raise ValueError(f"{key} is {of.get(key)!r}, not a date") from None


def _one_of(of: Mapping[str, Any], key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
    value = of.get(key, default)
    if value not in allowed:
        raise ValueError(f"{key} is {value!r}, not one of {', '.join(allowed)}")
    return str(value)


def _is_counted(entry: Any) -> bool:
    """Whether a supplement names a nutrient; one known by its product's name alone brings no figure."""
    return not isinstance(entry, Mapping) or entry.get("nutrient") is not None or "name" not in entry


def _supplement(entry: Any) -> tuple[str, float, str]:
    return str(_item(entry, "nutrient")), _number(entry, "amount", 0, MAX_AMOUNT), str(_item(entry, "unit"))


def _worst(t_scores: Mapping[str, Any]) -> float | None:
    known = [_number(t_scores, site, *T_SCORE) for site, t in t_scores.items() if t is not None]
    return min(known) if known else None


def _windows(availability: Mapping[str, Any]) -> dict[str, tuple[Window, ...]]:
    found = {}
    for weekday in availability:
        spans = [span.split("-") for span in _texts(availability, weekday)]
        if weekday not in WEEKDAYS or any(len(span) != 2 for span in spans):
            raise ValueError(f"availability.{weekday} is not a weekday with windows such as 07:00-08:00")
        found[weekday] = tuple(Window(minutes_of_day(a.strip()), minutes_of_day(b.strip())) for a, b in spans)
    return found
