"""Generated people by the thousand: no rule of exercise broken for any of them, and no schedule over a second.

The people and the checks are those of tests/schedule/test_generated_people.py, which takes a share of them in every
test run. Run it with the interpreter that boneplan and its test extra are installed for:

    python benchmarks/people.py 2000
    python benchmarks/people.py 300 --from 5000 --processes 1

Exit status: 0 all held; 1 something broke, or a schedule took over a second.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import sys
import traceback
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # where the tests are

if TYPE_CHECKING:
    from tests.people import Someone
    from tests.schedule.test_generated_people import Outcome

MOST_SECONDS = 1.0
MOST_SHOWN = 10  # of slow people, and of broken ones, in full


@dataclass(frozen=True)
class Met:
    """A person and what came of them; `fault` is the traceback where planning fell over."""

    someone: Someone
    outcome: Outcome | None
    fault: str = ""

    @property
    def wrong(self) -> Sequence[str]:
        """All that is wrong, in lines."""
        return self.outcome.wrong if self.outcome else [self.fault]


def share(count: int, first: int, step: int) -> list[Met]:
    """Plans for `count` different people, from those of batch `first` on and then of every `step`th."""
    from tests.people import meet
    from tests.schedule.test_generated_people import EXERCISES, outcome

    met: dict[str, Met] = {}

    def visit(someone: Someone) -> None:
        if len(met) == count or repr(someone) in met:
            return
        if not met:
            outcome(someone)  # the first one loads the solver and the tables
        try:
            met[repr(someone)] = Met(someone, outcome(someone))
        except Exception:
            met[repr(someone)] = Met(someone, None, traceback.format_exc(limit=-4))

    batch = first
    while len(met) < count:
        meet(visit, batch, exercises=EXERCISES, simplify=False)
        batch += step
    return list(met.values())


def as_yaml(someone: Someone) -> str:
    """The person as a profile file, with what else matters above it in comments."""
    import yaml

    lines = [f"# start: {someone.start}, seed: {someone.seed}"]
    if someone.busy:
        lines.append("# busy: " + ", ".join(f"{b.date} {b.start}-{b.end}" for b in someone.busy))
    if someone.behind:
        lines.append(f"# behind: {asdict(someone.behind)}")
    return "\n".join([*lines, yaml.safe_dump(someone.profile, sort_keys=False, allow_unicode=True, width=100)])


def row(name: str, seconds: Sequence[float]) -> str:
    """A row of the table of times."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive")
    return f"| {name} | {cuts[49]:.3f} | {cuts[94]:.3f} | {cuts[98]:.3f} | {max(seconds):.3f} |"


def report(met: Sequence[Met]) -> bool:
    """Prints what came of everybody as Markdown; whether all of it held."""
    planned = [(m, m.outcome) for m in met if m.outcome]
    slow = [m for m, found in planned if found.cpu > MOST_SECONDS]
    broken = [m for m in met if m.wrong]
    packages = ", ".join(f"{name} {version(name)}" for name in ("pulp", "highspy", "hypothesis"))
    from tests.schedule.test_generated_people import EVALUATE

    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    print(f"Python {platform.python_version()}, {packages}; {machine}")
    looked = f"verify and {EVALUATE.name}" if EVALUATE.is_file() else "verify alone"
    print(f"Checked by the test's own eyes and by {looked}")
    print("\n| answer | people | share |\n| --- | ---: | ---: |")
    for answer, count in Counter(found.answer for _, found in planned).most_common():
        print(f"| {answer} | {count} | {count / len(met):.1%} |")
    print(f"\nPeople with something broken: {len(broken)}. Schedules over {MOST_SECONDS:g} s: {len(slow)}.")
    solved = [found for _, found in planned if found.answer != "refused"]
    if len(solved) > 1:
        print("\n| seconds of a schedule | median | 95 % | 99 % | most |\n| --- | ---: | ---: | ---: | ---: |")
        print(row("processor", [found.cpu for found in solved]))
        print(row("clock on the wall", [found.wall for found in solved]))
    by_time = sorted(planned, key=lambda pair: pair[1].cpu, reverse=True)
    for one, found in by_time[: min(MOST_SHOWN, max(1, len(slow)))]:
        print(f"\n== Slow, {found.cpu:.3f} s ({found.answer})\n\n{as_yaml(one.someone)}")
    for number, one in enumerate(broken[:MOST_SHOWN], 1):
        print(f"\n== Broken, {number} of {len(broken)}\n" + "\n".join(one.wrong) + f"\n\n{as_yaml(one.someone)}")
    return not broken and not slow


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Plans exercise for generated people and checks all of it.")
    parser.add_argument("count", type=int, nargs="?", default=2000, help="how many people (2000)")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the batch to begin with (0)")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time (2)")
    asked: Any = parser.parse_args(arguments)
    numbers = range(asked.processes)
    counts = [asked.count // asked.processes + (n < asked.count % asked.processes) for n in numbers]
    with ProcessPoolExecutor(asked.processes) as pool:
        parts = pool.map(share, counts, (asked.first + n for n in numbers), [asked.processes] * asked.processes)
        return 0 if report([one for part in parts for one in part]) else 1


if __name__ == "__main__":
    sys.exit(main())
