"""The shipped food table: figures of the source, allergens of hard cases, measures, options."""

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

FOODS = Path(__file__).resolve().parents[1] / "foods"
MEALS = {"breakfast", "lunch", "dinner", "snack"}
FLAGS = (
    *("milk", "egg", "fish", "shellfish", "tree_nuts", "peanut", "wheat", "soy", "sesame"),
    *("gluten", "lactose", "meat", "pork", "gelatine", "honey", "shellfish_or_nonkosher_fish"),
)


def read(name: str) -> list[dict[str, str]]:
    with (FOODS / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


TABLE = read("foods.csv")
PORTIONS = read("portions.csv")
OPTIONS = read("options.csv")
BY_CODE = {int(row["fndds_code"]): row for row in TABLE}
IDS = {row["id"] for row in TABLE}

MEASURES: dict[str, list[dict[str, str]]] = defaultdict(list)
for portion in PORTIONS:
    MEASURES[portion["food_id"]].append(portion)


def test_there_are_at_least_800_foods() -> None:
    assert len(TABLE) >= 800


@pytest.mark.parametrize("column", ["id", "fndds_code", "name", "description"])
def test_no_two_foods_share_it(column: str) -> None:
    assert [value for value, n in Counter(row[column].casefold() for row in TABLE).items() if n > 1] == []


@pytest.mark.parametrize(
    ("code", "nutrient", "value"),
    [
        (11111000, "calcium", 123),
        (11111000, "energy", 61),
        (72119190, "vitamin_k", 390),
        (26139180, "calcium", 382),
        (92101000, "caffeine", 40),
        (63101000, "sodium", 0),
    ],
)
def test_figures_are_those_of_the_source(code: int, nutrient: str, value: float) -> None:
    assert float(BY_CODE[code][nutrient]) == pytest.approx(value, rel=0.02)


def test_added_sugar_is_in_grams() -> None:
    # FPED: a teaspoon equivalent of added sugars is 4.2 g; white sugar is nearly nothing else.
    assert float(BY_CODE[91101010]["added_sugar"]) == pytest.approx(100, rel=0.02)


@pytest.mark.parametrize(
    ("code", "flag", "answer"),
    [
        (28500040, "wheat", "yes"),  # beef gravy, thickened with flour
        (28500040, "gluten", "yes"),
        (27450060, "egg", "yes"),  # tuna salad, the egg in its mayonnaise
        (27450060, "fish", "yes"),
        (28340660, "soy", "may"),  # chicken soup, the soy in its broth
        (27150210, "fish", "yes"),  # fish sauce
        (41420450, "fish", "yes"),  # Worcestershire sauce
        (57134000, "gluten", "may"),  # corn flakes, flavoured with malt
        (54304000, "milk", "yes"),  # cheese crackers
        (28522000, "peanut", "yes"),  # mole
        (53234000, "peanut", "yes"),  # peanut butter cookie
        (41205070, "sesame", "yes"),  # hummus
        (41420300, "wheat", "yes"),  # soy sauce
        (51101000, "sesame", "may"),  # white bread
        (51101000, "milk", "may"),
        (51108010, "milk", "may"),  # focaccia
        (51108010, "egg", "may"),
        (51108010, "sesame", "may"),
        (75340010, "soy", "may"),  # stir-fry vegetables
        (81102020, "milk", "may"),  # margarine
        (12210400, "milk", "yes"),  # coffee creamer, called non-dairy
        (91501010, "meat", "yes"),  # gelatine dessert
        (27250520, "shellfish", "may"),  # imitation crab
        (27250520, "egg", "yes"),
        (26107120, "shellfish_or_nonkosher_fish", "yes"),  # catfish
        (81302070, "tree_nuts", "yes"),  # pesto
        (56203056, "gluten", "may"),  # oatmeal, not certified
    ],
)
def test_an_allergen_is_found_inside_a_dish(code: int, flag: str, answer: str) -> None:
    assert BY_CODE[code][flag] == answer


@pytest.mark.parametrize("code", [63101000, 94000100, 92101000, 73101010, 56205008, 72119190, 61119010])
def test_a_plain_food_is_free_of_everything(code: int) -> None:
    assert {BY_CODE[code][flag] for flag in FLAGS} == {"no"}


def test_a_diet_without_gluten_still_has_bread() -> None:
    assert (BY_CODE[51808000]["wheat"], BY_CODE[51808000]["gluten"]) == ("no", "no")


def test_milk_without_lactose_is_still_milk() -> None:
    lactose_free = [row for row in TABLE if "lactose free" in row["description"].lower()]
    assert len(lactose_free) >= 4
    assert {(row["milk"], row["lactose"]) for row in lactose_free} == {("yes", "no")}
    assert BY_CODE[11111000]["lactose"] == "yes"
    assert BY_CODE[14104100]["lactose"] == "no"  # cheddar


def test_flags_say_no_may_or_yes() -> None:
    assert {row[flag] for row in TABLE for flag in FLAGS} == {"no", "may", "yes"}


def test_gelatine_is_never_vegetarian_and_pork_is_meat() -> None:
    for row in TABLE:
        if row["pork"] == "yes" or row["gelatine"] == "yes":
            assert row["meat"] == "yes", row["name"]


def test_wheat_is_gluten() -> None:
    assert [row["name"] for row in TABLE if row["wheat"] == "yes" and row["gluten"] != "yes"] == []


def test_nothing_for_infants_no_organ_meat_no_alcohol_no_powder() -> None:
    for row in TABLE:
        category = int(row["category"])
        assert not 9000 <= category < 9900, row["name"]
        assert not 7502 <= category <= 7506, row["name"]
        assert category != 2010, row["name"]
        assert float(row["alcohol"]) == 0, row["name"]
        words = row["description"].lower()
        assert not any(word in words for word in ("liver", "infant", "protein powder")), row["name"]


def test_nothing_is_left_unspecified() -> None:
    assert [row["description"] for row in TABLE if "NS as to" in row["description"]] == []


def test_what_is_not_known_is_empty_and_not_zero() -> None:
    assert BY_CODE[11350020]["isoflavones"] == ""  # almond milk: the source covers none of it
    assert float(BY_CODE[11350020]["isoflavones_coverage"]) == 0
    for column in ("added_sugar", "price", "isoflavones", "calcium_absorption"):
        empty = [row for row in TABLE if row[column] == ""]
        assert 0 < len(empty) < len(TABLE), column
    assert all(float(row["isoflavones_coverage"]) == 0 for row in TABLE if row["isoflavones"] == "")


def test_every_nutrient_of_the_source_is_a_number() -> None:
    for column in ("energy", "protein", "fat", "calcium", "vitamin_d", "vitamin_k", "sodium", "retinol"):
        assert all(float(row[column]) >= 0 for row in TABLE), column


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (11320000, "source"),  # soy milk
        (41420010, "source"),  # tofu
        (41420020, "source"),  # edamame
        (43104000, "source"),  # flax seeds
        (41601070, "source"),  # miso soup
        (28310330, "trace"),  # pho: mung bean sprouts, a little under 5 % of it
        (75209011, "none"),  # Brussels sprouts
        (51300300, "trace"),  # sprouted wheat bread
        (41420300, "trace"),  # soy sauce
        (83107000, "trace"),  # mayonnaise
        (63101000, "none"),
    ],
)
def test_phytoestrogen_class(code: int, answer: str) -> None:
    assert BY_CODE[code]["phytoestrogen"] == answer


def test_a_veggie_burger_without_a_value_counts_as_a_risk() -> None:
    row = BY_CODE[41811890]
    assert (row["isoflavones"], row["isoflavones_unknown"], row["phytoestrogen"]) == ("", "1", "source")


def test_no_food_that_could_hold_soy_counts_as_free_of_isoflavones_for_want_of_a_value() -> None:
    gaps = [row for row in TABLE if row["isoflavones"] == "" and row["isoflavones_unknown"] == "0"]
    assert [row["name"] for row in gaps if row["soy"] != "no"] == []


@pytest.mark.parametrize(
    ("code", "least", "most"),
    [
        (51101000, 0, 0.5),  # white bread
        (51300110, 0, 0.5),  # whole-wheat bread
        (81102020, 0, 0),  # margarine
        (83107000, 0, 0),  # mayonnaise
        (14104100, 0, 0),  # cheddar
        (25230210, 1, 2),  # deli ham
        (25210210, 1, 2),  # frankfurter
        (25220410, 1, 2),  # bologna
        (27445220, 1, 2),  # kung pao chicken, as soy sauce
    ],
)
def test_everyday_food_with_a_little_soy_stays_on_offer_where_soy_is_avoided(
    code: int, least: float, most: float
) -> None:
    row = BY_CODE[code]
    assert (row["isoflavones_unknown"], row["phytoestrogen"] in ("none", "trace")) == ("0", True)
    assert least <= float(row["isoflavones"] or 0) <= most


def test_absorbed_calcium_is_a_fraction_and_spinach_gives_little() -> None:
    fractions = {int(r["fndds_code"]): float(r["calcium_absorption"]) for r in TABLE if r["calcium_absorption"]}
    assert all(0 < fraction < 1 for fraction in fractions.values())
    assert fractions[72125211] < 0.1 < fractions[11111000] < fractions[72201211]


def test_every_row_refers_to_a_food_of_the_table() -> None:
    assert {row["food_id"] for row in PORTIONS} == IDS
    assert {row["food_id"] for row in OPTIONS} <= IDS


def test_measures_have_weight_step_and_rank() -> None:
    for food_id, rows in MEASURES.items():
        assert all(float(row["grams"]) > 0 for row in rows), food_id
        assert all(row["step"] in {"0.25", "0.5", "1"} for row in rows), food_id
        assert [int(row["rank"]) for row in rows] == list(range(1, len(rows) + 1)), food_id
        assert len({row["measure"] for row in rows}) == len(rows), food_id
        assert all("not specified" not in row["measure"] and row["measure"] != "g" for row in rows), food_id


@pytest.mark.parametrize(
    ("code", "measure"),
    [
        (11111000, "cup"),
        (51101000, "slice"),
        (26137120, "oz"),
        (81101000, "tablespoon"),
        (63101000, "medium"),
        (31103010, "egg"),
        (72201211, "cup"),
    ],
)
def test_the_first_measure_is_the_natural_one(code: int, measure: str) -> None:
    assert MEASURES[BY_CODE[code]["id"]][0]["measure"] == measure


def test_options_are_of_the_four_meals_and_two_groups() -> None:
    assert {row["meal"] for row in OPTIONS} == MEALS
    assert {row["group"] for row in OPTIONS} == {"women", "men"}
    keys = Counter((row["food_id"], row["meal"], row["group"]) for row in OPTIONS)
    assert max(keys.values()) == 1


def test_percentiles_of_an_option_ascend() -> None:
    for row in OPTIONS:
        grams = [float(row[key]) for key in ("g_p10", "g_p25", "g_p50", "g_p75", "g_p90")]
        assert grams == sorted(grams), row["food_id"]
        assert grams[0] > 0, row["food_id"]
        assert int(row["n"]) >= 2, row["food_id"]


def test_nearly_every_option_can_be_served_in_whole_steps() -> None:
    missed = 0
    for row in OPTIONS:
        low, high = float(row["g_p10"]) * 0.98, float(row["g_p90"]) * 1.02
        steps = [float(m["step"]) * float(m["grams"]) for m in MEASURES[row["food_id"]]]
        missed += not any(max(1, -(-low // step)) * step <= high for step in steps)
    assert missed < 0.02 * len(OPTIONS)


def test_every_meal_has_a_wide_choice() -> None:
    for group in ("women", "men"):
        for meal in MEALS:
            assert sum(row["meal"] == meal and row["group"] == group for row in OPTIONS) >= 300
