"""`_headers`: what Netlify and Cloudflare Pages send with each file; other servers need it said in their own way.

Pages revalidate, as these hosts have it unless told otherwise; files with a hash in their name are kept for ever.
Where two rules hold for an address, these hosts send both values of a header, and a browser obeys both policies: so
each folder of pages has a rule of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.publishing.policy import POLICY, SEARCH_POLICY
from generator.reading.address_checks import OWN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from generator.record.keys import Output
    from generator.record.site import Site

FILE = "_headers"
FOR_EVER = "public, max-age=31536000, immutable"
SECURITY = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
"""With every file."""
ALONE = "; frame-ancestors 'none'"
"""What only a header can say: no other site shows the page in a frame of its own."""
POLICIES = {"": POLICY + ALONE, "search": SEARCH_POLICY + ALONE, "embed": POLICY}
"""That of the pages' own `<meta>`, by the first part of the address: search runs a program; `embed/` is for frames."""
FILES_ONLY = frozenset({"404", "assets", "cards", "images", "pagefind"})


def headers_file(site: Site) -> dict[str, bytes]:
    """The file, for the address that the site is published at."""
    root = urlsplit(site.settings.base_url).path.rstrip("/")
    lines = [f"{root}/*", *(f"  {name}: {value}" for name, value in SECURITY.items())]
    lines += [f"{root}/assets/*", f"  Cache-Control: {FOR_EVER}"]
    for address, policy in _policies({*site.pages}):
        lines += [root + address, f"  Content-Security-Policy: {policy}"]
    return {FILE: ("\n".join(lines) + "\n").encode()}


def _policies(slugs: Iterable[str]) -> Iterator[tuple[str, str]]:
    yield "/", POLICIES[""]
    yield "/404.html", POLICIES[""]
    for folder in sorted((OWN | {*slugs}) - FILES_ONLY):
        yield f"/{folder}/*", POLICIES.get(folder, POLICIES[""])


def outputs(_: Site) -> Iterator[Output]:
    """The one file."""
    yield ("headers",)


FILES: dict[str, Callable[[Site], dict[str, bytes]]] = {"headers": headers_file}
