"""The page in a real browser: plans of every kind, the browser, and what a visit to the page of a plan shows of it.

Playwright drives an installed Chromium. Without the two these tests are skipped, or fail where
BONEPLAN_BROWSER_TESTS=1 says that they must be there.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from boneplan.engine import make_plan
from boneplan.errors import InputError
from boneplan.export.html.page import to_html
from boneplan.export.pdf import find_browser
from boneplan.plan import Plan
from boneplan.profile_reader import load_example, load_profile

REQUIRED = os.environ.get("BONEPLAN_BROWSER_TESTS") == "1"
START = dt.date(2026, 11, 23)
SECONDS = 60.0
PROFILES = Path(__file__).parent.parent / "profiles"
PEOPLE = sorted(path.stem for path in PROFILES.glob("*.yaml"))
ONE_WEEK = ["example", *PEOPLE, "infeasible", "refused"]
EVERY = [*ONE_WEEK, "twelve-weeks", "hostile"]
EVERY_KIND = ["example", "samuel", "infeasible", "refused", "two-weeks", "hostile"]
WEEKS = {"two-weeks": 2, "twelve-weeks": 12}
DESKTOP = 1280  # CSS pixels
PATIENCE = 120_000  # milliseconds: a busy machine is no fault of the page

HOSTILE = [
    "<script>window.__x = 1</script>",
    '"><img src=x onerror="window.__x = 1">',
    "' onmouseover='window.__x = 1' autofocus onfocus='window.__x = 1",
    "</style></title></svg><script>window.__x = 1; alert(1)</script>",
    "&amp; &lt;b&gt; <b>bold</b> <!-- gone -->",
    "{{ 7 * 7 }} {% raw %} ${7 * 7}",
    "javascript:alert(1)",
    "עוגת גבינה with שלום and جبنة بيضاء",
    "👩🏽‍🦳 🦴 🥛 naïve ½ œuf",
    "turned \u202eround\u202c and \u0000cut\u0007",
    "W" * 300,
    "five hundred letters " * 14,
]
"""Names that try to be markup, script or template, to turn the text round, or to burst the page."""

LONGEST = "Wilhelmina-" * 45 + "Anna "  # 500 characters
POISONED = {"name", "title", "text", "what", "why", "ask", "source", "load", "because", "changes", "cues", "notes",
            "stop_if", "examples"}  # fmt: skip
"""Keys of plan.json that hold words which a page may show."""


def missing(what: str) -> None:
    """Skips the test, or fails it where the browser has to be there."""
    if REQUIRED:
        pytest.fail(f"{what} is missing, and BONEPLAN_BROWSER_TESTS=1 says that it must be there")
    pytest.skip(f"{what} is not installed")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test runs for every plan (`any_plan`), for those of one week (`week_plan`) or for each `kind` of plan."""
    for name, plans in (("any_plan", EVERY), ("week_plan", ONE_WEEK), ("kind", EVERY_KIND)):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, plans)


@cache
def plan_called(name: str) -> Plan:
    """One of the plans of these tests."""
    if name == "example":
        return make_plan(load_example(), start=START, seconds=SECONDS)
    if name in PEOPLE:
        return make_plan(load_profile(PROFILES / f"{name}.yaml"), start=START, seconds=SECONDS)
    if name in WEEKS:
        return _repeated(plan_called("example"), WEEKS[name])
    if name == "hostile":
        return _poisoned(plan_called("example"))
    person = load_example()
    if name == "infeasible":
        # Nobody eats enough for that a day.
        person = person.model_copy(update={"diet": person.diet.model_copy(update={"budget_per_day": 1.5})})
    else:
        person = person.model_copy(update={"conditions": ["hypercalcaemia"]})
    return make_plan(person, start=START, seconds=SECONDS)


def _repeated(plan: Plan, weeks: int) -> Plan:
    """The week of `plan`, `weeks` times over."""
    raw = json.loads(plan.model_dump_json(by_alias=True))
    raw["weeks"] = weeks
    for part, key, date in (
        ("menu", "days", "date"),
        ("menu", "groups", "start"),
        ("exercise", "sessions", "date"),
        ("exercise", "weeks", "start"),
        (None, "intakes", "date"),
    ):
        holder = raw[part] if part else raw
        holder[key] = [
            row | {date: (dt.date.fromisoformat(row[date]) + dt.timedelta(weeks=week)).isoformat()}
            for week in range(weeks)
            for row in holder[key]
        ]
    for number, row in enumerate(raw["exercise"]["weeks"], 1):
        row["number"] = number
    for number, row in enumerate(raw["exercise"]["sessions"]):
        row["id"] = f"{row['id']}-{number}"
    return Plan.model_validate(raw)


def _poisoned(plan: Plan) -> Plan:
    """`plan` with a hostile name wherever plan.json holds words."""
    raw = json.loads(plan.model_dump_json(by_alias=True))
    names = cycle(HOSTILE)
    for key, part in raw.items():
        if key != "profile":
            raw[key] = _poison(part, names)
    raw["profile"]["name"] = LONGEST + HOSTILE[0]
    return Plan.model_validate(raw)


def _poison(part: Any, names: Iterator[str]) -> Any:
    if isinstance(part, dict):
        return {
            key: _words(value, names) if key in POISONED else _poison(value, names) for key, value in part.items()
        }
    return [_poison(value, names) for value in part] if isinstance(part, list) else part


def _words(value: Any, names: Iterator[str]) -> Any:
    if isinstance(value, str):
        return next(names)
    if isinstance(value, list):
        return [_words(each, names) for each in value]
    return _poison(value, names)


@pytest.fixture(scope="session")
def absent() -> Callable[[str], None]:
    """absent("axe-core"): skips the test, or fails it where the browser has to be there."""
    return missing


@pytest.fixture(scope="session")
def plan_of() -> Callable[[str], Plan]:
    """plan_of("maria"): that plan, made once."""
    return plan_called


@pytest.fixture(scope="session")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """page_of("maria"): the file with the page of that plan."""
    folder = tmp_path_factory.mktemp("pages")

    def written(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            path.write_text(to_html(plan_called(name)), encoding="utf-8")
        return path

    return written


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """The installed Chromium, without a window and off every network."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("the Python package playwright")
        raise
    try:
        program = find_browser()
    except InputError:
        missing("Chromium")
        raise
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program,
            chromium_sandbox=os.geteuid() != 0,
            args=[
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield started
        started.close()


@dataclass
class Visit:
    """A page that is open: `said` are complaints of the console, `asked` requests beyond the file itself."""

    page: Any
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def text(self) -> str:
        """What can be read on the page, its folds open or not, all white space single."""
        return " ".join(str(self.page.locator("body").inner_text()).split())

    def open_folds(self) -> None:
        """Opens every fold."""
        self.page.evaluate("document.querySelectorAll('details').forEach(fold => { fold.open = true })")


@pytest.fixture
def visit(
    browser: Any, page_of: Callable[[str], Path], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[Callable[..., Visit]]:
    """visit("maria", width=360, ...): the page of that plan, opened with these options of playwright's context."""
    contexts: list[Any] = []

    def opened(name: str, *, width: int = DESKTOP, **options: Any) -> Visit:
        url = page_of(name).as_uri()
        context = browser.new_context(viewport={"width": width, "height": 800}, offline=True, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        seen = Visit(context.new_page())

        def route(asked: Any) -> None:
            if asked.request.url == url:
                asked.continue_()
            else:
                asked.abort()

        context.route("**/*", route)
        context.on("request", lambda asked: None if asked.url == url else seen.asked.append(asked.url))
        seen.page.on("console", lambda line: seen.said.append(f"{line.type}: {line.text}"))
        seen.page.on("pageerror", lambda error: seen.said.append(str(error)))
        seen.page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
        seen.page.goto(url)
        return seen

    failed = request.session.testsfailed
    yield opened
    for number, context in enumerate(contexts):
        if request.session.testsfailed > failed:
            context.pages[0].screenshot(path=tmp_path / f"{number}.png", full_page=True, scale="css")
        context.close()
