"""`_headers`: what Netlify and Cloudflare Pages send with each file; other servers need it said in their own way.

Pages revalidate, as these hosts have it unless told otherwise; files with a hash in their name are kept for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.publishing.policy import POLICY_OF_SEARCH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.pages.page import Output
    from generator.record.site import Site

FILE = "_headers"
FOR_EVER = "public, max-age=31536000, immutable"
SECURITY = {
    "Content-Security-Policy": f"{POLICY_OF_SEARCH}; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
}
"""With every file.  The policy is that of the search page's own `<meta>`, and what only a header can say."""


def headers_file(site: Site) -> dict[str, bytes]:
    """The file, for the address that the site is published at."""
    root = urlsplit(site.settings.base_url).path.rstrip("/")
    lines = [f"{root}/*", *(f"  {name}: {value}" for name, value in SECURITY.items())]
    lines += [f"{root}/assets/*", f"  Cache-Control: {FOR_EVER}"]
    return {FILE: ("\n".join(lines) + "\n").encode()}


def outputs(_: Site) -> Iterator[Output]:
    """The one file."""
    yield ("headers",)


FILES: dict[str, Callable[[Site], dict[str, bytes]]] = {"headers": headers_file}
