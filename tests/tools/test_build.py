"""The shipped tables are what the build makes of the raw tables, byte for byte."""

from pathlib import Path

import pytest

from build_foods import build

ROOT = Path(__file__).resolve().parents[2]
RAW = ROOT.parent / "shared" / "data"


@pytest.mark.skipif(not RAW.is_dir(), reason="the raw public tables are not beside this checkout")
def test_a_build_gives_the_shipped_bytes(tmp_path: Path) -> None:
    build(RAW, tmp_path)
    for name in ("foods.csv", "portions.csv", "options.csv", "pairs.csv", "bought.csv"):
        assert (tmp_path / name).read_bytes() == (ROOT / "foods" / name).read_bytes(), name
