"""Lists of things in plain words: conditions, allergies, risk factors, equipment, foods not wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from boneplan.ask.spoken import (
    ALLERGENS,
    ASK_BACK,
    CONDITIONS,
    EQUIPMENT,
    INTOLERANCES,
    LESION_SITES,
    RISK_FACTORS,
    phrases,
)
from boneplan.ask.text import Again, Answer, bare, close_to, is_unknown, known_as, quoted, words_of
from boneplan.profile_reader import ELSEWHERE

ASKED_AS = {
    "bone.fractures": "broken bones are asked for later",
    "bone.risk_factors": "what puts bones at risk is asked for later",
    "medications": "medicines are asked for by themselves",
    "diet.intolerances": "it is asked for with the allergies",
    "diet.allergies": "it is asked for with the allergies",
    "diet.pattern": "the diet is asked for later",
}
"""Where the fields that people take for a condition are asked for."""

Rest = Callable[[str, str | None], str]


def read_conditions(text: str) -> Answer:
    """Conditions by their keys. Raises Again."""
    found = _keys(text, CONDITIONS, _no_condition)
    return Answer({"conditions": found}, plain_names(found, CONDITIONS))


def read_allergies(text: str) -> Answer:
    """Allergies and intolerances, each into its own list. Raises Again."""
    found = _keys(text, {**ALLERGENS, **INTOLERANCES}, _no_allergen)
    allergies = [key for key in found if key in ALLERGENS]
    intolerances = [key for key in found if key in INTOLERANCES]
    said = [plain_names(allergies, ALLERGENS)] if allergies else []
    said += [f"intolerance of {plain_names(intolerances, INTOLERANCES)}"] if intolerances else []
    part = {"diet": {"allergies": allergies, "intolerances": intolerances}}
    return Answer(part, ", ".join(said) or "none")


def read_dislikes(text: str) -> Answer:
    """Foods never to be shown, in the person's words."""
    found = words_of(text)
    return Answer({"diet": {"dislikes": found}}, ", ".join(found) or "none")


def read_risk_factors(text: str) -> Answer:
    """What else raises the risk of a fracture. Raises Again."""
    found = _keys(text, RISK_FACTORS, _one_of(RISK_FACTORS))
    return Answer({"bone": {"risk_factors": found}}, plain_names(found, RISK_FACTORS))


def read_lesion_sites(text: str) -> Answer:
    """Where bone metastases are. Raises Again."""
    if is_unknown(text):
        return Answer({"bone": {"metastases": []}}, "not known")
    found = _keys(text, LESION_SITES, _one_of(LESION_SITES))
    return Answer({"bone": {"metastases": found}}, plain_names(found, LESION_SITES))


def read_equipment(text: str) -> Answer:
    """What is at hand for exercise. Raises Again."""
    found = _keys(text, EQUIPMENT, _one_of(EQUIPMENT))
    return Answer({"exercise": {"equipment": found}}, plain_names(found, EQUIPMENT))


def plain_names(keys: Sequence[str], table: Mapping[str, tuple[str, ...]]) -> str:
    """The plain name of each key; "none" without any."""
    return ", ".join(table[key][0] for key in keys) or "none"


def _keys(text: str, table: Mapping[str, tuple[str, ...]], refuse: Rest) -> list[str]:
    spoken = phrases(table)
    found, problems = [], []
    # A name such as "falls or fear of falling" stands whole before it is parted.
    for entry in [text] if known_as(text, spoken) else words_of(text):
        key = known_as(entry, spoken)
        if key is not None:
            found.append(key)
        elif (question := ASK_BACK.get(bare(entry))) and table is not EQUIPMENT:
            problems.append(f"{quoted(entry)}: {question}")
        else:
            problems.append(refuse(entry, close_to(entry, spoken)))
    if problems:
        raise Again("\n".join(problems))
    return list(dict.fromkeys(found))


def _no_condition(entry: str, near: str | None) -> str:
    elsewhere = ELSEWHERE.get(bare(entry).replace(" ", "_"))
    if elsewhere in ASKED_AS:
        return f"{quoted(entry)}: leave it out here: {ASKED_AS[elsewhere]}"
    mend = f"did you mean {near}? Otherwise leave it out" if near else "leave it out"
    return f"{quoted(entry)} is no condition that boneplan has rules for: {mend}, and tell your clinic of it"


def _no_allergen(entry: str, near: str | None) -> str:
    if known_as(entry, phrases({"coeliac": CONDITIONS["coeliac"]})):
        return f"{quoted(entry)}: write gluten here, and coeliac disease among the conditions"
    mend = f"did you mean {near}? Otherwise" if near else "leave it out here and"
    every = ", ".join(names[0] for names in {**ALLERGENS, **INTOLERANCES}.values())
    return (
        f"{quoted(entry)} is none that the food table knows of ({every}): "
        f"{mend} name it among the foods never to be shown, the question after this one. Foods are kept out by their "
        "names there, so read the label of everything mixed"
    )


def _one_of(table: Mapping[str, tuple[str, ...]]) -> Rest:
    def refuse(entry: str, near: str | None) -> str:
        mend = f"did you mean {near}? Or use" if near else "use"
        return f"{quoted(entry)} is unknown: {mend} one of {', '.join(names[0] for names in table.values())}"

    return refuse
