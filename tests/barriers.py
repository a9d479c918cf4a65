"""What keeps people from reading a page, as axe finds it in a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from axe_playwright_python.base import AXE_SCRIPT

if TYPE_CHECKING:
    from playwright.sync_api import Page

# One element with words of its own for each look: what it is, and how it and all that is around it are drawn.
LOOKS = """() => {
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
  const found = new Map();
  for (const element of document.body.querySelectorAll("*")) {
    if (speaks(element) && element.checkVisibility() && !found.has(look(element))) found.set(look(element), element);
  }
  return [...found.values()];
}"""


def run_axe(page: Page, options: dict[str, Any], wanted: str, elements: str = "() => [document]") -> Any:  # noqa: ANN401
    """What is wanted of axe's results, told by a function in JavaScript; elements: one that gives what it looks at.

    Of what axe passes or cannot tell it lists one element for each rule, as nobody reads them.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    script = f"options => axe.run({{include: ({elements})()}}, options).then({wanted})"
    return page.evaluate(script, {"resultTypes": ["violations"], **options})


def barriers(page: Page) -> list[str]:
    """All that axe finds, in the colours that the page has now."""
    return [
        f"{violation['id']}: {node['html']}"
        for violation in run_axe(page, {}, "results => results.violations")
        for node in violation["nodes"]
    ]


def barriers_in_light_and_dark(page: Page) -> list[str]:
    """What axe finds in light, and which colours it cannot tell apart in dark: the rest is the same.

    In dark it is asked of one element for each look; the others have its colours, and stand where they stand in light.
    """
    page.emulate_media(color_scheme="light")
    found = [f"light: {each}" for each in barriers(page)]
    page.emulate_media(color_scheme="dark")
    dark = run_axe(page, {"runOnly": ["color-contrast"]}, "results => results.violations", LOOKS)
    return found + [f"dark: {one['id']}: {node['html']}" for one in dark for node in one["nodes"]]
