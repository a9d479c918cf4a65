"""`build.py new`: write the file of a new entry, ready to be filled in."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from generator.commands.common import CONTENT_ERRORS, DONE, USAGE
from generator.commands.tell import complain, say
from generator.reading.fields import LONGEST_TITLE
from generator.reading.validate import read_vocabulary
from generator.record import edtf, urls
from generator.record.problems import did_you_mean

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

MOST_SLUG_WORDS = 9

ENTRY = """\
---
title: {title}
date: {date}
kind: {kind}
draft: true                 # remove this line when the entry is ready to be published
# time: 16:30               # wall time in the site's zone; 16:30~ for about, 04:00/06:30
# actors: [thailand]        # ids of actors.yml
# places: [bangkok]         # ids of places.yml
sources:                    # ids of sources that are defined already, or a new one in full, as here
  - id: {source}
    title: "[what the page is about]"
    publisher: who published it
    note: The address is still to be added.   # replace by  url: https://...
    # published: {day}
    # language: en
# claims:
#   - {{by: thailand, says: What one side says, source: {source}, question: What is asked?}}
# figures:
#   - {{measure: wounded, scope: thailand, value: 2, as_of: {day}, source: {source}}}
---

Say here, in two to eight plain sentences, what happened, each with its source [@{source}].
"""


def run_new(options: argparse.Namespace) -> int:
    """Write the file, say where it is, and give the exit status."""
    try:
        date = edtf.parse(options.date)
    except edtf.EdtfError as error:
        complain(f"error: --date: {error}: {options.date}")
        complain(f"  hint: {error.hint}")
        return USAGE
    if not options.title.strip() or len(options.title) > LONGEST_TITLE:
        complain(f"error: TITLE has {len(options.title)} characters")
        complain(f"  hint: write a neutral headline of at most {LONGEST_TITLE}")
        return USAGE
    vocabulary = read_vocabulary(options.content)
    if vocabulary is None:
        complain(f"error: {options.content / 'vocabulary.yml'} cannot be read")
        complain("  hint: run `build.py check`, it tells why")
        return CONTENT_ERRORS
    kinds = [kind.id for kind in vocabulary.kinds]
    if options.kind not in kinds:
        complain(f"error: --kind: there is no kind `{options.kind}`")
        complain(f"  hint: {did_you_mean(options.kind, kinds) or 'choose one of ' + ', '.join(kinds)}")
        return USAGE
    path = _free(options.content / "events" / f"{date.first.year:04}", options.title, date)
    text = ENTRY.format(
        title=_yaml(options.title),
        date=date.text,
        kind=options.kind,
        source=f"source-of-{path.stem}",
        day=date.first.isoformat(),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
    say(f"{path}")
    return DONE


def _yaml(text: str) -> str:
    """A text as a YAML value: plain when that is safe, else in double quotes (JSON's are YAML's)."""
    return text if re.fullmatch(r"\w[\w ,.()–’;-]*", text) else json.dumps(text, ensure_ascii=False)


def _free(folder: Path, title: str, date: edtf.Edtf) -> Path:
    """The first file name that is not taken: the date, then the title's words."""
    words = "-".join(urls.slug_of(title).split("-")[:MOST_SLUG_WORDS])
    stem = "-".join(part for part in (date.start.first.isoformat()[: len(date.datetime)], words) if part)
    number, path = 1, folder / f"{stem}.md"
    while path.exists():
        number += 1
        path = folder / f"{stem}-{number}.md"
    return path
