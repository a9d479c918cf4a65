"""The site as a preview shows it: last built when all was well, and what has been wrong since."""

from __future__ import annotations

import html
import threading
from time import perf_counter
from typing import TYPE_CHECKING

from generator.commands.apart import Apart, Ran
from generator.commands.build import done, tell_report
from generator.commands.tell import complain, refuse, say, tell
from generator.publishing.errors import PublishError
from generator.publishing.pipeline import build
from generator.publishing.template_mistakes import TemplateMistakeError
from generator.record.problems import Problem, report, summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.publishing.options import Options

AS_BEFORE = "the site is shown as it was before"
STYLE = """\
#preview-problems { position: fixed; inset: auto 0 0; max-height: 60vh; overflow: auto; padding: 1rem; z-index: 9;
  background: Canvas; color: CanvasText; border-block-start: 4px solid; font: 14px/1.5 system-ui, sans-serif; }
#preview-problems pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 13px/1.5 ui-monospace, monospace; }
"""


class Preview:
    """Builds the site, and knows what is wrong with it.

    number: of the build that is shown; whoever has been served an earlier one has to load again.
    is_complete: whether nothing was left to a later build, or nothing can be made as things are.
    make_deferred: the command that makes what was left, for the cache, so that a later build finds it there.
    """

    def __init__(self, options: Options, make_deferred: Sequence[str]) -> None:
        self.options = options
        self.make_deferred = make_deferred
        self.number = 0
        self.is_complete = False
        self._problems: tuple[Problem, ...] = ()
        self._failure = ""
        self._lacking: tuple[str, ...] = ()
        self._one_at_a_time = threading.Lock()
        self._apart = Apart()

    def build(self) -> None:
        """Build, and tell the terminal what came of it.  Whatever happens, the preview goes on."""
        with self._one_at_a_time:
            self._apart.allow()
            self._problems, self._failure, self.is_complete = self._build(self.options)
            self.number += 1

    def complete(self) -> None:
        """Make what the last build left, as the search index; pages that are open need not know.

        What takes long is made in a process of its own, that can be interrupted; to publish it is then soon done.
        """
        with self._one_at_a_time:
            if self.is_complete:
                return
            try:
                ran = self._apart.run(self.make_deferred)
            except OSError as error:
                ran = Ran(1, f"error: no other process can be started: {error.strerror}\n")
            if ran is None:
                return
            if not ran.status:
                *_, self.is_complete = self._build(self.options._replace(defer=False))
                return
            self.is_complete = True
            if ran.status < 0:
                complain(f"error: a process of the build was ended by signal {-ran.status}")
            for line in ran.complained.splitlines():
                complain(line)

    def interrupt(self) -> None:
        """Something newer is to be built: end what is made to complete the site, and begin nothing before."""
        self._apart.end()

    def _build(self, options: Options) -> tuple[tuple[Problem, ...], str, bool]:
        """What is wrong with the site: problems, or in words why it cannot be built at all; and whether it is whole."""
        started = perf_counter()
        try:
            result = build(options)
        except PublishError as error:
            refuse(error, error.hint)
            return (), f"{error}: {error.hint}", True
        except Exception as error:  # noqa: BLE001 - a template that is being edited may fail in any way
            return *self._failed(error), True
        tell_report(result)
        if result.published is None:
            complain(AS_BEFORE)
            return result.problems, "", True
        for note in result.lacking:
            if note not in self._lacking:
                complain(f"note: {note}")
        self._lacking = result.lacking
        say(done(result, perf_counter() - started, str(self.options.out)))
        return (), "", result.is_complete

    def _failed(self, error: Exception) -> tuple[tuple[Problem, ...], str]:
        """A template's mistake as a problem with its place; another error in words."""
        if not isinstance(error, TemplateMistakeError):
            words = f"{type(error).__name__}: {error}"
            complain(f"error: {words}")
            complain(AS_BEFORE)
            return (), words
        tell([error.problem])
        complain(AS_BEFORE)
        return (error.problem,), ""

    def overlay(self) -> str:
        """What is laid over each page; nothing when all is well."""
        if not self._problems and not self._failure:
            return ""
        head = self._failure or f"{summary(self._problems)}: {AS_BEFORE}"
        body = "\n\n".join(map(report, self._problems))
        return (
            f'<link rel="stylesheet" href="/preview.css"><div id="preview-problems" role="alert">'
            f"<p><strong>{html.escape(head)}</strong></p><pre>{html.escape(body)}</pre></div>"
        )
