"""Products on the list to avoid: each is told of, and no time of the day reminds of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from boneplan.verify.avoid_rules import Avoided
from boneplan.verify.breach import Breach
from boneplan.verify.case import Case
from boneplan.verify.gate_rules import LEVELS
from boneplan.verify.who import is_for


def check_avoided(case: Case) -> Iterator[Breach]:
    """Every product of the profile on the list has its warning, and no supplement of it a time."""
    profile = case.plan.profile
    products = [entry.get("name") for entry in profile.get("supplements") or [] if isinstance(entry, Mapping)]
    products += list(case.person.medications)
    told = {n.rule for n in case.plan.notices if LEVELS.index(n.level) >= LEVELS.index("warn") and n.text.strip()}
    for product in filter(None, products):
        for entry in listed(str(product), case):
            if entry.rule not in told:
                yield Breach("verify/avoid", str(product)[:40], f"{entry.rule} says to avoid it, and no notice does")
    for taken in case.plan.menu.supplements:
        if taken.time is not None and taken.name and any(listed(taken.name, case)):
            yield Breach("verify/avoid", taken.name[:40], f"on the list to avoid, yet it stands at {taken.time}")


def listed(product: str, case: Case) -> list[Avoided]:
    """The entries of the list that a product of this name is for this person."""
    return [
        entry
        for entry in case.tables.avoided
        if entry.is_meant(product) and is_for(entry.who, case.person, case.plan.start, case.tables.who)
    ]
