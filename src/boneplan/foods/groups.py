"""Which group of foods a food belongs to, by its WWEIA category (foods/groups.yaml)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from boneplan.data import shipped_yaml
from boneplan.errors import Fault

Ranges = Sequence[Sequence[int]]


def group_of(category: int) -> str:
    """The group of a category. Raises `Fault` where the shipped table has none for it."""
    if group := named_range(shipped_yaml("foods", "groups.yaml"), category):
        return group
    raise Fault(f"foods/groups.yaml has no group for category {category}: install boneplan again")


def group_names() -> Iterable[str]:
    """Every group, in the order of telling."""
    groups: Mapping[str, Ranges] = shipped_yaml("foods", "groups.yaml")
    return groups.keys()


def named_range(chart: Mapping[str, Ranges], category: int) -> str | None:
    """The name of the first entry whose ranges hold `category`."""
    return next(
        (name for name, ranges in chart.items() if any(low <= category <= high for low, high in ranges)), None
    )
