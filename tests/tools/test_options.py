"""Options: what people ate at each meal, and which record stands for a food that has none of its own."""

from foods_build.options import table_options
from foods_build.raw import Eaten

GRAMS = ("50", "80", "100", "120", "200")
NS_CHICKEN, BREAST, THIGH = 24100000, 24122131, 24152231


def eaten(code: int, n: int, meal: str = "dinner", group: str = "women_50_plus") -> Eaten:
    return Eaten(group, meal, code, n, GRAMS)


def test_a_food_keeps_its_own_record() -> None:
    [option] = table_options([eaten(BREAST, 7)], {BREAST}, {})[BREAST]
    assert (option.row.n, option.eaten_as) == (7, None)


def test_the_count_of_an_unspecific_record_is_shared_out() -> None:
    stand_ins = {BREAST: NS_CHICKEN, THIGH: NS_CHICKEN}
    options = table_options([eaten(NS_CHICKEN, 60)], {BREAST, THIGH}, stand_ins)
    assert [(o.row.n, o.eaten_as) for o in options[BREAST]] == [(30, NS_CHICKEN)]
    assert [o.row.n for o in options[THIGH]] == [30]


def test_a_sibling_of_the_table_keeps_its_own_count() -> None:
    options = table_options([eaten(BREAST, 10)], {BREAST, THIGH}, {THIGH: BREAST})
    assert [o.row.n for o in options[BREAST]] == [10]
    assert [o.row.n for o in options[THIGH]] == [5]


def test_the_larger_record_goes_first() -> None:
    rows = [eaten(NS_CHICKEN, 60), eaten(BREAST, 3)]
    [option] = table_options(rows, {BREAST}, {BREAST: NS_CHICKEN})[BREAST]
    assert option.eaten_as == NS_CHICKEN


def test_other_groups_and_drinks_between_meals_are_left_out() -> None:
    rows = [eaten(BREAST, 7, group="women_19_49"), eaten(BREAST, 7, meal="drink")]
    assert table_options(rows, {BREAST}, {}) == {}


def test_options_stand_in_the_order_of_the_meals() -> None:
    rows = [eaten(BREAST, 7, meal="snack"), eaten(BREAST, 7, meal="breakfast"), eaten(BREAST, 7)]
    assert [o.row.meal for o in table_options(rows, {BREAST}, {})[BREAST]] == ["breakfast", "dinner", "snack"]
