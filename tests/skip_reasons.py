"""A test run fails when a test was skipped and nobody said why: a silent skip passes for a pass."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

NO_REASON = re.compile(r"|unconditional skip|condition: .*|could not import .*|got empty parameter set .*", re.DOTALL)
"""What pytest itself says where the test's author said nothing."""


class SkipReasons:
    """A plugin: gathers the skips without a stated reason, tells them, and fails the run."""

    def __init__(self) -> None:
        self.silent: list[str] = []

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """A test was skipped; an expected failure counts as skipped, but it ran."""
        if report.skipped and not hasattr(report, "wasxfail"):
            self._look_at(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A whole file was skipped."""
        if report.skipped:
            self._look_at(report)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A run that passed does not pass."""
        if self.silent and session.exitstatus in {pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED}:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    @pytest.hookimpl(wrapper=True)
    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> Iterator[None]:
        """They are told last, where they are seen."""
        yield
        if self.silent:
            terminalreporter.section("skipped without a stated reason: the run fails", red=True)
            for test in self.silent:
                terminalreporter.line(test)

    def _look_at(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        if NO_REASON.fullmatch(reason.removeprefix("Skipped").removeprefix(":").strip()):
            self.silent.append(report.nodeid)
