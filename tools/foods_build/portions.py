"""Household measures: the portions of FNDDS put into the words and steps in which a person serves food."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foods_build.raw import Eaten, RawPortion

OUNCE_G = 28.35
FL_OZ_PER_CUP = 8
TEASPOONS_PER_TABLESPOON = 3
TABLESPOONS_PER_CUP = 16
EATEN_TOLERANCE = 0.02


@dataclass(frozen=True)
class Measure:
    """A household measure: grams of one of it, and the smallest fraction of it that is served."""

    measure: str
    plural: str
    grams: float
    step: float


@dataclass(frozen=True)
class MeasureRules:
    """The wording rules of `measures.yaml`."""

    dropped: re.Pattern[str]
    simpler: tuple[tuple[re.Pattern[str], str], ...]
    steps: Mapping[str, float]
    plurals: Mapping[str, str]
    first: Mapping[int, Sequence[str]]
    otherwise: Sequence[str]
    last: Sequence[str]
    weighed: frozenset[int]
    unsuited: Mapping[int, frozenset[str]]
    reworded: Mapping[int, Mapping[str, str]]
    unhalved: frozenset[int]

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> MeasureRules:
        """The rules from the mapping of the YAML file."""
        steps = {noun: float(step) for step, nouns in data["nouns"].items() for noun in nouns}
        first = {c: entry["measures"] for entry in data["first"] for c in entry["categories"]}
        reworded: dict[int, dict[str, str]] = {}
        for entry in data["reworded"]:
            for category in entry["categories"]:
                reworded.setdefault(category, {})[entry["from"]] = entry["to"]
        unsuited: dict[int, set[str]] = {}
        for entry in data["unsuited"]:
            for category in entry["categories"]:
                unsuited.setdefault(category, set()).update(entry["measures"])
        return cls(
            dropped=re.compile("|".join(data["dropped"]), re.IGNORECASE),
            simpler=tuple((re.compile(pattern), put) for pattern, put in data["simpler"]),
            steps=steps,
            plurals=data["plurals"],
            first=first,
            otherwise=data["otherwise"],
            last=data["last"],
            weighed=frozenset(data["weighed"]),
            unsuited={category: frozenset(measures) for category, measures in unsuited.items()},
            reworded=reworded,
            unhalved=frozenset(data["unhalved"]),
        )


def head_and_tail(wording: str) -> tuple[str, str]:
    """The measured thing and what qualifies it: "cup, diced" is ("cup", ", diced")."""
    match = re.match(r"[^,(]+", wording)
    head = match.group(0).strip() if match else wording
    return head, wording[len(match.group(0).rstrip()) if match else len(wording) :]


def noun_of(head: str, steps: Mapping[str, float]) -> str | None:
    """The longest known noun that the head ends with, or None."""
    words = head.split()
    for start in range(len(words)):
        tail = " ".join(words[start:])
        if tail in steps:
            return tail
    return None


def pluralise(wording: str, noun: str, plurals: Mapping[str, str]) -> str:
    """The plural of a measure: "cup, diced" becomes "cups, diced"."""
    head, tail = head_and_tail(wording)
    return head[: len(head) - len(noun)] + plurals.get(noun, noun + "s") + tail


def clean(raw: Iterable[RawPortion], rules: MeasureRules, category: int = 0) -> list[Measure]:
    """The servable measures among the portions of FNDDS, in their order, each wording once."""
    reworded = rules.reworded.get(category, {})
    found: dict[str, Measure] = {}
    for portion in raw:
        if portion.grams <= 0 or rules.dropped.search(portion.description):
            continue
        wording = portion.description.removeprefix("1 ").lower()
        for pattern, put in rules.simpler:
            wording = pattern.sub(put, wording).strip()
        wording = re.sub(r"\s+", " ", wording).strip(" ,")
        wording = reworded.get(wording, wording)
        noun = noun_of(head_and_tail(wording)[0], rules.steps)
        if noun is None or "/" in wording or wording in found:
            continue
        found[wording] = Measure(wording, pluralise(wording, noun, rules.plurals), portion.grams, rules.steps[noun])
    return list(found.values())


def with_derived(measures: Sequence[Measure]) -> list[Measure]:
    """The measures plus teaspoon from tablespoon (1/3) and cup from fluid ounce (8), where one is missing."""
    known = {measure.measure: measure for measure in measures}
    if "tablespoon" in known and "teaspoon" not in known:
        grams = known["tablespoon"].grams / TEASPOONS_PER_TABLESPOON
        known["teaspoon"] = Measure("teaspoon", "teaspoons", grams, 0.5)
    if "fl oz" in known and "cup" not in known:
        known["cup"] = Measure("cup", "cups", known["fl oz"].grams * FL_OZ_PER_CUP, 0.25)
    return list(known.values())


def serveable(measure: Measure, low: float, high: float) -> bool:
    """Whether a whole number of steps of the measure falls between two weights in grams (2 % tolerance)."""
    step = measure.step * measure.grams
    multiple = max(1, -(-low * (1 - EATEN_TOLERANCE) // step))
    return multiple * step <= high * (1 + EATEN_TOLERANCE)


def _spare(known: Mapping[str, Measure]) -> list[Measure]:
    """Measures to derive where those of the table do not reach what people eat, the most natural first."""
    spare = []
    if cup := known.get("cup"):
        spare.append(Measure("tablespoon", "tablespoons", cup.grams / TABLESPOONS_PER_CUP, 1))
        spare.append(
            Measure("teaspoon", "teaspoons", cup.grams / TABLESPOONS_PER_CUP / TEASPOONS_PER_TABLESPOON, 0.5)
        )
    spare.append(Measure("oz", "oz", OUNCE_G, 0.5))
    return [measure for measure in spare if measure.measure not in known]


def fit_to_eaten(measures: Sequence[Measure], eaten: Iterable[Eaten]) -> list[Measure]:
    """Add the first derived measure that reaches an eaten range which no measure of the table reaches."""
    known = {measure.measure: measure for measure in measures}
    for row in eaten:
        low, high = float(row.grams[0]), float(row.grams[4])
        if not any(serveable(measure, low, high) for measure in known.values()):
            for spare in _spare(known):
                if serveable(spare, low, high):
                    known[spare.measure] = spare
                    break
    if not known:
        known["oz"] = Measure("oz", "oz", OUNCE_G, 0.5)
    return list(known.values())


def ranked(measures: Sequence[Measure], category: int, rules: MeasureRules) -> list[Measure]:
    """The measures with the most natural one for the category first, the rest as FNDDS orders them."""
    wanted = [*rules.first.get(category, ()), *rules.otherwise]
    place = {measure: i for i, measure in reversed(list(enumerate(wanted)))}
    place = {measure: len(wanted) + 1 + i for i, measure in enumerate(rules.last)} | place
    return sorted(measures, key=lambda m: place.get(m.measure, len(wanted)))


def measures_of(
    raw: Iterable[RawPortion], category: int, eaten: Iterable[Eaten], rules: MeasureRules
) -> list[Measure]:
    """All measures of one food, best first, weights rounded to 0.01 g."""
    unsuited = rules.unsuited.get(category, frozenset())
    known = with_derived(clean(raw, rules, category))
    if category in rules.unhalved:
        known = [replace(m, step=max(m.step, 1.0)) for m in known]
    if category in rules.weighed and not any(m.measure == "oz" for m in known):
        known.append(Measure("oz", "oz", OUNCE_G, 0.5))
    rounded = [replace(m, grams=round(m.grams, 2)) for m in known if m.measure not in unsuited]
    fitted = fit_to_eaten(rounded, eaten)
    return ranked([replace(m, grams=round(m.grams, 2)) for m in fitted], category, rules)
