"""Generated people on a vitamin K antagonist by the hundred: every day within the agreed band, or a reason why not.

The people and the checks are those of tests/menu/test_warfarin.py, which takes a share of them in every test run.
Run it with the interpreter that boneplan and its test extra are installed for:

    python benchmarks/warfarin.py 200
    python benchmarks/warfarin.py 50 --from 1000 --evaluate path/to/evaluate_plan.py

`--evaluate` names a program that judges a plan.json by itself (exit status 0: no breach).
Exit status: 0 all held; 1 something broke.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # where the tests are


@dataclass(frozen=True)
class Met:
    """What came of person `number`: in one word, in how long, and all that is wrong."""

    number: int
    answer: str
    seconds: float
    said: str
    wrong: list[str]


def meet(number: int, evaluate: Path | None) -> Met:
    """Plans for one person and judges the plan."""
    from tests.menu.test_warfarin import outcome, patient

    from boneplan.plan_io import plan_json

    profile = patient(number)
    agreed, pattern = profile["diet"]["vitamin_k_agreed"], profile["diet"]["pattern"]
    who = f"{profile['sex']}, {pattern}, agreed {agreed} µg"
    try:
        found = outcome(profile)
    except Exception:
        return Met(number, "fault", 0.0, who, [traceback.format_exc(limit=-4)])
    wrong = list(found.wrong)
    if evaluate:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "plan.json"
            path.write_bytes(plan_json(found.plan))
            judged = subprocess.run([sys.executable, str(evaluate), str(path)], capture_output=True, text=True)
        if judged.returncode:
            wrong.append(f"{evaluate.name}: {judged.stdout}{judged.stderr}")
    if found.days:
        said = f"days {min(found.days):.0f}-{max(found.days):.0f} µg, mean {statistics.mean(found.days):.0f} µg"
    else:
        said = " / ".join(
            f"{c.text} [{', '.join(c.rules)}] -> {'; '.join(c.relaxations)}" for c in found.plan.conflicts
        )
    return Met(number, found.plan.status, found.seconds, f"{who}: {said}", wrong)


def report(met: Sequence[Met]) -> bool:
    """Prints what came of everybody; whether all of it held."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("pulp", "highspy"))
    print(
        f"\nPython {platform.python_version()}, {packages}; {platform.system()} {platform.machine()}, "
        f"{os.cpu_count()} cores"
    )
    print("\n| answer | people |\n| --- | ---: |")
    for answer, count in Counter(one.answer for one in met).most_common():
        print(f"| {answer} | {count} |")
    seconds = sorted(one.seconds for one in met)
    print(f"\nSeconds of a plan: median {statistics.median(seconds):.1f}, most {seconds[-1]:.1f}.")
    broken = [one for one in met if one.wrong]
    print(f"People with something broken: {len(broken)}.")
    for one in broken:
        print(f"\n== {one.number}: {one.said}\n" + "\n".join(one.wrong))
    return not broken


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line; returns the exit status."""
    parser = argparse.ArgumentParser(description="Plans menus for generated people on a vitamin K antagonist.")
    parser.add_argument("count", type=int, nargs="?", default=200, help="how many people (200)")
    parser.add_argument("--from", type=int, default=0, dest="first", help="the person to begin with (0)")
    parser.add_argument("--processes", type=int, default=2, help="how many at a time (2)")
    parser.add_argument("--evaluate", type=Path, help="a program that judges a plan.json by itself")
    asked: Any = parser.parse_args(arguments)
    met = []
    with ProcessPoolExecutor(asked.processes) as pool:
        numbers = range(asked.first, asked.first + asked.count)
        for one in pool.map(partial(meet, evaluate=asked.evaluate), numbers):
            print(f"{one.number:4d} {one.seconds:5.1f} s {one.answer:10s} {one.said}", flush=True)
            met.append(one)
    return 0 if report(met) else 1


if __name__ == "__main__":
    sys.exit(main())
