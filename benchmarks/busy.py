"""How long reading a calendar of busy times takes, beside the libraries that read any calendar.

Whole processes are timed from outside, imports included. The libraries' column needs recurring-ical-events:

    python benchmarks/busy.py
    python benchmarks/busy.py --repeats 9
"""

from __future__ import annotations

import argparse
import datetime as dt
import importlib.util
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

MONDAY = dt.date(2026, 11, 23)
DAYS = 28
ZONE = "America/New_York"

OURS = f"""
import datetime as dt, sys
from pathlib import Path
from boneplan.busy import read_busy
read_busy(Path(sys.argv[1]), start=dt.date.fromisoformat("{MONDAY}"), days={DAYS}, timezone="{ZONE}")
"""
LIBRARIES = f"""
import datetime as dt, sys
from pathlib import Path
import icalendar, recurring_ical_events
calendar = icalendar.Calendar.from_ical(Path(sys.argv[1]).read_bytes())
recurring_ical_events.of(calendar).between(dt.date.fromisoformat("{MONDAY}"), dt.timedelta(days={DAYS}))
"""


def events(count: int, first: dt.date, days: int, rule: str = "") -> Iterator[str]:
    """`count` meetings of half an hour, spread over `days` days from `first`, with what programs write of each."""
    begin = dt.datetime.combine(first, dt.time(8))
    for number in range(count):
        start = begin + dt.timedelta(minutes=number * days * 1440 // count // 15 * 15)
        yield f"BEGIN:VEVENT\nUID:{number}@example.org\nDTSTAMP:20260101T000000Z\nSEQUENCE:1\n"
        yield f"DTSTART;TZID={ZONE}:{start:%Y%m%dT%H%M%S}\nDURATION:PT30M\n{rule}"
        yield f"SUMMARY:Meeting {number}\nDESCRIPTION:What it is about\\, where to dial in\n  and who takes notes\n"
        yield "LOCATION:Room 4\nATTENDEE;CN=A;PARTSTAT=ACCEPTED:mailto:a@example.org\nSTATUS:CONFIRMED\n"
        yield "TRANSP:OPAQUE\nBEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:Soon\nTRIGGER:-PT15M\nEND:VALARM\n"
        yield "END:VEVENT\n"


WEEKLY = "RRULE:FREQ=WEEKLY;BYDAY=MO,WE\nEXDATE;TZID=America/New_York:20261125T090000\n"
LAST_YEARS = MONDAY - dt.timedelta(days=730)
FILES: dict[str, Callable[[], Iterator[str]]] = {
    "10,000 single events over a year": lambda: events(10_000, MONDAY - dt.timedelta(days=180), 365),
    "10,000 single events within the four weeks": lambda: events(10_000, MONDAY, DAYS),
    "2,000 events that repeat weekly": lambda: events(2_000, LAST_YEARS, 730, WEEKLY),
    "10,000 events that repeat weekly": lambda: events(10_000, LAST_YEARS, 730, WEEKLY),
}


def seconds(code: str, file: Path) -> float:
    """How long a process that runs `code` for `file` takes. Exits where it fails."""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code, str(file)], check=False)
    taken = time.perf_counter() - started
    if done.returncode:
        sys.exit(f"{file.name}: exit status {done.returncode}")
    return taken


def main() -> None:
    """Prints the medians as a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeats", type=int, default=5, help="processes to take the median of")
    repeats = parser.parse_args().repeats
    readers = {"boneplan s": OURS}
    if importlib.util.find_spec("recurring_ical_events"):
        readers["libraries s"] = LIBRARIES
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    print(f"Python {platform.python_version()}; {system}. Median of {repeats}.\n")
    print(f"| calendar | MB | {' | '.join(readers)} |\n|---|---:|{'---:|' * len(readers)}")
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "busy.ics"
        for name, lines in FILES.items():
            text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Example//EN\n{''.join(lines())}END:VCALENDAR\n"
            path.write_text(text, encoding="utf-8", newline="\r\n")
            medians = [statistics.median(seconds(code, path) for _ in range(repeats)) for code in readers.values()]
            cells = " | ".join(f"{median:.2f}" for median in medians)
            print(f"| {name} | {path.stat().st_size / 1e6:.1f} | {cells} |", flush=True)


if __name__ == "__main__":
    main()
