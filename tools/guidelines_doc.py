"""Writes docs/GUIDELINES.md from the files in guidelines/: `python tools/guidelines_doc.py`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "GUIDELINES.md"


def main() -> None:
    """Writes the page anew."""
    sys.path.insert(0, str(ROOT / "src"))
    from boneplan.rulebook.page import guidelines_page

    PAGE.write_text(guidelines_page(), encoding="utf-8")


if __name__ == "__main__":
    main()
