"""Questions to whoever sits at a terminal, with Tab for what may be answered."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from generator.commands.tell import complain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

T = TypeVar("T")


class AnswerError(ValueError):
    """Why an answer will not do; `hint` is what to answer instead."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def can_ask() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask(question: str, read: Callable[[str], T], options: Sequence[str] = ()) -> T:
    """What `read` makes of the answer; asked again for as long as it raises AnswerError.

    options: what Tab completes.
    Raises: KeyboardInterrupt, when the one who is asked has gone.
    """
    while True:
        try:
            with _completing(options):
                answer = input(f"{question}: ")
        except EOFError:
            raise KeyboardInterrupt from None
        try:
            return read(answer.strip())
        except AnswerError as error:
            complain(f"  {error}")
            if error.hint:
                complain(f"  hint: {error.hint}")


@contextmanager
def _completing(options: Sequence[str]) -> Iterator[None]:
    """Tab completes the word before the cursor, where this Python has readline; twice shows what there is."""
    try:
        import readline  # noqa: PLC0415 - where it is missing, only Tab does nothing
    except ImportError:
        yield
        return
    before = readline.get_completer(), readline.get_completer_delims()

    def complete(word: str, number: int) -> str | None:
        fitting = [option for option in options if option.startswith(word)]
        return fitting[number] if number < len(fitting) else None

    readline.set_completer(complete)
    readline.set_completer_delims(" ,")
    is_libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before[0])
        readline.set_completer_delims(before[1])
