"""Reading a page back: a tree of elements from the HTML text alone; and a plan that has every section."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from boneplan.plan import Plan

MakePlan = Callable[..., Plan]

VOID = {"meta", "br", "link", "img", "input", "hr"}
START = dt.date(2026, 11, 23)


@dataclass
class Element:
    """One element with its attributes; its children are elements and texts."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator[Element]:
        """This element and those within it of the tags given, or of any."""
        if not tags or self.tag in tags:
            yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.all(*tags)

    @property
    def raw(self) -> str:
        """Every character of text inside."""
        return "".join(child if isinstance(child, str) else child.raw for child in self.children)

    @property
    def text(self) -> str:
        """The text inside with single spaces."""
        return " ".join(self.raw.split())

    def section(self, ident: str) -> Element:
        """The section of that id."""
        return next(found for found in self.all("section") if found.attributes["id"] == ident)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("root")
        self.open = [self.root]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attributes]
        assert len(set(names)) == len(names), f"<{tag}> has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attributes})
        self.open[-1].children.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attributes}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read(html: str) -> Element:
    """The elements of a page. Fails where one is not closed, or holds an attribute twice."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == [reader.root]
    return reader.root


SOURCE = "Society of examples 2024, a statement"
PARTS: dict[str, Any] = {
    "intakes": [
        {
            "id": f"intake-{day}-{time}",
            "date": (START + dt.timedelta(days=day)).isoformat(),
            "time": time,
            "items": items,
            "notes": notes,
        }
        for day in range(7)
        for time, items, notes in (
            ("06:30", [{"what": "alendronate 70 mg"}] if day == 0 else [], ["Until 07:00: nothing to eat."]),
            ("07:30", [{"what": "vitamin D", "nutrient": "vitamin_d", "amount": 5, "unit": "ug"}], []),
            ("12:30", [{"what": "Multi", "nutrient": "iron", "amount": 4.5, "unit": "mg"}], []),
        )
    ],
    "risk": {
        "tier": "moderate",
        "title": "moderate risk",
        "because": ["the worst T-score lies between -1.0 and -2.5"],
        "changes": ["The menus aim at more calcium."],
        "ask": ["Discuss whether food and exercise are enough for now."],
        "rule": "tier",
        "source": SOURCE,
    },
    "own_foods": [{"id": "kale-cooked"}],
}


def whole(make_plan: MakePlan, **changes: Any) -> Plan:
    """The week of conftest with every part of a plan that a page tells of."""
    plan = make_plan(**{**PARTS, **changes})
    menu = plan.menu.model_dump()
    menu["groups"] = [
        {"start": START, "group": group, "amounts": {"calcium": calcium, "vitamin_d": 2.26, "energy": 300.4}}
        for group, calcium in (("Vegetables", 199.5), ("Milk, yogurt and cheese", 610.25), ("Drinks", 0.4))
    ]
    menu["left_out"] = [
        {"rule": "diet/soy", "text": "phytoestrogen sources avoided", "foods": 27, "examples": ["Soy milk", "Tofu"]},
        {"rule": "diet/one", "text": "dislikes liver", "foods": 1, "meals": ["lunch", "dinner"]},
    ]
    for day in menu["days"]:
        day["totals"]["absorbed_calcium"] = 371.0
    menu["days"][0]["meals"][0]["items"][0]["locked"] = True
    menu["days"][1]["meals"][2]["time"] = "16:00"
    exercise = plan.exercise.model_dump()
    for session in exercise["sessions"]:
        for item in session["items"]:
            item["cues"] = [f"Do the {item['name'].lower()} slowly", "Breathe."]
    for session in exercise["sessions"][:1]:
        session["stop_if"] = ["chest pain: stop and call for emergency help"]
    exercise["avoid"] = ["heel_drops"]
    exercise["weeks"] = [
        {
            "start": START, "number": number, "changed": changed, "aerobic_minutes": 150, "sets": 1, "reps": 8,
            "load_percent": 100.0, "impacts": 0,
        }
        for number, changed in ((1, "start"), (2, "minutes"))
    ]  # fmt: skip
    monitoring = [
        *plan.monitoring,
        {
            "due": START,
            "what": "Calcium",
            "why": "Too much of it.",
            "rule": "ca",
            "since": "2026-10-01",
            "source": SOURCE,
        },
        {"due": START, "what": "zoledronate", "why": "Every six months.", "rule": "dose", "kind": "dose"},
    ]  # fmt: skip
    targets = [
        *plan.targets,
        {"nutrient": "fibre", "unit": "g", "period": "week_mean", "min": 21, "hard": False, "rule": "fibre/ai",
         "source": SOURCE, "title": "Adequate Intake", "basis": "consensus-unverified"},
        {"nutrient": "iron", "unit": "mg", "period": "week_mean", "min": 8.1, "hard": True, "rule": "iron/low",
         "source": SOURCE, "title": "an example's band", "basis": "project"},
        {"nutrient": "iron", "unit": "mg", "period": "week_mean", "max": 45, "hard": True, "rule": "iron/high",
         "source": SOURCE, "title": "an example's band", "basis": "project"},
        {"nutrient": "calcium", "unit": "mg", "period": "meal", "max": 500, "hard": False, "rule": "occasion",
         "source": SOURCE, "title": "at one meal", "meals": ["lunch", "dinner"]},
    ]  # fmt: skip
    document = plan.model_dump(by_alias=True)
    return Plan.model_validate(
        {**document, "menu": menu, "exercise": exercise, "monitoring": monitoring, "targets": targets}
    )


def without(make_plan: MakePlan, status: str) -> Plan:
    """A plan without menus and exercise: "infeasible" or "refused"."""
    notice = {
        "level": "refuse",
        "rule": "hypercalcaemia",
        "text": "You have hypercalcaemia: a menu rich in calcium and vitamin D could raise it.",
        "source": SOURCE,
        "ask": "doctor",
    }
    conflict = {
        "part": "menu",
        "rules": ["calcium-rda", "budget"],
        "text": "1200 mg of calcium a day from food cannot be had for 3 dollars a day without milk.",
        "relaxations": ["a budget of 4.60 dollars a day", "a calcium supplement of 300 mg a day"],
        "members": [
            {"rule": "calcium-rda", "text": "calcium at least 1200 mg a day", "source": SOURCE},
            {"rule": "budget", "text": "at most 3 dollars a day", "source": ""},
        ],
    }
    return make_plan(
        status=status,
        notices=[notice] if status == "refused" else [],
        conflicts=[conflict] if status == "infeasible" else [],
        menu={},
        exercise={},
    )


def plan_of(make_plan: MakePlan, status: str) -> Plan:
    """A plan of each status."""
    if status == "gaps":
        return whole(make_plan)
    if status == "ok":
        plan = whole(make_plan, status="ok")
        plan.menu.gaps.clear()
        return plan
    return without(make_plan, status)
