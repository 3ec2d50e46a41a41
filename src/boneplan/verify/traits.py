"""The words by which the rules of exercise know a person."""

from __future__ import annotations

from boneplan.verify.person import Person
from boneplan.verify.safety_rules import UNKNOWN_SITE, Lesion, SafetyRules

METASTASES = "bone_metastases"
CLASSES = ("osteoporosis", "osteopenia")
"""Classes of bone that a person may have been told, the graver first."""


def person_traits(person: Person, rules: SafetyRules) -> frozenset[str]:
    """The traits that rules ask about: conditions, class of bone, kinds of fracture, fitness level and activity."""
    traits = {"unsupervised", *person.conditions}  # a profile cannot say that somebody supervises
    traits -= set(CLASSES)
    traits |= {person.level, person.activity, _bone(person, rules)}
    fragility = sum(fragile for _, fragile in person.fractures)
    if fragility:
        traits.add("fragility_fracture")
    if fragility >= rules.several_fractures:
        traits.add("multiple_low_trauma_fractures")
    if any(site == "vertebra" for site, _ in person.fractures):
        traits.add("vertebral_fracture")
    return frozenset(traits)


def person_lesion(person: Person, rules: SafetyRules) -> Lesion:
    """What the person's bone metastases rule out; with none of their sites recorded, all that any may."""
    if METASTASES not in person.conditions:
        return Lesion()
    return rules.lesion(person.metastases or (UNKNOWN_SITE,))


def _bone(person: Person, rules: SafetyRules) -> str:
    """The class of bone: as measured or as diagnosed, whichever is graver."""
    worst = person.worst_t_score
    measured = "bone_unknown" if worst is None else "normal_bone"
    if worst is not None and worst < rules.osteopenia_t_score:
        measured = "osteoporosis" if worst <= rules.osteoporosis_t_score else "osteopenia"
    told = {measured, *person.conditions}
    return next((name for name in CLASSES if name in told), measured)
