"""The fraction of calcium absorbed: moved from the load at which it was found to one load for all foods."""

from pathlib import Path

import pytest

from foods_build.absorption import Curve, absorbed_fraction, read_absorption, read_curve

ROOT = Path(__file__).parents[2]
CURVE = Curve(0.889, -0.0964, 300)


def write(path: Path, *rows: str) -> Path:
    path.write_text("match,percent,load_mg,food_measured,source\n" + "\n".join(rows) + "\n")
    return path


def test_a_figure_found_at_the_reference_load_stays_as_it_is(tmp_path: Path) -> None:
    rules = read_absorption(write(tmp_path / "a.csv", "^Milk,32.1,300,milk,Weaver"), CURVE)
    assert absorbed_fraction("Milk, whole", rules) == pytest.approx(0.321)


def test_kale_at_a_small_load_is_as_milk_at_the_same_load(tmp_path: Path) -> None:
    rules = read_absorption(write(tmp_path / "a.csv", "^Kale,49.3,61,kale,Weaver"), CURVE)
    assert absorbed_fraction("Kale, raw", rules) == pytest.approx(CURVE.at(300), rel=0.005)


def test_a_food_that_was_not_measured_is_unknown_and_not_zero(tmp_path: Path) -> None:
    rules = read_absorption(write(tmp_path / "a.csv", "^Kale,49.3,61,kale,Weaver"), CURVE)
    assert absorbed_fraction("Pretzels", rules) is None


def test_the_shipped_figures_lie_between_spinach_and_half() -> None:
    curve = read_curve(ROOT / "guidelines" / "absorption" / "calcium.yaml")
    rules = read_absorption(ROOT / "tools" / "foods_build" / "calcium_absorption.csv", curve)
    assert min(rules, key=lambda rule: rule.fraction).match.search("Spinach, raw")
    assert all(0.03 < rule.fraction < 0.5 for rule in rules)
