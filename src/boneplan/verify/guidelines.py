"""The bounds that guidelines/nutrition sets for a person, worked out again without the planner's resolver."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boneplan.errors import Fault
from boneplan.verify.person import Person
from boneplan.verify.who import UNITS, WhoRules, check_triggers, is_for, read_who_rules
from boneplan.verify.yaml_file import read_yaml


@dataclass(frozen=True)
class Bound:
    """One rule of the guidelines for one person: `value` in the nutrient's unit, `side` is "min" or "max".

    Of what a meal holds above a most per meal, minima count the share `counted_above` (None: all of it). A `fixed`
    one is an upper limit or a safety band: no rules file loosens it.
    """

    nutrient: str
    rule: str
    side: str
    period: str
    hard: bool
    value: float
    counted_above: float | None = None
    fixed: bool = False

    @property
    def id(self) -> str:
        """What plans and rules files call it."""
        return f"nutrition/{self.nutrient}/{self.rule}"


@dataclass(frozen=True)
class Reference:
    """Everything the guidelines ask of this person's menu."""

    bounds: tuple[Bound, ...]

    def most(self, nutrient: str, without: Container[str] = ()) -> float:
        """The strictest hard maximum of `nutrient` in a day, but for the rules `without` that may be taken back."""
        kept = (b for b in self.bounds if b.fixed or b.id not in without)
        return min(
            (b.value for b in kept if b.nutrient == nutrient and b.side == "max" and b.hard),
            default=float("inf"),
        )


def read_reference(guidelines: Path, person: Person, start: dt.date) -> tuple[Reference, WhoRules]:
    """The bounds of guidelines/nutrition for `person` on the plan's first day, and how to tell for whom a rule is.

    Raises `Fault` where a file is missing or not as boneplan ships it.
    """
    folder = guidelines / "nutrition"
    try:
        files = {raw["nutrient"]: raw for raw in (read_yaml(path) for path in sorted(folder.glob("*.yaml")))}
        if missing := {"calcium", "vitamin_d", "vitamin_k", "energy", "protein", "sodium"} - files.keys():
            raise KeyError(*missing)
        who = read_who_rules(guidelines / "safety", _figures(files, person, person.age_on(start)))
        return Reference(_bounds(files, person, start, who)), who
    except (KeyError, TypeError, ValueError) as error:
        raise Fault(f"the guidelines in {folder} are not readable ({error!r}): install boneplan again") from None


def _figures(files: Mapping[str, Any], person: Person, age: int) -> dict[tuple[str, str], float]:
    """The person's figure of every rule, in the rule's own unit, by nutrient and rule."""
    figures = {
        (nutrient, rule["id"]): _value(rule["values"], person, age)
        for nutrient, raw in files.items()
        for rule in raw["rules"]
    }
    return {key: value for key, value in figures.items() if value is not None}


def _is_asked(rule: Mapping[str, Any], person: Person, on: dt.date, who: WhoRules) -> bool:
    """Whether a rule is for the person, by its `only` and its `unless`."""
    for when in (rule.get("only"), rule.get("unless")):
        check_triggers(when or {}, f"the rule {rule['id']} (guidelines/nutrition)")
    wanted = "only" not in rule or is_for(rule["only"], person, on, who)
    return wanted and not ("unless" in rule and is_for(rule["unless"], person, on, who))


def _bounds(files: Mapping[str, Any], person: Person, on: dt.date, who: WhoRules) -> tuple[Bound, ...]:
    age = person.age_on(on)
    rows = [row for raw in files.values() for rule in raw["rules"] for row in rule["values"]]
    if age < min(_ages(row)[0] for row in rows):
        return ()  # the guidelines begin with adults
    # Saturated fat and added sugar are shares of the least energy that the week may have.
    need = _energy_need(files["energy"], person, age)
    least_energy = need * _rule_value(files["energy"], "week_low", person, age) / 100
    found = []
    for nutrient, raw in files.items():
        for rule in raw["rules"]:
            value = _value(rule["values"], person, age)
            if value is None or not _is_asked(rule, person, on, who):
                continue
            unit = rule["unit"]
            if unit == "% of need":
                value *= need / 100
            elif unit == "% of energy":
                value *= least_energy / 100 / raw["energy_per_gram"]["value"]
            elif unit == "g/kg":
                value *= _reference_weight(raw, person)
            elif unit.endswith(" from agreed") and person.vitamin_k_agreed is not None:
                agreed = person.vitamin_k_agreed
                away = value if unit.startswith("ug") else agreed * value / 100
                value = max(0.0, agreed - away) if rule["bound"] == "min" else agreed + away
            elif unit.startswith("% of "):
                value *= _rule_value(raw, unit.removeprefix("% of "), person, age) / 100
            elif unit != UNITS[nutrient]:
                raise ValueError(f"{nutrient}/{rule['id']} is in {unit}")
            kind = (rule["id"], rule["bound"], rule["period"], rule["hard"])
            fixed = bool(rule.get("fixed", False))
            found.append(Bound(nutrient, *kind, float(value), rule.get("counted_above"), fixed))
    return tuple(found)


def _energy_need(energy: Mapping[str, Any], person: Person, age: int) -> float:
    """The estimated energy requirement in kcal a day, or the floor where that is higher."""
    terms = energy["equation"]["coefficients"][person.sex][person.activity]
    requirement = (
        terms["constant"]
        + terms["age"] * age
        + terms["height"] * person.height_cm
        + terms["weight"] * person.weight_kg
    )
    return max(float(requirement), _rule_value(energy, "floor", person, age))


def _reference_weight(protein: Mapping[str, Any], person: Person) -> float:
    """The weight in kg that protein is reckoned by: the person's own, up to that of the highest BMI."""
    highest = float(protein["reference_weight"]["highest_bmi"])
    return min(person.weight_kg, highest * (person.height_cm / 100) ** 2)


def _rule_value(raw: Mapping[str, Any], rule_id: str, person: Person, age: int) -> float:
    rule = next(rule for rule in raw["rules"] if rule["id"] == rule_id)
    value = _value(rule["values"], person, age)
    if value is None:
        raise ValueError(f"{raw['nutrient']}/{rule_id} has no value at {age}")
    return value


def _value(rows: Iterable[Mapping[str, Any]], person: Person, age: int) -> float | None:
    """The value of the one row that is for this person, or None."""
    for row in rows:
        low, high = _ages(row)
        if low <= age <= high and row.get("sex", person.sex) == person.sex and _of_policy(row, person):
            return float(row["value"])
    return None


def _ages(row: Mapping[str, Any]) -> tuple[int, float]:
    """First and last year of age that a row is for: "51+" has no last one."""
    low, _, high = str(row["ages"]).rstrip("+").partition("-")
    return int(low), float(high or "inf")


def _of_policy(row: Mapping[str, Any], person: Person) -> bool:
    return bool(row.get("policy", person.phytoestrogens) == person.phytoestrogens)
