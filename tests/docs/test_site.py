"""The site of docs/: its links lead somewhere, and it asks nothing of any other site."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote, urlsplit

import pytest
import yaml

from docs_hook import ROOT, asked_by, file_of, linked, outside, page_of, relinked

PAGES = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "CHANGELOG.md", ROOT / "README.md"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_of_a_page_leads_to_a_file_of_the_repository(page: Path) -> None:
    path = page.relative_to(ROOT).as_posix()
    assert [target for target in linked(path, page.read_text("utf-8")) if not (ROOT / target).exists()] == []


@pytest.mark.parametrize(
    ("path", "markdown", "on_the_site"),
    [
        ("docs/RULES.md", "[kinds](../foods/kinds.yaml)", "[kinds](repository/foods/kinds.yaml.md)"),
        ("docs/RULES.md", "[plan](PLAN.md#targets)", "[plan](PLAN.md#targets)"),
        ("docs/MODEL.md", "[table](../benchmarks/README.md)", "[table](repository/benchmarks/README.md)"),
        ("docs/index.md", "[first](../README.md)", "[first](index.md)"),
        ("CHANGELOG.md", "[rules](docs/GUIDELINES.md)", "[rules](GUIDELINES.md)"),
        ("benchmarks/README.md", "[model](../docs/MODEL.md)", "[model](../../MODEL.md)"),
        ("docs/index.md", "[RFC](https://example.org/rfc)", "[RFC](https://example.org/rfc)"),
        ("docs/index.md", "[nowhere](nowhere.md)", "[nowhere](nowhere.md)"),  # left for mkdocs to name
    ],
)
def test_links_between_files_become_links_between_pages(path: str, markdown: str, on_the_site: str) -> None:
    assert relinked(path, markdown) == on_the_site


@pytest.mark.parametrize(
    "path", ["docs/MODEL.md", "CHANGELOG.md", "benchmarks/README.md", "foods/meals.yaml", "foods/SOURCES.md"]
)
def test_a_page_knows_the_file_that_it_shows(path: str) -> None:
    assert file_of(page_of(path)) == path


@pytest.mark.parametrize(
    ("html", "asked"),
    [
        ('<script src="https://cdn.example/x.js"></script>', ["https://cdn.example/x.js"]),
        ('<link rel="stylesheet" href="//fonts.example/css">', ["//fonts.example/css"]),
        ('<link rel="preconnect" href="https://fonts.example">', ["https://fonts.example"]),
        ('<img src="http://example.org/pixel.gif">', ["http://example.org/pixel.gif"]),
        ('<a href="https://example.org/">a link that a reader may follow</a>', []),
        ('<script src="assets/x.js"></script><link rel="icon" href="images/bone.svg">', []),
    ],
)
def test_what_a_browser_would_ask_another_site_is_found(html: str, asked: list[str]) -> None:
    assert asked_by(html) == asked


def test_a_style_that_asks_another_site_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text("@import url('https://fonts.example/css');")
    (tmp_path / "b.css").write_text("p { background: url(data:image/svg+xml;base64,AA) }")
    assert outside(tmp_path) == ["a.css: https://fonts.example/css"]


def test_the_theme_brings_no_font_and_counts_no_visitor() -> None:
    settings = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    assert settings["theme"]["font"] is False
    assert not {"analytics", "consent"} & set(settings.get("extra", {}))
    assert "repo_url" not in settings


class Links(HTMLParser):
    """The links, and the places that links can lead to, of one page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - html.parser's
        given = dict(attrs)
        self.links += [value for name in ("href", "src") if (value := given.get(name))]
        self.ids |= {value for value in (given.get("id"), given.get("name")) if value}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site as `mkdocs build --strict` writes it."""
    pytest.importorskip("material", reason="mkdocs-material is not installed: pip install '.[docs]'")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    folder = tmp_path_factory.mktemp("site")
    settings = load_config(str(ROOT / "mkdocs.yml"), site_dir=str(folder), strict=True)
    settings.plugins.run_event("startup", command="build", dirty=False)
    build(settings)
    return folder


def test_every_link_of_the_site_leads_to_a_place_of_it(site: Path) -> None:
    pages = {
        file.relative_to(site).as_posix(): Links(file.read_text("utf-8"))
        for file in site.rglob("*.html")
        if file.name != "404.html"  # its links count from the top of a server
    }
    astray = []
    for name, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            target = normpath((Path(name).parent / unquote(parts.path)).as_posix()) if parts.path else name
            place = unquote(parts.fragment)
            found = (site / target).exists() and (not place or target not in pages or place in pages[target].ids)
            if not found:
                astray.append(f"{name}: {link}")
    assert astray == []


def test_no_page_asks_another_site(site: Path) -> None:
    assert outside(site) == []


def test_every_page_is_there_with_one_first_heading(site: Path) -> None:
    for page in (ROOT / "docs").glob("*.md"):
        html = (site / page.with_suffix(".html").name).read_text("utf-8")
        assert len(re.findall(r"<h1\b", html)) == 1, page.name
    assert "Unreleased" in (site / "changelog.html").read_text("utf-8")
    assert "quick-start.html" in (site / "search" / "search_index.json").read_text("utf-8")


def test_no_comment_that_says_what_to_run_is_shown(site: Path) -> None:
    for page in ("patient.html", "dietitian.html", "quick-start.html"):
        shown = re.sub(r"<!--.*?-->", "", (site / page).read_text("utf-8"), flags=re.DOTALL)
        assert "output: boneplan" not in shown
