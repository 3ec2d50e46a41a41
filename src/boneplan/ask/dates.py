"""Days as people write them: 2 April 1961, April 2, 1961 or 1961-04-02. What could be two days is asked back."""

from __future__ import annotations

import re

from boneplan.ask.text import Again, quoted, tidy

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORTEST_MONTH = 3  # letters of an abbreviation: jan

_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_MONTH = r"([a-z]{3,9})\.?"
DAY_FIRST = re.compile(rf"{_DAY}\.?(?: of)?[ -]{_MONTH},?[ -](\d{{4}})", re.ASCII)
MONTH_FIRST = re.compile(rf"{_MONTH} {_DAY},? (\d{{4}})", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", re.ASCII)
FIGURES = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4})", re.ASCII)
SHORT_YEAR = re.compile(r".*\D(\d{2})", re.ASCII)
WITHOUT_DAY = re.compile(rf"(?:{_MONTH} )?(\d{{4}})", re.ASCII)

MEND = "write it such as 2 April 1961 or 1961-04-02"


def read_date(text: str) -> str:
    """The day as "1961-04-02"; the profile's own check says whether a calendar has it. Raises Again."""
    said = tidy(text)
    if match := DAY_FIRST.fullmatch(said):
        return _iso(match[3], _month(match[2], text), match[1])
    if match := MONTH_FIRST.fullmatch(said):
        return _iso(match[3], _month(match[1], text), match[2])
    if match := YEAR_FIRST.fullmatch(said):
        return _iso(match[1], int(match[2]), match[3])
    if match := FIGURES.fullmatch(said):
        return _from_figures(int(match[1]), int(match[2]), match[3], text)
    if match := WITHOUT_DAY.fullmatch(said):
        whole = f"1 {text.strip()}" if match[1] else MEND.removeprefix("write it such as ")
        raise Again(f"{quoted(text)} has no day: give one too, such as {whole}; the 1st if you do not know it")
    if SHORT_YEAR.fullmatch(said):
        raise Again(f"{quoted(text)} is no day with a year of four figures: {MEND}")
    raise Again(f"{quoted(text)} is no date: {MEND}")


def spoken_date(iso: str) -> str:
    """ "1961-04-02" as "2 April 1961"."""
    year, month, day = iso.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]} {year}" if 1 <= int(month) <= len(MONTHS) else iso


def _from_figures(first: int, second: int, year: str, text: str) -> str:
    """Day and month by figures alone: only where one of them can be no month, or both are the same."""
    months = len(MONTHS)
    if first == second <= months or second > months >= first:
        return _iso(year, first, str(second))
    if first > months >= second:
        return _iso(year, second, str(first))
    if max(first, second) > months:
        raise Again(f"{quoted(text)} has no month: {MEND}")
    if not first or not second:
        raise Again(f"{quoted(text)} is no date: {MEND}")
    either = f"{second} {MONTHS[first - 1]} {year} or {first} {MONTHS[second - 1]} {year}"
    raise Again(f"{quoted(text)} can be two days: write {either}")


def _month(word: str, text: str) -> int:
    for place, name in enumerate(MONTHS, 1):
        if len(word) >= SHORTEST_MONTH and (
            name.casefold().startswith(word) or word == "sept" == name[:4].casefold()
        ):
            return place
    raise Again(f"{quoted(text)} names no month: {MEND}")


def _iso(year: str, month: int, day: str) -> str:
    return f"{year}-{month:02d}-{int(day):02d}"
