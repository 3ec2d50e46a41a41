"""Own foods as people write them: what each slip is answered with, and what figures no food has."""

from __future__ import annotations

import re
import string
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from boneplan.errors import InputError
from boneplan.foods.own.figures import figures, implausible
from boneplan.foods.own.flags import FLAGS, Flag, flags_of
from boneplan.foods.own.reader import COLUMNS, folder_beside, load_own, parse_own
from boneplan.foods.own.schema import AMOUNTS, Label, OwnEntry, Serving
from boneplan.foods.table import NUTRIENTS, FoodTable

DOC = Path(__file__).parents[3] / "docs" / "OWN_FOODS.md"
KEFIR = "{name: Goat kefir, like: kefir, label: {per: 100 g, energy: 62}}"


def slips(text: str, name: str = "k.yaml") -> list[str]:
    with pytest.raises(InputError) as refused:
        parse_own(text, name)
    assert refused.value.exit_status == 2
    return refused.value.lines


def told(text: str, name: str) -> list[str]:
    try:
        parse_own(text, name)
    except InputError as error:
        return error.lines
    return []


def unread(folder: Path) -> list[str]:
    with pytest.raises(InputError) as refused:
        load_own(folder)
    return [line.replace(f"{folder}/", "") for line in refused.value.lines]


def food(more: str) -> str:
    return f"{KEFIR[:-1]}, {more}}}"


SLIPS = {
    "name: x": [
        "label: is missing: give the label of a food, or the ingredients of a dish (one of the two)",
        "like: is missing: name a shipped food that is eaten alike, or give category and meals",
    ],
    food("flavour: sour"): ["flavour: unknown key: use one of id, name, like"],
    food("category: Cheese, meals: [lunch]"): ["category: comes from the food in `like`", "meals: comes from the"],
    food("ingredients: [{food: kefir, grams: 9}]"): [
        "label: stands beside ingredients: give",
        "servings: is missing",
    ],
    food("servings: 2, yield_grams: 9"): ["servings: goes with ingredients alone", "yield_grams: goes with"],
    food("as_like: [energy]"): ["as_like[0]: energy stands on the label: keep one of the two"],
    food("serving: {measure: glass}"): ["serving.grams: is missing: give the grams of one, such as 240"],
    food("serving: {measure: 2 cups, grams: 9}"): ['serving.measure: "2 cups" does not begin with a letter'],
    food("serving: {measure: cup, grams: 9, step: 0.3}"): ["serving.step: 0.3 is no step: use 1, 0.5 or 0.25"],
    food("contains: [soy], phytoestrogens: none"): ["phytoestrogens: soy holds them: write trace"],
    food("contains: [nuts]"): ['contains[0]: "nuts" is unknown: did you mean tree_nuts?'],
    food("contains: [milk], free_of: [milk]"): ["free_of[0]: milk is said to be in it as well"],
    food("contains: [pork], free_of: [meat]"): ["free_of[0]: what holds pork holds meat: leave one of the two out"],
    food("contains: [egg], may_contain: [egg]"): ["may_contain[0]: egg stands in contains already"],
    food("id: Kefir 2"): ['id: "Kefir 2" is no id: use small letters, digits and single hyphens'],
    "{name: A, like: kefir, label: {per: serving, energy: 62}}": ["serving: is missing: give its measure and grams"],
    "{name: A, like: kefir, label: {per: 100 g, energy: 62, salt: 1, sodium: 400}}": ["label.salt: says the same as"],
    "{name: A, like: kefir, label: {per: 100 g, energy: .nan}}": ['label.energy: ".nan" is not a number'],
    "{name: A, like: kefir, label: {per: 100 g, energy: -1}}": ["label.energy: -1 is below 0: give energy in kcal"],
    "{name: A, like: kefir, label: {per: 100 g, protein: 3}}": ["label.energy: is missing: give energy in kcal"],
    "{name: A, category: Cheese, meals: [lunch], label: {per: 100 g, energy: 62}}": ["serving: is missing"],
    "{name: A, like: kefir, ingredients: [{food: kefir, grams: 9}], servings: 1, free_of: [egg]}": [
        "free_of: of a dish comes from its ingredients: leave it out"
    ],
    "[1, {}]": ["[0]: holds 1: write a food as lines of `key: value`", "[1]: name: is missing"],
    '{name: "A\\u200bB", like: kefir, label: {per: 100 g, energy: 62}}': ["name: ", "cannot be seen"],
    "- &a [*a]": ["anchors"],
    "{name: A, name: B}": ["name: is there twice, in lines 1 and 1: keep one of them"],
}


@pytest.mark.parametrize("text", SLIPS, ids=str)
def test_a_slip_is_answered_with_file_field_and_mend(text: str) -> None:
    lines = slips(text)
    assert all(line.startswith("k.yaml: ") for line in lines)
    for words in SLIPS[text]:
        assert any(words in line for line in lines), (words, lines)


WRONG = {
    "energy: 260, protein: 3.5, fat: 3.3, carbohydrate: 4.5": ("energy", "make 53 to 62: give kcal, not kJ"),
    "energy: 900, protein: 80, fat: 50, carbohydrate: 9": ("protein", "makes 139 g in 100 g: check the weights"),
    "energy: 62, fat: 3, saturated_fat: 5": ("saturated_fat", "is more than all fat: mend one of the two"),
    "energy: 62, sugars: 9, added_sugar: 12": ("added_sugar", "is more than all sugars"),
    "energy: 62, sodium: 45000": ("sodium", "above the 40,000 of any food: check its unit"),
    "energy: 950": ("energy", "above the 902 of any food"),
}


@pytest.mark.parametrize("amounts", WRONG)
def test_figures_that_no_food_has_are_slips(amounts: str) -> None:
    field, words = WRONG[amounts]
    (line,) = slips(f"{{name: A, like: kefir, label: {{per: 100 g, {amounts}}}}}")
    assert line.startswith(f"k.yaml: label.{field}: ")
    assert words in line


def test_the_shipped_foods_themselves_are_plausible(table: FoodTable) -> None:
    columns = [*NUTRIENTS, "sugars"]
    energy = [
        food_id
        for food_id, *amounts in table.foods[["id", *columns]].itertuples(index=False)
        if any(
            name == "energy"
            for name, _ in implausible({n: a for n, a in zip(columns, amounts, strict=True) if a == a})
        )
    ]
    assert energy == ["stevia-sweetener-powder"]


def test_nearly_every_shipped_food_has_parts_no_larger_than_their_whole(table: FoodTable) -> None:
    columns = [*NUTRIENTS, "sugars"]
    rows = [dict(zip(columns, row, strict=True)) for row in table.foods[columns].itertuples(index=False)]
    wrong = [found for row in rows if (found := list(implausible({n: a for n, a in row.items() if a == a})))]
    assert len(wrong) < len(rows) / 50


def test_salt_counts_as_sodium() -> None:
    label = Label.model_validate({"per": "100 g", "energy": 62, "salt": 0.5})
    assert label.per_100_g(None) == {"energy": 62, "sodium": 200}


amounts = st.floats(0, 50, allow_nan=False)


@given(st.floats(1, 900), st.dictionaries(st.sampled_from(AMOUNTS), amounts))
def test_a_label_per_serving_is_the_label_per_100_g(grams: float, said: dict[str, float]) -> None:
    per_100_g = Label.model_validate({"per": "100 g", "energy": 9.0, **said})
    served = {name: amount * grams / 100 for name, amount in {"energy": 9.0, **said}.items()}
    per_serving = Label.model_validate({"per": "serving", **served})
    assert per_serving.per_100_g(grams) == pytest.approx(per_100_g.per_100_g(grams))


CSV = {
    "name,like,per,energy\nA,kefir,100 g,=1+61\n": 'row 2: energy: "=1+61" is not a number: give energy in kcal',
    "name,like,per,energy\n\nA,kefir,100 g,62\nB,kefir,100 g,\n": "row 4: energy: is missing",
    'name,like,per,energy\nA,kefir,100 g,"3,5"\n': 'row 2: energy: "3,5" is not a number',
    "name,like,per,energy\nA,kefir,100 g,1e9\n": 'row 2: energy: "1e9" is not a number',
    "name,like,per,energy\nA,kefir,100 g,62,9\n": "row 2: has 5 cells for 4 columns: put texts",
    "name,name\nA,B\n": "row 1: name: is there twice",
    "name,ingredients\nA,B\n": 'row 1: "ingredients" is no column: recipes are written in YAML',
    "name;like\nA;B\n": "put commas between the columns",
    'name,like\n"A,kefir\n': "is no CSV (unexpected end of data)",
    "name\0": "control character U+0000",
    "": "is empty",
}


@pytest.mark.parametrize("text", CSV)
def test_a_slip_in_a_table_names_row_and_column(text: str) -> None:
    (line,) = slips(text, "k.csv")
    assert line.startswith("k.csv: ")
    assert CSV[text] in line


def test_a_cell_is_data_and_never_a_formula() -> None:
    (one,) = parse_own("name,like,per,energy,contains\n=1+1,kefir,100 g,62,milk; lactose\n", "k.csv")
    assert (one.entry.name, one.entry.contains) == ("=1+1", ["milk", "lactose"])


def test_a_row_says_what_the_same_food_in_yaml_says() -> None:
    header = "id,name,like,per,energy,measure,plural,grams,step,free_of,phytoestrogens"
    row = f"{header}\ng,G,kefir,100 g,62,cup,cups,9,0.5,rest,none"
    yaml = "{id: g, name: G, like: kefir, label: {per: 100 g, energy: 62}, free_of: [rest], phytoestrogens: none, \
            serving: {measure: cup, plural: cups, grams: 9, step: 0.5}}"
    assert parse_own(row, "k.csv")[0].entry == parse_own(yaml, "k.yaml")[0].entry


@given(st.text(max_size=200), st.sampled_from(["k.yaml", "k.csv"]))
def test_any_text_is_read_or_answered(text: str, name: str) -> None:
    assert all(line.startswith("k.") and "\n" not in line for line in told(text, name))


cells = st.text(string.ascii_letters + string.digits + ' .,;=-"\n', max_size=12)


@given(
    st.lists(st.sampled_from(COLUMNS), min_size=1, unique=True), st.lists(st.lists(cells, max_size=40), max_size=4)
)
def test_any_table_is_read_or_answered(header: list[str], rows: list[list[str]]) -> None:
    text = "\n".join([",".join(header), *(",".join(row) for row in rows)])
    assert all(line.startswith("k.csv: ") for line in told(text, "k.csv"))


words = st.lists(st.sampled_from(FLAGS), unique=True, max_size=4)


@given(words, words, words)
def test_what_nobody_says_may_be_in_it(contains: list[str], may: list[str], free: list[str]) -> None:
    made = flags_of(contains, may, free)
    for flag in FLAGS:
        if flag in contains:
            assert made[flag] == "yes"
        elif flag not in free:
            assert made[flag] != "no" or {"milk", "meat", "shellfish_or_nonkosher_fish"} & {*free}


@pytest.mark.parametrize(
    ("contains", "free", "flag", "answer"),
    [
        (["pork"], ["rest"], "meat", "yes"),
        (["wheat"], ["rest"], "gluten", "yes"),
        (["wheat"], ["gluten", "rest"], "gluten", "no"),  # wheat starch without gluten
        ([], ["gluten"], "wheat", "may"),
        ([], ["milk"], "lactose", "no"),
        (["milk"], ["lactose"], "milk", "yes"),
        ([], ["rest"], "egg", "no"),
        ([], [], "egg", "may"),
    ],
)
def test_one_flag_follows_from_another(contains: list[str], free: list[str], flag: Flag, answer: str) -> None:
    assert flags_of(contains, [], free)[flag] == answer


def test_a_folder_is_read_in_the_order_of_its_names_and_tells_what_it_left(tmp_path: Path) -> None:
    folder = tmp_path / "foods.d"
    folder.mkdir()
    (folder / "b.yml").write_text(KEFIR, encoding="utf-8")
    (folder / "a.csv").write_text("name,like,per,energy\nSour milk,kefir,100 g,62\n", encoding="utf-8")
    (folder / ".hidden.yaml").write_text("not read", encoding="utf-8")
    (folder / "notes.txt").write_text("not read", encoding="utf-8")
    found = load_own(folder)
    assert [food.id for food in found.foods] == ["sour-milk", "goat-kefir"]
    assert found.line == f"Own foods: 2 from {folder} (not read: notes.txt)"
    assert folder_beside(tmp_path / "anna.yaml") == folder
    assert folder_beside(folder / "anna.yaml") is None


def test_slips_of_every_file_are_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("{name: A}", encoding="utf-8")
    (tmp_path / "b.csv").write_text("nom\nA\n", encoding="utf-8")
    assert {line.partition(":")[0] for line in unread(tmp_path)} == {"a.yaml", "b.csv"}


NAMES = {
    "{name: Kefir, like: kefir, label: {per: 100 g, energy: 62}}": 'name: "Kefir": kefir is a shipped food',
    "{name: kale, RAW, like: kefir}": "unknown key",
    '{id: x, name: "kale, RAW", like: kefir, label: {per: 100 g, energy: 62}}': "is the name of kale-raw: give",
    "{name: Кефир, like: kefir, label: {per: 100 g, energy: 62}}": 'id: is missing, and "Кефир" makes none',
    f"[{KEFIR}, {KEFIR}]": '[1]: name: "Goat kefir": goat-kefir is there already, k.yaml: [0]: keep one',
    "{name: A, like: kefr, label: {per: 100 g, energy: 62}}": 'like: "kefr" is no food: did you mean kefir?',
    "{name: A, category: Chese, meals: [lunch], servings: 1, ingredients: [{food: kefir, grams: 9}]}": (
        'category: "Chese" is no category'
    ),
    "{name: A, category: Oatmeal, meals: [snack], servings: 1, ingredients: [{food: kefir, grams: 9}]}": (
        "meals: nobody in the survey ate Oatmeal at snack: use breakfast"
    ),
    "{name: A, like: kefir, ingredients: [{food: kefr, grams: 9}], servings: 1}": 'ingredients[0].food: "kefr" is no',
    "{name: A, like: kefir, ingredients: [{food: a, grams: 9}], servings: 1}": "a dish inside itself (a in a)",
    "[{name: A, like: kefir, ingredients: [{food: B, grams: 9}], servings: 1}, \
      {name: B, like: kefir, ingredients: [{food: A, grams: 9}], servings: 1}]": "a dish inside itself (a in b in a)",
    "{name: A, like: kefir, ingredients: [{food: kefir, grams: 9}], servings: 1, yield_grams: 900}": (
        "yield_grams: 900 g cannot come of 9 g of ingredients"
    ),
}


@pytest.mark.parametrize("text", NAMES)
def test_names_that_are_unknown_or_taken_are_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "k.yaml").write_text(text, encoding="utf-8")
    assert any(NAMES[text] in line for line in unread(tmp_path)), unread(tmp_path)


def test_the_examples_of_the_documentation_hold(tmp_path: Path) -> None:
    text = DOC.read_text(encoding="utf-8")
    for number, (kind, body) in enumerate(re.findall(r"```(yaml|csv)\n(.*?)```", text, re.DOTALL)):
        (tmp_path / f"{number}.{kind}").write_text(body, encoding="utf-8")
    found = {food.id: food for food in load_own(tmp_path).foods}
    assert {"goat-kefir", "overnight-oats", "white-bean-soup", "rye-crispbread", "hard-goat-cheese"} == set(found)
    assert not any(food.isoflavones_unknown for food in found.values())
    assert found["rye-crispbread"].amounts["sodium"] == 400


def test_every_field_and_every_flag_is_in_the_documentation() -> None:
    text = DOC.read_text(encoding="utf-8")
    named: set[str] = set(OwnEntry.model_fields) - {"serving"} | set(Label.model_fields) - {"per"} | set(FLAGS)
    assert {name for name in named if f"`{name}`" not in text} == set()
    assert all(f"serving.{name}`" in text or f"`.{name}`" in text for name in Serving.model_fields)


def test_every_amount_of_a_label_has_an_entry_bound() -> None:
    fields: dict[str, Any] = Label.model_fields
    assert set(figures().most_per_100_g) == set(fields) - {"per"}
    assert set(AMOUNTS) == set(fields) - {"per", "price", "salt"}
    assert set(FLAGS) == set(get_args(Flag))
