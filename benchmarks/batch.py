"""A batch of generated people: plans a second and core, what came of everybody, and no plan that `verify` rejects.

The people are those of tests/people.py, with diets, allergies, medicines and conditions of every kind; each is a
profile in a folder that `boneplan batch` is then run on, in a process of its own. Run it with the interpreter that
boneplan and its test extra are installed for:

    python benchmarks/batch.py
    python benchmarks/batch.py 50 --jobs 1 --from 900 --keep folder

Exit status: 0 all held; 1 a plan was rejected, a fault, or fewer than 0.8 plans a second and core.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # where the tests are

if TYPE_CHECKING:
    from tests.people import Someone

START = dt.date(2026, 11, 23)  # fixed, so that ages and with them targets are the same in every run
LEAST_PLANS = 0.8  # a second and core


def write_people(folder: Path, count: int, first: int) -> None:
    """Writes `count` different people as profiles, from those of batch `first` on."""
    from tests.people import meet

    met: dict[str, dict[str, Any]] = {}

    def visit(someone: Someone) -> None:
        if fits(someone.profile):
            met.setdefault(repr(someone.profile), someone.profile)

    while len(met) < count:
        meet(visit, first, simplify=False)
        first += 1
    for number, profile in enumerate(list(met.values())[:count]):
        text = json.dumps(
            profile, default=str, indent=1, ensure_ascii=False
        )  # JSON is YAML, and writes each value out
        (folder / f"p{number:04d}.yaml").write_text(text, encoding="utf-8")


def fits(profile: dict[str, Any]) -> bool:
    """Whether the person can be asked for a plan from `START` on: generated ones live in other years as well."""
    from boneplan.errors import InputError
    from boneplan.profile_reader import check_profile

    try:
        check_profile(profile, "generated", START)
    except InputError:
        return False
    return True


def run(people: Path, out: Path, jobs: int) -> tuple[float, float, int]:
    """Runs the batch; returns the seconds on the wall, those of all its processors together, and its exit status."""
    command = [sys.executable, "-m", "boneplan", "batch", str(people), "--out", str(out), "--jobs", str(jobs)]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    answer = subprocess.run([*command, "--start", START.isoformat()], check=False).returncode
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, answer


def breaches(out: Path) -> list[str]:
    """What `verify` finds in the plans as they were written."""
    from boneplan.plan_io import read_plan
    from boneplan.verify import verify_plan

    return [
        f"{path.parent.name}: {breach.rule} ({breach.where}): {breach.text}"
        for path in sorted(out.glob("*/plan.json"))
        for breach in verify_plan(read_plan(path))
    ]


def report(out: Path, count: int, wall: float, processor: float, answer: int) -> bool:
    """Prints what came of the batch as Markdown; whether all of it held."""
    with (out / "summary.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    print("\n| status | people | with a menu | median gap to bound | most |\n| --- | ---: | ---: | ---: | ---: |")
    for status, number in Counter(row["status"] for row in rows).most_common():
        gaps = [float(row["gap_to_bound"]) for row in rows if row["status"] == status and row["gap_to_bound"]]
        told = f"{statistics.median(gaps):.2%} | {max(gaps):.2%}" if gaps else " | "
        print(f"| {status} | {number} | {len(gaps)} | {told} |")
    rejected, rate = breaches(out), count / processor
    planned = sum(bool(row["gap_to_bound"]) for row in rows)
    print(f"\nExit status {answer}. {wall:.0f} s on the wall, {processor:.0f} s of processors.")
    print(f"{rate:.2f} plans a second and core ({planned / processor:.2f} with a menu). Breaches: {len(rejected)}.")
    print("\n".join(rejected))
    faults = [row for row in rows if row["status"] == "fault"]
    for row in faults:
        print(f"fault: {row['id']}: {row['error']}")
    return not rejected and not faults and rate >= LEAST_PLANS


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Plans for generated people in one batch, and checks every plan.")
    parser.add_argument("count", type=int, nargs="?", default=200, help="how many people (200)")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the batch of people to begin with (0)")
    parser.add_argument("--jobs", type=int, default=2, help="how many at a time (2)")
    parser.add_argument("--keep", type=Path, help="a folder for the profiles and plans, which then stay")
    asked: Any = parser.parse_args(arguments)
    from run import machine

    print(f"{machine()}. {asked.count} people, {asked.jobs} at a time.")
    with tempfile.TemporaryDirectory() as scratch:
        folder = asked.keep or Path(scratch)
        people, out = folder / "people", folder / "plans"
        people.mkdir(parents=True, exist_ok=True)
        write_people(people, asked.count, asked.first)
        wall, processor, answer = run(people, out, asked.jobs)
        return 0 if report(out, asked.count, wall, processor, answer) else 1


if __name__ == "__main__":
    sys.exit(main())
