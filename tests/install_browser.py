"""Sees to it that there is a Chromium for the browser tests: `python tests/install_browser.py`.

The one that is there wins; else Playwright's own is downloaded; else, as root on Debian, the system's is installed.
Exit status: 0 there is one, 1 there is none, with one line that says what to do.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

from browser_path import NoBrowserError, find_chromium

DEBIAN_PACKAGES = ("chromium-headless-shell", "chromium")


def main() -> int:
    """Try each way in turn until there is a browser that starts."""
    reason = ""
    for install in (nothing, playwrights_own, debians):
        try:
            install()
            program = find_chromium()
        except NoBrowserError as error:
            reason = str(error)
            if os.environ.get("BROWSER_PATH"):  # asked for by name: nothing else will do
                break
        else:
            print(f"Browser for the tests: {program or 'Playwright’s own Chromium'}")
            return 0
    print(reason, file=sys.stderr)
    return 1


def nothing() -> None:
    """Perhaps there is one already."""


def playwrights_own() -> None:
    """Download the Chromium that Playwright was made for: a hundred megabytes, in the user's cache."""
    print("Downloading a browser for the tests ...", flush=True)
    run(sys.executable, "-m", "playwright", "install", "--only-shell", "chromium")


def debians() -> None:
    """Install the smallest Chromium that the system's packages offer; only root can."""
    if not (hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get")):
        return
    print("Installing a browser for the tests from the system’s packages ...", flush=True)
    run("apt-get", "update", "-qq")
    any(run("apt-get", "install", "-y", "-qq", "--no-install-recommends", package) for package in DEBIAN_PACKAGES)


def run(*command: str) -> bool:
    """Run a command without its output; it may well fail, and then the next way is tried."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=environment, capture_output=True, stdin=subprocess.DEVNULL, check=False)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
