"""A plan that holds is found to hold, whatever is in a plan it is judged, and the judge stands alone."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

import boneplan.verify
from boneplan.plan import Plan

FOLDER = Path(boneplan.verify.__file__).parent
MAY_USE = {"boneplan.data", "boneplan.errors", "boneplan.plan", "boneplan.verify", "yaml"}


def test_a_plan_that_keeps_every_rule_has_no_breach(world: Any, make_world: Any) -> None:
    assert world.breaches() == []
    assert make_world(2).breaches() == []


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_the_judge_imports_nothing_of_the_planner(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "relative imports hide where code comes from"
            names = [node.module or ""]
        else:
            continue
        for name in names:
            own = any(name == allowed or name.startswith(f"{allowed}.") for allowed in MAY_USE)
            assert own or name.split(".")[0] in sys.stdlib_module_names, name


def test_judging_loads_neither_the_planner_nor_anything_heavy() -> None:
    code = "import sys, boneplan.verify; print('\\n'.join(sys.modules))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    for name in ("pandas", "numpy", "pulp", "highspy", "icalendar", "rich"):
        assert name not in loaded
    ours = {name for name in loaded if name.startswith("boneplan.") and not name.startswith("boneplan.verify")}
    assert ours == {"boneplan.data", "boneplan.errors", "boneplan.plan"}


def paths(value: Any, so_far: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [so_far] if so_far else []
    if isinstance(value, (dict, list)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            found += paths(inner, (*so_far, key))
    return found


values = st.none() | st.booleans() | st.integers(-1000, 10**6) | st.floats(-1e6, 1e9) | st.text(max_size=6)
values |= st.sampled_from([[], {}, [{}], ["x"], "08:00", "2026-11-24"])


# What plans may hold beside what those of the other tests do.
MORE: dict[str, Any] = {
    "rules": {
        "targets": [
            {"instead_of": "nutrition/fibre/ai", "nutrient": "fibre", "min": 1, "unit": "g", "meal": ["lunch"]}
        ],
        "drop": [{"target": "nutrition/calcium/rda"}],
        "require": [{"food": "milk-2", "per_week": 1, "at": ["breakfast"]}],
        "limit": [{"category": 1004, "per_day": 4}, {"kind_of_meal": "sandwich", "per_week": 2}],
        "ban": ["liver", {"tag": "fish"}],
        "prefer": [{"tag": "fruit", "weight": 2}],
        "pin": [{"food": "milk", "on": ["monday", "2026-11-24"], "at": "breakfast"}],
        "reuse": [{"food": "bread", "times": 7, "at": ["breakfast"]}],
        "phytoestrogens": "limit",
        "budget_per_day": 20,
    },
    "own_foods": [
        {
            "id": "soup",
            "name": "Soup",
            "category": 3804,
            "amounts": {"calcium": 120},
            "flags": {"milk": "yes"},
            "phytoestrogen": "none",
            "isoflavones_unknown": False,
            "measures": [{"measure": "cup", "plural": "cups", "grams": 200}],
            "meals": {"lunch": [100, 300]},
            "ingredients": [{"food": "milk", "grams": 200}],
            "yield_grams": 200,
        }
    ],
    "conflicts": [
        {
            "part": "exercise",
            "rules": ["exercise-balance-3-days"],
            "text": "No time.",
            "relaxations": ["Ten minutes more."],
            "members": [{"rule": "exercise-balance-3-days", "text": "Balance.", "source": "Made for tests"}],
            "changes": [{"text": "Ten minutes more.", "rules": [], "tried": "weeks"}],
        }
    ],
}


@settings(suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_plan_with_anything_in_any_place_is_judged_and_never_crashes(world: Any, data: st.DataObject) -> None:
    document = json.loads(json.dumps({**world.document, **MORE}))
    for _ in range(data.draw(st.integers(1, 3))):
        *parents, last = data.draw(st.sampled_from(paths(document)))
        place = document
        for key in parents:
            place = place[key]
        place[last] = data.draw(values)
    try:
        Plan.model_validate(document)
    except ValidationError:
        return
    for breach in replace(world, document=document).breaches():
        assert breach.rule.startswith(("verify/", "rules"))
        assert breach.where
        assert breach.text
