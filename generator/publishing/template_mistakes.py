"""What is wrong with a template, and where: told like what is wrong with the content."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from generator.record.problems import Mark, Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

HINT = "mend the template; its line is told as Jinja counts it"


class MissingError(LookupError):
    """A template, or a file of static/, that is named and not there; the message says which."""


class TemplateMistakeError(Exception):
    """A page cannot be made; of plain data, so that a child process can send it."""

    @property
    def problem(self) -> Problem:
        """What is wrong, with its place."""
        return self.args[0]  # type: ignore[no-any-return]


def mistake_in(error: Exception, templates: Path) -> TemplateMistakeError | None:
    """The mistake that an error comes of, at the innermost place in a template; None when it was made elsewhere."""
    import traceback  # noqa: PLC0415 - brought in when needed

    folder = templates.resolve()
    message = str(error) if isinstance(error, MissingError) else f"{_words(type(error).__name__)}: {error}"
    for frame in reversed(traceback.extract_tb(error.__traceback__)):
        path = Path(frame.filename)
        if path.is_relative_to(folder):
            line = frame.lineno or 1
            return TemplateMistakeError(Problem(_shown(path), Mark(line), message, HINT, excerpt=_line(path, line)))
    if isinstance(error, MissingError):
        return TemplateMistakeError(Problem(_shown(folder), Mark(), message, "put it back, and build again"))
    return None


def text_in(path: Path) -> str:
    """A template's text.

    Raises: TemplateMistakeError, when it is none.
    """
    data = path.read_bytes()
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        from generator.reading.files import text_of  # noqa: PLC0415 - brought in when needed

        raise TemplateMistakeError(text_of(data, _shown(path))[1][0]) from error


def _shown(path: Path) -> str:
    """A path as people write it."""
    return (path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path).as_posix()


def _words(name: str) -> str:
    """`TemplateSyntaxError` as `template syntax error`."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def _line(path: Path, number: int) -> str:
    try:
        lines: Iterable[str] = path.read_text("utf-8").split("\n")
    except (OSError, ValueError):
        return ""
    return next((line for index, line in enumerate(lines, 1) if index == number), "")
