"""How addresses are asked: which may be, with what patience, and what is made of the answers."""

from __future__ import annotations

from contextlib import nullcontext
from socket import gaierror
from threading import Event, current_thread
from typing import TYPE_CHECKING

import pytest
from link_server import Site, link_site

from generator.upkeep.addresses import NotPublicError, ascii_url, is_public, public_addresses
from generator.upkeep.fetch import BLOCKED, FAILING, OK, REFUSED, UNASKED, Client, Look
from generator.upkeep.sweep import Pace, sweep
from generator.upkeep.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_S = 20


@pytest.fixture
def site() -> Iterator[Site]:
    """A site of its own for each test."""
    with link_site() as running:
        yield running


class Unhurried(Event):
    """Ends no wait, and no wait takes time; `waits` are those that were asked for, in seconds."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0.0)
        return self.is_set()


def resolve(host: str, port: int) -> tuple[str, ...]:
    """The test site is the only public host that there is, and no name server is asked."""
    if host.endswith(".invalid"):
        raise gaierror
    return ("127.0.0.1",) if host.endswith(".test") else public_addresses(host, port)


def client(patience_s: float = PATIENCE_S, deadline_s: float = PATIENCE_S) -> Client:
    """Somebody who asks, and takes no turns."""
    return Client("tests (+https://example.org/)", resolve, lambda _: nullcontext(), patience_s, deadline_s)


def look(site: Site, path: str) -> Look:
    """What comes of asking for a path of the site."""
    return client().look(site.url(path, "a.test"))


@pytest.mark.parametrize("address", ["8.8.8.8", "193.0.6.139", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_an_address_of_the_internet_is_public(address: str) -> None:
    """Anybody may reach it, also by way of a gateway from IPv6 to IPv4."""
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.1",
            "224.0.0.1",
        ),
        *("240.0.0.1", "255.255.255.255", "192.0.2.1", "::1", "::", "fe80::1", "fe80::1%1", "fc00::1", "fec0::1"),
        *("ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "64:ff9b::a00:1", "2002:7f00:1::", "2002:c0a8:101::"),
    ],
)
def test_an_address_of_a_private_network_is_not(address: str) -> None:
    """Private, loopback, link-local, shared, multicast and reserved addresses are not asked, in no disguise."""
    assert not is_public(address)


@pytest.mark.parametrize("host", ["127.0.0.1", "2130706433", "0x7f.1", "localhost", "::1"])
def test_no_spelling_of_this_machine_is_asked(host: str) -> None:
    """What counts is the address that a name leads to, not how it is written."""
    with pytest.raises(NotPublicError, match="is not a public address"):
        public_addresses(host, 80)


def test_a_host_with_one_private_address_is_refused_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that leads outside and inside is a trap."""
    monkeypatch.setattr("generator.upkeep.addresses.all_addresses", lambda *_: ("8.8.8.8", "10.0.0.1"))

    with pytest.raises(NotPublicError, match=r"^two\.test \(10\.0\.0\.1\) is not a public address$"):
        public_addresses("two.test", 80)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://example.org", "https://example.org/"),
        ("https://Example.org:443/a?b=1&c#d", "https://example.org/a?b=1&c"),
        ("http://user:secret@example.org:8080/", "http://example.org:8080/"),
        ("https://example.org/ข่าว", "https://example.org/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7"),
        ("https://example.org/%E0%B8%82", "https://example.org/%E0%B8%82"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://[2606:4700::1111]/", "http://[2606:4700::1111]/"),
    ],
)
def test_an_address_goes_over_the_wire_in_ascii(url: str, expected: str) -> None:
    """Hosts in IDNA, the rest percent-encoded once; neither users nor fragments are sent."""
    assert expected == ascii_url(url)


@pytest.mark.parametrize("url", ["ftp://example.org/", "https:///a", "https://example.org:99999/", "mailto:a@b", "/a"])
def test_what_is_no_web_address_is_not_asked(url: str) -> None:
    """Only http and https, a host, and a port that there is."""
    with pytest.raises(ValueError, match=r".+"):
        ascii_url(url)


@pytest.mark.parametrize(
    ("path", "outcome", "reason"),
    [
        ("/ok", OK, "answered 200 OK"),
        ("/no-head/405", OK, "answered 200 OK"),
        ("/no-head/404", OK, "answered 200 OK"),
        ("/no-head/500", OK, "answered 200 OK"),
        ("/head-dropped", OK, "answered 200 OK"),
        ("/status/204", OK, "answered 204 No Content"),
        ("/status/401", BLOCKED, "answered 401 Unauthorized"),
        ("/status/403", BLOCKED, "answered 403 Forbidden"),
        ("/status/429", BLOCKED, "answered 429 Too Many Requests"),
        ("/status/451", BLOCKED, "answered 451 Unavailable For Legal Reasons"),
        ("/status/404", FAILING, "answered 404 Not Found"),
        ("/status/410", FAILING, "answered 410 Gone"),
        ("/status/500", FAILING, "answered 500 Internal Server Error"),
        ("/status/799", FAILING, "answered 799"),
        ("/status/304", FAILING, "answered 304 Not Modified"),
        ("/reset", FAILING, "breaks the connection off"),
        ("/truncated", FAILING, "answers with what is not HTTP, or with half an answer"),
        ("/garbage", FAILING, "answers with what is not HTTP, or with half an answer"),
        ("/chain/10", OK, "answered 200 OK"),
        ("/chain/11", FAILING, "redirects more than 10 times"),
        ("/loop/a", FAILING, "redirects in a loop"),
        ("/cookie-wall", BLOCKED, "redirects in a loop without cookies"),
        ("/to//", FAILING, "redirects to a front page"),
        ("/to/ftp%3A//a.test/", FAILING, "redirects to what is not a web address"),
        ("/to//status/404", FAILING, "answered 404 Not Found"),
    ],
)
def test_an_answer_is_judged(site: Site, path: str, outcome: str, reason: str) -> None:
    """What is there, what keeps programmes out, what fails; in our words, as a host's own may be anything."""
    found = look(site, path)

    assert (outcome, reason) == (found.outcome, found.reason)


def test_head_comes_first_and_get_only_where_head_is_refused(site: Site) -> None:
    """A page that answers HEAD is not fetched."""
    look(site, "/ok")
    look(site, "/no-head/405")

    assert ["HEAD /ok", "HEAD /no-head/405", "GET /no-head/405"] == site.paths
    assert {"tests (+https://example.org/)"} == site.agents


def test_a_host_that_wants_to_be_left_alone_is_not_asked_again_with_get(site: Site) -> None:
    """Too many requests are not answered with one more."""
    look(site, "/status/429")

    assert ["HEAD /status/429"] == site.paths


def test_redirects_are_followed_and_their_end_is_told(site: Site) -> None:
    """Over hosts and relative paths; the first address is what is judged, the last one where it has moved."""
    url = site.url("/permanently//ok", "b.test").replace(":", "%3A")

    found = look(site, f"/to/{url}")

    assert (OK, site.url("/ok", "b.test")) == (found.outcome, found.moved_to)
    assert [("HEAD", "b.test", "/permanently//ok"), ("HEAD", "b.test", "/ok")] == site.asked[1:]


def test_a_redirect_in_utf_8_leads_where_it_says(site: Site) -> None:
    """Headers ought to be ASCII, and often are not."""
    assert site.url("/ok/%E0%B8%82%E0%B9%88%E0%B8%B2%E0%B8%A7", "a.test") == look(site, "/utf-8").moved_to


def test_a_redirect_to_a_private_address_is_not_followed(site: Site) -> None:
    """Who redirects to this machine learns nothing of it: no request is sent."""
    url = site.url("/ok")

    found = look(site, f"/to/{url.replace(':', '%3A')}")

    assert (REFUSED, f"redirects to {url}: 127.0.0.1 is not a public address") == (found.outcome, found.reason)
    assert ["a.test"] == [host for _, host, _ in site.asked]


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site) -> None:
    """A name that leads elsewhere a moment later leads nowhere: it is resolved once for each request."""
    answers = iter([("127.0.0.1",)])
    rebinding = Client("tests", lambda *_: next(answers), lambda _: nullcontext())

    assert OK == rebinding.look(site.url("/ok", "rebinding.test")).outcome
    assert [("HEAD", "rebinding.test", "/ok")] == site.asked


def test_a_name_is_checked_again_for_each_request(site: Site) -> None:
    """A name that is public for the first request and private for the one it redirects to gets no second one."""

    def refuse(host: str) -> tuple[str, ...]:
        raise NotPublicError(f"{host} (10.0.0.1) is not a public address")

    answers = iter([lambda _: ("127.0.0.1",), refuse])
    rebinding = Client("tests", lambda host, _: next(answers)(host), lambda _: nullcontext())

    found = rebinding.look(site.url("/to//ok", "rebinding.test"))

    assert (REFUSED, ["/to//ok"]) == (found.outcome, [path for _, _, path in site.asked])
    assert found.reason.endswith("rebinding.test (10.0.0.1) is not a public address")


@pytest.mark.parametrize(
    ("path", "limits"), [("/silence", (0.2, PATIENCE_S)), ("/silence", (PATIENCE_S, 0.2)), ("/drip", (PATIENCE_S, 0.2))]
)
def test_who_does_not_answer_in_time_is_left(site: Site, path: str, limits: tuple[float, float]) -> None:
    """Neither silence nor a byte now and then holds us up."""
    found = client(*limits).look(site.url(path, "a.test"))

    assert (FAILING, "does not answer in time", True) == (found.outcome, found.reason, found.unreachable)


def test_a_host_that_is_not_there_is_told(site: Site) -> None:
    """No name, no machine, no encryption: each is said, and only the first could be our own fault."""
    nowhere = client().look("http://there-is-no-such-host.invalid/")
    plain = client().look(site.url("/ok", "a.test").replace("http:", "https:"))
    site.over.set()
    closed = client().look("http://a.test:1/")

    assert ("the host there-is-no-such-host.invalid is not found", True) == (nowhere.reason, nowhere.offline)
    assert ("cannot be connected to", False) == (closed.reason, closed.offline)
    assert ("cannot agree on an encrypted connection", False) == (plain.reason, plain.offline)


def test_no_more_of_a_page_is_read_than_is_needed(site: Site) -> None:
    """The first bytes are enough, however much there is."""
    site.archive_answer = b"x" * 1_000_000

    found = client().read(site.url("/wayback/available?url=a", "a.test"))

    assert (OK, 262_144) == (found.outcome, len(found.body))


@pytest.mark.parametrize(
    ("said", "expected"),
    [("7", 7.0), ("Sat, 01 Jan 2000 00:00:00 GMT", 0.0), ("soon", None), ("-1", None), ("", None)],
)
def test_retry_after_is_understood(site: Site, said: str, expected: float | None) -> None:
    """Seconds, or a time by the host's own clock; all else says nothing."""
    site.busy, site.retry_after = 1, said

    assert expected == look(site, "/busy").retry_after_s


def swept(site: Site, *addresses: str, pace: Pace | None = None) -> tuple[dict[str, Look], Unhurried]:
    """What comes of a sweep that takes turns, and the waits that it asked for."""
    stop = Unhurried()
    polite = Client("tests", resolve, Turns(0.0, lambda: 0.0, stop).turn)
    urls = {address: site.url(address, "a.test") if address.startswith("/") else address for address in addresses}
    found = dict(sweep(urls.values(), polite.look, stop, pace))
    return {address: found[url] for address, url in urls.items()}, stop


def test_one_request_at_a_time_for_a_host(site: Site) -> None:
    """However many workers there are, and even when other hosts redirect to it."""
    own = [site.url(f"/ok/{number}", "a.test") for number in range(6)]
    target = site.url("/ok", "a.test").replace(":", "%3A")
    others = [site.url(f"/to/{target}/{host}", f"{host}.test") for host in "bcdefg"]

    found, _ = swept(site, *own, *others)

    assert {OK} == {look.outcome for look in found.values()}
    assert 1 == site.most["a.test"]


def test_several_hosts_are_asked_at_once(site: Site) -> None:
    """Two pages that come only together both come."""
    found, _ = swept(site, *(site.url("/meet", host) for host in ("a.test", "b.test")))

    assert [OK, OK] == [look.outcome for look in found.values()]


def test_a_host_has_a_pause_between_two_requests() -> None:
    """The pause counts from the end of the last request; other hosts have their own."""
    stop = Unhurried()
    times = iter([0.0, 10.0, 10.25, 20.0, 30.0, 40.0])
    turns = Turns(1.0, lambda: next(times), stop)
    for host in ("a.test", "A.TEST", "b.test"):
        with turns.turn(host):
            pass

    assert [0.75] == stop.waits


def test_a_busy_host_is_given_the_time_that_it_asks_for(site: Site) -> None:
    """429 with Retry-After is answered with patience, and then the page is there."""
    site.busy, site.retry_after = 2, "7"

    found, stop = swept(site, "/busy")

    assert OK == found["/busy"].outcome
    assert [7.0, 7.0] == stop.waits


def test_a_busy_host_that_names_no_time_is_given_more_and_more(site: Site) -> None:
    """The waits grow."""
    site.busy, site.retry_after = 2, ""

    found, stop = swept(site, "/busy")

    assert OK == found["/busy"].outcome
    assert [5.0, 10.0] == stop.waits


@pytest.mark.parametrize(("retry_after", "requests"), [("7", 3), ("", 3), ("86400", 1)])
def test_a_host_that_stays_busy_is_left_alone(site: Site, retry_after: str, requests: int) -> None:
    """After a few tries, or when it wants too much patience, its other addresses are not asked."""
    site.busy, site.retry_after = 100, retry_after

    found, _ = swept(site, "/busy", "/ok", "/status/404")

    assert [BLOCKED, UNASKED, UNASKED] == [look.outcome for look in found.values()]
    assert ["HEAD /busy"] * requests == site.paths
    assert "was not asked: its host answered 429 Too Many Requests to others" == found["/ok"].reason


def test_a_host_that_cannot_be_reached_is_not_tried_for_ever() -> None:
    """After three in a row its other addresses are taken to be as unreachable."""
    asked: list[str] = []

    def ask(address: str) -> Look:
        asked.append(address)
        return Look(FAILING, "cannot be connected to", unreachable=True)

    addresses = [f"https://a.test/{number}" for number in range(5)]
    found = dict(sweep(addresses, ask, Unhurried()))

    assert addresses[:3] == asked
    assert addresses == list(found)
    assert "cannot be connected to, as others of its host" == found[addresses[4]].reason


def test_a_fault_of_our_own_is_not_hidden() -> None:
    """What a worker raises is raised where the answers are awaited."""

    def ask(_: str) -> Look:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(sweep(["https://a.test/"], ask, Unhurried()))


def test_who_goes_away_stops_the_sweep() -> None:
    """No further address is asked once nobody waits for the answers."""
    stop, asked, workers = Event(), [], []

    def ask(address: str) -> Look:
        workers.append(current_thread())
        asked.append(address)
        if len(asked) > 1:
            stop.wait(PATIENCE_S)
        return Look(OK)

    answers = sweep([f"https://a.test/{number}" for number in range(5)], ask, stop)
    next(answers)
    answers.close()
    workers[0].join(PATIENCE_S)

    assert stop.is_set()
    assert len(asked) < 3


def test_the_host_with_most_addresses_begins() -> None:
    """It takes the longest, and the others do not wait for it."""
    short, long = ["https://a.test/"], ["https://b.test/0", "https://b.test/1"]

    assert [*long, *short] == [
        address for address, _ in sweep([*short, *long], lambda _: Look(OK), Event(), Pace(workers=1))
    ]
