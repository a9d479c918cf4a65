"""Web addresses as they are compared."""

from __future__ import annotations

from urllib.parse import urlsplit


def comparable_address(url: str) -> str:
    """An address as it is compared: host in lower case, without fragment and closing slash."""
    if not url:
        return ""
    parts = urlsplit(url)
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"
