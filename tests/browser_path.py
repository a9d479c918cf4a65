"""Which Chromium the browser tests drive: one search, for them and for install_browser.py."""

from __future__ import annotations

import os
import shutil
import subprocess

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
REMEDY = (
    "no Chromium for the browser tests: install one (on Debian, as root: apt-get install chromium), "
    "or let BROWSER_PATH name the program"
)


class NoBrowserError(Exception):
    """There is no browser to be used; the message is one line that says what to do."""


def find_chromium() -> str | None:
    """The program that $BROWSER_PATH names; else the one on the PATH; else None, which stands for Playwright's own.

    Raises: NoBrowserError when there is none of these.
    """
    if named := os.environ.get("BROWSER_PATH"):
        if not _starts(named):
            msg = f"BROWSER_PATH is {named!r}, which does not start: let it name a Chromium, or unset it"
            raise NoBrowserError(msg)
        return named
    for name in NAMES:
        if (program := shutil.which(name)) and _starts(program):
            return program
    if _playwrights_own_starts():
        return None
    raise NoBrowserError(REMEDY)


def _starts(program: str) -> bool:
    """Whether it runs: a stub that stands for a package, or a program whose libraries are missing, does not."""
    try:
        answer = subprocess.run([program, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def _playwrights_own_starts() -> bool:
    from playwright.sync_api import Error, sync_playwright  # noqa: PLC0415 - half a second that a system's browser saves

    with sync_playwright() as playwright:
        try:
            playwright.chromium.launch().close()
        except Error:
            return False
    return True
