"""The rule that lets a food into the table, and the hand-kept lists."""

from pathlib import Path

import pytest
import yaml

from foods_build.raw import Food
from foods_build.selection import SelectionRule, read_reasons, select

FOLDER = Path(__file__).resolve().parents[2] / "tools" / "foods_build"
RULE = SelectionRule.parse(yaml.safe_load((FOLDER / "selection.yaml").read_text(encoding="utf-8")))


def food(code: int, description: str, category: int = 6002, alcohol: float = 0.0) -> Food:
    return Food(code, description, category, "", {"Alcohol (g)": alcohol})


FOODS = {
    f.code: f
    for f in [
        food(1, "Apple, raw"),
        food(2, "Potato, NFS"),
        food(3, "Chicken, NS as to part"),
        food(4, "Beef stew with wine", alcohol=0.4),
        food(5, "Baby food, pear", category=9004),
        food(6, "Liver, beef", category=2010),
        food(7, "Liverwurst", category=2602),
        food(8, "Kale, raw"),
    ]
}
OFTEN = {("women_50_plus", code): 50 for code in FOODS if code != 8}


def test_only_plain_foods_that_people_eat_are_chosen() -> None:
    assert select(FOODS, OFTEN, RULE, {}, {}) == [1]


def test_either_group_is_enough() -> None:
    assert select(FOODS, {("women_50_plus", 1): 4, ("men_40_plus", 1): 8}, RULE, {}, {}) == [1]
    assert select(FOODS, {("women_50_plus", 1): 4, ("men_40_plus", 1): 7}, RULE, {}, {}) == []


def test_the_hand_kept_lists_add_and_remove() -> None:
    assert select(FOODS, OFTEN, RULE, {8: "vitamin K"}, {1: "reason"}) == [8]


@pytest.mark.parametrize("code", [4, 5, 6, 7])
def test_no_hand_kept_reason_lets_in_alcohol_infant_food_or_liver(code: int) -> None:
    with pytest.raises(ValueError, match="not allowed"):
        select(FOODS, OFTEN, RULE, {code: "wanted"}, {})


def test_a_code_that_fndds_lacks_is_named() -> None:
    with pytest.raises(ValueError, match="99 is not a food"):
        select(FOODS, OFTEN, RULE, {99: "wanted"}, {})


@pytest.mark.parametrize("name", ["additions.csv", "removals.csv"])
def test_every_hand_kept_row_has_its_reason(name: str) -> None:
    assert read_reasons(FOLDER / name)


def test_a_row_without_a_reason_is_refused(tmp_path: Path) -> None:
    (tmp_path / "additions.csv").write_text("fndds_code,reason\n1,\n", encoding="utf-8")
    with pytest.raises(ValueError, match="1 stands twice or has no reason"):
        read_reasons(tmp_path / "additions.csv")
