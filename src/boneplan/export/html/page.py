"""A plan as one page that needs nothing else: no script, no network, on a phone, a screen and on paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from boneplan.export.html.amounts import week_of_amounts
from boneplan.export.html.asks import asks
from boneplan.export.html.charts import CHART_CSS
from boneplan.export.html.checks import checks
from boneplan.export.html.exercise import training
from boneplan.export.html.groups import week_of_groups
from boneplan.export.html.left_out import left_out
from boneplan.export.html.meals import week_of_meals
from boneplan.export.html.notices import good_to_know, in_the_way, read_first
from boneplan.export.html.numbers import Numbers
from boneplan.export.html.risk import risk_of
from boneplan.export.html.solved import solved
from boneplan.export.html.sources import Sources
from boneplan.export.html.takings import taken
from boneplan.export.html.targets import bounded
from boneplan.export.sentences import EFFORT_SCALE, status_sentence
from boneplan.export.weeks import Week, weeks_of
from boneplan.export.words import long_date, person, plain
from boneplan.plan import Plan

STATUS = {
    "ok": "Ready",
    "gaps": "Ready, with something to ask",
    "infeasible": "No plan yet",
    "refused": "Not safe yet",
}
"""What the status is called above the sentence that tells what to do."""


@dataclass(frozen=True)
class Section:
    """One part of the page: `ident` names its template and its place on the page, `view` is what it shows."""

    ident: str
    title: str
    view: Any


def to_html(plan: Plan) -> str:
    """`plan` as a whole HTML document; the same plan gives the same text."""
    weeks = weeks_of(plan)
    return (
        _templates()
        .get_template("page.html")
        .render(
            name=person(plan),
            dates=_dates(plan),
            status=plan.status,
            status_title=STATUS[plan.status],
            status_text=status_sentence(plan),
            sections=list(_sections(plan, weeks)),
            several=len(weeks) > 1,
            effort_scale=EFFORT_SCALE,
            chart_css=Markup(CHART_CSS),
            made_iso=plan.created.isoformat(),
            made_on=long_date(plan.created.date()),
            version=plan.boneplan,
            ident=plan.id,
        )
    )


def _sections(plan: Plan, weeks: Sequence[Week]) -> Iterator[Section]:
    """The parts of the page that have something to say, in the order in which a person needs them."""
    numbers, sources = Numbers(plan), Sources()
    with_menu = [week for week in weeks if week.days]
    groups = [found for week in weeks if (found := week_of_groups(plan, week, numbers))]
    exercise, out = training(plan, weeks, numbers), left_out(plan, numbers)
    for ident, title, view in (
        ("way", "What stands in the way", in_the_way(plan, sources)),
        ("first", "Read this first", read_first(plan, sources)),
        ("meals", "Your meals", [week_of_meals(plan, week, numbers) for week in with_menu]),
        ("amounts", "What each day gives", [week_of_amounts(plan, week, numbers) for week in with_menu]),
        ("groups", "Where your calcium comes from", groups),
        ("takings", "To take", taken(plan, numbers)),
        ("asks", "Ask your clinician", asks(plan, numbers)),
        ("risk", f"Your bone risk: {plan.risk.tier}" if plan.risk else "", risk_of(plan, sources)),
        ("exercise", "Your exercise", exercise if exercise.weeks else None),
        ("checks", "Checks and doses", checks(plan, sources) if plan.monitoring else None),
        ("left-out", "What was left out, and why", out if out.foods or out.exercises else None),
        ("know", "Good to know", good_to_know(plan, sources)),
        ("targets", "Every target and its rule", bounded(plan, numbers, sources)),
        ("sources", "Sources", sources.all()),
        ("solved", "How the menus were found", solved(plan, numbers)),
    ):
        if view:
            yield Section(ident, title, view)


def _dates(plan: Plan) -> str:
    """Such as "23 November 2026, one week"."""
    return f"{long_date(plan.start)}, {'one week' if plan.weeks == 1 else f'{plan.weeks} weeks'}"


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("boneplan.export.html"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_clean,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _clean(shown: Any) -> Any:
    """What a template may show: text, made one clean line, and what is markup already, never a bare number."""
    if hasattr(shown, "__html__"):
        return shown
    if isinstance(shown, str):
        return plain(shown)
    raise TypeError(f"a page shows text and numbers of the plan, not {type(shown).__name__}")
