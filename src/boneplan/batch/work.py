"""One person of a batch, planned: the plan's files in a folder of their own, and a line of the summary."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from boneplan import __version__
from boneplan.batch.people import Person
from boneplan.errors import Fault, InputError
from boneplan.plan import Plan
from boneplan.plan_io import write_text_atomic
from boneplan.rules.schema import Rules
from boneplan.yaml_reader import escaped

if TYPE_CHECKING:
    from boneplan.foods.own.food import OwnFood

STATE = ".batch.json"
BAD_INPUT, FAULT, WAITING = "bad input", "fault", "waiting"
# Targets that the summary has a column for: what menus are planned for, and what often falls short.
REACHED = ("energy", "protein", "calcium", "vitamin_d", "vitamin_k", "magnesium", "potassium", "fibre")


@dataclass(frozen=True)
class How:
    """How everybody of a batch is planned for; `seconds` bounds each search, `rules_source` names the rules' file."""

    start: dt.date
    weeks: int = 1
    seed: int = 0
    seconds: float = 20.0
    rules: Rules | None = None
    rules_source: str = ""
    own: Sequence[OwnFood] = ()

    def fingerprint(self, person: Person) -> str:
        """What changes with all that the person's plan depends on."""
        asked = [
            __version__,
            person.text,
            person.values,
            self.start,
            self.weeks,
            self.seed,
            self.seconds,
            self.rules.as_json() if self.rules else None,
            [food.model_dump(mode="json") for food in self.own],
        ]
        return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True)
class Job:
    """A person to plan for, and the folder that the plan goes into."""

    person: Person
    how: How
    folder: Path


@dataclass(frozen=True)
class Row:
    """A line of the summary. `gap` is the share by which the menus may cost more than the best; `seconds` wall time.

    `reached` says of each of `REACHED` whether its minimum is met, None without a menu; `done` is "planned" or
    "unchanged".
    """

    id: str
    status: str
    done: str = ""
    gaps: tuple[str, ...] = ()
    refused_by: tuple[str, ...] = ()
    reached: tuple[bool | None, ...] = (None,) * len(REACHED)
    gap: float | None = None
    seconds: float | None = None
    error: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The row as plain values."""
        return {**asdict(self), "reached": dict(zip(REACHED, self.reached, strict=True))}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Row:
        """The row that `as_json` made plain. Raises KeyError, TypeError or AttributeError where it is none."""
        reached = tuple(data["reached"].get(nutrient) for nutrient in REACHED)
        lists = {name: tuple(data[name]) for name in ("gaps", "refused_by", "error")}
        return cls(**{**data, **lists, "reached": reached})


def plan_one(job: Job) -> Row:
    """Plans for the person and writes the plan's files; whatever goes wrong is in the row."""
    started = time.perf_counter()
    try:
        plan, written = _planned(job)
        row = row_of(job.person.id, plan, round(time.perf_counter() - started, 2))
        state = {"fingerprint": job.how.fingerprint(job.person), "files": written, "row": row.as_json()}
        write_text_atomic(job.folder / STATE, json.dumps(state, ensure_ascii=False, indent=1) + "\n")
    except InputError as error:
        source = escaped(job.person.source)  # lines about rules name the file of the rules, not whom they do not fit
        lines = (line if line.startswith(source) else f"{source}: {line}" for line in error.lines)
        return Row(job.person.id, BAD_INPUT, error=tuple(lines))
    except Fault as error:
        return Row(job.person.id, FAULT, error=tuple(error.lines))
    except Exception as error:
        text = " ".join(str(error).split())
        return Row(job.person.id, FAULT, error=(f"{type(error).__name__}: {text}".removesuffix(": "),))
    return row


def _planned(job: Job) -> tuple[Plan, list[str]]:
    """The plan, and the names of the files of it in the folder. An earlier plan there is the revision before."""
    profile, how = job.person.profile(), job.how
    from boneplan.engine import make_plan
    from boneplan.export.folder import earlier_plan, ready_folder, write_folder
    from boneplan.schedule.programme import resumed

    if how.rules is not None:
        from boneplan.rules.person import check_for

        check_for(profile, how.rules, how.rules_source, how.start, how.own)
    folder = ready_folder(job.folder)
    earlier = earlier_plan(folder)
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    plan = make_plan(
        profile,
        start=how.start,
        weeks=how.weeks,
        seed=how.seed,
        seconds=how.seconds,
        now=now,
        course=resumed(earlier, how.start) if earlier else None,
        earlier=earlier,
        rules=how.rules,
        own=how.own,
    )
    return plan, [path.name for path in write_folder(plan, folder, now)]


def row_of(identity: str, plan: Plan, seconds: float) -> Row:
    """What the summary says of a plan."""
    missed = {gap.nutrient for gap in plan.menu.gaps}
    asked = {target.nutrient for target in plan.targets if target.min is not None}
    return Row(
        identity,
        plan.status,
        "planned",
        gaps=tuple(f"{gap.nutrient} {gap.missing:g} {gap.unit} short" for gap in plan.menu.gaps),
        refused_by=tuple(dict.fromkeys(notice.rule for notice in plan.notices if notice.level == "refuse")),
        reached=tuple(n not in missed if plan.menu.days and n in asked else None for n in REACHED),
        gap=plan.menu.solve.gap if plan.menu.solve and plan.menu.days else None,
        seconds=seconds,
    )


def unchanged(job: Job) -> Row | None:
    """The row of an earlier run, where everything is as it was then and every file is there; else None."""
    try:
        state = json.loads((job.folder / STATE).read_text(encoding="utf-8"))
        if state["fingerprint"] != job.how.fingerprint(job.person):
            return None
        there = all((job.folder / str(name)).is_file() for name in state["files"])
        return Row.from_json({**state["row"], "id": job.person.id, "done": "unchanged"}) if there else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None  # no earlier run, or one that left nothing to rely on: plan anew
