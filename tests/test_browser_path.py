"""The search for a browser takes the first that starts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import browser_path
import pytest
from browser_path import REMEDY, NoBrowserError, find_chromium


@pytest.fixture(autouse=True)
def no_browser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without any."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("BROWSER_PATH", raising=False)
    monkeypatch.setattr(browser_path, "_playwrights_own_starts", lambda: False)


def install(folder: Path, name: str, status: int = 0) -> str:
    """A program of that name which ends with that exit status."""
    program = folder / name
    program.write_text(f"#!/bin/sh\nexit {status}\n", "utf-8")
    program.chmod(0o755)
    return str(program)


def test_the_smallest_of_those_on_the_path_is_taken(tmp_path: Path) -> None:
    """The one without windows starts fastest."""
    install(tmp_path, "chromium")
    shell = install(tmp_path, "chromium-headless-shell")

    assert shell == find_chromium()


def test_one_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    """A stub that stands for a package, or a program without its libraries."""
    install(tmp_path, "chromium", status=1)
    chrome = install(tmp_path, "google-chrome")

    assert chrome == find_chromium()


def test_the_one_that_is_named_goes_before_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever names one wants that one."""
    install(tmp_path, "chromium")
    monkeypatch.setenv("BROWSER_PATH", own := install(tmp_path, "my-browser"))

    assert own == find_chromium()


def test_a_wrong_name_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not passed over in silence, though there is another."""
    install(tmp_path, "chromium")
    monkeypatch.setenv("BROWSER_PATH", "/no/such/browser")

    with pytest.raises(NoBrowserError, match=r"^BROWSER_PATH is '/no/such/browser', which does not start: .*$"):
        find_chromium()


def test_playwrights_own_comes_last(monkeypatch: pytest.MonkeyPatch) -> None:
    """It needs no path: Playwright knows where it is."""
    monkeypatch.setattr(browser_path, "_playwrights_own_starts", lambda: True)

    assert find_chromium() is None


def test_none_at_all_is_told_with_the_remedy() -> None:
    """In one line."""
    with pytest.raises(NoBrowserError) as error:
        find_chromium()

    assert REMEDY == str(error.value)
    assert "\n" not in REMEDY


def test_playwright_is_not_loaded_for_a_browser_that_is_there(tmp_path: Path) -> None:
    """It would cost half a second."""
    install(tmp_path, "chromium")
    search = "import sys; from browser_path import find_chromium; find_chromium(); print('playwright' in sys.modules)"
    command = [sys.executable, "-c", search]
    done = subprocess.run(command, cwd=Path(__file__).parent, capture_output=True, text=True, check=True)

    assert "False\n" == done.stdout
