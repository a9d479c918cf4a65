"""What a sweep has shown, in words: a line for each address, warnings where it is written, rows, a count."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from generator.record.counting import counted
from generator.upkeep.fetch import BLOCKED, FAILING, OK, REFUSED, UNASKED
from generator.upkeep.status import DEAD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.record.problems import Problem
    from generator.upkeep.definitions import Definition
    from generator.upkeep.fetch import Look
    from generator.upkeep.status import Result

WORDS = {
    OK: "ok",
    BLOCKED: "blocked",
    FAILING: "failing",
    DEAD: "dead",
    REFUSED: "not public",
    UNASKED: "not asked",
}
"""What is said of each verdict, in the order of a count."""


def line(address: str, look: Look) -> str:
    """`blocked     https://example.org/: answered 403 Forbidden`."""
    told = "" if look.outcome == OK else f": {look.reason}"
    moved = f" -> {look.moved_to}" if look.moved_to and look.outcome in {OK, BLOCKED} else ""
    return f"{WORDS[look.outcome]:<11} {address}{moved}{told}"


def warnings(definition: Definition, result: Result | None, copy: str) -> list[Problem]:
    """What an editor should know of a source's address; nothing when it is there, or keeps programmes out.

    copy: the address of an archived copy that was found.
    """
    if result is None or result.verdict in {OK, BLOCKED}:
        return []
    if result.verdict == REFUSED:
        hint = "give an address that readers can reach; --allow-private asks for others too"
        return [definition.warning("url", f"`url` was not asked: {result.reason}", hint)]
    since = f", first on {result.first_failure}" if result.first_failure != result.checked else ""
    seen = f", last seen on {result.seen}" if result.seen else ""
    is_or = "is dead" if result.verdict == DEAD else "fails"
    return [definition.warning("url", f"`url` {is_or}: {result.reason}{since}{seen}", _remedy(definition, copy))]


def _remedy(definition: Definition, copy: str) -> str:
    if definition.text("archived"):
        return "readers have the archived copy; see whether the page has moved"
    if copy:
        return f"add `archived: {copy}`, or run this with --update"
    return "see whether the page has moved, or cite another source beside it"


def row(definition: Definition, result: Result | None, copy: str) -> dict[str, str | int]:
    """The same for programmes."""
    found: dict[str, str | int] = {
        "source": definition.id,
        "path": definition.file.path,
        "line": definition.mark("url").line,
        "url": definition.text("url"),
        "verdict": result.verdict if result else UNASKED,
        "archived": definition.text("archived") or copy,
    }
    for name in ("reason", "checked", "seen", "first_failure", "last_failure", "moved_to"):
        value = getattr(result, name, None)
        found[name] = str(value) if value else ""
    return found


def count(verdicts: Iterable[str], moved: int) -> str:
    """`532 addresses: 480 ok (12 redirected), 40 blocked, 12 dead`."""
    numbers = Counter(verdicts)
    parts = [f"{numbers[verdict]:,} {word}" for verdict, word in WORDS.items() if numbers[verdict]]
    if moved:
        parts[0] += f" ({moved:,} redirected)"
    return f"{counted(numbers.total(), 'address', 'addresses')}: {', '.join(parts) or 'none checked'}"
