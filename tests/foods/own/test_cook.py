"""The figures of own foods: labels as they are, dishes as the sum of their parts, and nothing unknown made known."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from boneplan.errors import InputError
from boneplan.foods.own.cook import PHYTOESTROGENS, Larder
from boneplan.foods.own.flags import FLAGS, WORST
from boneplan.foods.own.food import OwnFood, held, opened, own_foods_of
from boneplan.foods.own.resolve import Given, id_of, resolved
from boneplan.foods.own.schema import AMOUNTS, OwnEntry
from boneplan.foods.table import load_foods
from boneplan.plan_io import read_plan

LABEL = {"per": "100 g", "energy": 62, "protein": 3.5, "fat": 3.3, "carbohydrate": 4.5, "sugars": 4.5, "calcium": 125}
KEFIR: dict[str, Any] = {"name": "Goat kefir", "like": "kefir", "label": LABEL, "contains": ["milk"]}
TABLE = load_foods()
SHIPPED = sorted(TABLE.foods.index)


def cooked(*entries: dict[str, Any]) -> list[OwnFood]:
    given = [Given(OwnEntry.model_validate(entry), "k.yaml", f"k.yaml: [{n}]") for n, entry in enumerate(entries)]
    return resolved(given, TABLE)


def dish(*parts: tuple[str, float], **more: Any) -> dict[str, Any]:
    ingredients = [{"food": food, "grams": grams} for food, grams in parts]
    return {"name": "Own dish", "like": "oatmeal-made-with-milk", "ingredients": ingredients, "servings": 1, **more}


def test_a_label_stays_what_it_says_and_what_it_does_not_say_stays_unknown() -> None:
    (kefir,) = cooked(KEFIR)
    assert (kefir.id, kefir.description, kefir.category_name) == ("goat-kefir", "Kefir", "Milk, lowfat")
    assert {n: a for n, a in kefir.amounts.items() if n not in kefir.at_most} == {
        k: LABEL[k] for k in LABEL if k != "per"
    }
    assert {"sodium", "vitamin_k", "phosphorus", "retinol"} <= set(kefir.unknown)
    assert kefir.isoflavones_unknown
    assert kefir.phytoestrogen == "source"
    assert (kefir.flags["milk"], kefir.flags["egg"]) == ("yes", "may")
    assert kefir.price is None


def test_an_unknown_part_counts_as_the_whole_that_bounds_it() -> None:
    (kefir,) = cooked(KEFIR)
    assert sorted(kefir.at_most) == ["added_sugar", "saturated_fat"]
    assert (kefir.amounts["added_sugar"], kefir.amounts["saturated_fat"]) == (4.5, 3.3)


def test_amounts_as_in_the_food_it_is_like_are_taken_only_where_named() -> None:
    (kefir,) = cooked({**KEFIR, "as_like": ["retinol", "caffeine"]})
    assert kefir.amounts["retinol"] == TABLE.foods.at["kefir", "retinol"]
    assert kefir.as_like == ["retinol", "caffeine"]
    assert "vitamin_d" not in kefir.amounts


@pytest.mark.parametrize(
    ("said", "isoflavones", "kind", "unknown"),
    [
        ({"phytoestrogens": "none"}, 0.0, "none", False),
        ({"phytoestrogens": "trace"}, None, "trace", True),
        ({"label": {**LABEL, "isoflavones": 2}}, 2.0, "source", False),
        ({"label": {**LABEL, "isoflavones": 0}}, 0.0, "none", False),
        ({"label": {**LABEL, "isoflavones": 0.2}, "phytoestrogens": "trace"}, 0.2, "trace", False),
    ],
)
def test_isoflavones_are_known_only_where_they_are_said(
    said: dict[str, Any], isoflavones: float | None, kind: str, unknown: bool
) -> None:
    (kefir,) = cooked({**KEFIR, **said})
    assert kefir.amounts.get("isoflavones") == isoflavones
    assert (kefir.phytoestrogen, kefir.isoflavones_unknown) == (kind, unknown)


def test_a_dish_is_brought_to_what_it_weighs_when_cooked() -> None:
    (soup,) = cooked(dish(("white-beans-cooked", 300), ("tap-water", 700), yield_grams=800, servings=4))
    beans, water = TABLE.foods.loc["white-beans-cooked"], TABLE.foods.loc["tap-water"]
    true = (beans["calcium"] * 3 + water["calcium"] * 7) / 8
    assert soup.amounts["calcium"] == pytest.approx(true, abs=1e-3)
    assert [(m.measure, m.grams) for m in soup.measures] == [("serving", 200.0)]
    assert soup.ingredients[0].name == beans["name"]


def test_a_dish_may_hold_own_foods_and_dishes_written_after_it() -> None:
    inner = dish(("Goat kefir", 100), ("rolled-oats-dry", 50), name="Inner")
    foods = cooked(dish(("inner", 150), ("kale-raw", 10), name="Outer"), inner, KEFIR)
    outer = foods[0]
    assert held(foods)["outer"] == {"inner", "goat-kefir", "rolled-oats-dry", "kale-raw"}
    assert outer.isoflavones_unknown  # as those of the kefir are
    assert "sodium" not in outer.amounts


@given(
    st.lists(st.tuples(st.sampled_from(SHIPPED), st.floats(1, 500)), min_size=1, max_size=6),
    st.floats(0.6, 2.0),
)
def test_a_dish_is_the_sum_of_its_parts_and_no_milder_than_any(parts: list[tuple[str, float]], shrunk: float) -> None:
    grams = sum(grams for _, grams in parts)
    larder = Larder(TABLE)
    facts = [(share, larder.of(food)) for food, share in parts]
    solid = sum(share * one.amounts[n] for share, one in facts for n in ("protein", "fat", "carbohydrate"))
    assume(solid / (grams * shrunk) <= 90)  # what weighs more in 100 g than 100 g is refused
    (made,) = cooked(dish(*parts, yield_grams=grams * shrunk))
    for name in AMOUNTS:
        known = all(name in one.amounts for _, one in facts)
        assert (name in made.amounts) == known
        if known:
            true = sum(share * one.amounts[name] for share, one in facts) / (grams * shrunk)
            assert made.amounts[name] == pytest.approx(true, rel=1e-6, abs=1e-4)
    for flag in FLAGS:
        assert all(WORST.index(made.flags[flag]) >= WORST.index(one.flags[flag]) for _, one in facts)
    kinds = [PHYTOESTROGENS.index(one.phytoestrogen) for _, one in facts]
    assert PHYTOESTROGENS.index(made.phytoestrogen) == max(kinds)
    assert made.isoflavones_unknown == any(one.isoflavones_unknown for _, one in facts)
    assert (made.price is None) == any(one.price is None for _, one in facts)
    fractions = [one.calcium_absorption for _, one in facts]
    assert min(fractions) - 1e-3 <= made.calcium_absorption <= max(fractions) + 1e-3


def test_a_dish_that_weighs_less_than_what_is_in_it_is_refused() -> None:
    with pytest.raises(InputError, match="yield_grams: fat makes 125 in 100 g"):
        cooked(dish(("olive-oil", 100), ("kale-raw", 20), yield_grams=80))


def test_more_may_be_in_a_dish_than_its_parts_tell() -> None:
    (made,) = cooked(dish(("kale-raw", 100), contains=["egg"], may_contain=["sesame"]))
    assert (made.flags["egg"], made.flags["sesame"], made.flags["peanut"]) == ("yes", "may", "no")


@given(st.sampled_from(SHIPPED), st.floats(5, 600), st.sampled_from([1, 0.5, 0.25]))
def test_some_portion_of_whole_steps_lies_within_what_people_eat(like: str, grams: float, step: float) -> None:
    if TABLE.options[TABLE.options["food_id"] == like].empty:
        return
    (made,) = cooked({**KEFIR, "like": like, "serving": {"measure": "glass", "grams": round(grams, 1), "step": step}})
    unit = made.measures[0].grams * step
    for eaten in made.eaten:
        assert eaten.g_p50 / unit == pytest.approx(max(1, round(eaten.g_p50 / unit)), rel=1e-3)


def test_a_category_lends_the_mean_portions_of_its_foods_and_the_count_of_its_most_usual() -> None:
    place = {"category": "cheese", "meals": ["lunch"], "serving": {"measure": "slice", "grams": 20}}
    (made,) = cooked({k: v for k, v in KEFIR.items() if k != "like"} | place)
    foods = TABLE.foods[TABLE.foods["category_name"] == "Cheese"]
    rows = TABLE.options[TABLE.options["food_id"].isin(foods.index) & (TABLE.options["meal"] == "lunch")]
    women = rows[rows["group"] == "women"]
    (eaten,) = [one for one in made.eaten if one.group == "women"]
    assert {one.meal for one in made.eaten} == {"lunch"}
    assert eaten.n == women["n"].max()
    assert eaten.g_p50 % 20 == 0
    assert women["g_p50"].min() - 20 <= eaten.g_p50 <= women["g_p50"].max() + 20


@pytest.mark.parametrize(
    ("name", "made"),
    [("Goat kefir, plain", "goat-kefir-plain"), ("Crème  brûlée 2", "creme-brulee-2"), ("Кефир", "")],
)
def test_an_id_is_made_of_the_name(name: str, made: str) -> None:
    assert id_of(name) == made


def test_a_plan_carries_own_foods_and_gives_them_back(tmp_path: Path) -> None:
    foods = cooked(KEFIR, dish(("goat-kefir", 100)))
    plan = _plan(tmp_path, [food.as_json("women") for food in foods])
    assert own_foods_of(plan) == foods
    usual = plan.own_foods[0]["meals"]
    assert usual == {e.meal: [e.g_p10, e.g_p90] for e in foods[0].eaten if e.group == "women"}


@pytest.mark.parametrize("row", [{}, {"id": "x"}, {"amounts": 3}, {"meals": 5}])
def test_own_foods_that_are_none_are_told(tmp_path: Path, row: dict[str, Any]) -> None:
    with pytest.raises(InputError) as told:
        own_foods_of(_plan(tmp_path, [row]))
    assert all(line.startswith("plan: own_foods[0]") for line in told.value.lines)


def test_a_dish_in_a_dish_is_opened_down_to_what_is_bought() -> None:
    inner = dish(("rolled-oats-dry", 50), ("tap-water", 150), name="Inner")
    foods = cooked(dish(("inner", 100), ("rolled-oats-dry", 20), name="Outer"), inner)
    bought = opened(foods)["outer"]
    assert bought["rolled-oats-dry"] == ("Rolled oats, dry", pytest.approx((100 * 50 / 200 + 20) / 120))
    assert set(bought) == {"rolled-oats-dry", "tap-water"}


def test_dishes_inside_themselves_are_refused_in_plans_too() -> None:
    (made,) = cooked(dish(("kale-raw", 100), name="Own dish"))
    inside = made.model_copy(update={"ingredients": [made.ingredients[0].model_copy(update={"food": made.id})]})
    with pytest.raises(InputError, match="own-dish: is a dish inside itself"):
        opened([inside])


def _plan(folder: Path, rows: list[dict[str, Any]]) -> Any:
    person = {"sex": "female", "birth_date": "1961-04-02", "height_cm": 163, "weight_kg": 68}
    document = {
        "schema": "boneplan.plan/1", "id": "x", "created": "2026-11-23T00:00:00Z", "boneplan": "0", "seed": 0,
        "profile": person, "own_foods": rows, "start": "2026-11-23", "weeks": 1, "timezone": "UTC", "status": "ok",
    }  # fmt: skip
    (folder / "plan.json").write_text(json.dumps(document), encoding="utf-8")
    return read_plan(folder / "plan.json")
