"""Every input of tests/conflicts answered in full: its conflicts, and a whole week planned with the first change.

Usage: python benchmarks/conflicts.py [name ...]
Prints for each the rules of its conflicts, the first change and the seconds of processor time; exits with 1 where a
first change was not seen to give a week.
"""

from __future__ import annotations

import datetime as dt
import sys
import time
from pathlib import Path

import yaml

from boneplan.menu.case import MenuCase, menu_case
from boneplan.menu.planner import plan_menu
from boneplan.profile import Profile
from boneplan.rules.schema import Rules
from boneplan.rules.targets import targets_under

INPUTS = Path(__file__).parents[1] / "tests" / "conflicts"
START = dt.date(2026, 11, 23)
WOMAN = {
    "sex": "female",
    "birth_date": "1961-04-02",
    "height_cm": 163,
    "weight_kg": 68,
    "bone": {"t_scores": {"lumbar_spine": -1.8}},
}


def case_of(path: Path) -> MenuCase:
    """The case of an input."""
    given = yaml.safe_load(path.read_text("utf-8"))
    profile, rules = Profile.model_validate(WOMAN | given.get("profile", {})), given.get("rules", {})
    asked = Rules.model_validate(rules)
    return menu_case(profile, targets_under(profile, asked, START), start=START, weeks=1, seed=0, rules=asked)


def main(names: list[str]) -> int:
    """Answers the inputs named, or all of them."""
    unanswered = 0
    for path in sorted(INPUTS.glob("*.yaml")):
        if names and path.stem not in names:
            continue
        started = time.process_time()
        found = plan_menu(case_of(path), weeks=1, seconds=60.0)
        took = time.process_time() - started
        conflicts = [conflict for conflict in (found.conflict, *found.others) if conflict]
        changes = conflicts[0].changes if conflicts else []
        does = bool(changes) and changes[0].tried == "weeks"
        unanswered += not does
        print(f"{path.stem}: {took:.1f} s, {' | '.join(', '.join(conflict.rules) for conflict in conflicts)}")
        print(f"  {'→' if does else 'NO'} {changes[0].text if changes else 'nothing offered'}", flush=True)
    return 1 if unanswered else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
