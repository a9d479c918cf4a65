"""The bytes of an entry, from the file to its record: encodings, front matter, YAML, fields, Markdown, citations."""

from __future__ import annotations

import atheris
from common import fuzz

with atheris.instrument_imports(include=["generator", "markdown"]):
    from generator.reading.files import text_of
    from generator.reading.records import read_record
    from generator.reading.sentences import uncited_sentences
    from generator.record.problems import TextFile, report

NAMES = ("events/2025-07-25-talks.md", "sources/gazette.yml", "agreements/truce.md", "site.yml", "vocabulary.yml")


def target(data: bytes) -> None:
    """Read, or explained: every problem has a place in the file and a report."""
    name = NAMES[data[0] % len(NAMES)] if data else NAMES[0]
    text, problems = text_of(data[1:], f"content/{name}")
    assert (text is None) == bool(problems)
    if text is not None:
        file = TextFile(f"content/{name}", name, text)
        written = read_record(file)
        problems = [*problems, *written.problems]
        list(uncited_sentences(text, written.body_offset))
        for problem in written.problems:
            assert 1 <= problem.mark.line <= text.count("\n") + 1
            assert 1 <= problem.mark.column <= len(file.line(problem.mark.line)) + 1
    for problem in problems:
        assert report(problem).isprintable() or "\n" in report(problem)


fuzz(target)
