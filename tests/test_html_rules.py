"""html_rules.py finds what is planted, and nothing in a good page."""

from __future__ import annotations

import pytest
from html_rules import RULES, html_faults, is_time, read_html

PAGE = (
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A page</title></head>'
    '<body><header><a href="#main">Skip</a></header><main id="main"><h1>A page</h1>\n{}\n</main></body></html>'
)

GOOD = """
<h2 id="one">One</h2><p lang="th">Text <a href="x.html#y"><em>a link</em></a><sup id="c1"><a href="#s1">1</a></sup>.</p>
<h3>Below it</h3><ol><li id="s1">A source<ul><li>nested</li></ul></li></ol><h2>Two</h2>
<dl><div><dt>Date</dt><dd><time datetime="2025-07-24">24 July</time></dd></div></dl><dl><dt>a</dt><dd>b</dd></dl>
<table><caption>Numbers</caption><thead><tr><th scope="col">a</th><th scope="col">b</th></tr></thead>
<tbody><tr><td rowspan="2">1</td><td>2</td></tr><tr><td>3</td></tr><tr><td colspan="2">4</td></tr></tbody></table>
<figure><img src="a.png" alt="" width="3" height="4"><figcaption>Words</figcaption></figure>
<svg role="img" viewBox="0 0 1 1"><title>A drawing</title><a href="#one"><text>July</text></a></svg>
<svg aria-hidden="true"><path d="M0 0"/></svg><a href="y"><img src="b.png" alt="Map"></a><a href="z"><h2>Block</h2></a>
<form action="x"><label for="q">Search</label><input id="q" name="q"><label>All <input type="checkbox"></label>
<input type="hidden" name="h"><button>Go</button><select aria-labelledby="one"><option>1</option></select></form>
<details><summary>More</summary><p>Text</p></details><aside aria-labelledby="one"><p><br>&amp; <wbr></p></aside>
<!-- a comment --><script type="application/ld+json">{"a": "<b>"}</script><script src="a.js" defer></script>
<template><form><input></form></template>
"""

FAULTS = [
    # the parser's
    ("<div><p>x</p>", "line 3, column 7: End tag (main) seen too early. Expected other end tag."),
    ("<p><span>x</p>", "line 2, column 14: Unexpected end tag (p). Ignored."),
    ("<p>x</p></section>", "line 2, column 18: End tag (section) seen too early. Expected other end tag."),
    ("<p>a<div>b</div></p>", "line 2, column 20: Unexpected end tag (p). Ignored."),
    ('<p class="a" class="b">x</p>', "line 2, column 19: Dropped duplicate attribute on tag."),
    ("<p>a & b &nosuch; c</p>", "line 2, column 12: Named entity expected. Got none."),
    # its vocabulary
    ("<center>x</center>", '<center> "x" is obsolete'),
    ("<evnt>x</evnt>", '<evnt> "x" is not an element of HTML'),
    ('<p align="left">x</p>', '<p> "x" has an attribute that is not its own: `align`'),
    ('<p datetime="2025">x</p>', '<p> "x" has an attribute that is not its own: `datetime`'),
    ('<p aria-labeledby="main">x</p>', '<p> "x" has an attribute that is not its own: `aria-labeledby`'),
    ('<p role="buton">x</p>', '<p> "x": there is no role `buton`'),
    ('<p lang="english">x</p>', '<p> "x": lang="english" is not one of its values'),
    ('<p tabindex="3">x</p>', '<p> "x": tabindex="3" is not one of its values'),
    # what stands where
    ("<ul><div>x</div></ul>", '<div> "x" in <ul>, which takes only li, script, template'),
    ("<ul>bare</ul>", '<ul> "bare" holds bare text'),
    ("<li>x</li>", '<li> "x" in <main>; its place is in menu, ol, ul'),
    ("<span><div>x</div></span>", '<div> "x" in <span>, which takes only text and what stands in text'),
    (
        "<h2><a href='x'><section>y</section></a></h2>",
        '<section> "y" in <h2>, which takes only text and what stands in text',
    ),
    ("<table><tr><td>x</td></tr><caption>c</caption></table>", '<caption> "c" is not the first in <table>'),
    (
        "<details><p>x</p></details><details><p>x</p><summary>s</summary></details>",
        '<summary> "s" is not the first in <details>',
    ),
    ("<article><main>x</main></article>", '<main> "x" inside <article>'),
    ("<dl><dd>x</dd></dl>", '<dl> "x" does not go from <dt> to <dd>'),
    ("<dl><div><dt>x</dt></div></dl>", '<div> "x" does not go from <dt> to <dd>'),
    ("<div><dt>x</dt><dd>y</dd></div>", '<dt> "x" in a <div> that is not in a <dl>'),
    ("<dl><dt><h2>x</h2></dt><dd>y</dd></dl>", '<h2> "x" inside <dt>'),
    ("<details>x</details>", '<details> "x" does not begin with a <summary>'),
    # ids
    ('<p id="a">x</p><p id="a">y</p>', 'id="a" is given 2 times'),
    ('<p id="a b">x</p>', 'id="a b" is not a word'),
    ('<label for="nowhere">x</label>', '<label> "x": for="nowhere" names no element of the page'),
    ('<p aria-describedby="main nowhere">x</p>', '<p> "x": aria-describedby="nowhere" names no element of the page'),
    ('<p aria-describedby="">x</p>', '<p> "x": aria-describedby is empty'),
    # headings
    ("<h1>Another</h1>", "2 <h1>"),
    ("<h3>x</h3>", '<h3> "x" comes after <h1> "A page": a level is skipped'),
    ("<h2><span aria-hidden='true'>¶</span></h2>", '<h2> "¶" is empty'),
    # pictures
    ('<img src="a.png">', "<img> has no alt"),
    ("<svg><path d='M0 0'/></svg>", "<svg> is neither named nor aria-hidden"),
    # names
    ('<a href="x"></a>', '<a href="x"> has no name'),
    ('<a href="x"><img src="a.png" alt=""></a>', '<a href="x"> has no name'),
    ('<a href="x"><span hidden>x</span></a>', '<a href="x"> "x" has no name'),
    ("<button><svg aria-hidden='true'></svg></button>", "<button> has no name"),
    ("<details><summary></summary></details>", "<summary> has no name"),
    ('<input id="q" name="q">', '<input id="q"> has no name'),
    ("<label></label><select><option>1</option></select>", '<select> "1" has no name'),
    # nesting
    ('<a href="x">x <button>y</button></a>', '<button> "y" inside <a>: which of them is meant?'),
    ('<button>x <a href="y">y</a></button>', '<a href="y"> "y" inside <button>: which of them is meant?'),
    ('<a href="x">x <span tabindex="0">y</span></a>', '<span> "y" inside <a>: which of them is meant?'),
    # times
    ('<time datetime="2025-13-45">x</time>', '<time> "x": `2025-13-45` is not a date, time or duration of HTML'),
    ("<time>24 July</time>", '<time> "24 July": `24 July` is not a date, time or duration of HTML'),
    # tables
    (
        "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>",
        '<table> "123": row 2 is 1 columns wide, the first 2',
    ),
    ('<table><tr><td rowspan="2">1</td></tr></table>', '<table> "1": a rowspan reaches below the last row of <tbody>'),
    (
        "<table><tbody><tr><td>1</td></tr></tbody><thead><tr><th>2</th></tr></thead></table>",
        '<table> "12": its parts are not in the order caption, colgroup, thead, tbody, tfoot',
    ),
    ("<table><caption>x</caption></table>", '<table> "x" has no row'),
    # code in the page
    ("<script>1</script>", '<script> "1" in the page'),
    ('<p style="color:red">x</p>', '<p> "x" has style="color:red"'),
    ('<p onclick="f()">x</p>', '<p> "x" has onclick="f()"'),
    ('<a href=" JavaScript:f()">x</a>', '<a href=" JavaScript:f()"> "x": href is code'),
    # addresses
    ('<a href="">x</a>', '<a> "x": href is empty'),
    ('<a href="a b">x</a>', '<a href="a b"> "x": href="a b" is not an address'),
    ('<img alt="x">', "<img> has no src"),
    ("<a rel='next'>x</a>", '<a> "x" has no href'),
    ('<img alt="x" src=" ">', "<img>: src is empty"),
]


def test_a_good_page_has_no_fault() -> None:
    """A page with one of everything passes."""
    assert [] == html_faults(PAGE.format(GOOD))


@pytest.mark.parametrize(("body", "fault"), FAULTS, ids=[body for body, _ in FAULTS])
def test_a_planted_fault_is_found(body: str, fault: str) -> None:
    """Each is named, word for word."""
    assert fault in html_faults(PAGE.format(body))


@pytest.mark.parametrize(
    ("page", "fault"),
    [
        (PAGE.replace(' lang="en"', ""), "<html> has no lang"),
        (PAGE.replace('<meta charset="utf-8">', ""), "no <meta charset=utf-8> within the first 1024 characters"),
        (PAGE.replace("<title>A page</title>", ""), "0 titles in <head>"),
        (PAGE.replace("<title>A page</title>", "<title> </title>"), "the <title> is empty"),
        (PAGE.replace("main", "div"), "0 visible <main>"),
        (PAGE.replace("<!doctype html>", ""), "line 1, column 16: Unexpected start tag (html). Expected DOCTYPE."),
        (PAGE.replace("<h1>A page</h1>", ""), "0 <h1>"),
        (PAGE.replace("</head>", "<style>a</style></head>"), '<style> "a" in the page'),
    ],
)
def test_a_page_without_its_frame_is_found(page: str, fault: str) -> None:
    """What each page must have is missed when it is not there."""
    assert fault in html_faults(page.replace("{}", ""))


def test_every_rule_is_seen_to_find_something() -> None:
    """No rule is there that none of the planted faults wakes."""
    pages = [read_html(PAGE.format(body)) for body, _ in FAULTS] + [read_html("x")]

    assert [] == [rule.__name__ for rule in RULES if not any(list(rule(page)) for page in pages)]


@pytest.mark.parametrize(
    "text",
    [
        "2025-07-24", "2025-07", "2025", "12025", "07-24", "02-29", "2024-02-29", "2025-W31", "16:30", "16:30:05.123",
        "Z", "+07:00", "+0700", "2025-07-24T16:30", "2025-07-24 16:30:00", "2025-07-24T16:30:00+07:00",
        "2025-07-24T09:30Z", "P1D", "PT4H18M3S", "P1DT2H",
    ],
)  # fmt: skip
def test_a_time_of_html_is_accepted(text: str) -> None:
    """All forms of the standard."""
    assert is_time(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "2025-13", "2025-02-29", "2025-2-9", "0000-01-01", "0000", "202", "02-30", "07-24T16:30", "24:00", "16:60",
        "2025-W54", "2025-07-24T16", "2025-07-24T16:30+7", "P", "PT", "P1Y", "1h", "2025-12-XX", "2025-07~",
        "2025-07-24/2025-07-28",
    ],
)  # fmt: skip
def test_another_time_is_refused(text: str) -> None:
    """EDTF has more than HTML can say."""
    assert not is_time(text)
