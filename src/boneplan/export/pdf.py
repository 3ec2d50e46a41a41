"""A page as PDF: printed by a Chromium, Chrome or Edge that is installed here, cut off from any network."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from boneplan.errors import InputError
from boneplan.export.words import plain

VARIABLE = "BONEPLAN_BROWSER"
"""Environment variable that names the browser: a program on the PATH, or its path."""

PROGRAMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
"""Browsers that can print without a window, in the order in which they are looked for."""

SECONDS = 60.0
"""How long a browser may take; a page takes it about one second."""

SWITCHES = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-extensions",
    "--disable-crash-reporter",
    "--disable-dev-shm-usage",  # containers give little of it, and pages then fail
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # every host, numeric ones too: nothing leaves
    "--generate-pdf-document-outline",
    "--no-pdf-header-footer",
    "--print-to-pdf-no-header",  # the same, before Chrome 112
)

_OTHERWISE = "open plan.html in any browser and print it there"
_TRIES = 20  # to remove a folder into which a browser that is being ended still writes
_PAUSE = 0.05
_LONGEST_REASON = 200
_LOG_PREFIX = re.compile(r"^\[[^\]]*\]\s*")  # process, thread, time and source line


def to_pdf(html: str, *, seconds: float = SECONDS) -> bytes:
    """`html`, a page that needs no other file, as the PDF that the browser makes of it within `seconds`.

    What is written meanwhile lies in a folder that only its owner reads and that is gone at the end. Raises
    `InputError`, with the mend, where there is no browser or where it makes no PDF.
    """
    browser = find_browser()
    with _private_folder(browser) as folder:
        page, made, messages = folder / "plan.html", folder / "plan.pdf", folder / "messages.txt"
        page.write_text(html, encoding="utf-8")
        command = [browser, *SWITCHES, f"--user-data-dir={folder / 'browser'}", f"--print-to-pdf={made}"]
        if _is_root():
            command.append("--no-sandbox")  # which Chromium refuses to set up for root
        failed = _run([*command, page.as_uri()], messages, seconds)
        data = made.read_bytes() if made.is_file() else b""
        if failed or not data.startswith(b"%PDF-"):
            # A page that could not be loaded ends with status 0 too.
            raise InputError(f"{browser}: made no PDF ({failed or _last_words(messages)}): {_OTHERWISE}")
    return data


def find_browser() -> str:
    """The path of the browser to print with. Raises `InputError` where there is none."""
    if named := os.environ.get(VARIABLE):
        if found := shutil.which(named):
            return found
        raise InputError(
            f"{VARIABLE}: {plain(named)!r} is no program here: name a Chromium, Chrome or Edge, or unset it"
        )
    for program in PROGRAMS:
        if found := shutil.which(program):
            return found
    raise InputError(f"no browser to make a PDF with: install Chromium or Chrome, or {_OTHERWISE}")


@contextlib.contextmanager
def _private_folder(browser: str) -> Iterator[Path]:
    """A new folder, mode 0700, that is removed at the end with all that is in it."""
    # A browser packed as a snap has a /tmp of its own, and sees the person's files in the home folder alone.
    snap = Path(browser).resolve().name == "snap" or Path(browser).is_relative_to("/snap")
    folder = Path(tempfile.mkdtemp(prefix="boneplan-", dir=Path.home() if snap else None))
    try:
        yield folder
    finally:
        for _ in range(_TRIES):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break
            time.sleep(_PAUSE)


def _run(command: list[str], messages: Path, seconds: float) -> str:
    """Runs the browser to its end, and ends it with all its processes. Why it failed; empty where it did not."""
    with messages.open("wb") as stream:
        try:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=stream, stderr=stream, start_new_session=True
            )
        except OSError as error:
            return error.strerror or str(error)
        try:
            status = process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            return f"not done after {seconds:g} s"
        finally:
            _end(process)
    return f"status {status}: {_last_words(messages)}" if status else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _last_words(messages: Path) -> str:
    """The last thing the browser said, but for its complaints about a desktop that is not there."""
    lines = messages.read_text(encoding="utf-8", errors="replace").splitlines()
    told = [text for line in lines if "dbus" not in line and (text := plain(_LOG_PREFIX.sub("", line)))]
    return told[-1][:_LONGEST_REASON] if told else "it did not say why"


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0
