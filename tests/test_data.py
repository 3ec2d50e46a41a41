"""Where the shipped data is found: in the installed package first, in the checkout otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from boneplan import data
from boneplan.errors import Fault


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An installation without any data: the folder of its package."""
    package = tmp_path / "site" / "lib" / "boneplan"
    package.mkdir(parents=True)
    monkeypatch.setattr(data, "__file__", str(package / "data.py"))
    data.data_folder.cache_clear()
    data.shipped_yaml.cache_clear()
    yield package
    data.data_folder.cache_clear()
    data.shipped_yaml.cache_clear()


@pytest.mark.parametrize("name", data.FOLDERS)
def test_every_data_folder_is_there(name: str) -> None:
    assert any(data.data_folder(name).iterdir())


def test_a_package_brings_its_own_data(installed: Path) -> None:
    (installed / "data" / "foods").mkdir(parents=True)
    assert data.data_folder("foods") == installed / "data" / "foods"


def test_a_checkout_has_its_data_at_the_top(installed: Path) -> None:
    foods = installed.parent.parent / "foods"
    foods.mkdir()
    assert data.data_folder("foods") == foods


def test_the_packages_own_data_goes_before_a_folder_that_happens_to_lie_above(installed: Path) -> None:
    (installed.parent.parent / "foods").mkdir()
    (installed / "data" / "foods").mkdir(parents=True)
    assert data.data_folder("foods") == installed / "data" / "foods"


def test_an_installation_without_data_is_a_fault_with_its_mend(installed: Path) -> None:  # noqa: ARG001 - set up
    with pytest.raises(Fault, match=r"guidelines/ is missing .*: install boneplan again"):
        data.data_folder("guidelines")


def test_shipped_yaml_is_read_once_and_in_full_utf_8(installed: Path) -> None:
    folder = installed / "data" / "guidelines" / "nutrition"
    folder.mkdir(parents=True)
    (folder / "calcium.yaml").write_text("unit: µg\nvalues: [1, 2.5]\n", encoding="utf-8")
    first = data.shipped_yaml("guidelines", "nutrition/calcium.yaml")
    assert first == {"unit": "µg", "values": [1, 2.5]}
    assert data.shipped_yaml("guidelines", "nutrition/calcium.yaml") is first
