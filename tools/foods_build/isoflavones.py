"""Isoflavones of a food through its ingredients, how much of it the source covers, its class."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from foods_build.ingredients import Leaf


@dataclass(frozen=True)
class IsoflavoneRules:
    """The judgements of `phytoestrogens.yaml`.

    `substitutes` maps an NDB number without a value to the one whose value stands for it; `stand_ins` does so for
    ingredients that could hold soy, by the first pattern that their description matches.
    """

    substitutes: Mapping[int, int]
    stand_ins: Sequence[tuple[re.Pattern[str], int]]
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
            stand_ins=[(re.compile(entry["match"], re.IGNORECASE), int(entry["use"])) for entry in data["stand_ins"]],
            suspects=joined("suspects"),
            source_names=joined("source_names"),
            source_ingredients=joined("source_ingredients"),
            source_share=float(data["source_share"]),
            source_mg=float(data["source_mg_per_100_g"]),
            trace_mg=float(data["trace_mg_per_100_g"]),
            trace_ingredients=joined("trace_ingredients"),
            cleared=joined("cleared"),
        )

    def suspected(self, description: str) -> bool:
        """Whether the wording of an ingredient says that it could hold isoflavones."""
        return self.suspects.search(self.cleared.sub(" ", description)) is not None

    def value(self, leaf: Leaf, table: Mapping[int, float]) -> float | None:
        """Isoflavones of an ingredient in mg per 100 g, or of the entry that stands for it by its number."""
        return table.get(leaf.code, table.get(self.substitutes.get(leaf.code, -1)))

    def stand_in(self, description: str, table: Mapping[int, float]) -> float | None:
        """Isoflavones in mg per 100 g of what stands for an ingredient so described, which could hold soy.

        None where nothing is comparable, and for a suspect: there only a number may stand for a number.
        Raises `KeyError` where a stand-in is not in the table.
        """
        if self.suspected(description):
            return None
        return next((table[use] for match, use in self.stand_ins if match.search(description)), None)


@dataclass(frozen=True)
class IsoflavoneEstimate:
    """Isoflavones in mg (aglycone) per 100 g of food, the covered share of its weight (0..1), and a warning.

    `mg` is None where no ingredient has a value. `unknown`: an ingredient without a value could hold some.
    """

    mg: float | None
    coverage: float
    unknown: bool


def estimate(
    leaves: Sequence[Leaf],
    table: Mapping[int, float],
    rules: IsoflavoneRules,
    factor: float,
    could_hold_soy: Callable[[str], bool],
) -> IsoflavoneEstimate:
    """Sum the ingredients' isoflavones by weight share; `factor` is the concentration by loss of water.

    An ingredient without a value makes the food unknown where it is a suspect or `could_hold_soy` by its wording.
    """
    mg = coverage = 0.0
    unknown = not leaves
    for leaf in leaves:
        soy = could_hold_soy(leaf.description)
        value = rules.value(leaf, table)
        if value is None and soy:
            value = rules.stand_in(leaf.description, table)
        if value is not None:
            mg += value * leaf.share
            coverage += leaf.share
        elif soy or rules.suspected(leaf.description):
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
