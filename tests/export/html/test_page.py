"""The page as a document: its sections by status, its headings, tables, drawings, and that it needs nothing else."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from tests.export.html.pages import SOURCE, Element, MakePlan, plan_of, read, whole

from boneplan.export.html.page import to_html
from boneplan.export.sentences import gap_sentence, status_sentence
from boneplan.export.words import dose, exercise_line
from boneplan.plan import Plan

SNAPSHOTS = Path(__file__).parent / "snapshots"
STATUSES = ("ok", "gaps", "infeasible", "refused")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
EVERYTHING = [
    "first", "meals", "amounts", "groups", "takings", "asks", "risk", "exercise", "checks", "left-out", "know",
    "targets", "sources", "solved",
]  # fmt: skip


@pytest.fixture(params=["ok", "gaps", "infeasible", "refused", "weeks", "menu alone", "exercise alone"])
def plan(request: pytest.FixtureRequest, make_plan: MakePlan) -> Plan:
    if request.param == "weeks":
        return make_plan(weeks=12)
    if request.param == "menu alone":
        return whole(make_plan, exercise={})
    if request.param == "exercise alone":
        return make_plan(menu={})
    return plan_of(make_plan, request.param)


@pytest.fixture
def page(plan: Plan) -> Element:
    return read(to_html(plan))


def sections(plan: Plan) -> dict[str, str]:
    """The HTML of each section, by its id; the drawings have tests of their own."""
    html = re.sub(r"<svg\b.*?</svg>", "<svg>…</svg>", to_html(plan), flags=re.DOTALL)
    found = re.findall(r'<section id="([\w-]+)".*?</section>\n', html, flags=re.DOTALL)
    parts = re.findall(r"<section .*?</section>\n", html, flags=re.DOTALL)
    head = html[html.index("<body>") : html.index("<main")]
    return {"top": head, **dict(zip(found, parts, strict=True))}


@pytest.mark.parametrize("status", STATUSES)
def test_snapshot_of_each_section(
    make_plan: MakePlan, assert_golden: Callable[[Path, bytes], None], status: str
) -> None:
    (SNAPSHOTS / status).mkdir(parents=True, exist_ok=True)
    found = sections(plan_of(make_plan, status))
    for ident, html in found.items():
        assert_golden(SNAPSHOTS / status / f"{ident}.html", html.encode())
    assert {path.stem for path in (SNAPSHOTS / status).iterdir()} == set(found)


def test_a_whole_plan_has_every_section_in_the_order_of_need(make_plan: MakePlan) -> None:
    page = read(to_html(whole(make_plan)))
    assert [found.attributes["id"] for found in page.all("section")] == EVERYTHING
    links = [found.attributes["href"] for nav in page.all("nav") for found in nav.all("a")]
    assert links == [f"#{ident}" for ident in EVERYTHING]


def test_a_plan_that_is_none_tells_why_and_what_to_do(make_plan: MakePlan) -> None:
    page = read(to_html(plan_of(make_plan, "infeasible")))
    way = page.section("way").text
    assert "cannot be had for 3 dollars" in way
    assert "a budget of 4.60 dollars a day" in way
    assert "calcium at least 1200 mg a day Society of examples 2024 [1]" in way
    assert not {"meals", "amounts", "exercise"} & {found.attributes["id"] for found in page.all("section")}
    refused = read(to_html(plan_of(make_plan, "refused"))).section("first").text
    assert refused.startswith("Read this first Not safe: You have hypercalcaemia")
    assert "Who can help: doctor." in refused


def test_the_status_stands_first_and_says_what_to_do(plan: Plan, page: Element) -> None:
    header = next(page.all("header")).text
    assert header.endswith(" ".join(status_sentence(plan).split()))


def test_it_needs_nothing_but_itself(page: Element) -> None:
    html = next(page.all("html"))
    assert html.attributes == {"lang": "en"}
    assert not list(page.all("script", "link", "img", "iframe", "object", "form"))
    for element in page.all():
        assert not [name for name in element.attributes if name.startswith("on") or name == "src"]
        assert element.attributes.get("href", "#").startswith("#")
    style = "".join(found.raw for found in page.all("style"))
    assert "url(" not in style
    assert "@import" not in style
    assert all(
        value.startswith("url(#") for found in page.all() if "url(" in (value := found.attributes.get("fill", ""))
    )
    policy = [found.attributes["content"] for found in page.all("meta") if "http-equiv" in found.attributes]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'; img-src data:"]


def test_the_same_plan_has_the_same_bytes(plan: Plan) -> None:
    again = Plan.model_validate_json(plan.model_dump_json(by_alias=True))
    assert to_html(plan) == to_html(again)


def test_headings_are_in_order(page: Element) -> None:
    levels = [int(found.tag[1]) for found in page.all(*HEADINGS)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert all(found.text for found in page.all(*HEADINGS))


def test_ids_are_there_once_and_links_lead_somewhere(page: Element) -> None:
    ids = [found.attributes["id"] for found in page.all() if "id" in found.attributes]
    assert len(set(ids)) == len(ids)
    named = [found.attributes["href"][1:] for found in page.all("a")]
    named += [ident for found in page.all() for ident in found.attributes.get("aria-labelledby", "").split()]
    assert set(named) <= set(ids)


def test_tables_have_captions_and_headers(page: Element) -> None:
    for table in page.all("table"):
        assert len(list(table.all("caption"))) == 1
        assert {found.attributes["scope"] for found in table.all("th")} == {"col", "row"}
        columns = len(list(next(table.all("thead")).all("th")))
        for row in (row for body in table.all("tbody") for row in body.all("tr")):
            cells = list(row.all("th", "td"))
            assert len(cells) == columns
            assert (cells[0].tag, cells[0].attributes["role"]) == ("th", "rowheader")


def test_every_drawing_is_told_in_words(page: Element) -> None:
    for drawing in page.all("svg"):
        assert drawing.attributes["role"] == "img"
        title, words = next(drawing.all("title")), next(drawing.all("desc"))
        assert title.text
        assert words.text
        assert drawing.attributes["aria-labelledby"].split() == [title.attributes["id"], words.attributes["id"]]


def test_of_one_week_no_heading_says_so_and_of_several_each_does(make_plan: MakePlan) -> None:
    assert "Week 1" not in to_html(make_plan())
    page = read(to_html(make_plan(weeks=2)))
    titles = [found.text for found in page.section("meals").all("h3")]
    assert titles == ["Week 1: 23 November to 29 November", "Week 2: 30 November to 6 December"]
    assert [found.text for found in page.section("amounts").all("h3")] == titles


def test_a_meal_says_how_much_whether_it_is_kept_and_whose_food_it_is(make_plan: MakePlan) -> None:
    first, *_ = read(to_html(whole(make_plan))).section("meals").all("li")
    assert first.text == "Oatmeal, cooked locked 1 cup (240 g)"
    kale = next(found for found in read(to_html(whole(make_plan))).all("li") if found.text.startswith("Kale"))
    assert kale.text == "Kale, cooked your own 1 ½ cups (195 g)"
    metric = whole(make_plan, profile={"name": "Anna", "measures": "metric"})
    assert "240 g (1 cup)" in next(read(to_html(metric)).section("meals").all("li")).text


def test_no_line_ends_within_a_figure(make_plan: MakePlan) -> None:
    kale = next(found for found in read(to_html(whole(make_plan))).all("li") if found.text.startswith("Kale"))
    assert kale.raw.endswith("1\u00a0½ cups (195\u00a0g)")


def test_only_a_meal_at_another_time_than_usual_breaks_the_column(make_plan: MakePlan) -> None:
    table = next(read(to_html(whole(make_plan))).section("meals").all("table"))
    assert [found.text for found in next(table.all("thead")).all("th")] == [
        "Day", "Breakfast 07:30", "Lunch 12:30", "Snack 15:30", "Dinner 18:30",
    ]  # fmt: skip
    odd = [found.text for found in table.all("p") if "usual" not in found.attributes["class"].split()]
    assert odd == ["Snack 16:00"]


def test_a_day_outside_its_target_says_so_in_words(make_plan: MakePlan) -> None:
    rows = [row.text for row in read(to_html(make_plan())).section("amounts").all("tr")]
    assert "Tue 24 Nov Calcium mg 1,301 Vitamin D µg low 5.1 Vitamin K µg 209 Energy kcal 1,764 Protein g 79" in rows
    assert "Supplements add Calcium mg – Vitamin D µg 5 Vitamin K µg – Energy kcal – Protein g –" in rows
    plan = make_plan()
    del plan.menu.days[0].totals["vitamin_k"]
    assert "Vitamin K µg unknown" in read(to_html(plan)).section("amounts").text


def test_the_table_says_that_it_counts_food_alone_where_supplements_are_counted_too(make_plan: MakePlan) -> None:
    plan = make_plan()
    assert next(read(to_html(plan)).section("amounts").all("caption")).text == (
        'From food alone, each day; "low" and "high" count your supplements too, as the drawings do'
    )
    plan.menu.supplements.clear()
    assert next(read(to_html(plan)).section("amounts").all("caption")).text == "From food, each day"


def test_groups_with_most_calcium_come_first(make_plan: MakePlan) -> None:
    rows = list(read(to_html(whole(make_plan))).section("groups").all("tr"))
    assert [next(row.all("th")).text for row in rows[1:]] == ["Milk, yogurt and cheese", "Vegetables", "Drinks"]


def test_what_is_taken_has_its_times_and_days(make_plan: MakePlan) -> None:
    rows = [row.text for row in read(to_html(whole(make_plan))).section("takings").all("tr")]
    assert rows[1:] == [
        "alendronate 70 mg 06:30 Mon 23 Nov Until 07:00: nothing to eat.",
        "vitamin D 5 µg = 200 IU 07:30 every day",
        "Multi (iron 4.5 mg) 12:30 every day",
    ]


def test_each_gap_reads_as_on_the_terminal(make_plan: MakePlan) -> None:
    plan = make_plan()
    (told,) = read(to_html(plan)).section("asks").all("li")
    assert told.text == gap_sentence(plan.menu.gaps[0])


def test_sessions_name_exercises_with_their_dose_and_cues_are_told_once(make_plan: MakePlan) -> None:
    plan = whole(make_plan)
    section = read(to_html(plan)).section("exercise")
    told = [found.text for found in section.all("li")]
    for session in plan.exercise.sessions:
        for item in session.items:
            without_load = item.model_copy(update={"load": ""})
            assert exercise_line(without_load).replace(f"{item.name}, ", f"{item.name} ") in told
    assert section.text.count("Do the chair stand slowly. Breathe.") == 1
    assert "How heavy light band: Band row" in section.text
    assert "Stop and call for emergency help at chest pain." in section.text
    assert "Week 2, from 23 November: 150 aerobic minutes." in told


def test_a_load_that_changes_stands_in_the_session(make_plan: MakePlan) -> None:
    plan = make_plan()
    rows = [item for s in plan.exercise.sessions for item in s.items if item.name == "Band row"]
    rows[0].load = "medium band"
    section = read(to_html(plan)).section("exercise")
    assert "How heavy" not in section.text
    assert [f"Band row {dose(item)}" for item in rows] == [
        found.text for found in section.all("li") if found.text.startswith("Band row")
    ]


def test_checks_that_are_late_say_so(make_plan: MakePlan) -> None:
    text = read(to_html(whole(make_plan))).section("checks").text
    assert "23 November 2026 overdue since 1 October 2026 Calcium" in text
    assert "Doses as prescribed" in text


def test_what_was_left_out_says_how_much_and_why(make_plan: MakePlan) -> None:
    told = [found.text for found in read(to_html(whole(make_plan))).section("left-out").all("li")]
    assert told == [
        "phytoestrogen sources avoided: 27 foods, such as Soy milk; Tofu.",
        "dislikes liver: 1 food at lunch and dinner.",
    ]


def test_each_target_names_its_rule_its_strength_and_its_source(make_plan: MakePlan) -> None:
    page = read(to_html(whole(make_plan)))
    rows = [row.text for row in page.section("targets").all("tr")]
    (source,) = (li for li in page.section("sources").all("li") if li.text == SOURCE)
    cited = f"Society of examples 2024 [{source.attributes['id'].removeprefix('source-')}]"
    mean = "a day, on the week's mean"
    assert f"fibre at least 21 g {mean}, aimed at Adequate Intake fibre/ai {cited} not checked at its source" in rows
    assert f"iron 8.1–45 mg {mean}, kept an example's band iron/low, iron/high {cited} boneplan's own" in rows
    assert f"calcium at most 500 mg at lunch and dinner, aimed at at one meal occasion {cited}" in rows


def test_every_source_is_told_once_in_full(planned: Callable[[str], Plan]) -> None:
    plan = planned("ruth")
    told = [found.text for found in read(to_html(plan)).section("sources").all("li")]
    named = {notice.source for notice in plan.notices} | {target.source for target in plan.targets}
    assert {" ".join(source.split()) for source in named if source} <= set(told)
    assert len(set(told)) == len(told)


def test_help_and_verify_start_without_templates() -> None:
    modules = "boneplan.cli.main, boneplan.cli.verify, boneplan.cli.plan, boneplan.verify, boneplan.export.folder"
    code = f"import sys, {modules}; print('jinja2' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
