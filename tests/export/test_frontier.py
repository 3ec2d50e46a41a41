"""A frontier as a table and as a drawing."""

from __future__ import annotations

import csv
import io
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.export.frontier import frontier_csv, status
from boneplan.export.frontier_svg import Scale, frontier_svg
from boneplan.plan import Gap
from boneplan.whatif.frontier import Frontier, Point
from boneplan.whatif.vary import Vary

SVG = "{http://www.w3.org/2000/svg}"
CALCIUM = Vary("calcium", (800.0, 1200.0, 4000.0), "mg", "calcium", "min")
FIBRE = Vary("fibre", (20.0, 30.0), "g", "fibre", "min")


def gap(nutrient: str) -> tuple[Gap]:
    return (Gap(nutrient=nutrient, unit="g", target=80, food=76.659, supplements=0, missing=3.341, ask="Ask."),)


NAMES = {"milk": "=Milk & “more” <2 %>", "kale": "Kale, cooked"}


def one() -> Frontier:
    return Frontier(
        [CALCIUM],
        [
            Point((800.0,), 114.1, 116.1, 7.48, 0.67, gap("protein"), (("milk", 4),), (("kale", 1),)),
            Point((1200.0,), 126.2, 129.5, 7.73, 0.7),
            Point((4000.0,), conflict=("nutrition/calcium/ul", "nutrition/calcium/rda")),
        ],
        NAMES,
    )


def grid() -> Frontier:
    points = [Point((ca, f), ca / 10 + f, ca / 10 + f + 1, 7.0, 0.5) for ca in (800.0, 1200.0) for f in (20.0, 30.0)]
    return Frontier([CALCIUM, FIBRE], points, NAMES)


def rows(found: Frontier) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(frontier_csv(found))))


def test_every_point_is_a_row_that_begins_with_its_figure() -> None:
    first, second, third = rows(one())
    assert (first["calcium_min_mg"], first["status"], first["cost"], first["usd_per_day"]) == (
        "800.0", "gaps", "116.1", "7.48",
    )  # fmt: skip
    assert first["gaps"] == "protein 3.341 g"
    assert float(first["gap"]) == pytest.approx(2 / 114.1, abs=1e-4)
    assert second["status"] == "ok"
    assert (third["status"], third["cost"]) == ("impossible", "")
    assert third["conflict"] == "nutrition/calcium/ul; nutrition/calcium/rda"


def test_a_grid_has_a_column_for_each_figure_varied() -> None:
    assert [(row["calcium_min_mg"], row["fibre_min_g"]) for row in rows(grid())][:2] == [
        ("800.0", "20.0"),
        ("800.0", "30.0"),
    ]


def test_no_cell_is_a_formula() -> None:
    names = {"milk": "x", "kale": "=HYPERLINK(1)"}
    found = Frontier([CALCIUM], [Point((800.0,), 1.0, 1.0, 1.0, 1.0, gap("=cmd"))], names)
    assert rows(found)[0]["gaps"].startswith("'=cmd")


def test_the_lines_end_as_rfc_4180_says() -> None:
    assert frontier_csv(one()).count("\r\n") == 4


def drawing(found: Frontier) -> ElementTree.Element:
    return ElementTree.fromstring(frontier_svg(found))


def test_the_drawing_is_well_formed_and_tells_itself_to_who_cannot_see_it() -> None:
    root = drawing(one())
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    title, described = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert title.text == "What calcium at least (mg a day) costs"
    assert described is not None
    assert described.text is not None
    assert "calcium at least (mg a day) 800: cost 116.1, at least 114.1, USD 7.48 a day" in described.text
    assert "4000: impossible" in described.text


def test_the_drawing_needs_nothing_else_and_follows_the_readers_ground() -> None:
    text = frontier_svg(one())
    assert text.count("http") == 1  # the name of the format itself
    assert "prefers-color-scheme:dark" in text
    assert "<script" not in text


def test_menus_are_dots_and_impossible_points_crosses() -> None:
    root = drawing(one())
    assert len(root.findall(f"{SVG}circle")) == 4  # two points, in two panels
    assert len(root.findall(f"{SVG}path")) == 2


def test_a_second_figure_has_a_line_of_its_own_and_a_key() -> None:
    root = drawing(grid())
    assert len(root.findall(f"{SVG}polyline")) == 4
    texts = [text.text for text in root.findall(f"{SVG}text")]
    assert "fibre at least (g a day): 20" in texts


def test_everything_stands_inside_the_drawing() -> None:
    for found in (one(), grid()):
        root = drawing(found)
        _, _, width, height = map(float, root.get("viewBox", "").split())
        for circle in root.findall(f"{SVG}circle"):
            assert 0 <= float(circle.get("cx", "-1")) <= width
            assert 0 <= float(circle.get("cy", "-1")) <= height


def test_a_frontier_of_one_point_or_of_none_that_is_possible_can_be_drawn() -> None:
    alone = Frontier([CALCIUM], [Point((800.0,), 114.1, 116.1, 7.48, 0.67)], NAMES)
    never = Frontier([CALCIUM], [Point((4000.0,), conflict=("nutrition/calcium/ul",))], NAMES)
    for found in (alone, never):
        assert drawing(found).tag == f"{SVG}svg"


def test_the_status_of_a_point_is_one_word() -> None:
    assert status(Point((1.0,), bound=5.0)) == "not found"
    assert status(Point((1.0,))) == "impossible"


@given(low=st.floats(-1e6, 1e6), size=st.floats(0.01, 1e6))
def test_ticks_are_inside_the_scale_and_neither_few_nor_many(low: float, size: float) -> None:
    scale = Scale(low, low + size, 0.0, 100.0)
    ticks = scale.ticks()
    assert 1 <= len(ticks) <= 7
    assert all(-0.1 <= scale.at(tick) <= 100.1 for tick in ticks)
