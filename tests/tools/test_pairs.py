"""What shares a meal: the counted pairs under the numbers of their categories."""

from foods_build.pairs import pair_rows
from foods_build.raw import Food

FOODS = [Food(1, "Milk", 1002, "Milk, whole", {}), Food(2, "Oats", 4602, "Oats", {}), Food(3, "Tea", 7304, "Tea", {})]


def counted(meal: str, x: str, y: str) -> dict[str, str]:
    return {"meal": meal, "cat_x": x, "cat_y": y, "n_both": "12", "lift": "1.250"}


def test_a_pair_has_the_numbers_of_its_categories_the_smaller_first() -> None:
    (row,) = pair_rows([counted("breakfast", "Oats", "Milk, whole")], FOODS)
    assert row == {"meal": "breakfast", "category_a": 1002, "category_b": 4602, "n": "12", "lift": "1.250"}


def test_a_category_that_no_food_has_is_left_out() -> None:
    assert list(pair_rows([counted("lunch", "Tea", "Beer")], FOODS)) == []


def test_rows_stand_in_order_of_meal_and_category() -> None:
    rows = pair_rows(
        [
            counted("lunch", "Oats", "Tea"),
            counted("breakfast", "Tea", "Oats"),
            counted("lunch", "Milk, whole", "Tea"),
        ],
        FOODS,
    )
    assert [(row["meal"], row["category_a"]) for row in rows] == [
        ("breakfast", 4602),
        ("lunch", 1002),
        ("lunch", 4602),
    ]
