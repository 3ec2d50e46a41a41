"""Times of day and free times as people write them: 7, 7:30, 7.30 pm, noon; mon wed 7-8, sat 9:00-10:30."""

from __future__ import annotations

import re
from typing import get_args

from boneplan.ask.text import Again, quoted, tidy
from boneplan.profile_health import Weekday

WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
DAY_GROUPS: dict[str, tuple[Weekday, ...]] = {
    "daily": WEEKDAYS,
    "every day": WEEKDAYS,
    "all days": WEEKDAYS,
    "weekdays": WEEKDAYS[:5],
    "weekday": WEEKDAYS[:5],
    "workdays": WEEKDAYS[:5],
    "weekends": WEEKDAYS[5:],
    "weekend": WEEKDAYS[5:],
}
SHORTEST_DAY = 2  # letters of an abbreviation: mo

HALF, MINUTES = 12, 60

_HALF = r"(?: ?([ap])\.? ?m\.?)"
TIME = re.compile(rf"(\d{{1,2}})(?:[:.h](\d{{2}}))?{_HALF}?", re.ASCII)
NAMED = {"noon": "12:00", "midday": "12:00", "midnight": "00:00"}
MEND = "write it such as 7:30, 7.30 pm or 19:30"

RANGE = re.compile(r"(?:from )?([\d:.h]+ ?(?:[ap]\.? ?m\.?)?|noon|midday) ?(?:-|to|till|until) ?"
                   r"([\d:.h]+ ?(?:[ap]\.? ?m\.?)?|noon|midday|midnight)", re.ASCII)  # fmt: skip
DAY_RANGE = re.compile(r"([a-z]+) ?(?:-|to) ?([a-z]+)")
FREE_MEND = "write it such as mon wed 7-8, sat 9:00-10:30"


def read_time(text: str, near: str | None = None) -> str:
    """A time of day as "07:30". Raises Again.

    An hour without am or pm is one of the morning, or with `near` ("18:30") the one that lies closer to it.
    """
    said = tidy(text).removeprefix("at ").removesuffix(" o'clock")
    if said in NAMED:
        return NAMED[said]
    match = TIME.fullmatch(said)
    if match is None:
        raise Again(f"{quoted(text)} is no time of day: {MEND}")
    hour, minute, half = int(match[1]), match[2] or "00", match[3]
    if half:
        if not 1 <= hour <= HALF:
            raise Again(f"{quoted(text)} is no time of day: {MEND}")
        hour = hour % HALF + (HALF if half == "p" else 0)
    elif near is not None and 1 <= hour < HALF and not said.startswith("0"):
        wanted = _minutes(near)
        hour = min((hour, hour + HALF), key=lambda tried: abs(tried * MINUTES + int(minute) - wanted))
    return f"{hour:02d}:{minute}"


def read_availability(text: str) -> dict[Weekday, list[str]] | None:
    """Free times by weekday as the profile has them; None for the usual times. Raises Again."""
    said = tidy(text)
    if said in ("", "any", "any time", "anytime", "usual", "usual times", "the usual times"):
        return None
    free: dict[Weekday, list[str]] = {}
    days: tuple[Weekday, ...] = ()  # of the entry before, or named and still without a time ("mon, wed 7-8")
    waiting = ""
    for entry in re.split(r"[,;]", tidy(text.replace("\n", ";"))):
        entry = entry.strip()
        if entry in ("", "any"):
            continue
        named, window = _entry(entry)
        days = (days if waiting or not named else ()) + named
        waiting = "" if window else entry
        if window and not days:
            raise Again(f"{quoted(entry)} has no day: {FREE_MEND}")
        for day in dict.fromkeys(days) if window else ():
            free.setdefault(day, []).append(window)
    if waiting:
        raise Again(f"{quoted(waiting)} is no free time: {FREE_MEND}")
    return {day: free[day] for day in WEEKDAYS if day in free} or None


def read_days(text: str) -> tuple[Weekday, ...]:
    """Weekdays by name or short name, one or several, as a range or a group. Raises Again."""
    found: list[Weekday] = []
    said = text.strip().removesuffix(":")
    if said in DAY_GROUPS:
        return DAY_GROUPS[said]
    for word in re.split(r"[ /+&]+|\band\b", DAY_RANGE.sub(lambda m: f"{m[1]}-{m[2]}", said)):
        if word in DAY_GROUPS:
            found += DAY_GROUPS[word]
        elif "-" in word:
            first, last = (WEEKDAYS.index(_day(end, text)) for end in word.split("-", 1))
            found += [WEEKDAYS[(first + n) % len(WEEKDAYS)] for n in range((last - first) % len(WEEKDAYS) + 1)]
        elif word:
            found.append(_day(word, text))
    return tuple(dict.fromkeys(found))


def weekday_of(word: str) -> Weekday | None:
    """The weekday that a name, a short name or a plural stands for."""
    said = word.strip(".").removesuffix("s") if len(word) > SHORTEST_DAY + 1 else word
    return next((day for day in WEEKDAYS if len(said) >= SHORTEST_DAY and day.startswith(said)), None)


def spoken_availability(free: dict[Weekday, list[str]] | None) -> str:
    """Free times in words: "Monday 07:00-08:00, ..."."""
    if not free:
        return "the usual times"
    return "; ".join(f"{day.title()} {', '.join(windows)}" for day, windows in free.items())


def _entry(entry: str) -> tuple[tuple[Weekday, ...], str]:
    """The days and the window of one entry; none, or an empty one, where it names none."""
    match = next((found for found in RANGE.finditer(entry) if found.end() == len(entry)), None)
    named = (entry[: match.start()] if match else entry).strip()
    if match is None and re.search(r"\d", entry):
        raise Again(f"{quoted(entry)} is no free time: {FREE_MEND}")
    days = read_days(named) if named else ()
    return days, _window(match[1].strip(), match[2].strip(), entry) if match else ""


def _window(start: str, end: str, entry: str) -> str:
    """Two times of one day; "5-6 pm" means both of the afternoon, "11-1 pm" begins in the morning.

    A start from 1 to 5 o'clock without am or pm is hardly meant as night: it is asked back.
    """
    half = re.search(r"([ap])\.? ?m\.?$", end) if not re.search(r"[ap]\.? ?m\.?$", start) else None
    closes = read_time(end)
    opens = read_time(start)
    if half and start not in NAMED:
        with_half = read_time(f"{start} {half[1]}m")
        opens = with_half if with_half < closes else opens
    elif re.fullmatch(r"[1-5](?:[:.]\d\d)?", start):
        later = f"{start}-{end} pm" if end.isdecimal() else f"{start} pm-{end}"
        raise Again(f"{quoted(entry)}: morning or afternoon? Write it such as {later}, or {opens}-{closes}")
    return f"{opens}-{closes}"


def _day(word: str, text: str) -> Weekday:
    day = weekday_of(word)
    if day is None:
        raise Again(f"{quoted(text)} names no weekday: {FREE_MEND}")
    return day


def _minutes(time: str) -> int:
    hour, minute = time.split(":")
    return int(hour) * MINUTES + int(minute)
