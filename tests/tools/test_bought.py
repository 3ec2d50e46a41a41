"""What is bought for a food: recipes opened to goods, with yields worked out from public figures."""

from pathlib import Path

import pytest
import yaml

from foods_build.bought import Good, Goods, Limits, Reference, bought_rows, parse_goods, parts_of, read_references
from foods_build.flags import FLAGS
from foods_build.ingredients import Recipes
from foods_build.raw import Food, IngredientRow

FOLDER = Path(__file__).resolve().parents[2] / "tools" / "foods_build"
WATER, SALT, OIL, CARROT, RICE, RICE_COOKED, HERB = 14411, 2047, 4044, 11124, 20044, 20045, 2028
GOODS = Goods(
    main=0.6,
    limits=Limits(least=0.3, most=4.1, with_water=8, steeped=130),
    water=frozenset([WATER]),
    by_ingredient={
        SALT: Good("Salt"),
        OIL: Good("Oil"),
        CARROT: Good("Carrots", 0.9, ("refuse",)),
        RICE: Good("Rice, dry"),
        RICE_COOKED: Good("Rice, dry", 2.8, ("solids",)),
    },
    by_food={"toast": Good("Bread", toasted=True), "apple": Good("Apples", 0.9, ("refuse",))},
    renamed={"carrots-low-salt": {"Carrots": "Carrots, low salt"}},
)
EMPTY = {
    "main": 0.6,
    "yields": {"least": 0.3, "most": 4.1, "with_water": 8, "steeped": 130},
    "water": [],
    "powders": [],
    "ingredients": {},
    "foods": {},
    "renamed": {},
}


def row(code: int, grams: float, moisture: float = 0.0) -> IngredientRow:
    return IngredientRow(code, f"ingredient {code}", grams, moisture)


def bought(
    food_id: str, *rows: IngredientRow, inner: dict[int, list[IngredientRow]] | None = None
) -> dict[str, tuple]:
    recipes = Recipes({1: list(rows), **(inner or {})})
    parts = parts_of(food_id, Food(1, food_id, 6404, "", {}), recipes, GOODS)
    return {part.name: (round(part.share, 6), round(part.share / part.grams, 6)) for part in parts}


def test_what_evaporates_is_bought_as_well() -> None:
    assert bought("carrots", row(CARROT, 100, -4)) == {"Carrots": (1.0, round(0.9 * 0.96, 6))}


def test_salt_and_oil_are_bought_beside_it_and_the_shares_are_the_whole() -> None:
    found = bought("carrots", row(CARROT, 97, -4), row(OIL, 2.7, -4), row(SALT, 0.3, -4))
    assert {name: share for name, (share, _) in found.items()} == {"Carrots": 0.97, "Oil": 0.027, "Salt": 0.003}
    assert found["Oil"][1] == pytest.approx(0.96)


def test_water_of_a_recipe_is_not_bought() -> None:
    assert bought("rice", row(WATER, 200), row(RICE, 100)) == {"Rice, dry": (1.0, 3.0)}


def test_a_cooked_ingredient_is_bought_dry() -> None:
    assert bought("rice", row(RICE_COOKED, 158)) == {"Rice, dry": (1.0, 2.8)}


def test_a_dish_in_a_dish_is_opened_with_its_own_loss_of_water() -> None:
    found = bought("carrots", row(10_000_002, 100), inner={10_000_002: [row(CARROT, 100, -10)]})
    assert found == {"Carrots": (1.0, round(0.9 * 0.9, 6))}


def test_a_recipe_with_anything_unknown_is_not_opened() -> None:
    assert bought("carrots", row(CARROT, 99), row(HERB, 1)) == {}


def test_a_mixture_without_a_main_part_is_not_opened() -> None:
    assert bought("mix", row(CARROT, 50), row(RICE, 50)) == {}


def test_a_recipe_that_is_missing_is_not_opened() -> None:
    assert bought("nothing") == {}


def test_toast_is_bread_that_has_lost_water() -> None:
    assert bought("toast", row(HERB, 100, -9)) == {"Bread": (1.0, 0.91)}


def test_a_food_under_its_own_name_keeps_its_refuse() -> None:
    assert bought("apple", row(HERB, 100)) == {"Apples": (1.0, 0.9)}


def test_a_food_may_have_another_word_for_an_ingredient() -> None:
    assert set(bought("carrots-low-salt", row(CARROT, 100))) == {"Carrots, low salt"}


def test_the_yield_of_meat_is_that_of_its_protein_and_of_grain_that_of_its_solids() -> None:
    data = EMPTY | {
        "ingredients": {
            1: {"bought": "Meat", "refuse": 10, "cooked": {"raw": 10, "cooked": 11, "by": "protein"}},
            2: {"bought": "Grain", "cooked": {"raw": 10, "cooked": 11, "by": "solids"}},
        },
    }
    goods = parse_goods(data, {10: Reference(10, 18, 25), 11: Reference(70, 24, None)}, {})
    assert goods.by_ingredient[1].eaten == pytest.approx(18 / 24 * 0.75)
    assert goods.by_ingredient[2].eaten == pytest.approx(90 / 30)
    with pytest.raises(ValueError, match="is empty"):
        parse_goods(data, {10: Reference(None, None, None), 11: Reference(70, 24, None)}, {})


def test_a_food_that_the_table_lacks_is_named() -> None:
    data = EMPTY | {"foods": {"aple": {}}}
    with pytest.raises(ValueError, match="no such food: aple"):
        parse_goods(data, {}, {"apple": "Apple"})


def test_every_reference_of_the_judgements_is_there_and_none_is_idle() -> None:
    data = yaml.safe_load((FOLDER / "bought.yaml").read_text(encoding="utf-8"))
    named = set()
    for entry in [*data["ingredients"].values(), *data["foods"].values()]:
        named |= {entry["refuse"]} if "refuse" in entry else set()
        named |= {entry["cooked"]["raw"], entry["cooked"]["cooked"]} if "cooked" in entry else set()
    assert named == set(read_references(FOLDER / "usda_sr.csv"))


@pytest.mark.parametrize(
    ("grams_eaten", "water", "fails"),
    [(0.29, 0, True), (0.31, 0, False), (4.0, 0, False), (4.2, 0, True), (1.0, 600, False), (1.0, 800, True)],
)
def test_a_yield_that_nobody_would_believe_stops_the_build(grams_eaten: float, water: float, fails: bool) -> None:
    goods = Goods(0.6, GOODS.limits, GOODS.water, {CARROT: Good("Carrots", grams_eaten, ("refuse",))}, {})
    recipes = Recipes({1: [row(CARROT, 100), row(WATER, water)]})
    foods, flags = {"stew": Food(1, "stew", 6404, "", {})}, dict.fromkeys(FLAGS, "no")
    rows = bought_rows(foods, {"stew": "Stew"}, {"stew": flags}, recipes, goods, lambda _: flags)
    if fails:
        with pytest.raises(ValueError, match=r"stew: .* eaten for a gram of Carrots"):
            list(rows)
    else:
        assert [found["bought"] for found in rows] == ["Carrots"]


def test_a_drink_is_bought_before_the_water() -> None:
    data = EMPTY | {"foods": {"coffee": {"bought": "Ground coffee", "makes": 18}}}
    good = parse_goods(data, {}, {"coffee": "Coffee, brewed"}).by_food["coffee"]
    assert (good.eaten, good.steeped, good.sources) == (18, True, ("project: a gram makes 18 g of the drink",))
