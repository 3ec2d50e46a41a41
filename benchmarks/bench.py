"""How long the bench takes: a live re-plan after one target moved, a frontier, and the prices of a plan.

Seconds of one process, wall and processor: where both differ, the machine was busy with something else. Run it with
the interpreter that boneplan is installed for, on a quiet machine:

    python benchmarks/bench.py
    python benchmarks/bench.py tests/profiles/mei.yaml --repeats 5
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from boneplan.menu.bench import Bench
from boneplan.menu.case import MenuCase, menu_case
from boneplan.menu.live import LiveBasket, stated
from boneplan.menu.search import firm
from boneplan.menu.week import Week
from boneplan.profile_reader import load_example, load_profile
from boneplan.targets import resolve_targets
from boneplan.whatif.frontier import frontier
from boneplan.whatif.vary import moved, parse_varied

START = dt.date(2026, 11, 23)  # fixed, so that ages and with them targets are the same in every run
MOVES = ("calcium=1250", "calcium=1300", "protein=85", "fibre=28", "sodium.max=2200", "vitamin_k=120")
FRONTIER = "calcium=800..1600:100"
SECONDS = 60.0


def timed(work: Callable[[], object]) -> tuple[float, float]:
    """Wall and processor seconds of the work."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - processor


def row(name: str, measured: Sequence[tuple[float, float]]) -> str:
    """A row of the table: the median and the worst of each."""
    walls, processors = zip(*measured, strict=True)
    return (
        f"| {name} | {len(measured)} | {statistics.median(walls):.2f} | {max(walls):.2f} | "
        f"{statistics.median(processors):.2f} | {max(processors):.2f} |"
    )


def replans(case: MenuCase, repeats: int) -> tuple[list[tuple[float, float]], list[float]]:
    """Seconds of re-plans, each from the week of today's targets, and how far each is from its bound (a share)."""
    found: list[tuple[float, float]] = []
    gaps: list[float] = []
    for _ in range(repeats):
        bench = Bench(case, seconds=SECONDS)
        for text in MOVES:
            (vary,) = parse_varied([text], case.targets)
            targets = moved(case.targets, vary, vary.values[0])
            found.append(timed(lambda bench=bench, targets=targets: bench.replan(targets)))  # type: ignore[misc]
            if isinstance(bench.week, Week):
                gaps.append(bench.week.objective / bench.week.bound - 1)
    return found, gaps


def prices(case: MenuCase) -> None:
    """The price of every bound that binds."""
    from boneplan.explain.prices import Pricer

    basket = LiveBasket(case.problem())
    pricer = Pricer(basket, firm(basket.problem, basket))
    bounds = stated(pricer.problem)
    for number, dual in pricer.duals(bounds).items():
        if dual > 0:
            pricer.price(bounds[number], dual)


def main() -> None:
    """Measures one person and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("profile", nargs="?", type=Path, help="a profile instead of the built-in person")
    parser.add_argument("--repeats", type=int, default=3, help="how often everything is measured")
    asked = parser.parse_args()
    person = load_profile(asked.profile) if asked.profile else load_example()
    case = menu_case(person, resolve_targets(person, START), start=START, weeks=1, seed=0)
    found, gaps = replans(case, asked.repeats)
    print("| what | runs | wall s, median | worst | processor s, median | worst |")
    print("|---|---|---|---|---|---|")
    print(row("re-plan after one target moved", found))
    varied = parse_varied([FRONTIER], case.targets)
    drawn = [timed(lambda: frontier(case, varied, seconds=SECONDS)) for _ in range(asked.repeats)]
    print(row(f"frontier {FRONTIER}, its first week too", drawn))
    print(row("prices of all bounds that bind", [timed(lambda: prices(case)) for _ in range(asked.repeats)]))
    print(f"\nRe-planned menus cost {100 * statistics.median(gaps):.1f} % above their bound, at most", end=" ")
    print(f"{100 * max(gaps):.1f} %.")


if __name__ == "__main__":
    main()
