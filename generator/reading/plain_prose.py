"""The HTML of a text of plain paragraphs, lists and quotations, which nearly every entry is, without Markdown.

Whatever could be read in two ways is not plain: what comes of a plain text is, letter for letter, what Markdown gives.
"""

from __future__ import annotations

import re

_LETTERS = r"[^\\`*_\[\]<>&|\x00-\x1f]"
"""Nothing that Markdown, or HTML, gives a meaning to wherever it stands."""
_WORDS = rf"(?=\w){_LETTERS}++(?<=\w)"
_EMPHASIS = rf"(?<![\w*_])(?:\*\*{_WORDS}\*\*|\*{_WORDS}\*|__{_WORDS}__|_{_WORDS}_)(?![\w*_])"
_LINK = rf"(?<!!)\[{_WORDS}\]\(https?://[\w./?=%#:,+~-]++\)"
_LINE = re.compile(rf"(?=[\w“‘\"'(*\[\ue000])(?!\d+\.)(?:{_LETTERS}++|&(?= )|{_EMPHASIS}|{_LINK})+(?<!\s)")
"""It begins with words, a quotation or a citation's token, and not as an item of a list."""
_MARKED = re.compile(r"[*_\[]++[^*_\[\]]++[*_\]]++(?:(?<=\])\([^)]*\))?")
"""Emphasis or a link, in a text that is known to be plain."""
_BETWEEN_BLOCKS = re.compile(r"\n\n+")
_ITEM, _QUOTED = "- ", "> "


def plain_html(text: str) -> str | None:
    """What Markdown makes of a text; None for one that is not plain."""
    blocks: list[str] = []
    for block in _BETWEEN_BLOCKS.split(text.strip("\n")):
        lines = block.split("\n")
        if all(map(_LINE.fullmatch, lines)):
            blocks.append(f"<p>{block}</p>")
        elif words := _after(_ITEM, lines):
            if blocks and blocks[-1].startswith("<ul>"):  # to Markdown, both are one list
                return None
            items = "".join(f"<li>{each}</li>\n" for each in words)
            blocks.append(f"<ul>\n{items}</ul>")
        elif words := _after(_QUOTED, lines):
            if blocks and blocks[-1].startswith("<blockquote>"):  # so are two quotations one
                return None
            quoted = "\n".join(words)
            blocks.append(f"<blockquote>\n<p>{quoted}</p>\n</blockquote>")
        else:
            return None
    return _MARKED.sub(_element, "\n".join(blocks)).replace("& ", "&amp; ")


def _after(sign: str, lines: list[str]) -> list[str]:
    """What lines say after the sign that they begin with, if all begin with it and are plain."""
    if all(line.startswith(sign) and _LINE.fullmatch(line, len(sign)) for line in lines):
        return [line.removeprefix(sign) for line in lines]
    return []


def _element(match: re.Match[str]) -> str:
    """The element that emphasis or a link stands for."""
    text = match[0]
    if text.startswith("["):
        words, address = text[1:-1].split("](")
        return f'<a href="{address}">{words}</a>'
    tag = "strong" if text[0] == text[1] else "em"
    return f"<{tag}>{text.strip('*_')}</{tag}>"
