"""Reading charts back: elements of SVG, in units of their viewBox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree

import pytest

from boneplan.export.html.numbers import Numbers
from boneplan.plan import Plan

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Box:
    """A rectangle as it lies, y from the top."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Drawing:
    """One SVG of a chart."""

    root: ElementTree.Element

    @property
    def size(self) -> tuple[float, float]:
        left, top, width, height = map(float, self.root.get("viewBox", "").split())
        assert (left, top) == (0, 0)
        return width, height

    @property
    def title(self) -> str:
        return self.root.findtext(f"{SVG}title") or ""

    @property
    def told(self) -> str:
        return self.root.findtext(f"{SVG}desc") or ""

    def ids(self) -> list[str]:
        return [element.attrib["id"] for element in self.root.iter() if "id" in element.attrib]

    def words(self) -> list[str]:
        return ["".join(element.itertext()) for element in self.root.iter(f"{SVG}text")]

    def classed(self, name: str, tag: str = "rect") -> list[ElementTree.Element]:
        return [one for one in self.root.findall(f"{SVG}{tag}") if name in one.get("class", "").split()]

    def boxes(self, name: str) -> list[Box]:
        """The rectangles of a class; those of the key stand in groups of their own and are not among them."""
        sides = ("x", "y", "width", "height")
        return [Box(*(float(one.get(side, "nan")) for side in sides)) for one in self.classed(name)]

    def inside(self, box: Box) -> bool:
        width, height = self.size
        rounding = 0.02
        return (
            min(box.x, box.y) >= -rounding
            and min(box.width, box.height) >= 0
            and box.x + box.width <= width + rounding
            and box.y + box.height <= height + rounding
        )


Read = Callable[[str], list[Drawing]]


@pytest.fixture(scope="session")
def read() -> Read:
    """Reads the drawings of a chart: each is well-formed, needs nothing from elsewhere and names itself."""

    def check(chart: str) -> list[Drawing]:
        drawings = [Drawing(root) for root in ElementTree.fromstring(f"<page>{chart}</page>")]
        for drawing in drawings:
            root = drawing.root
            assert root.tag == f"{SVG}svg"
            assert root.get("role") == "img"
            assert root.get("aria-labelledby", "").split() == drawing.ids()[:2]
            assert drawing.title
            assert drawing.told
            used = {one.tag.removeprefix(SVG) for one in root.iter()}
            assert used <= {
                "svg", "title", "desc", "defs", "pattern", "path", "rect", "line", "text", "tspan", "g",
            }  # fmt: skip
            for one in root.iter():
                for key, value in one.attrib.items():
                    assert not key.startswith("on")
                    assert "url(" not in value or value[5:-1] in drawing.ids()
        ids = [one for drawing in drawings for one in drawing.ids()]
        assert len(ids) == len(set(ids))
        return drawings

    return check


@pytest.fixture(scope="session")
def assert_numbers_of() -> Callable[[Plan, Drawing], int]:
    """Checks that every number of a drawing is the plan's, and says how many there are."""

    def check(plan: Plan, drawing: Drawing) -> int:
        numbers = Numbers(plan)
        found = [one for one in drawing.root.iter(f"{SVG}tspan") if "data-of" in one.attrib]
        for one in found:
            assert float(one.attrib["data-value"]) == numbers.number(one.attrib["data-of"], "").value
            assert (one.text or "") in drawing.told
        return len(found)

    return check
