"""Templates: what is written as quicker Python than Jinja's own gives what Jinja's own gives."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import jinja2
import pytest

from generator.publishing.render import environment_of

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
{% set said = item("&") %}{{ said }}{{ view.names | join(", ") }}{{ 7 }}{{ super() }}
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
