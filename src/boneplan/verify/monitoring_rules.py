"""The checks and doses of guidelines/monitoring, as `verify` reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from boneplan.errors import Fault
from boneplan.verify.who import When, check_triggers
from boneplan.verify.yaml_file import read_yaml


@dataclass(frozen=True)
class Check:
    """A check: `after` is the profile's entry of the last one, `months` lie between two by tier."""

    rule: str
    after: str
    months: Mapping[str, int]
    who: When
    unless: When | None
    optional: bool


@dataclass(frozen=True)
class Dose:
    """A medicine given at intervals of months; `every` are those of its label, `limit` when waiting is dangerous."""

    rule: str
    kind: str | None
    names: tuple[str, ...]
    every: int | None
    limit: int | None
    always: bool


@dataclass(frozen=True)
class MonitoringRules:
    """Every check, and the rows of doses in the order in which medicines are matched."""

    checks: tuple[Check, ...]
    doses: tuple[Dose, ...]


def read_monitoring_rules(folder: Path) -> MonitoringRules:
    """checks.yaml and doses.yaml of `folder`. Raises `Fault` where they are not as boneplan ships them."""
    try:
        checks = tuple(_check(row) for row in read_yaml(folder / "checks.yaml")["checks"])
        doses = tuple(_dose(row) for row in read_yaml(folder / "doses.yaml")["doses"])
    except (KeyError, TypeError, AttributeError) as error:
        raise Fault(f"the rules in {folder} are not readable ({error!r}): install boneplan again") from None
    for check in checks:
        for when in (check.who, check.unless or {}):
            check_triggers(when, f"the check {check.rule}")
    return MonitoringRules(checks, doses)


def _check(row: Mapping[str, Any]) -> Check:
    months = {tier: int(row["months"][tier]) for tier in ("low", "moderate", "high")}
    rule = f"monitoring/checks/{row['id']}"
    return Check(rule, row["after"], months, row.get("who", {}), row.get("unless"), bool(row.get("optional")))


def _dose(row: Mapping[str, Any]) -> Dose:
    return Dose(
        rule=f"monitoring/doses/{row['id']}",
        kind=row.get("medicine"),
        names=tuple(row.get("names", ())),
        every=row.get("every_months"),
        limit=row.get("late_after_months"),
        always=bool(row.get("only_given_apart")),
    )
