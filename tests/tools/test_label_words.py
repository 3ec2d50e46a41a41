"""A search for label words in a food and its ingredients finds nothing that the table leaves unflagged."""

import csv
import re
from pathlib import Path

import pytest

from foods_build.raw import RawTables, read_tables

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT.parent / "shared" / "data"

# Words that a label search stops at, and the plant foods whose names hold such a word.
WORDS = {
    "milk": r"\bmilk\b|cheese|yogurt|butter|\bcream\b|whey|casein",
    "egg": r"\beggs?\b|mayonnaise|meringue",
    "fish": r"\bfish\b|salmon|tuna|trout|sardine|herring|\bcod\b|tilapia|anchov|catfish|flounder",
    "shellfish": r"shrimp|\bcrab|lobster|\bclam|scallops\b|mussel",
    "tree_nuts": r"almond|walnut|pecan|cashew|pistachio|hazelnut|mixed nuts",
    "peanut": r"peanut",
    "wheat": r"\bwheat|\bbread\b|flour, white|pasta|macaroni|cracker|couscous|bulgur",
    "soy": r"\bsoy|tofu|miso\b|edamame",
    "sesame": r"sesame|tahini|hummus",
    "gluten": r"\bwheat|barley|\brye\b|malted|semolina",
    "meat": r"\bbeef\b|\bpork\b|bacon|\bham\b|sausage|chicken|turkey|gelatin|\blard\b|\blamb\b|\bveal\b",
    "gelatine": r"gelatin|marshmallow",
    "pork": r"\bpork\b|\blard\b",
    "honey": r"\bhoney\b",
}
PLANTS = re.compile(
    r"(?:coconut|almond|oat|rice|soy|cashew|peanut|apple|cocoa|nut|non-dairy) (?:milk|butter)|milk, almond"
    r"|cream of (?:tartar|wheat|rice)|butter(?:nut|head| beans?)|buckwheat|eggplants?|breadfruit"
    r"|(?:chicken|bacon|sausage|hot dog|meatball)s?,? (?:meatless|vegetarian)|meatless[^;]*|imitation \w+"
    r"|turkey bacon|bacon, turkey|beef,? bacon|hamburger|gluten[- ]free[^;]*",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def raw() -> RawTables:
    return read_tables(RAW)


@pytest.mark.skipif(not RAW.is_dir(), reason="the raw public tables are not beside this checkout")
@pytest.mark.parametrize("flag", WORDS)
def test_no_word_of_a_label_is_left_unflagged(flag: str, raw: RawTables) -> None:
    word = re.compile(WORDS[flag], re.IGNORECASE)
    unflagged = []
    with (ROOT / "foods" / "foods.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            ingredients = raw.ingredients.get(int(row["fndds_code"]), [])
            texts = [row["description"], *(ingredient.description for ingredient in ingredients)]
            if re.search(r"gluten[- ]free", row["description"], re.IGNORECASE) and flag in ("wheat", "gluten"):
                continue
            if row[flag] == "no" and any(word.search(PLANTS.sub(" ", text)) for text in texts):
                unflagged.append(row["name"])
    assert unflagged == []
