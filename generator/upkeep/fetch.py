"""One polite request: what an address answers, after its redirects.

Redirects are followed by hand: each address on the way is checked, and waits for its host's turn.
"""

from __future__ import annotations

import errno
import socket
import ssl
from contextlib import closing, suppress
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from threading import Timer
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin, urlsplit

from generator.upkeep.addresses import PORTS, NotPublicError, ascii_url

if TYPE_CHECKING:
    from contextlib import AbstractContextManager
    from email.message import Message

    from generator.upkeep.addresses import Resolve

OK, BLOCKED, FAILING, REFUSED, UNASKED = "ok", "blocked", "failing", "refused", "unasked"
"""What comes of a look: it is there; its host keeps us out; it fails; it is not public; it was not asked."""

KEEPS_OUT = frozenset({401, 403, 429, 451})
"""A person with a browser may well see the page."""
TRY_LATER = frozenset({429, 503})
MOVED = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 10
MOST_BYTES = 262_144
MOST_ADDRESSES = 3
"""Of a host with many addresses, so many are tried."""

_ERROR = 400
_OFFLINE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN})


@dataclass(frozen=True, slots=True)
class Look:
    """What came of asking for an address.

    status: of the last answer, 0 without one.  moved_to: where redirects have led, empty without any.
    retry_after_s: how long the host asks us to wait.  body: the first bytes, when they were asked for, and
    content_type: what the host says they are.
    unreachable: no byte of an answer came.  offline: so it would be if this machine were off line.
    """

    outcome: str
    reason: str = ""
    status: int = 0
    moved_to: str = ""
    retry_after_s: float | None = None
    body: bytes = b""
    unreachable: bool = False
    offline: bool = False
    content_type: str = ""


class Turn(Protocol):
    """Waits for a host's turn, and holds it."""

    def __call__(self, name: str, /) -> AbstractContextManager[None]: ...


class NoAnswerError(Exception):
    """Why there is no answer, in words; the rest as in Look."""

    def __init__(self, reason: str, *, unreachable: bool = False, offline: bool = False) -> None:
        super().__init__(reason)
        self.unreachable = unreachable
        self.offline = offline


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of a host, as it came."""

    status: int
    headers: Message
    body: bytes

    @property
    def told(self) -> str:
        """`answered 404 Not Found`."""
        with suppress(ValueError):  # the host's own words are not repeated: they may be anything
            return f"answered {self.status} {HTTPStatus(self.status).phrase}"
        return f"answered {self.status}"

    def redirect(self, url: str) -> str:
        """Where it sends who asked for `url`; empty when it is no redirect.

        Raises: ValueError, when that is no web address.
        """
        location = self.headers.get("Location", "")
        if self.status not in MOVED or not location:
            return ""
        with suppress(UnicodeError):  # a header is read as Latin-1, and addresses in it are often UTF-8
            location = location.encode("latin-1").decode("utf-8")
        return ascii_url(urljoin(url, location))


@dataclass(frozen=True)
class Client:
    """Who asks, and how.

    agent: says who we are.  patience_s: for a connection, and for silence.  deadline_s: for the whole of an answer.
    """

    agent: str
    resolve: Resolve
    turn: Turn
    patience_s: float = 15
    deadline_s: float = 30
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def look(self, url: str) -> Look:
        """Whether a page is there: HEAD, and GET where HEAD is refused."""
        return self._follow(url, head_first=True)

    def read(self, url: str) -> Look:
        """A page and its first bytes."""
        return self._follow(url, head_first=False)

    def _follow(self, url: str, *, head_first: bool) -> Look:
        """What comes of an address at the end of its redirects."""
        try:
            way = [ascii_url(url)]
        except ValueError:
            return Look(FAILING, "is not a web address")
        while True:
            try:
                answer = self._answer(way[-1], head_first=head_first)
            except (NotPublicError, NoAnswerError) as error:
                return _unanswered(error, way)
            following = _following(answer, way)
            if isinstance(following, Look):
                return following
            way.append(following)

    def _answer(self, url: str, *, head_first: bool) -> Answer:
        """An answer to HEAD, or to GET: some hosts drop HEAD, or call it an error where GET finds a page."""
        if head_first:
            try:
                answer = self._request("HEAD", url)
            except NoAnswerError as error:
                if error.unreachable:
                    raise
            else:
                if answer.status < _ERROR or answer.status in TRY_LATER:
                    return answer
        return self._request("GET", url)

    def _request(self, method: str, url: str) -> Answer:
        """One request, over a connection of its own to an address that was checked.

        Raises: NotPublicError, NoAnswerError.
        """
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        target = f"{parts.path}?{parts.query}" if parts.query else parts.path
        headers = {"User-Agent": self.agent, "Accept": "*/*", "Connection": "close"}
        with self.turn(host):
            addresses = self._resolved(host, port)
            line = _Line(host, port, addresses, self.patience_s, self.tls if parts.scheme == "https" else None)
            alarm = Timer(self.deadline_s, line.hang_up)
            alarm.daemon = True
            alarm.start()
            try:
                with closing(line):
                    line.request(method, target, headers=headers)
                    return _received(line, method)
            except (OSError, HTTPException, ValueError) as error:
                raise _explained(error, line) from None
            finally:
                alarm.cancel()

    def _resolved(self, host: str, port: int) -> tuple[str, ...]:
        try:
            return self.resolve(host, port)
        except (OSError, UnicodeError):
            raise NoAnswerError(f"the host {host} is not found", unreachable=True, offline=True) from None


class _Line(HTTPConnection):
    """A connection to one of the addresses given, whatever the host's name would resolve to now."""

    def __init__(
        self, host: str, port: int, addresses: tuple[str, ...], patience_s: float, tls: ssl.SSLContext | None
    ) -> None:
        super().__init__(host, port, timeout=patience_s)
        self.patience_s = patience_s
        self.addresses = addresses[:MOST_ADDRESSES]
        self.tls = tls
        self.default_port = PORTS["https" if tls else "http"]
        self.too_late = False
        self.connected = False
        self._plug: socket.socket | None = None

    def connect(self) -> None:
        """Connect to the first address that answers; the name itself is what the certificate must say."""
        self.sock = self._plug = self._first_that_answers()
        if self.tls:
            self.sock = self._plug = self.tls.wrap_socket(
                self.sock, server_hostname=self.host, do_handshake_on_connect=False
            )
        if self.too_late:
            raise TimeoutError
        if isinstance(self.sock, ssl.SSLSocket):
            self.sock.do_handshake()
        self.connected = True

    def hang_up(self) -> None:
        """End what is going on: whoever waits for a byte on this line waits no more."""
        self.too_late = True
        if self._plug is not None:
            with suppress(OSError):
                socket.socket.shutdown(self._plug, socket.SHUT_RDWR)  # not TLS's own, which another thread may be in

    def _first_that_answers(self) -> socket.socket:
        failure: OSError = OSError()
        for address in self.addresses:
            try:
                return socket.create_connection((address, self.port), self.patience_s)
            except OSError as error:
                failure = error
        raise failure


def _received(line: _Line, method: str) -> Answer:
    """The answer on a line, and of a page the first bytes.

    Raises: OSError, HTTPException.
    """
    with closing(line.getresponse()) as response:
        body = b"" if method == "HEAD" else response.read(MOST_BYTES)
        if line.too_late:
            raise TimeoutError
        if method != "HEAD" and response.length and len(body) < MOST_BYTES:
            raise HTTPException
        return Answer(response.status, response.headers, body)


def _explained(error: Exception, line: _Line) -> NoAnswerError:
    """What has gone wrong on a line, in words that an editor understands."""
    if line.too_late or isinstance(error, TimeoutError):
        return NoAnswerError("does not answer in time", unreachable=True)
    if isinstance(error, ssl.SSLCertVerificationError):
        return NoAnswerError(f"has a certificate that is not accepted: {error.verify_message}")
    if isinstance(error, ssl.SSLError) and not line.connected:
        return NoAnswerError("cannot agree on an encrypted connection")
    if isinstance(error, OSError) and not line.connected:
        offline = error.errno in _OFFLINE
        return NoAnswerError("cannot be connected to", unreachable=True, offline=offline)
    if isinstance(error, OSError):
        return NoAnswerError("breaks the connection off")
    return NoAnswerError("answers with what is not HTTP, or with half an answer")


def _unanswered(error: NotPublicError | NoAnswerError, way: list[str]) -> Look:
    """What is said of the first address of a way whose last gives no answer."""
    last = way[-1] if len(way) > 1 else ""
    reason = f"redirects to {last}: {error}" if last else str(error)
    if isinstance(error, NotPublicError):
        return Look(REFUSED, reason, moved_to=last)
    unreachable = error.unreachable and not last
    return Look(FAILING, reason, moved_to=last, unreachable=unreachable, offline=error.offline and unreachable)


def _following(answer: Answer, way: list[str]) -> str | Look:
    """Where an answer sends who has come this way; or, at its end, what came of it."""
    try:
        following = answer.redirect(way[-1])
    except ValueError:
        return Look(FAILING, "redirects to what is not a web address", answer.status)
    if not following:
        return _judged(answer, way)
    if following in way:
        if answer.headers.get("Set-Cookie"):
            return Look(BLOCKED, "redirects in a loop without cookies", answer.status)
        return Look(FAILING, "redirects in a loop", answer.status)
    if len(way) > MOST_REDIRECTS:
        return Look(FAILING, f"redirects more than {MOST_REDIRECTS} times", answer.status)
    return following


def _judged(answer: Answer, way: list[str]) -> Look:
    """What the last answer says of the first address of its way."""
    outcome, reason = FAILING, answer.told
    if HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES:
        outcome = OK
        if _is_front_page(way[-1]) and not _is_front_page(way[0]):
            outcome, reason = FAILING, "redirects to a front page"
    elif answer.status in KEEPS_OUT:
        outcome = BLOCKED
    moved_to = way[-1] if len(way) > 1 else ""
    kind = answer.headers.get("Content-Type", "")
    return Look(
        outcome, reason, answer.status, moved_to, _retry_after_s(answer.headers), answer.body, content_type=kind
    )


def _is_front_page(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path == "/" and not parts.query


def _retry_after_s(headers: Message) -> float | None:
    """Seconds to wait, from Retry-After: a number, or a time, which is held against the host's own clock."""
    text = headers.get("Retry-After", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        wait = parsedate_to_datetime(text) - parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return None
    return max(0.0, wait.total_seconds())
