"""The rules that a profile brings itself, which stand in no guideline: plans name them as they name the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args

from boneplan.choices import Allergen, Intolerance, Pattern
from boneplan.rulebook.words import in_words, value_in_words

if TYPE_CHECKING:
    from boneplan.plan import Plan


def own_rules() -> dict[str, str]:
    """Every rule that a profile can bring, by its id, with what it does."""
    return {
        **{f"diet/allergy/{a}": f"foods that hold {in_words(a)}, or may, stay out" for a in get_args(Allergen)},
        **{f"diet/pattern/{p}": f"foods that are not {p} stay out" for p in get_args(Pattern)},
        **{f"diet/intolerance/{i}": f"foods with {i} stay out" for i in get_args(Intolerance)},
        "diet/phytoestrogens/avoid": "known sources of phytoestrogens stay out while the policy is avoid",
        "diet/phytoestrogens/unknown": "foods whose isoflavones nobody has measured stay out",
        "diet/budget": "a day's food costs no more than the budget, and foods without a price stay out",
        "exercise-equipment": "exercises need only what exercise.equipment lists",
        "exercise-level": "exercises are of the profile's level or easier",
        "exercise-place": "exercises are done at one of exercise.places",
        "exercise-availability": "sessions lie in the times of exercise.availability",
        "exercise-busy-times": "sessions keep clear of the times that a calendar says are taken",
    }


def named_in(plan: Plan) -> dict[str, str]:
    """The rules that this plan names, dislikes and a dietitian's own among them, with what it says of each."""
    said = {rule: conflict.text for conflict in plan.conflicts for rule in conflict.rules}
    said |= {f"diet/dislike/{word}": f"no {word}" for word in plan.profile.get("diet", {}).get("dislikes", [])}
    said |= {target.rule: target.title for target in plan.targets}
    said |= {rule: "" for intake in plan.intakes for rule in intake.rules}
    said |= {check.rule: check.what for check in plan.monitoring}
    said |= {rule: text for rule, text in of_the_file(plan.rules).items() if not said.get(rule)}
    return {notice.rule: "" for notice in plan.notices} | said


def of_the_file(rules: Mapping[str, Any]) -> dict[str, str]:
    """Each rule of a rules file by its id, such as `rules/require[0]`, with what it says in the file's words."""
    found = {}
    for part, asked in rules.items():
        if not isinstance(asked, list):
            found[f"rules/{part}"] = f"{in_words(part)}: {value_in_words(asked)}"
            continue
        for number, rule in enumerate(asked):
            found[f"rules/{part}[{number}]"] = f"{part}: {value_in_words(rule)}"
    return found
