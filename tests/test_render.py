"""Templates: quicker Python than Jinja's own gives what Jinja's own gives; a page is a main part in a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import jinja2
import pytest

from generator.pages.page import Page
from generator.publishing.render import ROOT, Renderer, _once, environment_of
from generator.publishing.template_mistakes import TemplateMistakeError
from generator.record.model import Settings

if TYPE_CHECKING:
    from pathlib import Path

MACROS = """\
{% macro item(words, level=2, marked=false) -%}
<h{{ level }}>{{ words }}{% if marked %}!{% endif %}</h{{ level }}>
{%- endmacro %}
{% macro all(list) %}{% for each in list %}{{ item(each, marked=loop.last) }}{% endfor %}{% endmacro %}
{% macro around(name) %}<p>{{ name }}: {{ caller() }}</p>{% endmacro %}
"""
BASE = """\
<title>{% block title %}{{ view.name }} · {{ site }}{% endblock %}</title>
{% block main %}{% endblock %}
"""
PAGE = """\
{% extends "base.html" %}
{% from "macros.html" import item, all, around as round %}
{% import "macros.html" as macros %}
{% block main %}
{{ item(view.name) }}, {{ item(view.name, 3) }}, {{ item(words=view.name, marked=true) }}
{{ macros.item("x", level=4) }}
{{ all(view.names) }}{{ shout(view.name, times=2) }}
{% call round(view.name) %}<b>{{ view.name }}</b>{% endcall %}
{% set said = item("&") %}{{ said }}{{ view.names | join(", ") }}{{ 7 }}{{ super() }}{{ self.title() }}
{% endblock %}
"""


class View(NamedTuple):
    """What the page is given."""

    name: str = "<Rice & 'fish'>"
    names: tuple[str, ...] = ("a", "b<", '"c"')


def rendered(environment: jinja2.Environment) -> str:
    """The page."""
    environment.globals |= {"site": "Site & <co>", "shout": lambda words, times=1: words.upper() * times}
    return environment.get_template("page.html").render(view=View())


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """A folder of templates that use all that ours use."""
    for name, text in {"macros": MACROS, "base": BASE, "page": PAGE}.items():
        (tmp_path / f"{name}.html").write_text(text, "utf-8")
    return tmp_path


def test_pages_are_what_jinja_itself_makes_of_their_templates(templates: Path) -> None:
    """Blocks, imports, macros with and without defaults, calls, what is escaped and what is not."""
    own = rendered(
        jinja2.Environment(
            loader=jinja2.FileSystemLoader(templates), autoescape=True, trim_blocks=True, lstrip_blocks=True
        )
    )

    assert own.count("&lt;Rice &amp; &#39;fish&#39;&gt;") > 5
    assert own.rstrip() == rendered(environment_of(templates)).rstrip()


@pytest.mark.parametrize("call", ["item()", "item(1, 2, 3, 4)", "item(1, colour=2)", "item(1, words=2)", "nothing(1)"])
def test_a_wrong_call_is_an_error_in_the_template_as_it_is_with_jinja(templates: Path, call: str) -> None:
    """And never an empty place in a page."""
    (templates / "wrong.html").write_text('{% from "macros.html" import item %}\n{{ ' + call + " }}\n", "utf-8")

    with pytest.raises((TypeError, jinja2.UndefinedError)) as error:
        environment_of(templates).get_template("wrong.html").render()

    assert any(str(each.path).endswith("wrong.html") and 2 == each.lineno + 1 for each in error.traceback)


def test_a_macro_that_is_rendered_once_knows_which_argument_is_which(templates: Path) -> None:
    """The same value under another name is another call."""
    (templates / "pair.html").write_text("{% macro pair(a=0, b=0) %}{{ a }}|{{ b }}{% endmacro %}", "utf-8")
    pair = _once(environment_of(templates), "pair.html", "pair")

    assert ["1|0", "0|1", "1|0", "1|1"] == [pair(a=1), pair(b=1), pair(1), pair(a=1, b=1)]


# --- main part and frame -------------------------------------------------------------------------------------------

FRAME = "<nav>{{ href }}</nav><h1>{{ page.title }}</h1>{% block main %}{% endblock %}<hr>"
"""What is around a page, with a link to the root."""


def renderer(templates: Path, frame: str, page: str) -> Renderer:
    """What renders with these two templates."""
    (templates / "frame.html").write_text(frame, "utf-8")
    (templates / "in_frame.html").write_text(page, "utf-8")
    environment = environment_of(templates)
    environment.globals["href"] = ROOT
    return Renderer(environment, Settings("Title", "https://example.org/"), templates)


def page_of(view: View) -> Page:
    """A page two folders below the root."""
    return Page("a/b/", "in_frame.html", "Ürök", lambda: view)


IN_FRAME = '{% extends "frame.html" %}{% block main %}<p>{{ href }} {{ view.name }}</p>{% endblock %}'


def test_a_main_part_is_taken_over_into_another_frame(templates: Path) -> None:
    """It stands where it is said to stand, and what it shows is not asked for."""
    data, main = renderer(templates, FRAME, IN_FRAME).render(page_of(View("Ä")))
    assert main is not None
    assert "<p>../../ Ä</p>".encode() == data[slice(*main)]

    other = renderer(templates, FRAME.replace("<hr>", "<p>Ö</p>").replace("<nav>", "<nav>Ő"), IN_FRAME)
    page = page_of(View("Ä"))

    def refuse() -> View:
        raise AssertionError("the view was asked for")

    assert other.render(page) == other.render(page._replace(make_view=refuse), data[slice(*main)])


def test_a_main_part_may_have_something_of_its_frame(templates: Path) -> None:
    """What the frame has in its place, with the macros of the frame, and other blocks: it is rendered as a whole."""
    macro = "{% macro big(words) %}{{ words | upper }}{% endmacro %}"
    frame = macro + "{% block title %}{{ big('t') }}{% endblock %}<{% block main %}{{ big('m') }}{% endblock %}>"
    page = '{% extends "frame.html" %}{% block main %}{{ super() }} {{ self.title() }} {{ view.name }}{% endblock %}'

    assert (b"T<M T N>", None) == renderer(templates, frame, page).render(page_of(View("N")))


@pytest.mark.parametrize(
    ("frame", "page", "expected"),
    [
        ("", "{{ view.name }}", b"N"),
        ("", "{{ view.name }}<{% block main %}{{ view.name }}{% endblock %}>", b"N<N>"),
        (FRAME, '{% if not view %}{% extends "frame.html" %}{% endif %}<{% block main %}N{% endblock %}>', b"<N>"),
        ("<{% block main %}{% endblock %}>", '{% extends "frame.html" %}', b"<>"),
        ("<hr>", IN_FRAME, b"<hr>"),
        ("{{ self.main() }}{% block main %}{% endblock %}", IN_FRAME, b"<p>../../ N</p>" * 2),
    ],
    ids=[
        "no frame",
        "its own frame",
        "a frame for some",
        "no main part",
        "a frame without a place for it",
        "a frame with two places",
    ],
)
def test_what_is_no_main_part_in_a_frame_is_rendered_as_a_whole(
    frame: str, page: str, expected: bytes, templates: Path
) -> None:
    """And is said to have none."""
    assert (expected, None) == renderer(templates, frame, page).render(page_of(View("N")))


def test_neither_sees_what_the_other_sets(templates: Path) -> None:
    """Names that the frame has at its top are none of the main part's; what both change, each changes for itself."""
    frame = '{% set motto = "M" %}' + FRAME + "{% block end %}{% endblock %}"
    shared = "{% set said = namespace(words='none') %}"
    own = "{% block main %}{% set said.words = 'main' %}{{ said.words }}{% endblock %}"
    page = '{% extends "frame.html" %}' + shared + own + "{% block end %}{{ said.words }}{% endblock %}"

    data = renderer(templates, frame, page).render(page_of(View("N"))).data

    assert b"main<hr>none" in data
    with pytest.raises(TemplateMistakeError, match="'motto' is undefined"):
        renderer(templates, frame, IN_FRAME.replace("view.name", "motto")).render(page_of(View("N")))


def test_a_frame_is_not_given_what_its_main_part_shows(templates: Path) -> None:
    """Before or after it: else it would have to be made again whenever that is."""
    for frame in ("{{ view.name }}" + FRAME, FRAME + "{{ view.name }}"):
        with pytest.raises(TemplateMistakeError, match="'view' is undefined"):
            renderer(templates, frame, IN_FRAME).render(page_of(View("N")))
