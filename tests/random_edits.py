"""Edits of a site's folders such as people make them, chosen by chance: the same seed gives the same edits.

Most leave the content sound; some leave warnings, and some errors.
"""

from __future__ import annotations

import json
import random
import shutil
from typing import TYPE_CHECKING, Any

from core_yaml import load

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Fields = dict[str, Any]

PICTURE = b"\x89PNG\r\n\x1a\n"
DAYS = (
    "2025-02-28",
    "2025-03-01",
    "2025-03-04",
    "2025-03-09/2025-03-11",
    "2025-04~",
    "2025-04-XX",
    "2026-01-02",
    "2024",
)
ROLES = ("negotiation", "signing", "alleged-violation", "suspension", "resumption", "collapse")
QUESTIONS = ("Who cut the ropes?", "who cut the ropes", "How many boats were there?", "Whose is the quay?")
LISTS = ("actors.yml", "places.yml", "sources/gazette.yml", "vocabulary.yml")


class Editor:
    """Somebody at work on the folders `content`, `templates` and `static`."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.content = folder / "content"
        self.chance = random.Random(seed)  # noqa: S311 - edits, not secrets
        self.number = 0

    def edit(self) -> str:
        """Make one edit; what it was, for a test that fails."""
        self.number += 1
        edits: list[Callable[[Editor], str]] = self.chance.choices(
            (edit_entry, edit_list, edit_document, edit_files, edit_look), (10, 5, 3, 4, 2)
        )
        return f"{self.number}: {edits[0](self)}"

    def one_of(self, *values: Any) -> Any:  # noqa: ANN401 - whatever there is to choose from
        """One of some values."""
        return self.chance.choice(values)

    def file(self, pattern: str) -> Path:
        """A file of the folders."""
        return self.chance.choice(sorted(path for path in self.folder.glob(pattern) if path.is_file()))

    def ident(self, name: str) -> str:
        """An id of a list."""
        found: list[str] = [each["id"] for each in load(self.content.joinpath(name).read_text("utf-8"))]
        return self.chance.choice(found)

    def slug(self, folder: str = "events") -> str:
        """The slug of an entry or agreement."""
        return self.file(f"content/{folder}/**/*.md").stem


def read(path: Path) -> tuple[Fields, str]:
    """The front matter of a file, and its text."""
    _, front, body = path.read_text("utf-8").split("---\n", 2)
    return load(front), body


def write(path: Path, fields: Fields, body: str) -> None:
    """Write a file with front matter."""
    front = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in fields.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{front}---\n{body}", "utf-8")


def edit_entry(editor: Editor) -> str:
    """Another title, date, text … of an entry."""
    path = editor.file("content/events/**/*.md")
    fields, body = read(path)
    change = editor.one_of(*_CHANGES)
    body = change(editor, fields, body) or body
    write(path, fields, body)
    return f"{change.__name__} of {path.stem}"


def _title(editor: Editor, fields: Fields, _: str) -> None:
    fields["title"] = f"Ropes & boats, {editor.number}"


def _date(editor: Editor, fields: Fields, _: str) -> None:
    fields["date"] = editor.one_of(*DAYS)


def _time(editor: Editor, fields: Fields, _: str) -> None:
    fields.pop("time", None) or fields.update(time=editor.one_of("04:00", "23:10~"))


def _kind(editor: Editor, fields: Fields, _: str) -> None:
    fields["kind"] = editor.one_of("clash", "talks", "background")


def _places(editor: Editor, fields: Fields, _: str) -> None:
    fields["places"] = sorted({editor.ident("places.yml") for _ in range(editor.one_of(1, 2))})


def _actors(editor: Editor, fields: Fields, _: str) -> None:
    fields["actors"] = sorted({editor.ident("actors.yml") for _ in range(editor.one_of(1, 2))})


def _summary(editor: Editor, fields: Fields, _: str) -> None:
    fields.pop("summary", None) or fields.update(summary=f"In short, {editor.number}.")


def _text(editor: Editor, fields: Fields, body: str) -> str:
    cited = editor.one_of(*(each if isinstance(each, str) else each["id"] for each in fields["sources"]))
    said = editor.one_of(
        f"It was day {editor.number} [@{cited}].",
        f"“So it was”, *they* said [@{cited}]; see [[{editor.slug()}]].",
        f"| Boat | Ropes |\n| --- | ---: |\n| Heron | {editor.number} |",
        f"## Part {editor.number}\n\nIt went on [@{cited}], as did [[{editor.slug('agreements')}|the truce]].",
        f"A note[^{editor.number}] [@{cited}].\n\n[^{editor.number}]: It says more [@{cited}].",
        "It was not so.",
    )
    return f"{body.rstrip()}\n\n{said}\n"


def _less_text(_: Editor, __: Fields, body: str) -> str:
    return body.rstrip().rpartition("\n\n")[0] + "\n" if body.strip().count("\n\n") else body


def _source(editor: Editor, fields: Fields, body: str) -> str:
    ident = editor.ident("sources/gazette.yml")
    fields["sources"] = list(dict.fromkeys((*map(_plain, fields["sources"]), ident)))
    return f"{body.rstrip()} So it was [@{ident}].\n"


def _plain(source: Any) -> Any:  # noqa: ANN401 - an id, or a source in place
    return source if isinstance(source, str) else json.dumps(source) and source["id"]


def _source_in_place(editor: Editor, fields: Fields, body: str) -> str:
    ident = f"in-place-{editor.number}"
    fields["sources"] = [*fields["sources"], {"id": ident, "title": "Seen", "publisher": "Log", "language": "en"}]
    return f"{body.rstrip()} They saw it [@{ident}].\n"


def _claims(editor: Editor, fields: Fields, _: str) -> None:
    claims = fields.setdefault("claims", [])
    if claims and editor.one_of(0, 0, 1):
        claims.pop()
    else:
        claims.append(
            {
                "question": editor.one_of(*QUESTIONS),
                "by": editor.one_of(editor.ident("actors.yml"), "Fishermen at the market"),
                "says": f"It was {editor.number}",
                "source": editor.one_of(*map(_plain, fields["sources"])),
                "denies": editor.number % 2 == 0,
            }
        )
    fields.pop("claims") if not claims else None


def _figures(editor: Editor, fields: Fields, _: str) -> None:
    figures = fields.setdefault("figures", [])
    if figures and editor.one_of(0, 0, 1):
        figures.pop()
    else:
        figures.append(
            {
                "measure": editor.one_of("hurt", "quay"),
                "scope": editor.one_of("total", editor.ident("actors.yml"), editor.ident("places.yml")),
                editor.one_of("value", "at_least", "about"): editor.number,
                "as_of": editor.one_of("2025-03-01", "2025-03-09", "2025-04-02"),
                "source": editor.one_of(*map(_plain, fields["sources"])),
                "said_by": editor.ident("actors.yml"),
            }
        )
    fields.pop("figures") if not figures else None


def _agreement(editor: Editor, fields: Fields, _: str) -> None:
    fields.pop("agreement", None) or fields.update(
        agreement=[{"id": editor.slug("agreements"), "role": editor.one_of(*ROLES)}]
    )


def _corrections(editor: Editor, fields: Fields, _: str) -> None:
    fields.setdefault("corrections", []).append({"date": "2025-05-02", "text": f"It is {editor.number}."})


def _withdrawn(_: Editor, fields: Fields, __: str) -> None:
    fields.pop("withdrawn", None) or fields.update(withdrawn={"date": "2025-05-03", "reason": "It was not so."})


def _draft(_: Editor, fields: Fields, __: str) -> None:
    fields.pop("draft", None) or fields.update(draft=True)


def _aliases(editor: Editor, fields: Fields, _: str) -> None:
    fields.pop("aliases", None) or fields.update(aliases=[f"/events/former-{editor.one_of(1, 2, 3)}/"])


def _image(editor: Editor, fields: Fields, _: str) -> None:
    fields.pop("image", None) or fields.update(
        image={
            "file": f"{editor.one_of('boat', 'quay')}.png",
            "alt": "Nine boats",
            "credit": "Nobody",
            "source": _plain(fields["sources"][0]),
        }
    )


def _slip(editor: Editor, fields: Fields, body: str) -> str:
    slip = editor.one_of("plase", "kind", "sources", "body")
    if slip == "body":
        return ""
    fields[slip] = "tlaks"
    return body


_CHANGES: tuple[Callable[[Editor, Fields, str], str | None], ...] = (
    *(_title, _date, _time, _kind, _places, _actors, _summary, _text, _text, _less_text, _source, _source_in_place),
    *(_claims, _claims, _figures, _figures, _agreement, _corrections, _withdrawn, _draft, _aliases, _image, _slip),
)


def edit_list(editor: Editor) -> str:
    """More, less or something else in a list."""
    name = editor.one_of(*LISTS)
    path = editor.content / name
    whole = load(path.read_text("utf-8"))
    part = editor.one_of("lanes", "kinds", "measures", "groups") if isinstance(whole, dict) else ""
    items: list[Fields] = whole[part] if part else whole
    item = editor.one_of(*items)
    change = editor.one_of("more", "less", "another name", "another name", "another name", "another order")
    words = "title" if "sources" in name else "name"
    if change == "more":
        items.append(item | {"id": f"new-{editor.number}", words: f"New, {editor.number}", "url": ""})
        items[-1] = {key: value for key, value in items[-1].items() if key != "url"}
    elif change == "less":
        items.remove(item)
    elif change == "another order":
        items.reverse()
    else:
        item[words] = f"Named {editor.number}"
        if words == "title":
            item |= {
                "perspective": editor.one_of("third-party", "upper-town"),
                "publisher": f"Wire {editor.number % 3}",
            }
            other = editor.one_of("published", "origin", "url", "id")
            item[other] = {
                "published": editor.one_of("2024-12-31", "2025-03-05"),
                "origin": editor.one_of("Agency", *(each["id"] for each in items)),
                "url": f"https://wire.example.org/{editor.number % 3}",
                "id": item["id"] if editor.one_of(0, 0, 1) == 0 else f"renamed-{editor.number}",
            }[other]
    path.write_text(json.dumps(whole, ensure_ascii=False, indent=1), "utf-8")
    return f"{change} in {name} {part}".strip()


def edit_document(editor: Editor) -> str:
    """Another agreement, plain page, or setting."""
    change = editor.one_of(_edit_agreement, _edit_page, _edit_settings)
    change(editor)
    return str(change.__name__)


def _edit_agreement(editor: Editor) -> None:
    path = editor.file("content/agreements/*.md")
    fields, body = read(path)
    match editor.one_of("title", "status", "in_force", "terms", "text", "more", "parties"):
        case "title":
            fields["title"] = f"Truce {editor.number}"
        case "status":
            fields["status"] = editor.one_of("in-force", "collapsed", "suspended")
        case "in_force":
            fields["in_force"] = [{"from": "2025-03-02"} | editor.one_of({}, {"to": "2025-03-09"})]
        case "terms":
            fields["terms"] = [{"id": "ropes", "text": f"Nobody cuts {editor.number} ropes"}]
        case "parties":
            fields["parties"].reverse()
        case "text":
            body += f"\nThis was agreed on day {editor.number} [@{fields['sources'][0]}].\n"
        case "more":
            path = path.with_name(f"2025-04-{editor.number % 28 + 1:02}-truce.md")
            fields |= {
                "title": f"Truce {editor.number}",
                "signed": path.name[:10],
                "supersedes": [editor.slug("agreements")],
            }
    write(path, fields, body)


def _edit_page(editor: Editor) -> None:
    path = editor.file("content/pages/*.md")
    fields, body = read(path)
    match editor.one_of("title", "text", "more", "link"):
        case "title":
            fields["title"] = f"About {editor.number}"
        case "text":
            body += f"\nThere are {editor.number} boats.\n"
        case "link":
            body += f"\nSee [[{editor.slug()}]].\n"
        case "more":
            path = path.with_name(f"page-{editor.number % 3}.md")
    write(path, fields, body)


def _edit_settings(editor: Editor) -> None:
    path = editor.content / "site.yml"
    fields = load(path.read_text("utf-8"))
    fields |= editor.one_of(
        {"title": f"Quay {editor.number}"},
        {"tagline": f"One of {editor.number}"},
        {"base_url": f"https://quay{editor.number % 2}.example.org/"},
        {"timezone": editor.one_of("Asia/Tokyo", "Asia/Bangkok")},
        {"editors": editor.one_of(["Nobody"], ["Somebody", "Nobody"])},
    )
    path.write_text(json.dumps(fields, ensure_ascii=False, indent=1), "utf-8")


def edit_files(editor: Editor) -> str:
    """More entries, fewer, others' names, pictures; files that are touched and stay as they are."""
    change = editor.one_of(_add, _add, _add, _rename, _delete, _move, _touch, _picture, _delete_document, _rename_page)
    change(editor)
    return str(change.__name__)


def _add(editor: Editor) -> None:
    fields, body = read(editor.file("content/events/**/*.md"))
    day = editor.one_of(*DAYS)
    fields = {key: value for key, value in fields.items() if key not in {"aliases", "figures", "time"}}
    fields |= {"title": f"New on {editor.number}", "date": day, "sources": ["wire-quay"], "claims": []}
    fields.pop("claims")
    fields.pop("image", None)
    body = f"\nIt was new, {editor.number} [@wire-quay].\n"
    write(editor.content / f"events/{day[:4]}/{day[:4]}-new-{editor.number}.md", fields, body)


def _rename(editor: Editor) -> None:
    path = editor.file("content/events/**/*.md")
    path.rename(path.with_name(f"2025-renamed-{editor.number}.md"))


def _rename_page(editor: Editor) -> None:
    path = editor.file("content/pages/*.md")
    path.rename(path.with_name(f"renamed-{editor.number}.md"))


def _delete(editor: Editor) -> None:
    if len(list(editor.content.glob("events/**/*.md"))) > 2:
        editor.file("content/events/**/*.md").unlink()


def _delete_document(editor: Editor) -> None:
    path = editor.file(editor.one_of("content/pages/*.md", "content/agreements/*.md"))
    if len(list(path.parent.iterdir())) > 1:
        path.unlink()


def _move(editor: Editor) -> None:
    path = editor.file("content/events/**/*.md")
    folder = editor.content / "events" / editor.one_of("a", "b")
    folder.mkdir(exist_ok=True)
    path.rename(folder / path.name)


def _touch(editor: Editor) -> None:
    path = editor.file("content/**/*.*")
    path.write_bytes(path.read_bytes())


def _picture(editor: Editor) -> None:
    path = editor.content / "images" / f"{editor.one_of('boat', 'quay')}.png"
    path.parent.mkdir(exist_ok=True)
    match editor.one_of("new", "new", "gone", "none"):
        case "new":
            path.write_bytes(PICTURE + bytes([editor.number % 256]))
        case "gone":
            path.unlink(missing_ok=True)
        case "none":
            path.write_bytes(b"not a picture")


_OF_FRAMES = (
    "{words}{block}",
    "{block}{words}",
    "{words}{{{{ self.main() if page.listed }}}}{block}",
    "{{{{ asset('start.js') }}}}{block}",
    "{{{{ asset('st' ~ 'art.js') }}}}{block}",
)
_OF_MAIN_PARTS = (
    "{block}{words}",
    "{block}{{{{ footer() }}}}{words}",
    "{block}{{{{ super() }}}}{words}",
    "{block}{{{{-super()-}}}}{words}",
    "{block}{{{{-asset('start.js')-}}}}{words}",
    "{block}{{{{ self.title() }}}}",
    "{block}{{{{ asset('start.js') }}}}",
)


def edit_look(editor: Editor) -> str:
    """Another template, stylesheet, script or file of the root."""
    match editor.one_of("template", "template", "frame", "stylesheet", "script", "root"):
        case "template":
            path = editor.file("templates/**/*.html")
            text = path.read_text("utf-8")
            path.write_text(text.replace('class="', f'class="x{editor.number} ', 1), "utf-8")
        case "frame":
            name, edits = editor.one_of(("base", _OF_FRAMES), ("embed", _OF_FRAMES), ("pages/event", _OF_MAIN_PARTS))
            path = editor.folder / "templates" / f"{name}.html"
            block, words = "{% block main %}", f"<!-- {editor.number} -->"
            edited = editor.one_of(*edits).format(block=block, words=words)
            path.write_text(path.read_text("utf-8").replace(block, edited, 1), "utf-8")
        case "stylesheet":
            path = editor.folder / "static/css" / f"20-{editor.one_of('a', 'b')}.css"
            path.write_text(f"p {{ order: {editor.number}; }}\n", "utf-8")
        case "script":
            path = editor.file("static/js/*.js")
            path.write_text(f"{path.read_text('utf-8')}// {editor.number}\n", "utf-8")
        case _:
            path = editor.folder / "static/root" / editor.one_of("a.txt", "b/c.txt", "robots.txt")
            if path.exists():
                path.unlink()
            else:
                path.parent.mkdir(exist_ok=True)
                path.write_text(str(editor.number), "utf-8")
    return f"look: {path.relative_to(editor.folder)}"


def copy_site(folder: Path, content: Path, templates: Path, static: Path) -> None:
    """Lay out the folders that an Editor edits."""
    for name, source in (("content", content), ("templates", templates), ("static", static)):
        shutil.copytree(source, folder / name)
