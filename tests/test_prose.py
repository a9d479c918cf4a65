"""Texts: Markdown becomes clean HTML, citations and links stay records, and nothing a contributor writes is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_site import site

from generator.pages.citations import Citer
from generator.reading import prose
from generator.reading.plain_prose import plain_html
from generator.reading.prose import _converter, read_prose
from generator.reading.schema import Reading
from generator.record.model import Citation, Link, Pointer, Prose
from generator.record.problems import TextFile

HTML = {
    "They met.": "<p>They met.</p>",
    "*Ta Muen* is **old**.": "<p><em>Ta Muen</em> is <strong>old</strong>.</p>",
    "- one\n- two": "<ul>\n<li>one</li>\n<li>two</li>\n</ul>",
    "> They said\n> so.": "<blockquote>\n<p>They said\nso.</p>\n</blockquote>",
    "## What was agreed": '<h2 id="h-what-was-agreed">What was agreed</h2>',
    "## Said [@a]": '<h2 id="h-said">Said {@a}</h2>',
    "## ปราสาท": '<h2 id="h--">ปราสาท</h2>',
    "A [link](https://example.org/?a=1&b=2).": (
        '<p>A <a href="https://example.org/?a=1&amp;b=2" rel="noopener noreferrer">link</a>.</p>'
    ),
    "<https://example.org/>": (
        '<p><a href="https://example.org/" rel="noopener noreferrer">https://example.org/</a></p>'
    ),
    "They met <b onclick='x()'>here</b>.": "<p>They met &lt;b onclick='x()'&gt;here&lt;/b&gt;.</p>",
    "<script>alert(1)</script>": "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
    "<div>\n\nThey met.\n\n</div>": "<p>&lt;div&gt;</p>\n<p>They met.</p>\n<p>&lt;/div&gt;</p>",
    "<!-- not yet -->": "<p>&lt;!-- not yet --&gt;</p>",
    "Fish &amp; chips &lt; 5 & more": "<p>Fish &amp; chips &lt; 5 &amp; more</p>",
    "They met [@a].": "<p>They met {@a}.</p>",
    'They met [@a; @b "for an hour"].': "<p>They met {@a; @b “for an hour”}.</p>",
    "They met [@a “over [the] border”].": "<p>They met {@a “over [the] border”}.</p>",
    "They met [@a\n; @b].": "<p>They met {@a; @b}.</p>",
    "Then [[the-fight]].": "<p>Then {the-fight}.</p>",
    "Then [[the-fight|the *fight*]].": "<p>Then {the-fight|the *fight*}.</p>",
    "Write `[@a]`, `[[b]]`, `[@` or `[@a, @b]`.": (
        "<p>Write <code>[@a]</code>, <code>[[b]]</code>, <code>[@</code> or <code>[@a, @b]</code>.</p>"
    ),
    "    [@a]\n    [[b|<i>]]": "<pre><code>[@a]\n[[b|&lt;i&gt;]]\n</code></pre>",
    "| a | b |\n|:--|--:|\n| 1 [@a] | 2 |": (
        '<table>\n<thead>\n<tr>\n<th class="align-left">a</th>\n<th class="align-right">b</th>\n</tr>\n</thead>\n'
        '<tbody>\n<tr>\n<td class="align-left">1 {@a}</td>\n<td class="align-right">2</td>\n</tr>\n</tbody>\n</table>'
    ),
    "They met.[^1]\n\n[^1]: At noon [@a].": (
        '<p>They met.<sup id="fnref:1"><a class="footnote-ref" href="#fn:1" rel="noopener noreferrer">1</a></sup></p>\n'
        '<div class="footnote">\n<hr>\n<ol>\n<li id="fn:1">\n<p>At noon {@a}.&nbsp;<a class="footnote-backref" '
        'href="#fnref:1" title="Jump back to footnote 1 in the text" rel="noopener noreferrer">↩</a></p>\n</li>\n'
        "</ol>\n</div>"
    ),
}

WRONG = {
    "A [link](javascript:alert(1)).": "1:10 a link that is no web address: javascript:alert(1)",
    "A [link](JAVASCRIPT:alert(1)).": "1:10 a link that is no web address: JAVASCRIPT:alert(1)",
    "A [link](data:text/html,x).": "1:10 a link that is no web address: data:text/html,x",
    "A [link](//example.org/).": "1:10 a link that is no web address: //example.org/",
    "A [link](../other/).": "1:10 a link to a path of this site: ../other/",
    "A [link](fight.html).": "1:10 a link to a path of this site: fight.html",
    "A [link](example.org/x).": "1:10 a link that is no web address: example.org/x",
    "![A quay](quay.jpg)": "1:1 a picture inside the text",
    "![@a](quay.jpg)": "1:1 a picture inside the text",
    "# Talks": "1:1 a heading with one `#`: that is the title's",
    "Talks\n===": "2:1 a heading like the title's",
    "### Talks": "1:1 a heading skips a level",
    "## A\n\n##### B": "3:1 a heading deeper than `####`",
    "They met [@a, @b].": "1:10 it is not a citation: [@a, @b]",
    "They met [@a; b].": "1:10 it is not a citation: [@a; b]",
    "They met [@].": "1:10 it is not a citation: [@]",
    "They met [@a.": "1:10 a citation is opened and not closed",
    "Then [[a] and more.": "1:6 a link is opened and not closed",
    "Then [[ ]].": "1:6 it is not a link: [[ ]]",
    "Then [[|words]].": "1:6 it is not a link: [[|words]]",
    "[x]: https://example.org/ '[@a]'": "1:28 it stands where the page will not show it",
    "A [link](https://example.org/[@a]).": "1:30 it stands where the page will not show it",
    'A [link](https://example.org/ "> [@a]").': "1:34 it stands where the page will not show it",
    "They met.[^1]": "1:10 there is no footnote `1`",
    "They met.\n\n[^1]: At noon.": "3:1 nothing leads to the footnote `1`",
    "x*.**a*a": "1:2 signs of emphasis that do not pair up, so that words are lost",
    "A _b_.\n\n* c\n* x*. **.*b b ***d": "1:3 signs of emphasis that do not pair up, so that words are lost",
    "*****5*n_***i*": "1:1 signs of emphasis that do not pair up, so that words are lost",
}

SCRIPTS = {
    "Thai": "กระทรวงกลาโหมแถลงว่า ปราสาทตาเมือนธม อยู่ในเขตไทย ๑๒ นาย น้ำ ผู้ ที่\u200bนี่",
    "Khmer": "ប្រាសាទតាមាន់ធំ ស្ថិតនៅក្នុងទឹកដីកម្ពុជា ១២ នាក់ ស្រី្ត ក្រុង\u200bព្រះវិហារ",
    "Burmese and emoji": "မြန်မာ 👨\u200d👩\u200d👧",
    "typography": "“Quoted” – it’s 24–28 July… naïve café cafe\u0301",
}

IDS = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?", fullmatch=True)
QUOTED = st.sampled_from(["", ' "for an hour"', " “[sic] so”"])
CITATIONS = st.lists(st.tuples(IDS, QUOTED), min_size=1, max_size=3).map(
    lambda pointers: "[" + "; ".join(f"@{source}{words}" for source, words in pointers) + "]"
)
BLOCKS = ["\n\n", "\n", "    ", "\n> ", "- ", "## ", "\n===", "\n| a |\n|--|\n| ", "|", "\n\n[^1]: ", "\n[x]: "]
SIGNS = [
    *"`*_[]()<>&#\\\"“”'@;=! ",
    "``",
    "**",
    "[[",
    "]]",
    "[@",
    "![",
    "](",
    "[^1]",
    "<!--",
    "-->",
    "<code>",
    "<a href='",
]
MARKDOWN = st.sampled_from([*BLOCKS, *SIGNS, "https://example.org/", "](https://example.org/"])
WORDS = st.text(alphabet=st.characters(exclude_categories=("Cc", "Cf", "Co", "Cs", "Cn")), max_size=8)
TEXTS = st.lists(st.one_of(CITATIONS, MARKDOWN, WORDS), max_size=14).map("".join)


def read(text: str) -> tuple[Prose, Prose, Reading]:
    """A text's prose, its first paragraph, and what was noted on the way."""
    file = TextFile("content/events/talks.md", "events/talks.md", text)
    to = Reading(file)
    body, lead = read_prose(file, 0, to)
    return body, lead, to


def shown(prose: Prose) -> str:
    """Prose in one string, with citations and links in braces."""
    return "".join(piece if isinstance(piece, str) else f"{{{written(piece)}}}" for piece in prose.pieces)


def written(piece: Citation | Link) -> str:
    """A citation or a link as a contributor writes it, without its brackets."""
    if isinstance(piece, Link):
        return f"{piece.slug}|{piece.words}" if piece.words else piece.slug
    return "; ".join(
        f"@{pointer.source} “{pointer.words}”" if pointer.words else f"@{pointer.source}" for pointer in piece.pointers
    )


def told(to: Reading) -> list[str]:
    """Each problem's place and message."""
    return [f"{problem.mark.line}:{problem.mark.column} {problem.message}" for problem in to.problems]


@pytest.mark.parametrize("text", HTML, ids=range(len(HTML)))
def test_a_text_becomes_clean_html(text: str) -> None:
    """Markdown is rendered, raw HTML shown as text, citations and links stay records, code stays as written."""
    body, _, to = read(text)

    assert HTML[text] == shown(body)
    assert [] == told(to)


@pytest.mark.parametrize("text", WRONG, ids=range(len(WRONG)))
def test_what_a_page_cannot_show_is_told(text: str) -> None:
    """Nothing disappears in silence; what is wrong is told with its place."""
    body, _, to = read(text)

    assert [WRONG[text]] == told(to)
    assert "script:" not in "".join(re.findall("<[^>]*>", shown(body)))


@pytest.mark.parametrize("script", SCRIPTS)
def test_every_script_is_kept_letter_for_letter(script: str) -> None:
    """No vowel sign, joiner or quotation mark is changed, dropped or moved."""
    text = SCRIPTS[script]

    body, lead, to = read(f"{text} [@a]")

    assert f"<p>{text} {{@a}}</p>" == shown(body)
    assert f"{text} {{@a}}" == shown(lead)
    assert [] == told(to)


def test_a_citation_knows_where_each_of_its_sources_stands() -> None:
    """A reference's mark is the source's own, in a bracket of several, on two lines too."""
    _, _, to = read('They met [@first "then";\n  @second] after [[the-fight|it]].')

    assert [("source", "first", 1, 11, 6), ("source", "second", 2, 3, 7), ("entry", "the-fight", 2, 20, 9)] == [
        (found.to, found.id, found.mark.line, found.mark.column, found.mark.length) for found in to.references
    ]


def test_what_stands_in_code_refers_to_nothing() -> None:
    """A contributor may show how a citation is written."""
    _, _, to = read("Write `[@source]` and `[[slug]]`.")

    assert [] == to.references


def test_a_text_may_link_to_the_form() -> None:
    """It is a page of the site, and no id that the content has to define."""
    body, _, to = read("Fill in [[contribute|the form]], or see [[talks]].")

    assert [Link("contribute", "the form"), Link("talks")] == list(body.links)
    assert ["talks"] == [reference.id for reference in to.references]
    shown = {str(piece.html): piece.address for piece in Citer(site()).prose(body)}
    assert ("contribute/", "") == (shown["the form"], shown["talks"])


def test_the_first_paragraph_is_the_lead() -> None:
    """Without its tags; of a text that begins otherwise there is none."""
    assert ["They {@a} met.", "", "They met."] == [
        shown(read("They [@a] met.\n\nThen they ate.")[1]),
        shown(read("- They met.\n\nThen they ate.")[1]),
        shown(read("#\n\nThey met.")[1]),
    ]


def test_words_are_without_tags_and_citations() -> None:
    """For search and feeds: a link gives its words, a space before a citation goes with it."""
    body, _, _ = read('They *met* [@a "so"], then [[the-fight|fought]] & [[left]] [@b].')

    assert "They met, then fought & left." == body.words


def test_words_that_are_quoted_are_counted() -> None:
    """Twenty may be quoted; line ends count as spaces."""
    twenty = " ".join(["word"] * 20)

    assert [[], ["1:2 21 words are quoted, and at most 20 may be"]] == [
        told(read(f'[@a "{words}"]')[2]) for words in (twenty, f"{twenty} more")
    ]


@settings(deadline=None)
@given(st.lists(st.tuples(CITATIONS, st.sampled_from([" They met ", ". ", "\n\n", "*so* ", " – "])), min_size=1))
def test_every_citation_comes_back_in_order(parts: list[tuple[str, str]]) -> None:
    """Between words and paragraphs, no citation is lost, doubled or moved."""
    body, _, to = read("".join(f"x{citation}{words}" for citation, words in parts))

    expected = [re.findall(r"@([a-z0-9-]+)", citation) for citation, _ in parts]
    assert expected == [[pointer.source for pointer in citation.pointers] for citation in body.citations]
    assert [source for sources in expected for source in sources] == [reference.id for reference in to.references]
    assert [] == told(to)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
@example("""[@a][@<a href='"[@a "for an hour"][@a]""")
def test_whatever_is_written_no_citation_is_lost(text: str) -> None:
    """Every citation is in the page, is shown as code, or is told of as a problem; and none stands within a tag."""
    body, _, to = read(text)

    sources = {pointer.source for citation in body.citations for pointer in citation.pointers}
    html = shown(body)
    for citation in re.findall(r'\[@[a-z](?:“[^”\n]*”|"[^"\n]*"|[^\[\]])*\]', text):
        cited = set(re.findall(r"@([a-z0-9-]+)", citation))
        assert cited <= sources or any(source in html for source in cited) or to.problems
    assert not re.search("[\ue000-\uf8ff]", html)
    own = "".join(piece if isinstance(piece, str) else "{@}" for piece in body.pieces)  # whatever ids it is told with
    assert not re.search(r"<[^>]*(?:\{@|javascript:)", own)


def test_a_citation_of_one_source_is_one_pointer() -> None:
    """A record says source and words, nothing else."""
    body, _, _ = read('[@a "for an  hour"]')

    assert (Citation((Pointer("a", "for an hour"),)),) == body.citations


PARTS = [
    *(
        "a",
        "b1",
        " ",
        "  \n",
        "\n",
        "\n\n",
        "* ",
        "- ",
        "1. ",
        "> ",
        "# ",
        "## A",
        "    ",
        "`",
        "``",
        "```",
        "\\",
        "\\*",
        "\\[",
    ),
    *(
        "*",
        "**",
        "_",
        "__",
        "[",
        "]",
        "(",
        ")",
        "](x)",
        "](https://a.b/c_d)",
        "[a]: x",
        "[^1]",
        "[^1]: a",
        "]: ",
        "<",
        ">",
    ),
    *(
        "<b>",
        "</b>",
        "<!-- ",
        " -->",
        "<https://a.b>",
        "<a@b.c>",
        "&",
        "&amp;",
        "&#35;",
        "|",
        "| a | b |\n| - | - |\n",
        "---",
        "===",
    ),
    *("![a](b)", "!", ":", "~", "“", "ก", "\ue0000\ue001", "%", "=", "-", "+ ", "\t"),
]


PLAIN = {
    "They met [@a].\n\nHe said “no”,\nand left.\n": "<p>They met \ue0000\ue001.</p>\n<p>He said “no”,\nand left.</p>",
    "*So* it _is_, **very much**; __so__.": "<p><em>So</em> it <em>is</em>, <strong>very much</strong>; "
    "<strong>so</strong>.</p>",
    "[A list](https://a.b/c_d)\n\n- one [@a]\n- *two*\n\nThe end.": (
        '<p><a href="https://a.b/c_d">A list</a></p>\n<ul>\n<li>one \ue0000\ue001</li>\n<li><em>two</em></li>\n</ul>\n'
        "<p>The end.</p>"
    ),
    "The Vale & Sons.\n\n> They said [@a]\n> so & left.\n\n- a\n\n> *No*.": (
        "<p>The Vale &amp; Sons.</p>\n<blockquote>\n<p>They said \ue0000\ue001\nso &amp; left.</p>\n</blockquote>\n"
        "<ul>\n<li>a</li>\n</ul>\n<blockquote>\n<p><em>No</em>.</p>\n</blockquote>"
    ),
}
MOSTLY_PLAIN = [
    *("a", "b1", "1", "1. ", "ก", "“", '"', "'", "(", ")", "!", ":", ".", ",", "#", "=", "~", "\u00a0", "😀"),
    *(" ", " ", "  ", "\n", "\n\n", "\n\n\n", "- ", "\n- ", "\n\n- ", "+ ", "---", "\n\n    "),
    *("> ", "\n> ", "\n\n> ", "\n>", " & ", "&", "&amp;", "& amp;"),
    *("*", "**", "_", "*so*", "**so it is**", "_so_", "__so__", "\ue0000\ue001"),
    *("[", "]", "](x)", "[a](https://a.b/c_d_e)", "[a b](http://a.b)", "https://a.b"),
]


@pytest.mark.parametrize("text", PLAIN)
def test_a_plain_text_needs_no_markdown(text: str) -> None:
    """Paragraphs, lists of single lines, quotations, emphasis and links: what nearly every entry is made of."""
    assert PLAIN[text] == plain_html(text.replace("[@a]", "\ue0000\ue001"))


@settings(deadline=None, max_examples=1000)
@given(st.lists(st.sampled_from([*MOSTLY_PLAIN] * 3 + PARTS), max_size=12).map("".join))
@example("a  \nb")
@example("a ![b](https://a.b)")
@example("- a\n\n- b")
@example("> a\n\n> b")
@example("> a\n> - b")
def test_what_is_read_without_markdown_is_read_as_markdown_would(text: str) -> None:
    """A text is either plain, and then its HTML is Markdown's, or not."""
    assert plain_html(text) in {None, _converter().reset().convert(text)}


WRITTEN = [each for each in MOSTLY_PLAIN if "\ue000" not in each]


@settings(deadline=None, max_examples=250)
@given(st.lists(CITATIONS | st.sampled_from([*WRITTEN, "[@a\n# b]", "[@a\n===]", "[[a|b]]", "[[", "[@"])).map("".join))
@example("![@a](b)")
@example("They met [@a\n# b].")
def test_nothing_is_noted_otherwise_of_a_plain_text(text: str) -> None:
    """Prose, references and problems, with their places, are those of a text that Markdown reads."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(prose, "plain_html", lambda _: None)
        *by_markdown, noted = read(text)
    *plain, noted_of_plain = read(text)

    assert by_markdown == plain
    assert vars(noted) == vars(noted_of_plain)
