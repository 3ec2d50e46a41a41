"""The supplements that a person declares, as amounts a day in the units of the targets."""

from __future__ import annotations

from boneplan.guidelines import NUTRIENTS, guideline
from boneplan.plan import SupplementTaken
from boneplan.profile import Profile
from boneplan.profile_health import Supplement
from boneplan.units import SUPPLEMENT_UNITS, convert_mass


def declared_supplements(profile: Profile) -> list[SupplementTaken]:
    """The supplements of the profile, one for each time of the day at which they are taken; meals become clock times.

    A supplement that is known by its name alone brings nothing that can be counted: it is not among them.
    """
    return [taken for supplement in profile.supplements for taken in _taken(supplement, profile)]


def declared_amount(profile: Profile, nutrient: str) -> float:
    """What the profile declares of a nutrient a day, in the unit of its targets."""
    return sum(taken.amount for taken in declared_supplements(profile) if taken.nutrient == nutrient)


def _taken(supplement: Supplement, profile: Profile) -> list[SupplementTaken]:
    nutrient, amount, given = supplement.nutrient, supplement.amount, supplement.unit
    if nutrient is None or amount is None or given is None:
        return []
    given_in: str = given.replace("µ", "u")
    if nutrient in NUTRIENTS:
        made = guideline(nutrient)
        unit: str = made.unit
        if made.conversion and given_in == made.conversion.unit:
            amount, given_in = amount / made.conversion.per_unit, unit
    else:
        unit = SUPPLEMENT_UNITS[nutrient][0]
    times: list[str | None] = [*supplement.times] if supplement.times else [supplement.time]
    return [
        SupplementTaken(
            nutrient=nutrient,
            amount=convert_mass(amount, given_in, unit) / len(times),
            unit=unit,
            time=getattr(profile.meals, time, time) if time else None,
            form=supplement.form,
            name=supplement.name or "",
        )
        for time in times
    ]
