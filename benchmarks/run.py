"""How long a plan takes, how close it comes to the week's lower bound, and what the plain model does in that time.

Whole processes are measured from outside: a child is started, waited for, and asked how much memory it had at most.
Run it with the interpreter that boneplan is installed for, on a quiet machine:

    python benchmarks/run.py
    python benchmarks/run.py tests/profiles/mei.yaml --time-limit 60 --repeats 5
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from daily_binaries import Plain

START = dt.date(2026, 11, 23)  # fixed, so that ages and with them targets are the same in every run
PEOPLE = ("grace", "ingrid", "joan", "mei", "samuel")
PROFILES = Path(__file__).resolve().parent.parent / "tests" / "profiles"
MIB = 1 << 20
UNIT = 1 if sys.platform == "darwin" else 1024  # of ru_maxrss: bytes on macOS, kibibytes elsewhere
SAME_BOUND = 1e-3  # plan.json rounds its bound to this


@dataclass(frozen=True)
class Run:
    """One process: wall seconds, and the most memory it held, in bytes."""

    seconds: float
    memory: int


@dataclass(frozen=True)
class Measured:
    """One person. `solve` is plan.json's; seconds are medians, `memory` the most of all runs in bytes."""

    name: str
    file: Path | None
    solve: dict[str, Any]
    solve_seconds: float
    process_seconds: float
    memory: int


def run_child(arguments: Sequence[str]) -> Run:
    """Runs `boneplan` with `arguments` in a process of its own. Exits where it fails.

    A child's peak memory counts what its parent held when it was forked: nothing heavy may be imported before.
    """
    started = time.perf_counter()
    child = subprocess.Popen([sys.executable, "-m", "boneplan", *arguments], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"boneplan {' '.join(arguments)}: exit status {child.returncode}")
    return Run(seconds, usage.ru_maxrss * UNIT)


def measure(file: Path | None, *, repeats: int, time_limit: float, folder: Path) -> Measured:
    """Plans for the person in `file` (None: the example) `repeats` times."""
    name = "example" if file is None else file.stem
    who = ["--example"] if file is None else [str(file)]
    how = ["--start", START.isoformat(), "--time-limit", f"{time_limit:g}", "--out", str(folder / name)]
    runs, solves = [], []
    for _ in range(repeats):
        runs.append(run_child(["plan", *who, *how]))
        solves.append(json.loads((folder / name / "plan.json").read_text(encoding="utf-8"))["menu"]["solve"])
    return Measured(
        name,
        file,
        solves[0],
        statistics.median(solve["seconds"] for solve in solves),
        statistics.median(run.seconds for run in runs),
        max(run.memory for run in runs),
    )


COLUMNS: dict[str, Callable[[Measured], str]] = {
    "person": lambda m: m.name,
    "bound": lambda m: f"{m.solve['bound']:.2f}",
    "cost": lambda m: f"{m.solve['objective']:.2f}",
    "gap": lambda m: f"{m.solve['gap']:.2%}",
    "menu s": lambda m: f"{m.solve_seconds:.2f}",
    "process s": lambda m: f"{m.process_seconds:.2f}",
    "peak MiB": lambda m: f"{m.memory / MIB:.0f}",
}
PLAIN_COLUMNS: dict[str, Callable[[Plain], str]] = {
    "options": lambda p: f"{p.options:,}",
    "portions": lambda p: f"{p.portions:,}",
    "binaries": lambda p: f"{p.binaries:,}",
    "rows": lambda p: f"{p.rows:,}",
    "bound": lambda p: _number(p.solution.bound),
    "cost": lambda p: _number(p.solution.objective),
    "gap": lambda p: "none" if p.gap is None else f"{p.gap:.1%}",
    "s": lambda p: f"{p.solution.seconds:.0f}",
}


def _number(value: float | None) -> str:
    return "none" if value is None else f"{value:.2f}"


def plans_table(people: Sequence[Measured]) -> str:
    """One Markdown row a person: what `boneplan plan` came to and took."""
    return _markdown([*COLUMNS], [[cell(person) for cell in COLUMNS.values()] for person in people])


def starts_table(plan: Path, repeats: int) -> str:
    """One Markdown row for each command that needs no solver: median seconds and most memory."""
    commands = [["--help"], ["verify", str(plan)]]
    commands += [["export", str(plan), "--format", form] for form in ("ics", "md", "csv", "json")]
    rows = []
    for arguments in commands:
        runs = [run_child(arguments) for _ in range(repeats)]
        shown = " ".join("plan.json" if argument == str(plan) else argument for argument in arguments)
        seconds, memory = statistics.median(run.seconds for run in runs), max(run.memory for run in runs)
        rows.append([f"`boneplan {shown}`", f"{seconds:.2f}", f"{memory / MIB:.0f}"])
    return _markdown(["command", "process s", "peak MiB"], rows)


def plain_table(people: Sequence[Measured], time_limit: float) -> str:
    """One Markdown row a person: the size of their problem, and what the plain model makes of it."""
    from daily_binaries import compare

    rows = []
    for person in people:
        _tell(f"plain model of {person.name}")
        plain = compare(person.file, START, seconds=time_limit)
        if abs(plain.week_bound - person.solve["bound"]) > SAME_BOUND:
            sys.exit(f"{person.name}: the plain model is of another problem than the plan")
        rows.append([person.name, *(cell(plain) for cell in PLAIN_COLUMNS.values())])
    return _markdown(["person", *PLAIN_COLUMNS], rows)


def _markdown(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    rule = ["---", *["---:"] * (len(heads) - 1)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, rule, *rows))


def machine() -> str:
    """What it all ran on."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("pulp", "highspy", "pandas"))
    system = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"Python {platform.python_version()}, {packages}; {system}"


def _tell(what: str) -> None:
    print(f"{what} ...", file=sys.stderr, flush=True)


def main() -> None:
    """Prints the tables as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("profiles", nargs="*", type=Path, help="profile files; otherwise the example and five people")
    parser.add_argument("--time-limit", type=float, default=20.0, help="seconds for each search of either model")
    parser.add_argument("--repeats", type=int, default=3, help="processes to take the median of")
    parser.add_argument("--no-plain", action="store_true", help="leave the plain model out")
    given = parser.parse_args()
    files: list[Path | None] = given.profiles or [None, *(PROFILES / f"{name}.yaml" for name in PEOPLE)]
    print(f"{machine()}. Time limit {given.time_limit:g} s, median of {given.repeats}.\n")
    with tempfile.TemporaryDirectory() as scratch:
        people = []
        for file in files:
            _tell(f"plans for {'the example' if file is None else file.stem}")
            people.append(measure(file, repeats=given.repeats, time_limit=given.time_limit, folder=Path(scratch)))
        print(plans_table(people), end="\n\n", flush=True)
        print(starts_table(Path(scratch) / people[0].name / "plan.json", given.repeats), flush=True)
    if not given.no_plain:
        print("\n" + plain_table(people, given.time_limit))


if __name__ == "__main__":
    main()
