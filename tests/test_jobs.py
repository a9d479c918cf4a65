"""Work in several processes: what goes wrong in one of them is told as if it had happened here."""

from __future__ import annotations

import os
import time

import pytest

from generator.incremental.jobs import ChildError, spread
from generator.publishing.publish import PublishError

HERE = os.getpid()


def fail(error: Exception) -> None:
    """Fail, but only in a child; here, wait until it has."""
    if os.getpid() != HERE:
        raise error
    time.sleep(0.3)


def test_what_a_child_raises_comes_with_its_hint() -> None:
    """So that it can be told in words, not by a traceback."""
    error = PublishError("it cannot be made", "leave it out")

    with pytest.raises(PublishError, match="it cannot be made") as raised:
        spread(fail, [error, error], 2)

    assert "leave it out" == raised.value.hint
    assert isinstance(raised.value.__cause__, ChildError)
    assert "in fail" in str(raised.value.__cause__)


def test_what_cannot_be_sent_is_told_by_its_traceback() -> None:
    """An exception that holds what no pipe can carry."""
    error = ValueError(lambda: None)

    with pytest.raises(ChildError, match="ValueError") as raised:
        spread(fail, [error, error], 2)

    assert raised.value.__cause__ is None
