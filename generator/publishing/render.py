"""Views -> HTML; the only place that imports jinja2.

A page is in two pieces: its main part, which is the block `main` of its template and is given the view; and the frame
around it, which is what that template extends, with its other blocks, and is given the page alone.  Where only the
frame has changed, the main part is taken over as it was.

Templates write links with `href(address)`, which stands in the text as a mark and the address from the root.  When the
page is done the mark becomes the way up from its folder: so a page works on a server, in a sub-folder and from disk.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import jinja2
import jinja2.bccache
import jinja2.compiler
import jinja2.nodes
import jinja2.runtime
import markupsafe
from jinja2.utils import missing
from markupsafe import Markup, escape

from generator.incremental.cache import SIZE, digest
from generator.pages.card_texts import picture_for
from generator.publishing.policy import POLICY, SEARCH_POLICY
from generator.publishing.template_mistakes import MissingError, mistake_in
from generator.record import urls
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, MutableMapping, Sequence
    from pathlib import Path

    from jinja2.runtime import Context

    from generator.incremental.ledger import Span
    from generator.pages.page import Page
    from generator.publishing.assets import Assets
    from generator.record.model import Settings

_escape_text = getattr(markupsafe, "_escape_inner", escape)
"""Escapes a text: what markupsafe itself calls, without a wrapper."""
_markup: Callable[[str], Markup] = partial(str.__new__, Markup)
"""Markup of a text that is HTML already: what the class itself does, without asking whether it is a text."""
ROOT = "\ue002"
"""Stands for the way to the site's root; private use, which content cannot contain."""
MAIN = "\ue003"
"""Stands in a frame for the main part; private use too."""
ONCE = {
    "card": ("macros/card.html", "card"),
    "source_whole": ("macros/sources.html", "whole"),
    "source_more": ("macros/sources.html", "more"),
    "locator": ("macros/map.html", "locator"),
    "header": ("macros/frame.html", "header"),
    "footer": ("macros/frame.html", "footer"),
}
"""Functions that templates have without importing them, since what they give is rendered once for many pages.

Of each the template that it stands in, and the macro.
"""


class _Generator(jinja2.compiler.CodeGenerator):
    """Writes templates as Python that does what ours need and no more, which is a fifth of the time of a page.

    What is put out goes through `environment.escape`, so that it need not be Markup; functions are called as they are,
    since none of ours asks for the context; a macro is a function; a template that is imported is looked up once.
    """

    def blockvisit(self, nodes: Any, frame: Any) -> None:  # noqa: ANN401
        """A template or a block puts out its text whole: each piece would be handed on by all that extend it."""
        if frame.buffer is not None:
            super().blockvisit(nodes, frame)
            return
        frame.buffer = self.temporary_identifier()
        self.writeline(f"{frame.buffer} = []")
        super().blockvisit(nodes, frame)
        self.writeline(f"yield concat({frame.buffer})")
        frame.buffer = None

    def visit_Call(self, node: Any, frame: Any, forward_caller: bool = False) -> None:  # noqa: ANN401, N802, FBT001, FBT002
        """A call, without the context between."""
        if forward_caller or node.dyn_args or node.dyn_kwargs:
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write(")")

    def macro_def(self, macro_ref: Any, frame: Any) -> None:  # noqa: ANN401
        """A macro as a function, but for one that asks who calls it."""
        if macro_ref.accesses_caller or macro_ref.accesses_kwargs or macro_ref.accesses_varargs:
            super().macro_def(macro_ref, frame)
        else:
            names = tuple(argument.name for argument in macro_ref.node.args)
            name = getattr(macro_ref.node, "name", "caller")  # what `{% call %}` hands on has none
            self.write(f"environment.macro(macro, {name!r}, {names!r})")

    def _import_common(self, node: Any, frame: Any) -> None:  # noqa: ANN401
        if node.with_context:
            super()._import_common(node, frame)
        else:
            self.write("environment.module(")
            self.visit(node.template, frame)
            self.write(")")

    def _output_child_pre(self, node: Any, frame: Any, finalize: Any) -> None:  # noqa: ANN401
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.escape(")

    def visit_Getattr(self, node: Any, frame: Any) -> None:  # noqa: ANN401, N802
        """An attribute and never an item: what templates are given are records; but for the blocks of `self`."""
        if isinstance(node.node, jinja2.nodes.Name) and node.node.name == "self":
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")


_OF_FRAME = {"super", "TemplateReference"}
"""What the code of a block calls that says `super()`, or names another block by `self`."""


class _Context(jinja2.runtime.Context):
    """What a template is rendered with."""

    is_main_alone = False
    """Whether the main part alone is rendered, and what the template extends is not."""
    is_extended = False
    """Whether there was something that it extends, when that was asked for."""


def _root(template: jinja2.Template) -> Callable[[Context], Iterator[str]]:
    """How a template is rendered; of one that is extended the main part of the other, where that is wanted alone."""
    own, name = template.root_render_func, template.name

    def root(context: Context) -> Iterator[str]:
        if isinstance(context, _Context) and context.is_main_alone and context.name != name:
            context.is_extended = True
            return context.blocks["main"][0](context)
        return own(context)

    return root


class _Environment(jinja2.Environment):
    """Jinja's environment, with what ten thousand pages spend most of their time in made quick."""

    code_generator_class = _Generator
    context_class = _Context

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - Jinja's
        super().__init__(**options)
        self._known: dict[str, jinja2.Template] = {}
        self._modules: dict[str, jinja2.environment.TemplateModule] = {}

    def get_template(self, name: Any, parent: Any = None, globals: Any = None) -> jinja2.Template:  # noqa: A002, ANN401
        """A template, looked up once: Jinja would see each time whether it is still as it was."""
        known = self._known.get(name)
        if known is None:
            try:
                known = super().get_template(name, parent, globals)
            except jinja2.TemplateNotFound as error:
                raise MissingError(f"there is no template `{error.name}`") from None
            known.root_render_func = _root(known)
            self._known[name] = known
        return known

    def module(self, name: str) -> jinja2.environment.TemplateModule:
        """A template's macros, for those that import it."""
        known = self._modules.get(name)
        if known is None:
            known = self._modules[name] = self.get_template(name).module
        return known

    @staticmethod
    def macro(write: Callable[..., str], name: str, names: tuple[str, ...]) -> Callable[..., Markup]:
        """A macro as a template calls it: arguments that are left out are missing, and have their default."""
        count = len(names)

        def macro(*arguments: Any, **named: Any) -> Markup:  # noqa: ANN401 - what the macro takes
            if named or len(arguments) != count:
                left = names[len(arguments) :]
                if len(arguments) > count or not named.keys() <= set(left):
                    raise TypeError(f"macro {name!r} takes {names}, and was given {arguments} and {named}")
                arguments += tuple(named.get(each, missing) for each in left)
            return _markup(write(*arguments))

        return macro

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """All globals in one dict, where Jinja has a chain that each import of each page walks along."""
        return {**self.globals, **(d or {})}

    @staticmethod
    def escape(value: Any) -> str:  # noqa: ANN401 - whatever a template puts out
        """HTML of a value: as it is when it says so itself, else with `&`, `<`, `>` and quotes escaped."""
        kind = type(value)
        if kind is str:
            return _escape_text(value)
        if kind is int:
            return str(value)
        return value if kind is Markup else escape(value)


def environment_of(templates: Path, compiled: Compiled | None = None) -> _Environment:
    """What finds, compiles and keeps the templates of a folder."""
    return _Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        bytecode_cache=compiled,
    )


class Compiled(jinja2.BytecodeCache):
    """Compiled templates in a folder, each with a digest of itself and of what made it.

    Jinja's own looks whether the template is the same, and not whether what it kept is: a page would show what was
    garbled, or what another version of our code, or of Jinja, had made of the template.

    folder: may be deleted at any time; where it cannot be written, templates are compiled each time.
    made_by: a digest of what compiles them, our code and the libraries.
    """

    def __init__(self, folder: Path, made_by: bytes) -> None:
        self._folder = folder
        self._made_by = made_by

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Give a template's code, if it is as it was kept."""
        with suppress(OSError):
            data = (self._folder / bucket.key).read_bytes()
            its, code = data[:SIZE], data[SIZE:]
            if its == self._digest(bucket.key, code):
                bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep a template's code, whole or not at all."""
        code = bucket.bytecode_to_string()
        making = self._folder / f".{bucket.key}.{os.getpid()}"
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True)
            making.write_bytes(self._digest(bucket.key, code) + code)
            making.replace(self._folder / bucket.key)

    def _digest(self, key: str, code: bytes) -> bytes:
        return digest(self._made_by, key.encode(), code)


class Rendered(NamedTuple):
    """A page's HTML, and where in it the main part stands; None where it is in no frame."""

    data: bytes
    main: Span | None


class Renderer(NamedTuple):
    """Renders pages with the templates of a folder."""

    environment: _Environment
    settings: Settings
    templates: Path

    @classmethod
    def of(
        cls,
        templates: Path,
        settings: Settings,
        assets: Assets,
        sections: Sequence[tuple[str, str]],
        compiled: Compiled | None = None,
    ) -> Renderer:
        """A renderer; `sections` are (name, address) of the plain pages that the footer names.

        compiled: where compiled templates are kept, if anywhere.
        """
        environment = environment_of(templates, compiled)
        base = settings.base_url.rstrip("/") + "/"
        environment.globals.update(
            settings=settings,
            base_url=base,
            policy=POLICY,
            search_policy=SEARCH_POLICY,
            plain_pages=sections,
            href=_href,
            asset=partial(_asset, assets=assets),
            absolute=lambda address: base + address,
            breadcrumbs_ld=lambda page: _breadcrumbs(page, base),
        )
        environment.filters["json_ld"] = json_ld
        renderer = cls(environment, settings, templates)
        renderer.offer(frozenset())
        return renderer

    def offer(self, made: frozenset[str]) -> None:
        """Say whether there is an index to `search`, and whether there are `cards` for pages that are shared.

        What is rendered once for many pages is begun anew: it may hold what was said before.
        """
        settings, has_cards = self.settings, "cards" in made
        self.environment.globals.update(
            search="search" in made,
            picture_for=lambda entry=None: picture_for(entry, settings) if has_cards else "",
            **{name: _once(self.environment, *macro) for name, macro in ONCE.items()},
        )

    def render(self, page: Page, main: bytes | None = None) -> Rendered:
        """The page's HTML.

        main: its main part as it was rendered before, where only the frame has changed: the view is not asked for.
        Raises: TemplateMistakeError, when a template is not as it should be.
        """
        view = page.view if main is None else None
        inner = None
        try:
            template = self.environment.get_template(page.template)
            try:
                if main is None and (inner := _main_part(template, page, view)) is None:
                    text = template.render(page=page, view=view)
                else:
                    text = _frame(template, page)
            except Exception:  # noqa: BLE001 - which is raised again, with the lines of the template
                self.environment.handle_exception()
        except Exception as error:
            if mistake := mistake_in(error, self.templates):
                raise mistake from error
            raise
        up = self._way_up(page)
        first, *others = (piece.replace(ROOT, up).encode() for piece in text.split(MAIN))
        main = inner.replace(ROOT, up).encode() if inner is not None else main or b""
        place = (len(first), len(first) + len(main)) if len(others) == 1 else None
        return Rendered(main.join((first, *others)), place)

    def _way_up(self, page: Page) -> str:
        """What links of a page begin with, up to the site's root."""
        if page.address == "404.html":  # it is served for any path, so its links begin at the root of the host
            return urlsplit(self.settings.base_url).path.rstrip("/") + "/"
        return "../" * urls.depth_of(page.address)


def _frame(template: jinja2.Template, page: Page) -> str:
    """What is around a page's main part, with MAIN in its place."""
    context = template.new_context({"page": page})
    context.blocks["main"] = [_mark]
    return "".join(template.root_render_func(context))


def _mark(_: Context) -> Iterator[str]:
    yield MAIN


def _main_part(template: jinja2.Template, page: Page, view: Any) -> str | None:  # noqa: ANN401 - of each kind its own
    """A page's main part, in a context of its own; None where it has none that can be rendered apart."""
    context = template.new_context({"page": page, "view": view})
    if not isinstance(context, _Context) or not _has_own_main_part(template):
        return None
    context.is_main_alone = True
    text = "".join(template.root_render_func(context))
    return text if context.is_extended else None


@lru_cache(maxsize=256)
def _has_own_main_part(template: jinja2.Template) -> bool:
    """Whether a page has a main part, and none of its blocks has something of another in it."""
    codes = [block.__code__ for block in template.blocks.values()]
    return "main" in template.blocks and not any(_OF_FRAME.intersection(code.co_names) for code in codes)


def _asset(name: str, assets: Assets) -> Markup:
    """The address of a file of static/, as yet from the site's root."""
    if name not in assets.paths:
        raise MissingError(f"there is no file `{name}` in static/")
    return Markup(ROOT + assets.paths[name])  # noqa: S704 - a path of our own


@lru_cache(maxsize=65_536)
def _href(address: str) -> Markup:
    """A link to an address of the site, as yet from its root."""
    return Markup.escape(ROOT + urls.relative(address, 0))


def _once(environment: _Environment, template: str, name: str) -> Callable[..., Markup]:
    """A macro that is rendered once for the same arguments: many pages show the same card, and all the same footer."""
    known: dict[tuple[Any, ...], Markup] = {}

    def macro(*arguments: Any, **named: Any) -> Markup:  # noqa: ANN401 - what the macro takes
        key = (*arguments, *named.items())
        if arguments and hasattr(arguments[0], "key"):
            key = (arguments[0].key, *key[1:])
        text = known.get(key)
        if text is None:
            text = known[key] = getattr(environment.module(template), name)(*arguments, **named)
        return text

    return macro


def _breadcrumbs(page: Page, base: str) -> dict[str, Any]:
    """schema.org's description of the way to a page, for pages that have no other."""
    steps = [("Home", ""), *((crumb.name, crumb.address) for crumb in page.crumbs), (page.title, page.address)]
    items = [
        {"@type": "ListItem", "position": number, "name": name, "item": base + address}
        for number, (name, address) in enumerate(steps, 1)
    ]
    return {"@context": "https://schema.org", "@type": "BreadcrumbList", "itemListElement": items}


_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def json_ld(data: dict[str, Any]) -> Markup:
    """JSON for a script element: nothing in it can close the element or open a comment."""
    text = _json(data)
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return _markup(text)  # escaped for its place just above
