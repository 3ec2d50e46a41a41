"""Cases in plain words: a person, and what must and must not be in their plan. The YAML files beside this hold them.

A case is laid over person.yaml: mappings are merged, everything else takes the place of what was there. `rule` is the
rule (or rules) of guidelines/ that the case is about. Every line of `must` asks for a record of the kind that its
first key names (answers.py has them all); every line of `must_not` for one that is not there. In a line

    any          whatever the value is
    [a, b]       one of these; of a text (says, ask ...) or of what is a list itself: all of these
    "<= 500"     a number compared, also >=, < and >

A notice or a target is one of the case's rule, unless the line names another `rule`.
"""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.clinic.answers import Answers, Record, finder

from boneplan.applies import tier_rules
from boneplan.avoid import avoid_list
from boneplan.doses import dose_rules
from boneplan.guidelines import rules as nutrition_rules
from boneplan.monitoring import check_rules
from boneplan.profile_reader import check_profile
from boneplan.rulebook.places import places
from boneplan.safety import all_gates
from boneplan.yaml_reader import parse_yaml

FOLDER = Path(__file__).parent
START = dt.date(2026, 11, 23)  # a Monday
WITH_A_MENU = ("plan", "vitamin_k", "calcium")  # kinds that need a whole menu, which takes seconds
MOST_MENUS = 10
COMPARED = {"<=": operator.le, ">=": operator.ge, "<": operator.lt, ">": operator.gt}
OF_THE_RULE = ("notice", "exercise_notice", "target")  # of the case's own rule where a line names none
TEXTS = ("says", "ask", "because", "changes", "source", "name")
# Triggers with a figure: their gates have a case on either side of it.
FIGURES = {
    "age_below", "age_from", "bmi_below", "bmi_from", "t_score_below", "t_score_at_most", "risk_factors_from",
    "supplement", "agreed_vitamin_k_below_rule",
}  # fmt: skip


def read(path: Path) -> Any:
    """The content of a YAML file, read as profiles are."""
    data, problems = parse_yaml(path.read_text(encoding="utf-8"), path.name)
    assert not problems, problems
    return data


PERSON: dict[str, Any] = read(FOLDER / "person.yaml")
CASES: list[dict[str, Any]] = [
    {"theme": path.stem, **case}
    for path in sorted(FOLDER.glob("*.yaml"))
    if path.stem != "person"
    for case in read(path)
]


def rules_of(case: Mapping[str, Any]) -> list[str]:
    """The rules that a case is about."""
    named = case["rule"]
    return named if isinstance(named, list) else [named]


def laid_over(below: Any, above: Any) -> Any:
    """`above` merged into `below`, mapping by mapping."""
    if not (isinstance(below, dict) and isinstance(above, dict)):
        return above
    return {**below, **{key: laid_over(below.get(key), value) for key, value in above.items()}}


def answers_to(case: Mapping[str, Any]) -> Answers:
    """What boneplan says to the person of a case."""
    start = dt.date.fromisoformat(str(case.get("start", START)))
    profile = laid_over(PERSON, case.get("profile", {}))
    return Answers(check_profile(profile, case["case"], max(start, START)), start)


def fits(key: str, wanted: Any, found: Any) -> bool:
    """Whether a value of a record is what a line asks for."""
    if wanted == "any":
        return True
    if key in TEXTS or isinstance(found, list):
        return all(word in found for word in map(str, wanted if isinstance(wanted, list) else [wanted]))
    if isinstance(wanted, list):
        return found in wanted
    if isinstance(wanted, str) and wanted.split(" ")[0] in COMPARED:
        sign, _, number = wanted.partition(" ")
        return found is not None and bool(COMPARED[sign](found, float(number)))
    return bool(found == (pytest.approx(wanted) if isinstance(wanted, float) else wanted))


def found_by(line: Mapping[str, Any], case: Mapping[str, Any], answers: Answers) -> tuple[list[Record], list[Record]]:
    """The records that a line means, and all of their kind."""
    kind = next(iter(line))
    wanted = {"rule": rules_of(case), **line} if kind in OF_THE_RULE else line
    every = finder(kind)(answers)
    for key in wanted:
        assert not every or any(key in record for record in every), f"{kind} has no {key}"
    return [r for r in every if all(fits(key, value, r.get(key)) for key, value in wanted.items())], every


@pytest.mark.parametrize("case", CASES, ids=[f"{case['theme']}: {case['case']}" for case in CASES])
def test_a_case_of_the_clinic(case: dict[str, Any]) -> None:
    answers = answers_to(case)
    for line in case.get("must", ()):
        meant, every = found_by(line, case, answers)
        assert meant, f"must: {line}\nfound: {every}"
    for line in case.get("must_not", ()):
        meant, _ = found_by(line, case, answers)
        assert not meant, f"must not: {line}\nfound: {meant}"


def test_every_case_says_something_and_no_two_say_it_in_the_same_words() -> None:
    words = [case["case"] for case in CASES]
    assert len(set(words)) == len(words)
    for case in CASES:
        assert case.keys() <= {"theme", "case", "rule", "start", "profile", "must", "must_not"}, case["case"]
        assert case.get("must") or case.get("must_not"), case["case"]


def test_few_cases_need_a_whole_menu() -> None:
    whole = [case["case"] for case in CASES if any(next(iter(line)) in WITH_A_MENU for line in lines(case))]
    assert len(whole) <= MOST_MENUS


def lines(case: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Every line of a case."""
    yield from (*case.get("must", ()), *case.get("must_not", ()))


TIERS = tier_rules()
RULES = [
    *(f"safety/gates/{gate.id}" for gate in all_gates()),
    *(made.rule_id(rule) for made, rule in nutrition_rules()),
    *(f"safety/tiers/{tier.tier}/{reason.id}" for tier in TIERS.tiers for reason in tier.reasons),
    *(f"safety/tiers/{factor.id}" for factor in TIERS.risk_factors),
    *(entry.rule for entry in avoid_list()),
    *(check.rule for check in check_rules()),
    *(dose.rule for dose in dose_rules()),
]


def test_every_case_is_about_rules_that_there_are() -> None:
    assert {rule for case in CASES for rule in rules_of(case)} <= places().keys()


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_case_in_which_it_does_something(rule: str) -> None:
    assert any(rule in rules_of(case) and case.get("must") for case in CASES)


@pytest.mark.parametrize(
    "gate", [g for g in all_gates() if g.when.model_fields_set & FIGURES], ids=lambda gate: gate.id
)
def test_a_gate_with_a_figure_has_a_case_on_either_side_of_it(gate: Any) -> None:
    about = [case for case in CASES if f"safety/gates/{gate.id}" in rules_of(case)]
    for side in ("must", "must_not"):
        assert any("notice" in line for case in about for line in case.get(side, ())), side
