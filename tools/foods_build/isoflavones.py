"""Isoflavones of a food through its ingredients, how much of it the source covers, its class."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foods_build.ingredients import Leaf


@dataclass(frozen=True)
class IsoflavoneRules:
    """The judgements of `phytoestrogens.yaml`.

    `substitutes` maps an NDB number without a value to the one whose value stands for it.
    """

    substitutes: Mapping[int, int]
    suspects: re.Pattern[str]
    source_names: re.Pattern[str]
    source_ingredients: re.Pattern[str]
    source_share: float
    source_mg: float
    trace_mg: float
    trace_ingredients: re.Pattern[str]
    cleared: re.Pattern[str]

    @classmethod
    def parse(cls, data: Mapping[str, Any]) -> IsoflavoneRules:
        """The rules from the mapping of the YAML file."""

        def joined(key: str) -> re.Pattern[str]:
            return re.compile("|".join(str(part) for part in data[key]), re.IGNORECASE)

        return cls(
            substitutes={int(entry["gap"]): int(entry["use"]) for entry in data["substitutes"]},
            suspects=joined("suspects"),
            source_names=joined("source_names"),
            source_ingredients=joined("source_ingredients"),
            source_share=float(data["source_share"]),
            source_mg=float(data["source_mg_per_100_g"]),
            trace_mg=float(data["trace_mg_per_100_g"]),
            trace_ingredients=joined("trace_ingredients"),
            cleared=joined("cleared"),
        )


@dataclass(frozen=True)
class IsoflavoneEstimate:
    """Isoflavones in mg (aglycone) per 100 g of food, the covered share of its weight (0..1), and a warning.

    `mg` is None where no ingredient has a value. `unknown`: an ingredient without a value could hold some.
    """

    mg: float | None
    coverage: float
    unknown: bool


def estimate(
    leaves: Sequence[Leaf], table: Mapping[int, float], rules: IsoflavoneRules, factor: float
) -> IsoflavoneEstimate:
    """Sum the ingredients' isoflavones by weight share; `factor` is the concentration by loss of water."""
    mg = coverage = 0.0
    unknown = not leaves
    for leaf in leaves:
        value = table.get(leaf.code, table.get(rules.substitutes.get(leaf.code, -1)))
        if value is not None:
            mg += value * leaf.share
            coverage += leaf.share
        elif rules.suspects.search(rules.cleared.sub(" ", leaf.description)):
            unknown = True
    return IsoflavoneEstimate(mg * factor if coverage else None, min(coverage, 1.0), unknown)


def phytoestrogen_class(
    description: str, leaves: Sequence[Leaf], isoflavones: IsoflavoneEstimate, rules: IsoflavoneRules
) -> str:
    """`source`, `trace` or `none`: by the food's name, the share of source ingredients, its isoflavones."""
    share = sum(
        leaf.share for leaf in leaves if rules.source_ingredients.search(rules.cleared.sub(" ", leaf.description))
    )
    mg = isoflavones.mg or 0.0
    named = rules.source_names.search(rules.cleared.sub(" ", description)) is not None
    if named or share >= rules.source_share or mg >= rules.source_mg:
        return "source"
    traces = any(rules.trace_ingredients.search(leaf.description) for leaf in leaves)
    return "trace" if traces or share > 0 or mg >= rules.trace_mg or isoflavones.unknown else "none"
