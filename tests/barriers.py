"""What keeps people from reading a page, as axe finds it in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

# Marks one element with words of its own for each look: what it is, and how it and all that is around it are drawn.
MARK_LOOKS = """() => {
  const looks = new Map();
  const look = element => {
    if (!element) return "";
    if (!looks.has(element)) {
      const style = getComputedStyle(element);
      looks.set(element, [look(element.parentElement), element.localName, element.getAttribute("class"),
        element.ariaHidden, element.disabled, style.visibility, style.fontSize, style.fontWeight, style.color,
        style.textShadow, style.backgroundColor, style.backgroundImage, style.opacity, style.filter].join());
    }
    return looks.get(element);
  };
  const speaks = element => element.matches("input, select, textarea") ||
    [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const found = new Set();
  for (const element of document.body.querySelectorAll("*")) {
    const is_new = speaks(element) && element.checkVisibility() && !found.has(look(element));
    element.toggleAttribute("data-look", is_new);
    if (is_new) found.add(look(element));
  }
}"""
BY_LOOK = """() => axe.configure({rules: [{id: "color-contrast", selector: "[data-look]"}]})"""


def run_axe(page: Page, options: dict[str, Any], wanted: str) -> Any:  # noqa: ANN401
    """What is wanted of axe's results, told by a function in JavaScript.

    Of what axe passes or cannot tell it lists one element for each rule, as nobody reads them.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
        page.evaluate(BY_LOOK)
    return page.evaluate(f"options => axe.run(options).then({wanted})", {"resultTypes": ["violations"], **options})


def barriers(page: Page, *rules: str) -> list[str]:
    """All that axe finds in the colours that the page has now, or what it finds by some rules.

    Which colours can be told apart it is asked of one element for each look: the others have its colours.
    """
    page.evaluate(MARK_LOOKS)
    options = {"runOnly": list(rules)} if rules else {}
    violations = run_axe(page, options, "results => results.violations")
    return [f"{violation['id']}: {node['html']}" for violation in violations for node in violation["nodes"]]


def barriers_in_light_and_dark(page: Page) -> list[str]:
    """What axe finds in light, and which colours it cannot tell apart in dark: the rest is the same."""
    page.emulate_media(color_scheme="light")
    found = [f"light: {each}" for each in barriers(page)]
    page.emulate_media(color_scheme="dark")
    return found + [f"dark: {each}" for each in barriers(page, "color-contrast")]
