"""No number of clinical meaning stands in src/: those belong into guidelines/, each with its source.

Every number in the code and in the texts that people see, but for 0, 1 and 2, has its reason in
clinical_numbers.yaml, by module. One that a clinician would ask the source of belongs into guidelines/ instead.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml

TESTS = Path(__file__).parent
SOURCE = TESTS.parent / "src" / "boneplan"
LIST = TESTS / "clinical_numbers.yaml"
MODULES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))

# Counting, the first and the last of a list, pairs. What halves or doubles something may well be clinical.
STRUCTURAL = {0, 1, 2}
SCALING = (ast.Div, ast.FloorDiv, ast.Mult)
# A figure in a text, with what it counts: "500 mg", "30 minutes", "10 %".
IN_TEXT = re.compile(
    r"(?<![\w.,-])\d[\d,.]*\s?(?:%|(?:mg|µg|ug|IU|g|kg|kcal|cm|MET|per cent|drinks?|"
    r"(?:minute|hour|day|week|month|year)s?)\b)"
)


def numbers(module: str) -> set[str]:
    """The numbers of a module as its list gives them: as Python prints them, or in a text with what they count."""
    tree = ast.parse((SOURCE / module).read_text(encoding="utf-8"))
    return set(_numbers(tree, frozenset(_docstrings(tree))))


def _docstrings(tree: ast.Module) -> Iterator[int]:
    for node in ast.walk(tree):
        for statement in getattr(node, "body", []) if not isinstance(node, ast.Lambda | ast.IfExp) else []:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                yield id(statement.value)


def _numbers(tree: ast.Module, docstrings: frozenset[int]) -> Iterator[str]:
    scaling = {
        id(side)
        for node in ast.walk(tree)
        if isinstance(node, ast.BinOp) and isinstance(node.op, SCALING)
        for side in (node.left, node.right)
        if isinstance(side, ast.Constant) and side.value == 2
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in docstrings or isinstance(node.value, bool):
            continue
        if isinstance(node.value, int | float) and (node.value not in STRUCTURAL or id(node) in scaling):
            yield f"{node.value:g}" if node.value < 1e6 else f"{node.value:.0f}"
        if isinstance(node.value, str):
            yield from (found.group() for found in IN_TEXT.finditer(node.value))


@cache
def allowed() -> dict[str, dict[str, str]]:
    listed = yaml.safe_load(LIST.read_text(encoding="utf-8"))
    return {module: {str(number): reason for number, reason in rows.items()} for module, rows in listed.items()}


@pytest.mark.parametrize("module", MODULES)
def test_every_number_of_a_module_has_its_reason(module: str) -> None:
    found, listed = numbers(module), allowed().get(module, {})
    new = sorted(found - listed.keys())
    assert not new, (
        f"{module}: {', '.join(new)}: a figure of clinical meaning belongs into guidelines/ with its source; "
        f"any other with its reason into tests/clinical_numbers.yaml"
    )
    gone = sorted(listed.keys() - found)
    assert not gone, f"{module}: {', '.join(gone)}: no longer there: take it out of tests/clinical_numbers.yaml"


def test_the_list_names_modules_that_exist_and_gives_reasons() -> None:
    assert allowed().keys() <= set(MODULES)
    assert not [
        (module, number) for module, rows in allowed().items() for number, why in rows.items() if len(why) < 5
    ]


def test_a_figure_is_found_in_code_in_a_text_and_in_a_half(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "new.py").write_text(
        '"""Takes 30 minutes."""\n'
        "CALCIUM = 1_200\n"
        "def least(x: float) -> float:\n"
        '    """Not under 500 mg."""\n'
        "    return x / 2 + x[1] - 2\n"
        'TEXT = f"wait 45 minutes, {CALCIUM} mg or 10 %, not 2026-11-23"\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(f"{__name__}.SOURCE", tmp_path)
    assert numbers("new.py") == {"1200", "2", "45 minutes", "10 %"}
