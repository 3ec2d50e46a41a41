"""What is taken, in words."""

from __future__ import annotations

from typing import Any

import pytest

from boneplan.export.takings import taking, takings
from boneplan.plan import Intake, Taking


@pytest.mark.parametrize(("item", "said"), [
    ({"what": "vitamin D", "nutrient": "vitamin_d", "amount": 20, "unit": "ug"}, "vitamin D 20 µg = 800 IU"),
    ({"what": "D3", "nutrient": "vitamin_d", "amount": 25, "unit": "ug"}, "D3 (vitamin D 25 µg = 1,000 IU)"),
    ({"what": "vitamin B12", "nutrient": "vitamin_b12", "amount": 2.4, "unit": "ug"}, "vitamin B12 2.4 µg"),
    ({"what": "calcium", "nutrient": "calcium", "amount": 500, "unit": "mg"}, "calcium 500 mg"),
    ({"what": "Multi", "nutrient": "iron", "amount": 333.333, "unit": "mg"}, "Multi (iron 333.33 mg)"),
    ({"what": "alendronate 70 mg"}, "alendronate 70 mg"),
    ({"what": "odd\nname \x1b[31m", "nutrient": "iron", "amount": 1, "unit": "mg\n"}, "odd name (iron 1 mg)"),
])  # fmt: skip
def test_one_thing(item: dict[str, Any], said: str) -> None:
    assert taking(Taking.model_validate(item)) == said


def test_all_that_is_taken_at_once() -> None:
    items = [Taking(what="vitamin D", nutrient="vitamin_d", amount=20, unit="ug"), Taking(what="exemestane")]
    intake = Intake.model_validate({"id": "i", "date": "2026-11-23", "time": "07:30", "items": items})
    assert takings(intake) == "Take: vitamin D 20 µg = 800 IU, exemestane"
