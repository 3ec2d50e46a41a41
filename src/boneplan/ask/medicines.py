"""Medicines and supplements, one a line, as they stand on a label or a list from the pharmacy."""

from __future__ import annotations

import re
from typing import Any

from boneplan.ask.clock import read_time, weekday_of
from boneplan.ask.dates import read_date, spoken_date
from boneplan.ask.spoken import CALCIUM_FORMS, DRUGS, NUTRIENTS, UNITS
from boneplan.ask.text import NUMBER, UNKNOWN, Again, Answer, is_nothing, known_as, lines_of, number, quoted, tidy
from boneplan.profile_fields import MEAL_NAMES

CLOCK = re.compile(
    r"\b(?:at )?(\d{1,2}[:.]\d{2}(?: ?[ap]\.?m\b\.?)?|\d{1,2} ?[ap]\.?m\b\.?)|\bat (\d{1,2}|noon)\b", re.I
)
WEEKLY = re.compile(r"\b(?:once )?(?:(?:every|each|on|weekly on|weekly,?)\s+)?([a-z]{3,9})\b\.?", re.I)
MONTHS = re.compile(r"\bevery (\d{1,3}|other)? ?months?\b|\b(monthly)\b", re.I)
YEARLY = re.compile(r"\b(?:every year|yearly|once a year|annually)\b", re.I)
LAST = re.compile(
    r"\b(?:the )?last(?: dose| one| time)?(?: was)?(?: on)?:? (.*?)(?=,(?!\s*\d{4})|;|\bevery\b|\bat \d|$)", re.I
)
DAILY = re.compile(r"\b(?:once )?(?:daily|every day|a day|each day|per day)\b", re.I)
TWICE = re.compile(
    r"\b(?:twice|two times|2 ?x|x ?2|three times|3 ?x|x ?3|thrice)\b(?: daily| a day| per day| every day)?", re.I
)
OTHER_DAYS = re.compile(r"\b(?:weekly|once a week|every week)\b", re.I)
NAME = re.compile(r"[^\W\d_]{3}")  # letters, more than a unit has
PART_OF_DAY = re.compile(r"\b(?:mornings?|evenings?|nights?|bedtime|noon|breakfast|lunch|dinner|supper)\b", re.I)

AMOUNT = re.compile(
    rf"(?<![\d.,])({NUMBER}) ?(i\.?u\.?|units?|mcg|micrograms?|milligrams?|grams?|[uµμ]g|mg|g)\b\.?", re.I
)
BELOW_ZERO = re.compile(r"(?:^|\s)[-\u2212]\d")
MEALS = re.compile(rf"\b(?:with |at |after |before )?({'|'.join(MEAL_NAMES)}|supper)s?\b", re.I)
MONTHS_IN_YEAR = 12


def read_medicines(text: str) -> Answer:
    """Medicines: a name, and where they are said the weekday, the times, the last dose and the months between doses.

    A medicine with several times stands once for each. Raises Again.
    """
    if is_nothing(text):
        return Answer({"medications": []}, "none")
    found = [taken for line in lines_of(text) for taken in _medicine(line)]
    return Answer({"medications": found}, "; ".join(_spoken_medicine(taken) for taken in found))


def read_supplements(text: str) -> Answer:
    """Supplements: the nutrient or product, the amount of a day, and the meals or times. Raises Again."""
    if is_nothing(text):
        return Answer({"supplements": []}, "none")
    found = [_supplement(line) for line in lines_of(text)]
    return Answer({"supplements": found}, "; ".join(_spoken_supplement(taken) for taken in found))


def _medicine(line: str) -> list[dict[str, Any]]:
    _said(line, "medicine", "alendronate monday 06:30")
    rest = line
    taken: dict[str, Any] = {}
    if TWICE.search(rest) and len(CLOCK.findall(rest)) < len("ab"):
        raise Again(f"{quoted(line)}: give each time of the day, such as {_first_word(line)} 8:00 20:00")
    rest = TWICE.sub(" ", rest)
    if match := LAST.search(rest):
        taken["last"] = read_date(match[1])
        rest = rest[: match.start()] + " " + rest[match.end() :]
    if match := MONTHS.search(rest):
        taken["every_months"] = 2 if match[1] == "other" else int(match[1] or "1")
        rest = MONTHS.sub(" ", rest)
    elif YEARLY.search(rest):
        taken["every_months"] = MONTHS_IN_YEAR
        rest = YEARLY.sub(" ", rest)
    times = [read_time(at or hour) for at, hour in CLOCK.findall(rest)]
    rest = CLOCK.sub(" ", rest)
    for match in list(WEEKLY.finditer(rest)):
        if day := weekday_of(match[1].casefold()):
            if "weekday" in taken:
                raise Again(f"{quoted(line)}: a medicine of several weekdays stands on a line for each")
            taken["weekday"] = day
            rest = rest.replace(match[0], " ", 1)
    if OTHER_DAYS.search(rest) and "weekday" not in taken:
        raise Again(f"{quoted(line)}: on which weekday? Write it such as {_first_word(line)} monday 06:30")
    rest = OTHER_DAYS.sub(" ", DAILY.sub(" ", rest))
    name = " ".join(re.sub(r",|\band\s*$", " ", rest).split()).strip(" -:=")
    if PART_OF_DAY.search(name):
        raise Again(f"{quoted(line)}: at what time? Write it such as {_first_word(line)} 7:00")
    if not NAME.search(name):
        raise Again(f"{quoted(line)} names no medicine: write it such as alendronate monday 06:30")
    if known_as(name.split()[0], DRUGS):
        raise Again(f"{quoted(name)} has been asked for already: list here what you take beside it")
    return [{"name": name, **taken, "time": time} for time in times] or [{"name": name, **taken}]


def _supplement(line: str) -> dict[str, Any]:
    _said(line, "supplement", "vitamin D 1000 IU breakfast")
    if BELOW_ZERO.search(line):
        raise Again(f"{quoted(line)} has an amount below zero: write it such as vitamin D 1000 IU")
    if TWICE.search(line):
        raise Again(
            f"{quoted(line)}: give the amount of the whole day and when it is taken, "
            f"such as calcium citrate 1200 mg breakfast dinner"
        )
    rest = line
    taken: dict[str, Any] = {}
    if match := AMOUNT.search(rest):
        amount = number(match[1])
        taken |= {"amount": int(amount) if amount.is_integer() else amount, "unit": _unit(match[2])}
        rest = rest[: match.start()] + " " + rest[match.end() :]
    times = [("dinner" if m[1].casefold() == "supper" else m[1].casefold()) for m in MEALS.finditer(rest)]
    rest = MEALS.sub(" ", rest)
    times += [read_time(at or hour) for at, hour in CLOCK.findall(rest)]
    rest = DAILY.sub(" ", CLOCK.sub(" ", rest))
    rest = re.sub(r"\band\b|\bwith\b|[,+&]", " ", rest, flags=re.I)
    name = " ".join(rest.split()).strip(" -:=")
    for word, form in CALCIUM_FORMS.items():
        if re.fullmatch(rf"(?:calcium )?{word}(?: calcium)?", tidy(name)):
            name, taken["form"] = "calcium", form
    nutrient = known_as(name, NUTRIENTS) if name else None
    if nutrient:
        taken["nutrient"] = nutrient
    elif name:
        taken["name"] = name
    if len(times) == 1:
        taken["time"] = times[0]
    elif times:
        taken["times"] = times
    return taken


def _said(line: str, what: str, such_as: str) -> None:
    """Raises Again where a line says that something is not known: a plan must not take that for its name."""
    if tidy(line).rstrip(".") in UNKNOWN:
        raise Again(f"{quoted(line)} names no {what}: look at the label, and write it such as {such_as}")


def _unit(word: str) -> str:
    said = tidy(word).replace(".", "")
    return UNITS.get(said, said)


def _first_word(line: str) -> str:
    return line.split()[0] if line.split() else "alendronate"


def _spoken_medicine(taken: dict[str, Any]) -> str:
    rhythm = f"on {taken['weekday'].title()}" if "weekday" in taken else ""
    if "every_months" in taken:
        rhythm = f"every {taken['every_months']} months" if taken["every_months"] > 1 else "every month"
    last = f"last {spoken_date(taken['last'])}" if "last" in taken else ""
    return " ".join(filter(None, (taken["name"], rhythm, last, f"at {taken['time']}" if "time" in taken else "")))


def _spoken_supplement(taken: dict[str, Any]) -> str:
    what = re.sub(r"vitamin_(\w)", lambda match: f"vitamin {match[1].upper()}", taken.get("nutrient", ""))
    what = what or taken.get("name", "")
    amount = f"{taken['amount']:,g} {taken['unit'].replace('ug', 'µg')} a day" if "amount" in taken else ""
    when = ", ".join(taken.get("times", [taken["time"]] if "time" in taken else []))
    return " ".join(filter(None, (what, taken.get("form", ""), amount, f"({when})" if when else "")))
