"""What the HTML standard says of elements and attributes, as tables for html_rules.py.

Source: WHATWG HTML Living Standard, "List of elements", "List of element content categories", "List of attributes",
and "Non-conforming features".  Left out is what a page of ours never has: embedded media, frames, MathML.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _words_of(table: dict[str, str]) -> dict[str, frozenset[str]]:
    return {name: _words(text) for name, text in table.items()}


GLOBAL_ATTRIBUTES = _words(
    "accesskey autocapitalize autofocus class contenteditable dir draggable enterkeyhint hidden id inert inputmode is "
    "itemid itemprop itemref itemscope itemtype lang nonce part popover role slot spellcheck style tabindex title "
    "translate writingsuggestions xmlns"
)

_CELL = "colspan headers rowspan"
_FETCH = "crossorigin fetchpriority referrerpolicy"
_FORM_SUBMIT = "formaction formenctype formmethod formnovalidate formtarget"

ATTRIBUTES = _words_of({
    "a": "download href hreflang ping referrerpolicy rel target type",
    "abbr": "", "address": "", "article": "", "aside": "", "b": "", "base": "target", "bdi": "", "bdo": "",
    "blockquote": "cite", "body": "", "br": "",
    "button": f"command commandfor disabled form name popovertarget popovertargetaction type value {_FORM_SUBMIT}",
    "caption": "", "cite": "", "code": "", "col": "span", "colgroup": "span", "data": "value",
    "datalist": "", "dd": "", "del": "cite datetime", "details": "name open", "dfn": "",
    "dialog": "closedby open", "div": "", "dl": "", "dt": "", "em": "", "fieldset": "disabled form name",
    "figcaption": "", "figure": "", "footer": "",
    "form": "accept-charset action autocomplete enctype method name novalidate rel target",
    "h1": "", "h2": "", "h3": "", "h4": "", "h5": "", "h6": "", "head": "", "header": "", "hgroup": "",
    "hr": "", "html": "", "i": "",
    "img": f"alt decoding height ismap loading sizes src srcset usemap width {_FETCH}",
    "input": "accept alt autocomplete checked dirname disabled form height list max maxlength min minlength "
             "multiple name pattern placeholder popovertarget popovertargetaction readonly required size src step "
             f"type value width {_FORM_SUBMIT}",
    "ins": "cite datetime", "kbd": "", "label": "for", "legend": "", "li": "value",
    "link": f"as blocking color disabled href hreflang imagesizes imagesrcset integrity media rel sizes type {_FETCH}",
    "main": "", "mark": "", "menu": "", "meta": "charset content http-equiv media name property",
    "meter": "high low max min optimum value", "nav": "", "noscript": "", "ol": "reversed start type",
    "optgroup": "disabled label", "option": "disabled label selected value", "output": "for form name", "p": "",
    "picture": "", "pre": "", "progress": "max value", "q": "cite", "rp": "", "rt": "", "ruby": "", "s": "",
    "samp": "", "script": f"async blocking defer integrity nomodule src type {_FETCH}", "search": "",
    "section": "", "select": "autocomplete disabled form multiple name required size", "small": "",
    "source": "height media sizes src srcset type width", "span": "", "strong": "", "style": "blocking media",
    "sub": "", "summary": "", "sup": "", "table": "", "tbody": "", "td": _CELL, "template": "",
    "textarea": "autocomplete cols dirname disabled form maxlength minlength name placeholder readonly required "
                "rows wrap",
    "tfoot": "", "th": f"abbr scope {_CELL}", "thead": "", "time": "datetime", "title": "", "tr": "", "u": "",
    "ul": "", "var": "", "wbr": "",
})  # fmt: skip
"""Every element that a page may have, and the attributes that are its own.  `property` on `meta` is RDFa's."""

OBSOLETE = _words(
    "acronym applet basefont bgsound big blink center dir font frame frameset isindex keygen listing marquee menuitem "
    "multicol nextid nobr noembed noframes param plaintext rb rtc spacer strike tt xmp"
)

PHRASING = _words(
    "a abbr b bdi bdo br button cite code data datalist del dfn em i img input ins kbd label map mark meter noscript "
    "output picture progress q ruby s samp script select small span strong sub sup svg template textarea time u var "
    "wbr"
)
"""What may stand in a line of text."""

PHRASING_ONLY = _words(
    "abbr b bdi bdo button cite code data dfn em h1 h2 h3 h4 h5 h6 i kbd label legend mark meter output p pre progress "
    "q rt s samp small span strong sub summary sup time u var"
)
"""Elements whose content is a line of text."""

TRANSPARENT = _words("a del ins map noscript")
"""Elements that may hold what the element around them may hold."""

ONLY_CHILDREN = _words_of({
    "ul": "li script template", "ol": "li script template", "menu": "li script template",
    "dl": "dt dd div script template", "table": "caption colgroup thead tbody tfoot tr script template",
    "thead": "tr script template", "tbody": "tr script template", "tfoot": "tr script template",
    "tr": "td th script template", "colgroup": "col template", "picture": "source img script template",
    "select": "option optgroup hr script template", "hgroup": "h1 h2 h3 h4 h5 h6 p script template",
    "head": "base link meta noscript script style template title", "html": "head body",
})  # fmt: skip
"""Elements that take these children and no others."""

ONLY_PARENTS = _words_of({
    "li": "ul ol menu", "dt": "dl div", "dd": "dl div", "figcaption": "figure", "legend": "fieldset optgroup",
    "summary": "details", "caption": "table", "colgroup": "table", "col": "colgroup", "thead": "table",
    "tbody": "table", "tfoot": "table", "tr": "table thead tbody tfoot", "td": "tr", "th": "tr",
    "option": "select optgroup datalist", "optgroup": "select", "rt": "ruby", "rp": "ruby", "source": "picture",
    "title": "head", "base": "head",
})  # fmt: skip
"""Elements that stand in these parents and in no others."""

TABLE_PARTS = ("caption", "colgroup", "thead", "tbody", "tfoot")
"""What a table is made of, in this order."""

FIRST_CHILD = frozenset({"caption", "legend", "summary"})
"""Elements that come first in their parent."""

NEVER_INSIDE = _words_of({
    "main": "article aside footer header nav", "address": "address", "dfn": "dfn", "form": "form", "label": "label",
    "table": "caption", **dict.fromkeys(("header", "footer"), "header footer address dt th"),
    **dict.fromkeys(("article", "aside", "nav", "section", "h1", "h2", "h3", "h4", "h5", "h6"), "address dt th"),
})  # fmt: skip
"""Elements that these others must not hold, at any depth."""

ROLES = _words(
    "alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox "
    "comment complementary contentinfo definition deletion dialog directory document emphasis feed figure form "
    "generic graphics-document graphics-object graphics-symbol grid gridcell group heading image img insertion link "
    "list listbox listitem log main mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter "
    "navigation none note option paragraph presentation progressbar radio radiogroup region row rowgroup rowheader "
    "scrollbar search searchbox separator slider spinbutton status strong subscript suggestion superscript switch tab "
    "table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid treeitem doc-abstract doc-appendix "
    "doc-backlink doc-biblioentry doc-bibliography doc-biblioref doc-chapter doc-endnotes doc-epigraph doc-footnote "
    "doc-glossary doc-glossref doc-index doc-introduction doc-noteref doc-notice doc-pagelist doc-subtitle doc-tip "
    "doc-toc"
)
"""Roles of WAI-ARIA 1.3, DPUB-ARIA and Graphics-ARIA."""

ARIA_IDS = frozenset(
    f"aria-{name}"
    for name in _words("activedescendant controls describedby details errormessage flowto labelledby owns")
)
"""ARIA's attributes whose value is a list of ids."""

ARIA = ARIA_IDS | frozenset(
    f"aria-{name}"
    for name in _words(
        "atomic autocomplete braillelabel brailleroledescription busy checked colcount colindex colindextext colspan "
        "current description disabled expanded haspopup hidden invalid keyshortcuts label level live modal multiline "
        "multiselectable orientation placeholder posinset pressed readonly relevant required roledescription rowcount "
        "rowindex rowindextext rowspan selected setsize sort valuemax valuemin valuenow valuetext"
    )
)

ID_REFERENCES = _words_of({
    "for": "label output", "headers": "td th", "list": "input", "form": "button fieldset input output select textarea",
    "popovertarget": "button input", "commandfor": "button", "itemref": "article div section",
})  # fmt: skip
"""HTML's attributes whose value is an id or a list of ids, and the elements where it is."""
