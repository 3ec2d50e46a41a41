"""What mkdocs does besides for the site of docs/: pages from outside docs/, links to them, no tie to another site.

The same Markdown is read on a code-hosting page, where `../foods/meals.yaml` is a file of the repository. On the site
such a file becomes a page of its own below `repository/`, CHANGELOG.md becomes `changelog.md`, and README.md is the
first page.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from posixpath import normpath, relpath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

ROOT = Path(__file__).resolve().parent.parent
NAMED = {"CHANGELOG.md": "changelog.md", "README.md": "index.md"}
"""Files outside docs/ -> the page of the site that stands for them."""

LINK = re.compile(r"(?<=\]\()(?P<path>[^)\s#:]+)(?=[)#])")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
ASKING = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
}
STYLE_ADDRESS = re.compile(r"""(?:url\(|@import)\s*["']?\s*(?P<address>(?:https?:)?//[^"')\s]+)""")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the files of the repository that a page of docs/ links to, and what those link to in turn."""
    from mkdocs.structure.files import File

    waiting = {"CHANGELOG.md"} | {
        path for page in files.documentation_pages() for path in linked(f"docs/{page.src_uri}", page.content_string)
    }
    done: set[str] = set()
    while waiting:
        path = waiting.pop()
        done.add(path)
        if path.startswith("docs/") or path == "README.md" or not (ROOT / path).is_file():
            continue  # is a page already, or is not there, which mkdocs tells with the page that asks for it
        text = (ROOT / path).read_text(encoding="utf-8")
        files.append(File.generated(config, page_of(path), content=as_page(path, text)))
        if path.endswith(".md"):
            waiting |= set(linked(path, text)) - done
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001 - a hook
    """Turns links between files of the repository into links between pages of the site."""
    return relinked(file_of(page.file.src_uri), markdown)


def on_post_build(config: MkDocsConfig) -> None:
    """Turns the site back if a page or style of it would ask another site for anything.

    Raises:
        PluginError: naming every such page with the addresses.
    """
    from mkdocs.exceptions import PluginError

    asked = outside(Path(config.site_dir))
    if asked:
        raise PluginError("the site asks other sites:\n" + "\n".join(asked))


def linked(path: str, markdown: str) -> list[str]:
    """Which files of the repository (paths from its top) a Markdown file links to; what stands in code is no link."""
    folder = PurePosixPath(path).parent
    found = (normpath(folder / link["path"]) for link in LINK.finditer(FENCE.sub("", markdown)))
    return [target for target in found if not target.startswith("..")]


def relinked(path: str, markdown: str) -> str:
    """The Markdown of the repository's file `path` with its links as they are between pages of the site."""
    folder, here = PurePosixPath(path).parent, PurePosixPath(page_of(path)).parent

    def moved(link: re.Match[str]) -> str:
        target = normpath(folder / link["path"])
        return link["path"] if not (ROOT / target).is_file() else relpath(page_of(target), here)

    return LINK.sub(moved, markdown)


def page_of(path: str) -> str:
    """The page of the site that shows a file of the repository."""
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    return NAMED.get(path) or f"repository/{path if path.endswith('.md') else path + '.md'}"


def file_of(page: str) -> str:
    """The file of the repository that a page of the site shows: the inverse of `page_of`, for pages with content."""
    if page == NAMED["CHANGELOG.md"]:
        return "CHANGELOG.md"
    path = page.removeprefix("repository/")
    if path == page:
        return f"docs/{page}"
    return path if (ROOT / path).is_file() else path.removesuffix(".md")


def as_page(path: str, text: str) -> str:
    """A file as Markdown: as it is where it is Markdown, otherwise under its name, as code, and out of the search."""
    if path.endswith(".md"):
        return text
    return f"---\nsearch: {{exclude: true}}\n---\n\n# {path}\n\n````{PurePosixPath(path).suffix[1:]}\n{text}\n````\n"


def outside(site: Path) -> list[str]:
    """A line for each page or style sheet that asks another site for a script, style, font or picture."""
    lines = []
    for file in sorted(site.rglob("*")):
        if file.suffix not in {".html", ".css", ".svg"}:
            continue
        text = file.read_text(encoding="utf-8")
        asked = [link["address"] for link in STYLE_ADDRESS.finditer(text)]
        if file.suffix == ".html":
            asked += asked_by(text)
        if asked:
            lines.append(f"{file.relative_to(site)}: {', '.join(asked)}")
    return lines


def asked_by(html: str) -> list[str]:
    """The addresses on other sites that a browser asks by itself when it opens this page: no plain links."""
    reader = _Asked()
    reader.feed(html)
    return reader.addresses


class _Asked(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        attribute = "href" if tag == "link" else ASKING.get(tag, "")
        address = given.get(attribute)
        if address and re.match(r"(https?:)?//", address.strip()):
            self.addresses.append(address)
