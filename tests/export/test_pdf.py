"""The page as PDF: what the browser is told, and that nothing of the plan stays behind, whatever the browser does."""

from __future__ import annotations

import json
import os
import pty
import shutil
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import pytest
from click.testing import CliRunner

from boneplan.cli.export import export
from boneplan.errors import InputError
from boneplan.export import pdf
from boneplan.export.pdf import find_browser, to_pdf
from boneplan.plan import Plan
from boneplan.plan_io import write_plan

HTML = "<!doctype html><title>Zoë's week</title><p>½ cup of milk</p>"
INSTALLED = next((path for name in pdf.PROGRAMS if (path := shutil.which(name))), None)
real_browser = pytest.mark.skipif(INSTALLED is None, reason="no browser is installed")

START = """#!{python} -I
import json, os, pathlib, subprocess, sys, time, urllib.parse
folder = pathlib.Path(urllib.parse.urlsplit(sys.argv[-1]).path).parent
(told,) = [word.split("=", 1)[1] for word in sys.argv if word.startswith("--print-to-pdf=")]
made = pathlib.Path(told)
html = (folder / "plan.html").read_bytes()
seen = {{"arguments": sys.argv[1:], "mode": folder.stat().st_mode & 0o777, "html": html.decode()}}
pathlib.Path({notes!r}).write_text(json.dumps(seen))
"""
PRINTS = 'made.write_bytes(b"%PDF-1.7 of " + html)'
NEVER_ENDS = """
child = "import sys, time; [(open(sys.argv[1] + str(n), 'w'), time.sleep(0.001)) for n in range(10**6)]"
child = subprocess.Popen([sys.executable, "-c", child, str(folder / "crumb")])
pathlib.Path({notes!r}).write_text(str(child.pid))
time.sleep(600)
"""


@pytest.fixture
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, empty."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    """Where a stand-in for a browser writes what it was told."""
    return tmp_path / "notes.json"


@pytest.fixture
def browser(tmp_path: Path, notes: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """browser(program): a stand-in for a browser, a program in Python, is the one that is used."""

    def install(body: str = PRINTS, name: str = "stand-in") -> Path:
        path = tmp_path / name
        path.write_text(START.format(python=sys.executable, notes=str(notes)) + body, encoding="utf-8")
        path.chmod(0o755)
        monkeypatch.setenv(pdf.VARIABLE, str(path))
        return path

    return install


@pytest.fixture
def nothing_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PATH of one empty folder, and no browser anywhere else."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.delenv(pdf.VARIABLE, raising=False)
    monkeypatch.setattr(pdf, "PROGRAMS", [name for name in pdf.PROGRAMS if not name.startswith("/")])
    return folder


def told(notes: Path) -> list[str]:
    """The words that the stand-in was called with."""
    words: list[str] = json.loads(notes.read_text())["arguments"]
    return words


def problem(**options: float) -> str:
    with pytest.raises(InputError) as caught:
        to_pdf(HTML, **options)
    (line,) = caught.value.lines
    return line


def test_the_browser_prints_the_page_and_nothing_is_left(
    browser: Callable[..., Path], scratch: Path, notes: Path
) -> None:
    browser()
    assert to_pdf(HTML) == b"%PDF-1.7 of " + HTML.encode()
    assert json.loads(notes.read_text())["html"] == HTML
    assert not list(scratch.iterdir())


def test_every_file_the_browser_is_told_of_lies_in_a_folder_of_its_owner_alone(
    browser: Callable[..., Path], scratch: Path, notes: Path
) -> None:
    browser()
    to_pdf(HTML)
    seen = json.loads(notes.read_text())
    assert seen["mode"] == 0o700
    values = [word.partition("=")[2] or word for word in seen["arguments"]]
    files = [Path(url2pathname(urlsplit(value).path)) for value in values if "/" in value]
    assert sorted(file.name for file in files) == ["browser", "plan.html", "plan.pdf"]
    (folder,) = {file.parent for file in files}
    assert folder.parent == scratch
    assert not folder.exists()


def test_the_plan_itself_is_no_argument_that_other_users_could_read(
    browser: Callable[..., Path], notes: Path
) -> None:
    browser()
    to_pdf(HTML)
    assert not [word for word in told(notes) if "milk" in word or "Zo" in word]


@pytest.mark.parametrize(("user", "unboxed"), [(0, True), (1000, False)])
def test_only_root_does_without_the_sandbox(
    browser: Callable[..., Path], notes: Path, monkeypatch: pytest.MonkeyPatch, user: int, unboxed: bool
) -> None:
    browser()
    monkeypatch.setattr(os, "geteuid", lambda: user)
    to_pdf(HTML)
    assert ("--no-sandbox" in told(notes)) is unboxed


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ('print("[7:7:1122/1.2:ERROR:x.cc:1] No space\\x1b[1m left"); sys.exit(4)', "status 4: No space left"),
        ("sys.exit(1)", "status 1: it did not say why"),
        ('print("Page load failed"); print("[1:ERROR:dbus/bus.cc] no bus")', "Page load failed"),
        ('made.write_text("<html>")', "it did not say why"),
        (PRINTS + "; sys.exit(1)", "status 1: it did not say why"),
    ],
)
def test_a_browser_that_makes_no_pdf_is_named_with_the_reason_and_the_mend(
    browser: Callable[..., Path], scratch: Path, body: str, why: str
) -> None:
    path = browser(body)
    assert problem() == f"{path}: made no PDF ({why}): open plan.html in any browser and print it there"
    assert not list(scratch.iterdir())


def test_what_cannot_be_run_is_no_traceback(browser: Callable[..., Path], scratch: Path) -> None:
    path = browser()
    path.write_bytes(b"\x7fELF of another machine")
    assert "made no PDF (Exec format error)" in problem()
    assert not list(scratch.iterdir())


def test_a_browser_that_never_ends_is_ended_with_its_children(
    browser: Callable[..., Path], scratch: Path, notes: Path
) -> None:
    browser(NEVER_ENDS.format(notes=str(notes)))
    assert "made no PDF (not done after 2 s)" in problem(seconds=2)
    assert not list(scratch.iterdir())
    child = int(notes.read_text())
    for _ in range(100):
        if not _runs(child):
            break
        time.sleep(0.05)
    assert not _runs(child)


def _runs(process: int) -> bool:
    answer = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True, check=False)
    return bool(answer.stdout.strip()) and not answer.stdout.startswith("Z")


def test_an_interruption_leaves_nothing(
    browser: Callable[..., Path], scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser("time.sleep(600)")
    wait = subprocess.Popen.wait

    def interrupted(process: subprocess.Popen[bytes], timeout: float | None = None) -> int:
        if timeout is not None:
            raise KeyboardInterrupt
        return wait(process)

    monkeypatch.setattr(subprocess.Popen, "wait", interrupted)
    with pytest.raises(KeyboardInterrupt):
        to_pdf(HTML)
    assert not list(scratch.iterdir())


def test_without_a_browser_the_mend_is_told(nothing_installed: Path) -> None:
    mend = "install Chromium or Chrome, or open plan.html in any browser and print it there"
    assert problem() == f"no browser to make a PDF with: {mend}"
    assert not list(nothing_installed.iterdir())


@pytest.mark.parametrize("name", [name for name in pdf.PROGRAMS if not name.startswith("/")])
def test_each_browser_of_the_list_is_found_on_the_path(nothing_installed: Path, name: str) -> None:
    program = nothing_installed / name
    program.touch(mode=0o755)
    assert find_browser() == str(program)


def test_the_browser_that_the_environment_names_comes_first(
    nothing_installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("chromium", "brave"):
        (nothing_installed / name).touch(mode=0o755)
    monkeypatch.setenv(pdf.VARIABLE, "brave")
    assert find_browser() == str(nothing_installed / "brave")
    monkeypatch.setenv(pdf.VARIABLE, "")
    assert find_browser() == str(nothing_installed / "chromium")


def test_a_name_of_the_environment_that_is_no_program_is_told(
    nothing_installed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(pdf.VARIABLE, str(nothing_installed / "gone"))
    assert problem().startswith(
        f"BONEPLAN_BROWSER: '{nothing_installed / 'gone'}' is no program here: name a Chromium"
    )


def test_a_browser_packed_as_a_snap_finds_its_files_in_the_home_folder(
    browser: Callable[..., Path], notes: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser(name="snap")
    (tmp_path / "chromium").symlink_to("snap")
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv(pdf.VARIABLE, str(tmp_path / "chromium"))
    to_pdf(HTML)
    page = Path(url2pathname(urlsplit(told(notes)[-1]).path))
    assert page.parent.parent == home
    assert not page.parent.name.startswith(".")
    assert not list(home.iterdir())


@pytest.fixture
def plan_file(tmp_path: Path, make_plan: Callable[..., Plan]) -> Path:
    path = tmp_path / "plan.json"
    write_plan(make_plan(), path)
    return path


def test_the_command_writes_the_page_as_pdf_for_its_owner_alone(
    browser: Callable[..., Path], plan_file: Path, tmp_path: Path
) -> None:
    browser()
    out = tmp_path / "plan.pdf"
    result = CliRunner().invoke(export, [str(plan_file), "--format", "pdf", "--out", str(out)])
    assert result.exit_code == 0
    assert out.read_bytes().startswith(b"%PDF-1.7 of <!doctype html>")
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    piped = CliRunner().invoke(export, [str(plan_file), "--format", "pdf"])
    assert piped.stdout_bytes == out.read_bytes()


def test_a_pdf_is_not_poured_onto_a_terminal(browser: Callable[..., Path], plan_file: Path, notes: Path) -> None:
    browser()
    ours, theirs = pty.openpty()
    try:
        ran = subprocess.run(
            [sys.executable, "-m", "boneplan", "export", plan_file, "--format", "pdf"],
            stdout=theirs,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    finally:
        os.close(theirs)
        os.close(ours)
    assert (ran.returncode, ran.stderr) == (
        2,
        "Error: --format pdf: a PDF is nothing for a screen: add --out plan.pdf\n",
    )
    assert not notes.exists()


@real_browser
def test_a_real_browser_makes_a_pdf_with_the_title_of_the_page(scratch: Path) -> None:
    data = to_pdf(HTML.replace("Zoë's", "Plain"))
    assert data.startswith(b"%PDF-")
    assert b"Plain week" in data
    assert data.rstrip().endswith(b"%%EOF")
    assert not list(scratch.iterdir())


@real_browser
def test_a_real_browser_that_prints_reaches_no_host_not_even_this_one() -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)

    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    port = server.server_address[1]
    try:
        page = f'{HTML}<img src="http://127.0.0.1:{port}/a.png"><img src="http://localhost:{port}/b.png">'
        assert to_pdf(page).startswith(b"%PDF-")
    finally:
        server.shutdown()
        server.server_close()
    assert not asked
