"""Which addresses may be asked: those that anybody can reach, and no machine of a private network.

A name is resolved first and its addresses are checked, so that no spelling of a host and no record of a name server
leads inside; who connects must use the very addresses that were checked.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit, urlunsplit

if TYPE_CHECKING:
    from collections.abc import Callable

    Resolve = Callable[[str, int], tuple[str, ...]]
    """The addresses of a host, for a port.  Raises: NotPublicError, OSError."""

    Ip = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_WRITTEN_AS_IS = "/?:@!$&'()*+,;=~%[]"
PORTS = {"http": 80, "https": 443}


class NotPublicError(Exception):
    """Why an address is not asked: it lies in a network that is not everybody's."""


def all_addresses(host: str, port: int) -> tuple[str, ...]:
    """Every address of a host, in the system's order of preference.

    Raises: OSError, when the name has none.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(place[0]) for *_, place in found))


def public_addresses(host: str, port: int) -> tuple[str, ...]:
    """The same, when each of them is public.

    Raises: NotPublicError, when one is not, whatever the others are; OSError.
    """
    found = all_addresses(host, port)
    for address in found:
        if not is_public(address):
            where = address if address == host else f"{host} ({address})"
            raise NotPublicError(f"{where} is not a public address")
    return found


def is_public(address: str) -> bool:
    """Whether an IP address is everybody's: not private, loopback, link-local, multicast, reserved or shared."""
    ip = ipaddress.ip_address(address)
    embedded = _embedded(ip)
    if embedded is not None:
        return is_public(str(embedded))
    inside = ip.is_private or ip.is_loopback or ip.is_link_local or ip.is_multicast or ip.is_reserved
    site_local = isinstance(ip, ipaddress.IPv6Address) and ip.is_site_local
    return ip.is_global and not inside and not site_local and not ip.is_unspecified


def ascii_url(url: str) -> str:
    """A web address as it goes over the wire: host in IDNA, the rest percent-encoded, no user, no fragment.

    Raises: ValueError, when it is none.
    """
    parts = urlsplit(url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise ValueError(f"{url} is not a web address")
    host = parts.hostname.encode("idna").decode("ascii")
    if re.search(r"[^!-~]|[/?#@\\]", host):
        raise ValueError(f"{url} is not a web address")
    place = f"[{host}]" if ":" in host else host
    if parts.port not in {None, PORTS[parts.scheme]}:
        place += f":{parts.port}"
    path, query = (quote(part, safe=_WRITTEN_AS_IS) for part in (parts.path or "/", parts.query))
    return urlunsplit((parts.scheme, place, path, query, ""))


def _embedded(ip: Ip) -> ipaddress.IPv4Address | None:
    """The IPv4 address that an IPv6 address leads to by way of a gateway: mapped, 6to4, Teredo, NAT64."""
    if isinstance(ip, ipaddress.IPv4Address):
        return None
    if ip in _NAT64:
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
