"""The list of supplements to avoid: what it names in however it is written, for whom, and what it leaves alone."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from boneplan.avoid import avoid_list, avoid_notices, is_avoided
from boneplan.plan import Notice
from boneplan.profile import Profile
from boneplan.profile_health import Supplement

TODAY = dt.date(2026, 11, 23)


def person(*products: str, drug: str = "anastrozole", medicines: tuple[str, ...] = ()) -> Profile:
    return Profile.model_validate(
        {
            "sex": "female",
            "birth_date": "1961-04-02",
            "height_cm": 160,
            "weight_kg": 64,
            "therapy": {"drug": drug},
            "medications": [{"name": name} for name in medicines],
            "supplements": [{"name": name} for name in products],
        },
        context={"today": TODAY},
    )


def notices(*products: str, **more: Any) -> dict[str, Notice]:
    found = avoid_notices(person(*products, **more), TODAY)
    return {notice.rule.removeprefix("safety/supplements/"): notice for notice in found}


NAMED = [
    ("black_cohosh", "Black cohosh"),
    ("black_cohosh", "Cimicifuga racemosa 20 mg"),
    ("dong_quai", "Dang-gui root"),
    ("dong_quai", "Dried angelica root"),
    ("red_clover", "Red Clover Blossom, organic"),
    ("red_clover", "Trifolium pratense"),
    ("soy_isoflavones", "Soya-Isoflavones 40 mg"),
    ("soy_isoflavones", "genistein"),
    ("soy_protein", "Protein powder (soy)"),
    ("soy_protein", "SOYA PROTEINS"),
    ("flax_lignans", "Flax lignans"),
    ("kudzu", "Pueraria mirifica"),
    ("hops", "Hop extract"),
    ("liquorice", "Licorice root"),
    ("chasteberry", "Vitex agnus-castus"),
    ("alfalfa", "alfalfa tablets"),
    ("fenugreek", "Fenugreek capsules"),
    ("rhapontic_rhubarb", "ERr 731"),
    ("horny_goat_weed", "Epimedium"),
    ("ginseng", "Korean Ginseng"),
    ("apigenin", "apigenin 50 mg"),
    ("dhea", "DHEA 25mg"),
    ("pregnenolone", "pregnenolone"),
    ("hormone_creams", "Cream of wild yam"),
    ("hormone_creams", "Progesterone (natural cream)"),
    ("dim", "DIM complex"),
    ("dim", "Indole-3-Carbinol"),
    ("st_johns_wort", "St. John’s Wort"),
    ("st_johns_wort", "Saint-Johns-wort"),
    ("turmeric", "Curcumin + pepper"),
    ("green_tea_extract", "Extract of green tea"),
    ("ginkgo", "Ginkgo biloba"),
    ("kava", "Kava-kava"),
    ("amygdalin", "Apricot kernels"),
    ("cod_liver_oil", "Cod-Liver Oil"),
]


@pytest.mark.parametrize(("entry", "product"), NAMED)
def test_a_product_on_the_list_is_named_as_it_was_written_with_its_reason(entry: str, product: str) -> None:
    found = notices(product)
    assert found.keys() == {entry}
    notice = found[entry]
    reason = next(e for e in avoid_list() if e.id == entry).text
    assert notice.level == "warn"
    assert notice.text.startswith(f"{product} is on the list to avoid. {reason}")
    assert notice.ask
    assert notice.source


@pytest.mark.parametrize(
    "product",
    [
        "Vitamin D3 1000 IU",
        "Calcium citrate",
        "Vitamin K2",
        "Greens powder",
        "Isoflavone-free shake",
        "Whey protein without soy",
        "Soy-free protein powder",
        "Milled flaxseed",
        "Multivitamin",
        "dimensions",
        "Green tea",
        "Salmon oil",
    ],
)
def test_what_is_not_on_the_list_is_left_alone(product: str) -> None:
    assert notices(product) == {}


@pytest.mark.parametrize(
    "product", ["Vitamin K2 (MK-7)", "Vitamins D and K", "K1 drops", "Natto capsules", "menaquinone"]
)
def test_vitamin_k_is_on_the_list_under_a_vitamin_k_antagonist(product: str) -> None:
    assert notices(product) == {}
    found = notices(product, medicines=("Warfarin 5 mg",))
    assert found["vitamin_k_pills"].ask == "anticoagulation clinic"


def test_green_powders_are_on_the_list_under_a_vitamin_k_antagonist() -> None:
    assert notices("Spirulina") == {}
    assert notices("Spirulina", medicines=("phenprocoumon",)).keys() == {"green_powders"}


@pytest.mark.parametrize("drug", ["anastrozole", "letrozole", "anastrozole_with_testosterone", "none"])
def test_st_johns_wort_has_a_reason_of_its_own_with_exemestane(drug: str) -> None:
    assert notices("St John's wort", drug=drug).keys() == {"st_johns_wort"}
    (found,) = notices("St John's wort", drug="exemestane").values()
    assert "exemestane" in found.text


def test_herbs_among_the_medicines_are_found_as_well_and_told_once() -> None:
    assert [n.rule for n in avoid_notices(person("ginkgo", medicines=("ginkgo",)), TODAY)] == [
        "safety/supplements/ginkgo"
    ]
    assert notices(medicines=("ginkgo", "letrozole")).keys() == {"ginkgo"}


def test_each_product_is_told_of_by_itself() -> None:
    assert notices("black cohosh", "red clover", "vitamin D").keys() == {"black_cohosh", "red_clover"}


def test_whoever_places_supplements_can_ask_for_one() -> None:
    profile = person()
    soy = Supplement(nutrient="protein", name="Soy protein", amount=20, unit="g")
    assert is_avoided(soy, profile, TODAY)
    assert not is_avoided(Supplement(nutrient="protein", amount=20, unit="g"), profile, TODAY)
    assert not is_avoided(Supplement(name="K2"), profile, TODAY)
    assert is_avoided(Supplement(name="K2"), person(medicines=("warfarin",)), TODAY)


def test_every_entry_is_found_by_each_of_its_names() -> None:
    for entry in avoid_list():
        assert all(entry.is_meant(name) and entry.is_meant(f"{name} 100 mg") for name in entry.names)
    assert len({entry.id for entry in avoid_list()}) == len(avoid_list())
