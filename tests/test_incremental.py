"""The incremental build: what befalls its cache and the published folder never changes the site, and no work is wasted.

That edits give the same site as a build from nothing is in test_random_edits.py.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from functools import partial
from hashlib import sha256
from itertools import zip_longest
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import jinja2
import pytest
from git_folder import begin, commit
from golden_files import read_tree
from random_edits import PICTURE, copy_site, read, write

from bench.corpus import CROWDED, FIRST_TREATY, YEARBOOK, Corpus
from bench.corpus import write as write_corpus
from generator.commands.preview import Preview
from generator.incremental.ledger import Trace
from generator.pages.page import Page
from generator.publishing import cards, making, publish
from generator.publishing.deferred import make_deferred
from generator.publishing.errors import PublishError
from generator.publishing.extras import INDEX as INDEX_KIND
from generator.publishing.options import Options
from generator.publishing.pipeline import build
from generator.publishing.planning import shares
from generator.publishing.render import Rendered, Renderer
from generator.publishing.stamps import Stamp, is_share_untouched
from generator.reading.files import list_content
from generator.reading.library import Library
from generator.reading.parsed import ParsedFiles
from generator.reading.records import read_record
from generator.record.keys import Key
from generator.record.site import OUTPUTS, Site
from generator.record.tracking import Derivation, Shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.incremental.table import Table
    from generator.reading.files import Listing
    from generator.reading.note import Note
    from generator.reading.records import Written
    from generator.record.outline import Outline
    from generator.record.problems import Problem, TextFile

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests/golden"
ROPES, TALKS, AGAIN, DRAFT = (
    f"content/events/2025/2025-{name}.md"
    for name in ("03-01-ropes-cut", "03-04-talks", "03-09-ropes-again", "06-01-draft")
)
TRUCE = "content/agreements/2025-03-05-quay-truce.md"
KILLS = 8
INDEX = (INDEX_KIND,)
KILLED = """
import os, signal, sys
from pathlib import Path
from generator.incremental.cache import Cache
from generator.commands.preview import Preview
from generator.publishing.extras import INDEX as INDEX_KIND
from generator.publishing.options import Options
from generator.publishing.pipeline import build
Cache.keep = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
content, templates, static, out, cache = map(Path, sys.argv[1:6])
extras = frozenset(sys.argv[6:])
build(Options(content, templates, static, out, cache=cache, jobs=1, history=False, extras=extras))
"""


@pytest.fixture
def options(tmp_path: Path) -> Options:
    """A build of a copy of the golden content, with a cache."""
    copy_site(tmp_path, GOLDEN / "content", ROOT / "templates", GOLDEN / "static")
    content, templates, static = (tmp_path / name for name in ("content", "templates", "static"))
    out, cache = tmp_path / "public", tmp_path / "cache"
    return Options(content, templates, static, out, jobs=1, cache=cache, history=False)


def cold(options: Options) -> dict[str, bytes]:
    """The site of a build that knows of none before it, and leaves nothing for one after it."""
    out = options.out.with_name("cold")
    build(options._replace(out=out, cache=None))
    site = read_tree(out)
    shutil.rmtree(out)
    return site


def warm(options: Options) -> dict[str, bytes]:
    """The site of a build with what its cache has."""
    build(options)
    return read_tree(options.out)


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files in which two sites differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


def change(options: Options, name: str, **fields: object) -> None:
    """Give an entry other fields."""
    path = options.content.parent / name
    before, body = read(path)
    write(path, before | fields, body)


def say(options: Options, name: str, words: str) -> None:
    """Add words to a text."""
    path = options.content.parent / name
    path.write_text(path.read_text("utf-8") + words, "utf-8")


def give_the_same_number(options: Options) -> None:
    """Let two entries give the same figure, which is a warning."""
    for name in (ROPES, TALKS):
        number = {"measure": "hurt", "scope": "total", "value": 7, "as_of": "2025-03-04", "source": "wire-quay"}
        change(options, name, figures=[number])


def cache_file(options: Options) -> Path:
    """Where the cache of these builds is."""
    assert options.cache
    (path,) = options.cache.glob("builds/*/cache.sqlite")
    return path


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of the pages that are rendered, in order."""
    found: list[str] = []
    render = Renderer.render

    def noted(self: Renderer, page: Page, main: bytes | None = None) -> Rendered:
        found.append(page.address)
        return render(self, page, main)

    monkeypatch.setattr(Renderer, "render", noted)
    return found


# --- what befalls the cache ----------------------------------------------------------------------------------------

SPOILS: dict[str, Callable[[Path], object]] = {
    "deleted": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "cut off": lambda path: os.truncate(path, path.stat().st_size * 2 // 3),
    "cut short": lambda path: os.truncate(path, 50),
    "of another kind": lambda path: path.write_bytes(b"not a database" * 1000),
    "a folder": lambda path: path.is_dir() or path.rename(path.with_name("aside")).with_name(path.name).mkdir(),  # type: ignore[func-returns-value]
}


@pytest.mark.parametrize("spoil", SPOILS)
def test_a_spoilt_cache_is_as_good_as_none(spoil: str, options: Options, rendered: list[str]) -> None:
    """Whether something was edited or nothing; and the build after that has a cache again, where it can."""
    build(options)
    for edit in (True, False):
        if edit:
            change(options, ROPES, title="Nine boats drift")
            say(options, TALKS, "\nThey met twice [@wire-quay].\n")
        SPOILS[spoil](cache_file(options))

        assert [] == differing(cold(options), warm(options))
        if spoil != "a folder":
            build(options)  # the first may have found only at its end that nothing can be kept
            rendered.clear()
            build(options)
            assert [] == rendered


def test_garbled_bytes_in_the_cache_change_nothing(options: Options) -> None:
    """Wherever they are: a part of the cache that is lost is not taken for one that was never there."""
    build(options)
    build(options._replace(out=options.out.with_name("other")))
    chance = random.Random(2025)  # noqa: S311 - places, not secrets
    for number in range(10):
        change(options, ROPES, title=f"Nine boats drift, {number}", date=f"2025-03-{number % 9 + 1:02}")
        path = next(path for path in options.cache.glob("builds/public-*/cache.sqlite")) if options.cache else Path()
        data = bytearray(path.read_bytes())
        for _ in range(chance.choice((1, 5, 50))):
            at = chance.randrange(len(data))
            data[at : at + 20] = chance.randbytes(20)
        path.write_bytes(data)

        assert [] == differing(cold(options), warm(options)), number


@pytest.mark.parametrize("kind", ["'words'", "7", "0.5", "NULL"])
@pytest.mark.parametrize("table", ["parts", "blobs"])
def test_a_value_of_another_kind_is_as_good_as_none(table: str, kind: str, options: Options) -> None:
    """A garbled byte can make a number or a text of what were bytes."""
    build(options)
    with sqlite3.connect(cache_file(options)) as database:
        assert database.execute(f"UPDATE {table} SET data = {kind}").rowcount  # noqa: S608 - our own words
    change(options, ROPES, title="Nine boats drift")

    assert [] == differing(cold(options), warm(options))


def test_a_garbled_template_is_compiled_again(options: Options) -> None:
    """Compiled templates are a cache too: no page shows what is not in the template."""
    build(options)
    assert options.cache
    compiled = [path for path in (options.cache / "templates").iterdir() if b"<footer" in path.read_bytes()]
    assert compiled
    for path in compiled:
        path.write_bytes(path.read_bytes().replace(b"<footer", b"<garble"))

    assert [] == differing(cold(options), warm(options._replace(anew=True)))


def test_a_template_compiled_by_another_version_is_compiled_again(
    options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands in the cache is what our code of that day made of it."""
    with monkeypatch.context() as other:
        other.setattr("generator.publishing.options.made_by", lambda: b"another")
        other.setattr("jinja2.environment.Environment.compile", compile_loudly(jinja2.Environment.compile))
        assert any(b"LOUD" in data for data in warm(options).values())

    assert [] == differing(cold(options), warm(options))


ACROSS_AN_UPDATE = """
import sys
from pathlib import Path
from generator.publishing.options import Options
from generator.publishing.pipeline import build
content, templates, static, out, cache = map(Path, sys.argv[1:6])
options = Options(content, templates, static, out, cache=cache, jobs=1, history=False)
build(options)
edits = sys.argv[6:]
while edits:
    path, old, new, *edits = edits
    Path(path).write_text(Path(path).read_text("utf-8").replace(old, new), "utf-8")
build(options)
"""


def test_what_was_made_before_an_update_is_made_again_after_it(options: Options) -> None:
    """A preview lives on while the program under it is replaced: what it makes is still of the old one."""
    home = options.content.parent
    shutil.copytree(ROOT / "generator", home / "generator")
    folders = [*map(str, (options.content, options.templates, options.static, options.out, options.cache))]
    update = (home / "generator/publishing/render.py", '("Home", "")', '("The beginning", "")')
    edit = (home / TALKS, "title: ", "title: Again, ")
    run = partial(subprocess.run, cwd=home, check=True)

    run([sys.executable, "-c", ACROSS_AN_UPDATE, *folders, *map(str, (*update, *edit))])
    assert b"Again, " in (options.out / "events/2025-03-04-talks/index.html").read_bytes()
    assert b"The beginning" not in (options.out / "actors/index.html").read_bytes()

    run([sys.executable, "-c", ACROSS_AN_UPDATE, *folders])
    assert b"The beginning" in (options.out / "actors/index.html").read_bytes()


def compile_loudly(compile_: Callable[..., Any]) -> Callable[..., Any]:
    """Another version of the compiler."""

    def loudly(self: jinja2.Environment, source: Any, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        louder = source.replace("</footer>", "LOUD</footer>") if isinstance(source, str) else source
        return compile_(self, louder, *arguments, **named)

    return loudly


@pytest.mark.parametrize("table", ["sums", "stamps", "readers", "nodes", "queries", "derivations", "notes", "files"])
def test_a_lost_part_of_the_cache_is_noticed(table: str, options: Options) -> None:
    """One part of it alone, the rest as it was: what is left is of no use without it."""
    build(options)
    change(options, ROPES, title="Nine boats drift")
    build(options)
    with sqlite3.connect(cache_file(options)) as database:
        assert database.execute("DELETE FROM parts WHERE name LIKE ?", (f"{table}%",)).rowcount
    change(options, ROPES, title="Ten boats drift", kind="talks")
    (options.out / "events/2025-03-04-talks/index.html").write_bytes(b"edited")

    assert [] == differing(cold(options), warm(options))


def test_a_cache_that_another_build_writes_is_left_to_it(options: Options) -> None:
    """It is whole: this build does without, and the next has what the other wrote."""
    build(options)
    path = cache_file(options)
    before = path.stat().st_ino
    change(options, ROPES, title="Nine boats drift")
    other = sqlite3.connect(path)
    other.execute("BEGIN EXCLUSIVE")

    assert [] == differing(cold(options), warm(options))

    other.close()
    assert before == path.stat().st_ino
    assert [] == differing(cold(options), warm(options))


def test_a_cache_that_is_read_while_it_should_be_written_stays(options: Options) -> None:
    """What this build found out is not kept; what the last one did is."""
    build(options)
    path = cache_file(options)
    before = path.stat().st_ino, path.read_bytes()
    change(options, ROPES, title="Nine boats drift")
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM parts").fetchone()

        assert [] == differing(cold(options), warm(options))

    assert before == (path.stat().st_ino, path.read_bytes())
    assert [] == differing(cold(options), warm(options))


def test_a_cache_of_another_version_is_not_used(
    options: Options, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """When our code or a library is another, all is made anew."""
    build(options)
    pages = len(rendered)
    monkeypatch.setattr("generator.publishing.options.made_by", lambda: b"another")

    assert [] == differing(cold(options), warm(options))
    assert 3 * pages == len(rendered)


def test_what_is_made_ahead_by_other_code_leaves_the_cache_of_a_preview(
    options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process of its own, it has the code that took the place of the preview's, which goes on with what it has."""
    deferring = options._replace(extras=frozenset({"cards"}), defer=True)
    build(deferring)
    kept = cache_file(options).read_bytes()
    monkeypatch.setattr("generator.publishing.options.made_by", lambda: b"another")

    make_deferred(deferring)

    assert kept == cache_file(options).read_bytes()


def test_a_folder_that_no_cache_knows_is_gone_over_once(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many processes write pages: each would have to read all published files."""
    build(options)
    log = options.content.parent / "log"
    read_sums = publish._sums_of  # noqa: SLF001 - what is expensive

    def logged(out: Path, paths: Iterable[str]) -> dict[str, str]:
        with log.open("a") as file:
            file.write("gone over\n")
        return read_sums(out, paths)

    monkeypatch.setattr(publish, "_sums_of", logged)
    monkeypatch.setattr("generator.publishing.planning.FEWEST_FOR_JOBS", 2)
    monkeypatch.setattr("generator.publishing.planning.SHARE", 7)
    cache_file(options).unlink()

    build(options._replace(jobs=3))

    assert "gone over\n" == log.read_text("utf-8")


@contextmanager
def without_rights(user: int) -> Iterator[None]:
    """As another user, for root, whom no rights stop."""
    if user == 0:
        os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(user)


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="folders that cannot be written need a system with users")
def test_a_cache_that_cannot_be_written_does_no_harm(options: Options) -> None:
    """The site is built with what it has, time and again."""
    build(options)
    assert options.cache
    root = options.content.parent
    for path in (root, *root.rglob("*")):
        in_cache = options.cache in (path, *path.parents)
        path.chmod((0o555 if path.is_dir() else 0o444) if in_cache else 0o777)
    for folder in root.parents:
        if folder.stat().st_uid == os.getuid():
            folder.chmod(folder.stat().st_mode | 0o011)
    kept = cache_file(options).read_bytes()
    try:
        for number in range(3):
            change(options, ROPES, title=f"Nine boats drift, {number}")
            expected = cold(options)
            with without_rights(os.geteuid()):
                assert [] == differing(expected, warm(options))
        assert kept == cache_file(options).read_bytes()
    finally:
        for path in options.cache.rglob("*"):
            path.chmod(0o755)


@pytest.mark.parametrize("again", ["nothing", "the same edit undone", "another edit"])
def test_a_build_that_is_killed_before_it_remembers(again: str, options: Options) -> None:
    """The site is exchanged and the cache is of the build before: the next build is not misled."""
    build(options)
    before = (options.content.parent / ROPES).read_bytes()
    change(options, ROPES, title="Nine boats drift")
    folders = [options.content, options.templates, options.static, options.out, options.cache]

    done = subprocess.run([sys.executable, "-c", KILLED, *map(str, folders)], cwd=ROOT, check=False)

    assert -signal.SIGKILL == done.returncode
    assert "Nine boats drift" in (options.out / "events/2025-03-01-ropes-cut/index.html").read_text("utf-8")
    if again == "the same edit undone":
        (options.content.parent / ROPES).write_bytes(before)
    elif again == "another edit":
        change(options, TALKS, title="The towns talk")
    assert [] == differing(cold(options), warm(options))
    assert not list(options.out.parent.glob(".*"))


def test_a_file_that_vanishes_while_it_is_read_is_gone(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its warning was to be told, and it was deleted meanwhile: the build begins again, without it."""
    path = options.content / "events/2025/2025-04-30-gone.md"
    fields = {"title": "Gone", "date": "2025-04-30", "kind": "background", "sources": ["wire-quay", "gazette-quay"]}
    write(path, fields, "\nNobody knows.\n")
    problems = Library.problems
    monkeypatch.setattr("generator.incremental.snapshot.JUST_NOW_NS", -(10**12))  # it was written long ago

    def vanish(self: Library, most: int = 0) -> tuple[Problem, ...]:
        path.unlink(missing_ok=True)
        return problems(self, most)

    monkeypatch.setattr(Library, "problems", lambda *_: ())  # what has been told once need not be found again
    build(options)
    say(options, TALKS, "\nThey met twice [@wire-quay].\n")
    monkeypatch.setattr(Library, "problems", vanish)

    site = warm(options)

    assert not path.exists()
    assert [] == differing(cold(options), site)


def test_what_is_wrong_between_files_is_told_where_it_stands_now(options: Options) -> None:
    """Two entries give the same number; it moves down a line in the one, and then a third entry is edited."""
    give_the_same_number(options)
    build(options)
    path = options.content.parent / TALKS
    path.write_text(path.read_text("utf-8").replace("---\n", "---\n# moved\n", 1), "utf-8")
    build(options)
    say(options, DRAFT, "\nThey met twice [@wire-quay].\n")

    told = build(options).problems

    assert any("the same number" in problem.message for problem in told)
    assert build(options._replace(cache=None)).problems == told


@pytest.mark.parametrize("most", [50, 1], ids=["all", "the first"])
def test_what_was_told_of_a_file_that_did_not_change_is_not_found_again(
    most: int, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An entry has a warning of its own, and two have one together; a fourth is edited, and all or one is told."""
    monkeypatch.setattr("generator.publishing.pipeline.MOST_TOLD", most)
    say(options, AGAIN, "\nNobody knows why.\n")
    give_the_same_number(options)
    before = build(options)
    read: list[str] = []
    written = ParsedFiles.written

    def noted(self: ParsedFiles, name: str) -> Written:
        read.append(name)
        return written(self, name)

    def recalled(self: ParsedFiles, name: str) -> Note | None:
        read.append(name)
        return last_note(self, name)

    last_note = ParsedFiles.last_note
    monkeypatch.setattr(ParsedFiles, "written", noted)
    monkeypatch.setattr(ParsedFiles, "last_note", recalled)
    monkeypatch.setattr("generator.incremental.snapshot.JUST_NOW_NS", -(10**12))  # they were written long ago
    build(options)
    read.clear()
    say(options, DRAFT, "\nThey met twice [@wire-quay].\n")

    report = build(options)

    assert before.problems == report.problems
    assert min(most, 2) == len(report.problems)
    assert {DRAFT.removeprefix("content/")} == set(read)


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files of the content that are parsed, in order."""
    found: list[str] = []

    def noted(file: TextFile) -> Written:
        found.append(file.name)
        return read_record(file)

    monkeypatch.setattr("generator.reading.records.read_record", noted)
    return found


PLACE = "- {id: pier, name: Pier, country: Kelland}\n"
ACTOR = "- {id: diver, name: A diver, role: official, party: upper-town}\n"


@pytest.mark.parametrize(("name", "line"), [("places.yml", PLACE), ("actors.yml", ACTOR)])
def test_a_new_place_or_actor_has_no_other_file_parsed(
    name: str, line: str, options: Options, parsed: list[str], rendered: list[str]
) -> None:
    """But for those that refer to what is not shown; nor is a page rendered that does not name it."""
    build(options)
    assert TALKS.removeprefix("content/") in parsed
    parsed.clear()
    rendered.clear()
    say(options, f"content/{name}", line)

    build(options)

    assert name in parsed
    assert {TALKS.removeprefix("content/"), AGAIN.removeprefix("content/")}.isdisjoint(parsed)
    assert [] == [address for address in rendered if not address.startswith((f"{name[:-4]}/", "contribute/"))]


def test_a_new_name_of_a_side_has_those_texts_parsed_that_have_it_and_no_page_of_one_rendered(
    options: Options, parsed: list[str], rendered: list[str]
) -> None:
    """What is wrong with such a text may be something else now, and what it says is the same."""
    say(options, TALKS, "\nThey met at the Haven [@wire-quay].\n")
    assert not build(options).problems
    parsed.clear()
    rendered.clear()
    sided = PLACE.replace("}", ", names: {Upper Town: Haven, Lower Town: Port}}")
    say(options, "content/places.yml", sided)

    report = build(options)

    assert {"actors.yml", "places.yml", TALKS.removeprefix("content/")} == set(parsed)
    assert [] == [address for address in rendered if address.startswith("events/")]
    assert ["`Haven` is Upper Town's name alone for Pier"] == [problem.message for problem in report.problems]
    assert report.problems == build(options._replace(cache=None)).problems


def test_a_file_that_is_saved_while_it_is_read_is_never_taken_for_what_it_was(
    options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though it is read only because a name in it is new: the save is undone, and nothing of it stays."""
    monkeypatch.setattr("generator.incremental.snapshot.JUST_NOW_NS", -(10**12))  # all else was written long ago
    say(options, TALKS, "\nThey met at the Haven [@wire-quay].\n")
    build(options)
    talks = options.content.parent / TALKS
    before = talks.read_bytes()
    say(options, "content/places.yml", PLACE.replace("}", ", names: {Upper Town: Haven, Lower Town: Port}}"))
    saves = iter([before + b"\nIt is not over [@wire-quay].\n"])

    def listed_and_saved(folder: Path) -> Listing:
        listing = list_content(folder)
        for text in saves:
            talks.write_bytes(text)
        return listing

    monkeypatch.setattr("generator.reading.parsed.list_content", listed_and_saved)
    build(options)
    assert [] == differing(cold(options), read_tree(options.out))
    talks.write_bytes(before)

    assert [] == differing(cold(options), warm(options))


@pytest.mark.parametrize("name", ["pages/event.html", "macros/card.html"])
def test_a_template_that_is_saved_and_restored_while_pages_are_made_is_not_believed(
    name: str, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was rendered with it is made anew by the next build, though the file is what it was before."""
    build(options)
    path = options.templates / name
    before = path.read_bytes()
    begin, publish_ = publish.Publication.begin, publish.Publication.publish

    def saved(self: publish.Publication) -> None:
        path.write_bytes(before.replace(b"</a>", b"</a>!"))
        begin(self)

    def restored(self: publish.Publication, *made: Any) -> publish.Published:  # noqa: ANN401 - as publish has it
        path.write_bytes(before)
        return publish_(self, *made)

    for each in (options, options._replace(anew=True)):
        change(options, ROPES, title=f"Nine boats drift, {each.anew}")
        with monkeypatch.context() as meanwhile:
            meanwhile.setattr(publish.Publication, "begin", saved)
            meanwhile.setattr(publish.Publication, "publish", restored)
            build(each)

        assert [] == differing(cold(options), warm(options))


def having(site: dict[str, bytes], words: bytes) -> list[str]:
    """The files of a site that have some words, or are called so."""
    return sorted(path for path, data in site.items() if words in data or words in path.encode())


def test_what_a_draft_alone_has_is_not_published(options: Options) -> None:
    """Its sources and its picture, until something shown rests on one, or comes from one, or the draft is shown."""
    secret = {"publisher": "P", "url": "https://example.org/s", "published": "2025-05-30", "language": "en"}
    sources = [
        {"id": "secret-copy", "title": "A secret copy", "origin": "secret-paper", **secret},
        {"id": "secret-paper", "title": "A secret paper", **secret, "url": "https://example.org/p"},
        {"id": "secret-notes", "title": "Secret notes", **secret, "url": "https://example.org/n"},
    ]
    picture = options.content / "images/secret.png"
    picture.parent.mkdir(exist_ok=True)
    picture.write_bytes(PICTURE)
    image = {"file": "secret.png", "alt": "A quay", "credit": "P", "source": "secret-notes"}
    change(options, DRAFT, sources=["wire-quay", *sources], image=image)
    say(options, DRAFT, "\nMore [@secret-copy] and [@secret-paper] and [@secret-notes].\n")
    assert not (errors := [each for each in build(options).problems if each.is_error]), errors

    assert [] == having(warm(options), b"secret")
    assert [] == differing(cold(options), warm(options))

    change(options, TALKS, sources=["wire-quay", "secret-copy"])
    say(options, TALKS, "\nThey met again [@secret-copy].\n")
    site = warm(options)
    assert [] == differing(cold(options), site)
    assert having(site, b"sources/secret-copy/")
    assert having(site, b"sources/secret-paper/")
    assert [] == having(site, b"secret-notes") + having(site, b"secret.png")

    shown = options._replace(drafts=True)
    site = warm(shown)
    assert [] == differing(cold(shown), site)
    assert having(site, b"secret-notes")
    assert having(site, b"secret.png")
    assert [] == differing(cold(options), warm(options))
    change(options, DRAFT, draft=False)
    site = warm(options)
    assert [] == differing(cold(options), site)
    assert having(site, b"secret-notes")
    assert "images/secret.png" in site


# --- what befalls the published folder -----------------------------------------------------------------------------


@pytest.mark.parametrize("edited", [True, False], ids=["with an edit", "without"])
def test_published_files_that_were_changed_are_made_again(edited: bool, options: Options) -> None:  # noqa: FBT001
    """Edited, emptied, deleted, with another file's bytes; a page, an asset, a feed, the manifest."""
    build(options)
    names = ["index.html", "events/2025-03-04-talks/index.html", "feed.xml", "sitemap.xml", "data/events.json"]
    names += [path.relative_to(options.out).as_posix() for path in options.out.glob("assets/*.css")]
    spoils: tuple[Callable[[Path], object], ...] = (
        lambda path: path.write_bytes(b"edited"),
        lambda path: path.write_bytes(path.read_bytes()[:-1] + b"x"),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
    )
    for number, spoil in enumerate(spoils):
        if edited:
            say(options, TALKS, f"\nThey met on day {number} [@wire-quay].\n")
        for name in names:
            spoil(options.out / name)
        manifest = options.out / "data/manifest.json"
        manifest.write_bytes(manifest.read_bytes().replace(b"SHA-256", b"SHA-1"))

        assert [] == differing(cold(options), warm(options)), number


def test_a_foreign_file_is_refused_at_every_build(options: Options) -> None:
    """Whether something was edited or not; it stays, and so does the site; when it is gone, the build goes on."""
    build(options)
    foreign = options.out / "events/notes.txt"
    for _ in range(2):
        foreign.write_bytes(b"mine")
        before = read_tree(options.out)

        with pytest.raises(PublishError, match=r"holds 1 file that no build has made: events/notes\.txt"):
            build(options)

        assert [] == differing(before, read_tree(options.out))
        foreign.unlink()
        assert [] == differing(cold(options), warm(options))
        change(options, ROPES, title="Nine boats drift")


def test_a_cache_that_is_deleted_while_pages_are_made_leaves_the_site_whole(
    options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The spare lay in it, and is the next site by then."""
    build(options)
    change(options, ROPES, title="Nine boats drift")
    begin = publish.Publication.begin

    def deleted(self: publish.Publication) -> None:
        begin(self)
        assert options.cache
        shutil.rmtree(options.cache)

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(publish.Publication, "begin", deleted)
        site = warm(options)
    assert [] == differing(cold(options), site)
    assert [] == differing(cold(options), warm(options))


def test_a_foreign_file_is_refused_before_anything_is_rendered(options: Options, rendered: list[str]) -> None:
    """Also where nothing of an earlier build is taken over."""
    build(options)
    rendered.clear()
    (options.out / "notes.txt").write_bytes(b"mine")

    with pytest.raises(PublishError, match="holds 1 file that no build has made"):
        build(options._replace(anew=True, cache=None))

    assert [] == rendered


def test_garbled_bytes_in_what_stands_by_change_nothing(options: Options) -> None:
    """It shares its bytes with what is published: so both are made good."""
    build(options)
    chance = random.Random(2025)  # noqa: S311 - places, not secrets
    for number in range(5):
        change(options, ROPES, title=f"Nine boats drift, {number}")
        build(options)
        assert options.cache
        files = sorted(path for path in options.cache.glob("builds/*/spare/**/*") if path.is_file())
        for path in chance.sample(files, 3):
            data = bytearray(path.read_bytes())
            data[chance.randrange(len(data))] ^= 1
            with path.open("r+b") as file:
                file.write(data)

        assert [] == differing(cold(options), warm(options)), number
        say(options, TALKS, f"\nThey met on day {number} [@wire-quay].\n")
        assert [] == differing(cold(options), warm(options)), number


@pytest.mark.parametrize("lost", ["the cache", "the published folder"])
def test_what_stands_by_beside_the_site_is_of_its_last_build(
    lost: str, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the cache is on another disk: what is left there of other times is no part of any site."""
    monkeypatch.setattr(publish, "_same_device", lambda *_: False)
    monkeypatch.setattr(publish, "FEWEST_FOR_SPARE", 1)
    assert options.cache
    build(options)
    say(options, TALKS, "\nThey met [@wire-quay].\n")
    build(options)
    assert (options.out.with_name(".public.spare") / "index.html").is_file()

    shutil.rmtree(options.cache if lost == "the cache" else options.out)
    say(options, TALKS, "\nThey parted [@wire-quay].\n")
    (options.content / "events/2025/2025-05-xx-quiet.md").unlink()
    for number in range(3):
        assert [] == differing(cold(options), warm(options)), number
        say(options, TALKS, f"\nThey met on day {number} [@wire-quay].\n")


def test_a_plain_page_of_another_name_is_linked_by_it_everywhere(options: Options) -> None:
    """Its title may be the same: the footer of every page names its address too."""
    build(options)
    (options.content / "pages/about.md").rename(options.content / "pages/about-us.md")

    site = warm(options)

    assert [] == differing(cold(options), site)
    assert b"about-us/" in site["events/2025-03-04-talks/index.html"]


def test_of_two_base_maps_the_one_is_drawn_that_is_chosen_now(options: Options) -> None:
    """Though both say the same of where they come from, and no frame is another: more places lie on the other."""
    land = [[[90, 5], [111, 5], [111, 21], [90, 21], [90, 5]]]
    for name, box, line in (("a", [98, 6, 108, 16], 10), ("b", [90, 5, 108, 16], 10.3)):
        base = {"about": "Drawn by hand.", "box": box, "land": land, "borders": [[[102, line], [103, line]]]}
        (options.static / "map").mkdir(exist_ok=True)
        (options.static / f"map/{name}.json").write_text(json.dumps(base | {"names": []}), "utf-8")
    first = warm(options)["places/north-quay/index.html"]
    say(options, "content/places.yml", "- {id: far, name: Far, country: Kelland, lat: 7, lon: 92, precision_km: 5}\n")

    site = warm(options)

    assert [] == differing(cold(options), site)
    assert b"map__dot" in first
    assert first != site["places/north-quay/index.html"]


def test_a_number_that_is_written_otherwise_is_shown_as_it_is_written(options: Options) -> None:
    """Though 2 and 2.0 are equal."""
    build(options)
    path = options.content.parent / ROPES
    text = path.read_text("utf-8")
    assert "value: 2," in text
    path.write_text(text.replace("value: 2,", "value: 2.0,"), "utf-8")

    after = warm(options)

    assert [] == differing(cold(options), after)
    assert b"2.0" in after["figures/index.html"]


def test_an_entry_of_another_month_stands_there_in_the_work_list(options: Options) -> None:
    """Its sentences without a citation are as many as before, and no other entry comes before or after it."""
    say(options, AGAIN, "\nIt was not so at all.\n")
    build(options)
    change(options, AGAIN, date="2025-04-09")

    site = warm(options)

    assert [] == differing(cold(options), site)
    assert b"April 2025" in site["about/work-list/uncited/index.html"]


def test_what_editors_leave_beside_templates_and_static_files_is_nothing(options: Options) -> None:
    """A lock that is a link to nowhere, another system's notes: no other file is overlooked, and none is published."""
    before = warm(options)
    for path in (*options.templates.rglob("*.html"), *options.static.rglob("*.*")):
        path.with_name(f".#{path.name}").symlink_to("somebody@somewhere.4711:1")
        path.with_name(f"._{path.name}").write_bytes(b"\0\5\x16\7\xff")
    (options.static / "root/.DS_Store").write_bytes(b"\0")
    assert [] == differing(before, warm(options))

    for name in ("base.html", "pages/source.html", "macros/frame.html"):
        say(options, f"templates/{name}", f"<!-- {name} -->\n")

    assert [] == differing(cold(options), warm(options))


@pytest.mark.parametrize("folder", ["old~", "__pycache__", "4913"])
def test_what_is_not_watched_is_not_published(folder: str, options: Options) -> None:
    """Files in a folder that an editor left, and links that lead nowhere: nothing to any build, cold or not."""
    expected = warm(options)
    left = options.static / "root" / folder / "a.txt"
    left.parent.mkdir(parents=True)
    left.write_text("one", "utf-8")
    (options.static / "root/gone.txt").symlink_to("/nowhere")

    assert [] == differing(expected, cold(options))
    assert [] == differing(expected, warm(options))


def test_a_base_map_that_is_none_is_told(options: Options) -> None:
    """With its name, as whatever else is in the way of a build."""
    (options.static / "map").mkdir()
    (options.static / "map/sea.json").write_text("{", "utf-8")

    with pytest.raises(PublishError, match=r"map/sea\.json is no base map"):
        build(options)


def test_a_file_of_the_root_takes_the_place_of_one_that_is_made(options: Options) -> None:
    """Whether that is made again or not, and until the file is gone; the manifest has the sum of what is published."""
    made = warm(options)
    for name in ("robots.txt", "index.html"):
        (options.static / "root" / name).write_text("Ours", "utf-8")
    for title in ("The towns talk", "The towns talk again", "The towns talk on"):
        change(options, TALKS, title=title)

        site = warm(options)

        assert [] == differing(cold(options), site)
        assert (b"Ours", b"Ours") == (site["robots.txt"], site["index.html"])
        sums = json.loads(site["data/manifest.json"])["files"]
        assert sha256(b"Ours").hexdigest() == sums["robots.txt"] == sums["index.html"]
    (options.static / "root/robots.txt").unlink()
    assert made["robots.txt"] == warm(options)["robots.txt"]


def test_a_file_of_the_root_that_an_edit_makes_twice_leaves_the_site_known(
    options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The feed is made anew and overridden again: the next build has nothing to do, and goes over no file."""
    (options.static / "root/feed.xml").write_text("Ours", "utf-8")
    build(options)
    change(options, TALKS, title="A title like no other")
    build(options)

    def refuse(*_: object) -> None:
        raise AssertionError("the published folder was gone over")

    monkeypatch.setattr(publish, "_sums_of", refuse)

    report = build(options)

    assert report.published is not None
    assert 0 == report.published.written


@pytest.mark.parametrize("name", ['a"b.txt', "a\\b.txt", "a\tb.txt", os.fsdecode(b"\xff.txt")])
def test_a_file_of_the_root_with_a_name_that_no_manifest_can_hold_is_told(name: str, options: Options) -> None:
    """Published, it would be a file that no build has made."""
    (options.static / "root" / name).write_bytes(b"")

    with pytest.raises(PublishError, match="a name that") as refused:
        build(options)

    assert ("rename it", False) == (refused.value.hint, options.out.exists())


def put_into_root(name: str, options: Options) -> Path:
    """A file of static/root/ with this name."""
    path = options.static / "root" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("Ours", "utf-8")
    return path


@pytest.mark.parametrize(
    "name",
    [
        "robots.txt/x.txt",
        "events",
        "events/2025-03-04-talks",
        "index.html/a/b",
        "sw.js/x",
        "assets",
        "images",
        "images/quay.png/x",
    ],
)
def test_a_file_of_the_root_that_is_in_the_way_is_told(name: str, options: Options) -> None:
    """Where the site has a folder, or below one of its files: at the first build and after others, and not for ever."""
    (options.content / "images").mkdir()
    (options.content / "images/quay.png").write_bytes(PICTURE)
    path = put_into_root(name, options)
    with pytest.raises(PublishError, match=f"static/root/{name} is in the way of "):
        build(options)
    path.rename(options.static / "set-aside")
    before = warm(options)
    (options.static / "set-aside").rename(path)

    with pytest.raises(PublishError, match=f"static/root/{name} is in the way of "):
        build(options)

    assert before == read_tree(options.out)
    shutil.rmtree(options.static / "root" / name.partition("/")[0]) if "/" in name else path.unlink()
    assert [] == differing(before, warm(options))


@pytest.mark.parametrize("name", ["data/manifest.json", "pagefind/x.txt", "cards/x.png"])
def test_a_file_of_the_root_with_a_name_of_a_build_s_own_is_told(name: str, options: Options) -> None:
    """Published, the next build would take all files for somebody else's, or remove it."""
    put_into_root(name, options)

    with pytest.raises(PublishError, match=f"static/root/{name} has the name of a file that a build makes"):
        build(options)


# --- no work is wasted ---------------------------------------------------------------------------------------------


def test_when_nothing_changed_nothing_is_rendered_nor_touched(options: Options, rendered: list[str]) -> None:
    """Not a file of the published folder, nor of what is read; also where files were written anew as they were."""
    build(options)
    rendered.clear()
    for path in options.content.rglob("*.md"):
        path.write_bytes(path.read_bytes())
    root = options.content.parent

    def seen() -> dict[Path, tuple[int, ...]]:
        found = ((path, path.stat()) for path in root.rglob("*") if options.cache not in path.parents)
        return {path: (its.st_size, its.st_ino, its.st_mtime_ns, its.st_ctime_ns) for path, its in found}

    before = seen()

    report = build(options)

    assert report.published is not None
    assert (0, len(read_tree(options.out)), 0) == tuple(report.published)
    assert [] == rendered
    assert before == seen()


def test_an_edited_text_renders_its_page_and_those_that_show_it(options: Options, rendered: list[str]) -> None:
    """The entry's own, its month's for printing, and that of a source whose statements changed; no list, no neighbour.

    A page that links to the entry shows its title and not its text.
    """
    build(options)
    rendered.clear()
    say(options, TALKS, "\nThey met twice [@wire-quay].\n")

    build(options)

    expected = ["events/2025-03-04-talks/", "sources/wire-quay/", "timeline/2025/03/print/"]
    assert expected == sorted(rendered)


def test_an_edit_is_rendered_before_the_published_folder_is_waited_for(
    options: Options, rendered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process looks at it meanwhile; each page is rendered once."""
    build(options)
    rendered.clear()
    say(options, TALKS, "\nThey met twice [@wire-quay].\n")
    before: list[str] = []

    def look(root: Path | None, tables: Iterable[Table[str, Stamp]], share: int) -> bool:
        before[:] = before or rendered
        return is_share_untouched(root, tables, share)

    monkeypatch.setattr(publish, "is_share_untouched", look)

    build(options)

    assert "events/2025-03-04-talks/" in before
    assert rendered == before


def test_an_edited_text_renders_no_list_of_what_stands_above_it(options: Options, rendered: list[str]) -> None:
    """Figures and claims: no list of them shows more of the entry than its title."""
    build(options)
    rendered.clear()
    say(options, ROPES, "\nNo boat was lost [@gazette-quay].\n")

    build(options)

    assert "events/2025-03-01-ropes-cut/" in rendered
    assert [] == [address for address in rendered if address.startswith(("figures/", "disputed/"))]


def test_an_edited_text_makes_no_calendar(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has the title, the day and the summary of an entry, and not its text."""
    made: list[Site] = []
    make = making.FILES["calendar"]

    def noted(site: Site) -> dict[str, bytes]:
        made.append(site)
        return make(site)

    monkeypatch.setitem(making.FILES, "calendar", noted)
    build(options)
    assert 1 == len(made)
    say(options, TALKS, "\nThey met twice [@wire-quay].\n")

    build(options)

    assert 1 == len(made)
    change(options, TALKS, title="A title like no other")
    assert b"SUMMARY:A title like no other" in warm(options)["calendar.ics"]


def test_an_edited_text_looks_through_no_pictures(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of ten thousand that the cache has, it adds none: only where some were made may there be too many."""
    with_cards = options._replace(static=ROOT / "static", extras=frozenset({"cards"}))
    looked: list[int] = []
    monkeypatch.setattr(cards, "tidy", lambda _, most: looked.append(most))
    build(with_cards)
    assert [5] == looked
    say(options, TALKS, "\nThey met twice [@wire-quay].\n")

    build(with_cards)

    assert [5] == looked


def naming(pages: Mapping[str, bytes]) -> set[str]:
    """The addresses of the pages that have the new title."""
    return {path.removesuffix("index.html") for path, data in pages.items() if b"A title like no other" in data}


def test_an_edited_title_renders_the_pages_that_name_the_entry(options: Options, rendered: list[str]) -> None:
    """Its month, its kind, its actors, entries that link to it; no page that does not have the new title."""
    build(options)
    rendered.clear()
    change(options, TALKS, title="A title like no other")

    build(options)

    made = set(rendered)
    pages = {path: data for path, data in cold(options).items() if path.endswith(".html")}
    assert naming(pages) == made
    assert len(made) < len(pages) / 2


def test_a_new_entry_renders_the_pages_that_count_or_list_it(options: Options, rendered: list[str]) -> None:
    """The pages around it in time too; no other entry of the same place, and no other year."""
    change(options, ROPES, places=["north-quay"], date="2024-03-01")
    build(options)
    before = read_tree(options.out)
    rendered.clear()
    fields = {"title": "A new entry", "date": "2025-03-20", "kind": "talks", "places": ["north-quay"]}
    fields |= {"sources": ["wire-quay"]}
    write(options.content / "events/2025/2025-03-20-new.md", fields, "\nThey met [@wire-quay].\n")

    after = warm(options)

    made = set(rendered)
    assert [] == differing(cold(options), after)
    changed = {path.removesuffix("index.html") for path in differing(before, after) if path.endswith(".html")}
    asking_what_there_is = {"contribute/", "data/"}
    assert changed == made - asking_what_there_is


def test_a_newest_entry_renders_of_long_lists_the_first_part_and_the_last(
    options: Options, rendered: list[str], tmp_path: Path
) -> None:
    """Those between list what they listed, and say no number that grows with each entry.

    But for a month, whose parts all show its days; a question, whose answers are divided evenly, to stand side by side;
    and a measure, whose figures stand by scope, the newest in the middle.
    """
    crowd = options._replace(content=tmp_path / "crowd")
    write_corpus(Corpus(160, shares=CROWDED).files(), crowd.content)
    build(crowd)
    newest = max(crowd.content.rglob("events/*/*.md"))
    text = newest.read_text("utf-8")
    newest.with_name("2024-07-31-zz-last.md").write_text(text.replace(newest.name[:10], "2024-07-31"), "utf-8")
    rendered.clear()

    build(crowd)

    lists = {address.partition("page-")[0] for address in rendered if "page-" in address}
    assert {
        "actors/upper-vale/",
        f"sources/{YEARBOOK}/",
        "figures/killed/",
        f"agreements/{FIRST_TREATY}/entries/",
    } <= lists
    between = {address.partition("/")[0] for address in rendered if "page-2/" in address}
    assert {"timeline", "disputed", "figures"} == between


@pytest.mark.parametrize("goes_on", [False, True], ids=["has ended", "goes on"])
def test_a_newest_entry_renders_the_page_of_a_truce_that_goes_on(
    goes_on: bool,  # noqa: FBT001
    options: Options,
    rendered: list[str],
) -> None:
    """It says how many days it has held until then; how long one held that has ended is said already."""
    if goes_on:
        change(options, TRUCE, in_force=[{"from": "2025-03-05"}], status="in-force")
    build(options)
    rendered.clear()
    fields = {"title": "The newest entry", "date": "2026-02-03", "kind": "talks", "sources": ["wire-quay"]}
    write(options.content / "events/2026/2026-02-03-new.md", fields, "\nThey met [@wire-quay].\n")

    after = warm(options)

    assert goes_on == ("agreements/2025-03-05-quay-truce/" in rendered)
    assert goes_on == (b"as of 3 February 2026" in after["agreements/2025-03-05-quay-truce/index.html"])
    assert [] == differing(cold(options), after)


def test_an_edited_source_renders_the_pages_that_name_it(options: Options, rendered: list[str]) -> None:
    """Its own and those that cite it; nothing about the whole is asked again."""
    build(options)
    rendered.clear()
    path = options.content / "sources/gazette.yml"
    path.write_text(path.read_text("utf-8").replace("Boats &", "A title like no other,", 1), "utf-8")

    build(options)

    made = set(rendered)
    pages = {path: data for path, data in cold(options).items() if path.endswith(".html")}
    assert naming(pages) == made
    assert len(made) < len(pages) / 2


@pytest.mark.parametrize("edit", ["its text", "its title", "its source", "its place", "a template"])
def test_an_edit_that_no_query_is_about_goes_over_no_entries(
    edit: str, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What queries about the whole gave is recalled; what the last build asked is not noted again."""
    build(options)
    if edit == "its text":
        say(options, TALKS, "\nThey met twice [@wire-quay].\n")
    elif edit == "its title":
        change(options, TALKS, title="A title like no other")
    elif edit == "its source":
        say(options, "content/sources/gazette.yml", "    # a remark\n")
    elif edit == "its place":
        path = options.content / "places.yml"
        path.write_text(path.read_text("utf-8").replace("name: Market", "name: Marketplace"), "utf-8")
    else:
        say(options, "templates/base.html", "{# a remark #}")
    expected = cold(options)

    def refuse(_: Site) -> Iterator[Outline]:
        raise AssertionError("all entries were gone over")

    monkeypatch.setattr(Site, "_entries", refuse)

    assert [] == differing(expected, warm(options))


def test_pages_that_read_what_they_read_before_note_nothing(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    """What they read is known; after an edited template, that is so for all."""
    build(options)
    say(options, "templates/base.html", "<!-- a remark -->")

    def refuse(*_: object) -> None:
        raise AssertionError("what was read was noted again")

    monkeypatch.setattr(Trace, "add", refuse)

    build(options)

    assert "<!-- a remark -->" in (options.out / "index.html").read_text("utf-8")


def test_what_is_about_the_same_year_is_one_piece_of_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """So is what is of one kind; the index comes first, then the largest share, and what is too small is together."""
    monkeypatch.setattr("generator.publishing.planning.FEWEST_SHARES", 2)
    of_2024 = [("entry", f"2024-01-01-{number}") for number in range(50)] + [("month", 2024, 1, 1)]
    of_2025 = [("data", "2025"), *(("entry", f"2025-01-01-{number}") for number in range(60))]
    sources = [("source", f"s{number}", 1) for number in range(45)]
    few = [("task", "disputed figures", 1), ("web manifest",)]
    mixed = [output for some in zip_longest(of_2024, sources, few, of_2025, [INDEX]) for output in some if output]

    pieces = shares(mixed)

    assert [[INDEX], of_2025, of_2024, sources, few] == [sorted(share, key=mixed.index) for share in pieces]


def test_a_year_that_has_no_entry_any_more_leaves_nothing_in_the_cache(options: Options) -> None:
    """The outlines of each year are a part of their own."""

    def years() -> set[str]:
        with closing(sqlite3.connect(cache_file(options))) as database:
            return {name for (name,) in database.execute("SELECT name FROM parts WHERE name LIKE 'outlines %'")}

    fields, body = read(options.content.parent / TALKS)
    earlier = options.content / "events/2024/2024-03-04-talks.md"
    earlier.parent.mkdir()
    write(earlier, fields | {"date": "2024-03-04"}, body)
    build(options)
    assert {"outlines 2024", "outlines 2025"} == years()
    earlier.unlink()

    build(options)

    assert {"outlines 2025"} == years()


def test_no_query_reads_a_source_or_a_place(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor what is made of them: when one is edited, no query is asked again."""
    found: list[Key] = []
    fetched, begun = Shelf.__getitem__, Site.__init__

    class Derivations(dict[Key, Derivation]):
        """Those of a site, which tell what is asked of them while a query is answered."""

        def __init__(self, of: Site) -> None:
            super().__init__()
            self._of = of

        def get(self, key: Key, default: Derivation | None = None) -> Derivation | None:  # type: ignore[override]
            if self._of.reads is None:
                found.append(key)
            return super().get(key, default)

    def fetch(self: Shelf[object], ident: str) -> object:
        if self._tracking.reads is None and self.name in {"sources", "places"}:
            found.append((self.name, ident))
        return fetched(self, ident)

    def begin(self: Site, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - those of a site
        begun(self, *arguments, **named)
        self.derivations = Derivations(self)

    monkeypatch.setattr(Shelf, "__getitem__", fetch)
    monkeypatch.setattr(Site, "__init__", begin)

    build(options)

    assert {OUTPUTS} == {*found}  # which the build itself asks for


def test_an_edited_template_renders_its_pages_alone(options: Options, rendered: list[str]) -> None:
    """All that are made with it, and no other."""
    build(options)
    rendered.clear()
    say(options, "templates/pages/source.html", "{# a remark #}")

    build(options)

    assert rendered
    assert [] == [address for address in rendered if not address.startswith("sources/")]
    assert len(list(options.out.glob("sources/*/index.html"))) == len(rendered)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("templates/base.html", "<!-- a remark -->\n"),
        ("templates/macros/frame.html", "{% macro more() %}{% endmacro %}"),
        ("static/css/10-all.css", "p { order: 1 }\n"),
    ],
)
def test_in_another_frame_what_pages_show_is_not_rendered_again(
    path: str, text: str, options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Their main parts are those that are published; a frame is of the page alone."""
    build(options)
    say(options, path, text)
    expected = cold(options)

    def refuse(_: Page) -> None:
        raise AssertionError("what a page shows was asked for")

    monkeypatch.setattr(Page, "view", property(refuse))

    assert [] == differing(expected, warm(options))


def test_a_page_that_somebody_has_edited_gives_no_main_part_to_another_frame(options: Options) -> None:
    """It is made as a whole, as it would be in the old frame."""
    build(options)
    page = options.out / "events/2025-03-04-talks/index.html"
    page.write_bytes(b"<!-- mine -->" + page.read_bytes()[5:])
    say(options, "templates/base.html", "<!-- a remark -->\n")

    assert [] == differing(cold(options), warm(options))


def test_a_frame_and_what_is_in_it_may_change_at_once(options: Options, rendered: list[str]) -> None:
    """Then the page is made as a whole, and the others in the new frame."""
    build(options)
    say(options, "templates/base.html", "<!-- a remark -->\n")
    change(options, TALKS, title="A title like no other")
    rendered.clear()

    assert [] == differing(cold(options), warm(options))
    assert "events/2025-03-04-talks/" in rendered


@pytest.mark.parametrize(
    ("use", "used"),
    [
        ('{% include "macros/extra.html" %}', "extra.html"),
        ('{%+ include "macros/extra.html" %}', "extra.html"),
        ("{%- include'macros/extra.html' ignore missing with context -%}", "extra.html"),
        ('{% include ["macros/none.html", "macros/extra.html"] %}', "extra.html"),
        ('{% set part = "macros/extra.html" %}{% include part %}', "extra.html"),
        ('{% include "macros/" ~ "extra.html" %}', "extra.html"),
        ('{% include "macros/extra.svg" %}', "extra.svg"),
    ],
)
def test_a_template_is_used_however_it_is_named(use: str, used: str, options: Options) -> None:
    """By one name or several, or by one that is made when the page is: an edit is seen on every page that has it."""
    page, extra = options.templates / "pages/event.html", options.templates / "macros" / used
    page.write_text(page.read_text("utf-8").replace("{% block main %}", f"{{% block main %}}{use}"), "utf-8")
    extra.write_text("<!-- one -->\n", "utf-8")
    build(options)
    extra.write_text("<!-- two -->\n", "utf-8")

    after = warm(options)

    assert b"<!-- two -->" in after["events/2025-03-04-talks/index.html"]
    assert [] == differing(cold(options), after)


def test_a_template_that_was_missing_is_used_when_it_is_there(options: Options) -> None:
    """Of several names the first that is there: another may take its place later."""
    page, first = options.templates / "pages/event.html", options.templates / "macros/first.html"
    use = '{% block main %}{% include ["macros/first.html", "macros/second.html"] %}'
    page.write_text(page.read_text("utf-8").replace("{% block main %}", use), "utf-8")
    (options.templates / "macros/second.html").write_text("<!-- second -->\n", "utf-8")
    build(options)
    first.write_text("<!-- first -->\n", "utf-8")

    assert b"<!-- first -->" in warm(options)["events/2025-03-04-talks/index.html"]


def test_a_mended_mistake_renders_nothing(options: Options, rendered: list[str]) -> None:
    """After a build that published nothing the cache is still of the one that did."""
    build(options)
    rendered.clear()
    before = (options.content.parent / ROPES).read_bytes()
    change(options, ROPES, kind="tlaks")
    assert build(options).published is None
    (options.content.parent / ROPES).write_bytes(before)

    report = build(options)

    assert report.published is not None
    assert (0, []) == (report.published.written, rendered)


@pytest.mark.parametrize("jobs", [1, 2])
def test_history_that_grew_is_told(jobs: int, options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit changes the days of the entries that it changed, though no file changes with it."""
    monkeypatch.setattr("generator.publishing.planning.FEWEST_FOR_JOBS", 2)
    options = options._replace(history=True, jobs=jobs)
    begin(options.content.parent)
    for day, name in ((1, ROPES), (2, TALKS), (3, ROPES), (4, AGAIN)):
        say(options, name, f"\nIt was day {day} [@wire-quay].\n")
        if name == AGAIN:
            change(options, AGAIN, sources=["lost-leaflet", "wire-quay"])
        assert [] == differing(cold(options), warm(options)), day
        commit(options.content.parent, f"2026-03-0{day}T12:00:00Z")
        assert [] == differing(cold(options), warm(options)), day
    assert "4 March 2026" in (options.out / "events/2025-03-09-ropes-again/index.html").read_text("utf-8")


def test_two_pages_of_one_address_are_refused(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    """Should a check let one through: whichever were made last would stand there."""
    monkeypatch.setattr("generator.reading.address_checks.is_own", lambda _: False)
    change(options, TALKS, aliases=["/search/"])

    with pytest.raises(PublishError, match=r"two pages have one address: search/index\.html"):
        build(options)

    assert not options.out.exists()


# --- what a preview puts off ---------------------------------------------------------------------------------------


def test_while_something_stays_deferred_outputs_are_not_planned_anew(
    options: Options, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edit under a preview asks for no list of all that the site is made of."""
    later = options._replace(static=ROOT / "static", extras=frozenset({"cards"}), defer=True)
    build(later)
    say(options, TALKS, "\nThey met twice [@wire-quay].\n")
    build(later)
    monkeypatch.delattr(Site, "outputs")
    say(options, TALKS, "\nThey met three times [@wire-quay].\n")

    published = build(later).published

    assert published is not None
    assert 1 < published.written < 20


def test_what_was_deferred_is_made_by_the_next_whole_build(options: Options) -> None:
    """However often it was deferred: pictures are not forgotten because meanwhile a text was edited."""
    with_cards = options._replace(static=ROOT / "static", extras=frozenset({"cards"}))
    later = with_cards._replace(defer=True)
    assert not build(later).is_complete
    say(options, TALKS, "\nThey met twice [@wire-quay].\n")
    assert not build(later).is_complete

    assert build(with_cards).is_complete
    site = read_tree(options.out)
    assert "cards/home.png" in site
    assert [] == differing(cold(with_cards), site)

    for day in ("second", "third"):  # meanwhile, there are the pictures that were
        change(options, TALKS, title=f"Talks on a {day} day")
        assert not build(later).is_complete
        assert "cards/2025-03-04-talks.png" in read_tree(options.out)
    assert build(with_cards).is_complete
    assert [] == differing(cold(with_cards), read_tree(options.out))


def test_a_saved_stylesheet_takes_no_picture_away(options: Options) -> None:
    """Every page is made again, and what is deferred stays until it can be made: pages name it."""
    shutil.copytree(ROOT / "static", options.static, dirs_exist_ok=True)
    with_cards = options._replace(extras=frozenset({"cards"}))
    build(with_cards)
    for number in range(2):
        (options.static / "css/99-mine.css").write_text(f"p {{ margin: {number}em }}", "utf-8")
        build(with_cards._replace(defer=True))
        assert "cards/2025-03-04-talks.png" in read_tree(options.out), number

    (options.content.parent / AGAIN).unlink()
    assert build(with_cards).is_complete
    assert [] == differing(cold(with_cards), read_tree(options.out))


def test_pictures_are_made_where_the_cache_cannot_keep_them(options: Options) -> None:
    """A file lies where the folder should be; so does nothing at all on a disk that cannot be written."""
    with_cards = options._replace(static=ROOT / "static", extras=frozenset({"cards"}))
    assert options.cache
    options.cache.mkdir()
    (options.cache / "made").write_bytes(b"")

    assert build(with_cards).is_complete
    assert "cards/home.png" in read_tree(options.out)


def test_what_could_not_be_made_is_made_when_it_can_be(options: Options, monkeypatch: pytest.MonkeyPatch) -> None:
    """Until then each build says so, also when nothing else has changed."""
    with_cards = options._replace(static=ROOT / "static", extras=frozenset({"cards"}))
    with monkeypatch.context() as without:
        without.setattr(cards, "missing", lambda: "the package Pillow is not installed")
        notes = [build(with_cards).lacking for _ in range(2)]
    assert 2 * [("built without card images: the package Pillow is not installed",)] == notes

    assert () == build(with_cards).lacking

    site = read_tree(options.out)
    assert "cards/home.png" in site
    assert [] == differing(cold(with_cards), site)


def test_of_what_is_deferred_no_half_is_published(options: Options) -> None:
    """Where the last build was killed once it had published an index that nobody remembers; there is one in the end."""
    whole = options._replace(static=ROOT / "static", extras=frozenset({"search"}))
    build(whole)
    change(options, TALKS, title="The towns talk of ropes")
    folders = map(str, (whole.content, whole.templates, whole.static, whole.out, whole.cache))
    done = subprocess.run([sys.executable, "-c", KILLED, *folders, "search"], cwd=ROOT, check=False)
    assert -signal.SIGKILL == done.returncode

    for title in ("The towns talk of boats", "The towns talk of nets"):
        change(options, TALKS, title=title)
        report = build(whole._replace(defer=True))
        assert (True, False) == (report.published is not None, report.is_complete)
        assert not (options.out / "pagefind").exists()

    assert build(whole).is_complete
    assert (options.out / "pagefind/manifest.json").exists()
    assert [] == [path for path in differing(cold(whole), read_tree(options.out)) if not path.startswith("pagefind/")]


@pytest.fixture
def preview(options: Options) -> Preview:
    """A preview of the same content, by a copy of the whole program, whose `build.py` makes what is deferred."""
    home = options.content.parent
    shutil.rmtree(options.static)
    shutil.copytree(ROOT / "static", options.static)
    shutil.copytree(ROOT / "generator", home / "generator")
    shutil.copy(ROOT / "build.py", home)
    command = [sys.executable, str(home / "build.py"), "build", "--jobs=1", f"--deferred-for={os.getpid()}"]
    command += [f"--content={options.content}", f"--out={options.out}"]
    extras = frozenset({"cards", "search"})
    return Preview(options._replace(cache=home / ".cache", extras=extras, defer=True), command)


def test_a_preview_that_rests_makes_what_it_deferred(
    preview: Preview, options: Options, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once and whole, the index too; pages that are open are the same, and need not be loaded again."""
    preview.build()
    assert (1, False) == (preview.number, preview.is_complete)
    shown = read_tree(options.out)
    assert not any(path.startswith(("cards/", "pagefind/")) for path in shown)

    preview.complete()

    assert (1, True) == (preview.number, preview.is_complete)
    whole = read_tree(options.out)
    assert {"cards/home.png", "pagefind/manifest.json"} <= whole.keys()
    assert [] == [path for path in differing(shown, whole) if path.endswith(".html")]
    assert " 0 unchanged)" not in capsys.readouterr().out.splitlines()[-1]
    preview.complete()
    assert ("", "") == capsys.readouterr()

    broken = options.content / "events/2025/broken.md"
    write(broken, {"title": "Broken"}, "")
    preview.is_complete = False
    preview.complete()
    assert whole == read_tree(options.out)
    assert "broken.md" in capsys.readouterr().err
    assert (1, True) == (preview.number, preview.is_complete)

    broken.unlink()
    report = build(preview.options._replace(defer=False))
    assert report.published is not None
    assert (0, whole) == (report.published.written, read_tree(options.out))


def test_a_save_is_built_at_whatever_moment_it_ends_what_is_completed(preview: Preview, options: Options) -> None:
    """Nothing is in its way, and it is the site of a build from nothing, as is the one that is whole in the end."""
    preview.build()
    started = time.monotonic()
    preview.complete()
    whole_s = time.monotonic() - started
    ended = 0
    for number in range(KILLS):
        change(options, TALKS, title=f"Talks of day {number}")
        preview.build()
        completing = Thread(target=preview.complete)
        completing.start()
        time.sleep(whole_s * (number + 1) / KILLS)
        preview.interrupt()
        completing.join()
        ended += not preview.is_complete
        change(options, TALKS, title=f"Talks of night {number}")
        preview.build()

        assert "" == preview.overlay()
        assert f"Talks of night {number}" in (options.out / "events/2025-03-04-talks/index.html").read_text("utf-8")
    assert ended
    preview.complete()
    assert preview.is_complete

    whole = preview.options._replace(defer=False)
    assert [] == [path for path in differing(cold(whole), read_tree(options.out)) if not path.startswith("pagefind/")]


def test_nothing_is_completed_before_what_is_newer_is_built(preview: Preview, options: Options) -> None:
    """Also where the save came just before the completion was to begin."""
    preview.build()
    shown = read_tree(options.out)

    preview.interrupt()
    preview.complete()
    assert (False, shown) == (preview.is_complete, read_tree(options.out))

    preview.build()
    preview.complete()
    assert preview.is_complete


def test_a_build_that_is_ended_from_outside_is_told(preview: Preview, capsys: pytest.CaptureFixture[str]) -> None:
    """As the system does where memory has run out; and so is one that cannot begin."""
    preview.build()
    capsys.readouterr()
    for command, said in (
        ([sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"], "a process of the build was ended by signal 9"),
        (["no/such/program"], "no other process can be started: No such file or directory"),
    ):
        preview.make_deferred, preview.is_complete = command, False
        preview.complete()

        assert f"error: {said}\n" == capsys.readouterr().err
        assert preview.is_complete
