"""For whom a rule is, in plain words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, get_args

from boneplan.guidelines import NUTRIENTS, OLDEST, guideline
from boneplan.profile_health import Drug
from boneplan.rulebook.words import either, figure, in_words, unit_in_words
from boneplan.units import SUPPLEMENT_UNITS
from boneplan.who import SupplementAbove, Who

EVERYBODY = "everybody"

_NOUNS = {"female": "women", "male": "men"}
# Traits and conditions that cannot follow "with" as they are spelt.
_WITH = {
    "premenopausal": "menopause still to come",
    "trying_for_pregnancy": "a pregnancy wished for",
    "weight_loss": "weight lost without being meant to",
    "osteoporosis": "a T-score in the range of osteoporosis",
    "osteopenia": "a T-score in the range of osteopenia",
    "normal_bone": "a normal T-score",
    "bone_unknown": "no T-score on file",
    "recent_surgery": "a recent operation",
    "vertebral_fracture": "a broken vertebra",
    "fragility_fracture": "a bone broken with little force",
    "multiple_low_trauma_fractures": "several bones broken with little force",
    "unsupervised": "nobody to supervise (which is everybody here)",
    "beginner": "the level beginner",
    "intermediate": "the level intermediate",
    "advanced": "the level advanced",
    "inactive": "the activity inactive",
}


def who_in_words(who: Who) -> str:
    """The people whom `who` means: "everybody", or such as "women under 50 years, with a worst T-score below -2"."""
    clauses = [say(getattr(who, field)) for field, say in _CLAUSES if _asks(who, field)]
    noun = _NOUNS[who.sex] if who.sex else "people"
    if not clauses:
        return noun if who.sex else EVERYBODY
    return f"{noun} {', '.join(clauses)}"


def traits_in_words(traits: Iterable[str], *, every: bool = False) -> str:
    """People with any of the traits that exercise rules ask about, or with `every` one of them."""
    named = [_with(trait) for trait in traits]
    return f"people with {' and '.join(named) if every else either(named)}"


def ages_in_words(first: int, last: int, sex: str | None = None) -> str:
    """Such as "women from 51 years", "men of 19 to 70 years", "adults"."""
    noun = _NOUNS[sex] if sex else "people"
    if last == OLDEST:
        return f"{noun} from {first} years"
    return f"{noun} of {first} years" if first == last else f"{noun} of {first} to {last} years"


def _asks(who: Who, field: str) -> bool:
    return bool(getattr(who, field) != Who.model_fields[field].default)


def _with(trait: str) -> str:
    return _WITH.get(trait, in_words(trait))


def _in_therapy(drugs: Iterable[str]) -> str:
    inhibitors = set(get_args(Drug)) - {"none"}
    return "an aromatase inhibitor" if inhibitors <= set(drugs) else _any(drugs)


def _any(keys: Iterable[str]) -> str:
    return either([in_words(key) for key in keys])


def _supplement(limit: SupplementAbove) -> str:
    name = f"a declared supplement of {in_words(limit.nutrient)}"
    if limit.above_rule:
        return f"with {name} above the rule {in_words(limit.above_rule)}"
    counted = limit.nutrient in NUTRIENTS
    unit = unit_in_words(guideline(limit.nutrient).unit if counted else SUPPLEMENT_UNITS[limit.nutrient][0])
    return f"with {name} above {figure(limit.above)} {unit} a day" if limit.above else f"with {name}"


_CLAUSES: tuple[tuple[str, Callable[[Any], str]], ...] = (
    ("age_from", lambda years: f"from {years} years"),
    ("age_below", lambda years: f"under {years} years"),
    ("bmi_from", lambda bmi: f"with a body mass index from {figure(bmi)}"),
    ("bmi_below", lambda bmi: f"with a body mass index below {figure(bmi)}"),
    ("conditions", lambda keys: f"with {either([_with(key) for key in keys])}"),
    ("medicines", lambda keys: f"with a medicine of the kind {_any(keys)}"),
    ("without_medicines", lambda keys: f"without a medicine of the kind {_any(keys)}"),
    ("drugs", lambda keys: f"in therapy with {_in_therapy(keys)}"),
    ("patterns", lambda keys: f"who eat {_any(keys)}"),
    ("policies", lambda keys: f"whose policy on phytoestrogens is {_any(keys)}"),
    ("allergies", lambda keys: f"allergic to {_any(keys)}"),
    ("intolerances", lambda keys: f"who do not bear {_any(keys)}"),
    ("no_t_score", lambda _: "without a T-score on file"),
    ("t_score_below", lambda limit: f"with a worst T-score below {limit:.1f}"),
    ("t_score_at_most", lambda limit: f"with a worst T-score of {limit:.1f} or lower"),
    ("fragility_fracture", lambda _: "with a bone broken with little force"),
    ("fracture_sites", lambda keys: f"with a broken {_any(keys)}"),
    ("risk_factors", lambda keys: f"with the risk factor {_any(keys)}"),
    ("risk_factors_from", lambda count: f"with risk factors of fractures, {count} or more"),
    ("tiers", lambda keys: f"in the tier of {_any(keys)} risk"),
    ("without_supplement", lambda key: f"without a declared supplement of {in_words(key)}"),
    ("supplement", _supplement),
    ("agreed_vitamin_k", lambda known: f"{'with an' if known else 'without any'} agreed intake of vitamin K on file"),
    ("agreed_vitamin_k_below_rule", lambda rule: f"with an agreed vitamin K below the rule {in_words(rule)}"),
)
