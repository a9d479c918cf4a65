"""What the fuzz targets share: a target is a function of bytes that must not raise, run by atheris until it does."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import atheris

if TYPE_CHECKING:
    from collections.abc import Callable


def fuzz(target: Callable[[bytes], None]) -> None:
    """Run a target with libFuzzer's arguments, those of the command line."""
    atheris.Setup(sys.argv, target)
    atheris.Fuzz()


def text_of(data: bytes) -> str:
    """A text that any bytes stand for: what is not UTF-8 is taken as Latin-1."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
