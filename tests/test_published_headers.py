"""What a host sends with the published files: `_headers`, and nginx with the configuration in docs/."""

from __future__ import annotations

import gzip
import re
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import Guarded
from install_nginx import MISSING, find_nginx
from site_links import NOT_FOUND_PAGE
from site_server import serving

from generator.commands.common import DONE
from generator.commands.line import main
from generator.publishing.headers import ALONE, FOR_EVER, POLICIES, SECURITY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import Message

    from playwright.sync_api import Browser

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "docs" / "nginx.conf"
PATIENCE_S = 10


@pytest.fixture(scope="module")
def in_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose sub-folder `border` holds a site that is made for it."""
    folder = tmp_path_factory.mktemp("www")
    words = ["build", "--content", str(ROOT / "starter/content"), "--out", str(folder / "border"), "--jobs", "1"]
    assert DONE == main([*words, "--base-url", "https://www.example.org/border/"])
    return folder


def rules(text: str) -> dict[str, dict[str, str]]:
    """For each address of a headers file, the headers that are sent there."""
    found: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line.startswith("/"):
            found[line] = {}
        else:
            name, _, value = line.partition(":")
            [*found.values()][-1][name.strip()] = value.strip()
    return found


def sent(path: str, text: str) -> dict[str, list[str]]:
    """The values of each header that a host sends with a file: those of every rule that holds for its address."""
    values: dict[str, list[str]] = {}
    for address, headers in rules(text).items():
        if path == address or (address.endswith("*") and path.startswith(address[:-1])):
            for name, value in headers.items():
                values.setdefault(name, []).append(value)
    return values


def policy_of(page: str) -> str:
    """The policy that a page has in itself."""
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert found
    return found[1]


def test_each_page_is_sent_with_the_policy_it_has_in_itself(built_site: Path) -> None:
    """Word for word and once; and no other site may frame it, but for the pages that are made for frames."""
    text = (built_site / "_headers").read_text("utf-8")
    pages = [path.relative_to(built_site).as_posix() for path in built_site.rglob("*.html")]
    addresses = {f"/{path}".removesuffix("index.html"): _page(built_site / path) for path in pages}

    assert "/embed/events/" in "".join(addresses)
    for address, page in addresses.items():
        alone = "" if address.startswith("/embed/") else ALONE
        headers = sent(address, text)
        assert [policy_of(page) + alone] == headers["Content-Security-Policy"], address
        assert dict.fromkeys(headers, 1) == {name: len(values) for name, values in headers.items()}
        assert headers.keys() >= SECURITY.keys()


def test_assets_are_kept_for_a_year(in_folder: Path) -> None:
    """In a sub-folder, all rules are for it alone."""
    text = (in_folder / "border/_headers").read_text("utf-8")

    assert [FOR_EVER] == sent("/border/assets/site.0123456789.css", text)["Cache-Control"]
    assert "Cache-Control" not in sent("/border/", text)
    assert all(address.startswith("/border/") for address in rules(text))


def test_the_example_says_the_same_headers(*, update_golden: bool) -> None:
    """Of docs/nginx.conf: every header that `_headers` has, in both of its servers, and kept for as long.

    `pytest --update-golden` writes the policies anew.
    """
    text = EXAMPLE.read_text("utf-8")
    mapped = {f'"~/{folder}/"' if folder else "default": policy for folder, policy in POLICIES.items()}
    if update_golden:
        for key, policy in mapped.items():
            text = re.sub(rf'(?m)^(    {key} +)"default-src .*', rf'\1"{policy}";', text)
        EXAMPLE.write_text(text, "utf-8")

    assert dict.fromkeys(SECURITY, 2) == {
        name: text.count(f'add_header {name} "{value}" always;') for name, value in SECURITY.items()
    }
    assert 2 == text.count("add_header Content-Security-Policy $chronology_policy always;")
    assert mapped == dict(re.findall(r'(?m)^    (\S+) +"(default-src .*)";', text))
    assert FOR_EVER in text


def _page(path: Path) -> str:
    return path.read_text("utf-8").replace("&#39;", "'")


@dataclass(frozen=True)
class Answer:
    """What a server says."""

    status: int
    headers: Message
    body: bytes = field(repr=False)


def ask(url: str, host: str = "chronology.example.org", **headers: str) -> Answer:
    """A request, without following redirects being of interest."""
    request = urllib.request.Request(url, headers={"Host": host, **headers})  # noqa: S310 - on this machine
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
            return Answer(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.headers, error.read())


@contextmanager
def nginx_serving(program: str, folder: Path, root: Path, www: Path) -> Iterator[str]:
    """Nginx with the example, its names and folders being this machine's; the address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    example = EXAMPLE.read_text("utf-8").replace("listen 80;", f"listen 127.0.0.1:{port};")
    example = example.replace("/srv/chronology/public", str(root)).replace("/srv/www", str(www))
    (folder / "example.conf").write_text(example, "utf-8")
    (folder / "mime.types").write_text(
        "types { text/html html; text/css css; text/xml xml; image/svg+xml svg; image/png png; text/plain txt;\n"
        "application/javascript js; application/json json; }\n",
        "utf-8",
    )
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log stderr;\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\n"
        "include mime.types; default_type application/octet-stream; include example.conf; }\n",
        "utf-8",
    )
    command = [program, "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", "stderr"]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert "" == "".join(line for line in tested.stderr.splitlines() if "[emerg]" in line or "[warn]" in line)
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + PATIENCE_S
        while not _listens(port) and time.monotonic() < until:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def nginx(tmp_path_factory: pytest.TempPathFactory, built_site: Path, in_folder: Path) -> Iterator[str]:
    """The real site at the root of one host, another in a sub-folder of another host."""
    program = find_nginx()
    if program is None:
        pytest.skip(MISSING)
    with nginx_serving(program, tmp_path_factory.mktemp("nginx"), built_site, in_folder) as address:
        yield address


def test_nginx_sends_every_header_with_every_file(nginx: str, built_site: Path) -> None:
    """Pages, assets, feeds, and what is not there."""
    asset = next((built_site / "assets").glob("site.*.css")).name
    for path in ("/", f"/assets/{asset}", "/feed.xml", "/site.webmanifest", "/nothing/"):
        answer = ask(nginx + path)

        assert SECURITY == {name: answer.headers[name] for name in SECURITY}, path
        assert POLICIES[""] == answer.headers["Content-Security-Policy"], path
        assert (FOR_EVER if path.startswith("/assets/") else "no-cache") == answer.headers["Cache-Control"], path


def test_nginx_lets_the_index_be_searched_and_embedded_pages_be_framed(nginx: str, built_site: Path) -> None:
    """Each folder's own policy, and no other."""
    embedded = next((built_site / "embed/events").iterdir()).name
    for path, folder in (("/search/", "search"), (f"/embed/events/{embedded}/", "embed")):
        assert [POLICIES[folder]] == ask(nginx + path).headers.get_all("Content-Security-Policy")


def test_nginx_shows_the_page_for_what_is_not_there(nginx: str, built_site: Path) -> None:
    """With the status that says so; the file for other hosts is not shown."""
    missing = (built_site / NOT_FOUND_PAGE).read_bytes()

    assert [(404, missing), (404, missing)] == [
        (answer.status, answer.body) for answer in (ask(f"{nginx}/nothing/at/all"), ask(f"{nginx}/_headers"))
    ]


def test_nginx_sends_texts_small_and_of_their_type(nginx: str) -> None:
    """Compressed for who can read that, asked for again by who has one already, in UTF-8."""
    plain, small = ask(f"{nginx}/"), ask(f"{nginx}/", **{"Accept-Encoding": "gzip"})
    again = ask(f"{nginx}/", **{"If-None-Match": plain.headers["ETag"]})

    assert plain.body == gzip.decompress(small.body)
    assert len(small.body) * 3 < len(plain.body)
    assert "Accept-Encoding" == plain.headers["Vary"]
    assert (304, b"") == (again.status, again.body)
    types = {
        "/": "text/html; charset=utf-8",
        "/feed.xml": "text/xml; charset=utf-8",
        "/calendar.ics": "text/calendar; charset=utf-8",
        "/site.webmanifest": "application/manifest+json; charset=utf-8",
        "/data/places.geojson": "application/geo+json; charset=utf-8",
        "/data/events.csv": "text/csv; charset=utf-8",
        "/data/events.json": "application/json; charset=utf-8",
    }
    assert types == {path: ask(nginx + path).headers["Content-Type"] for path in types}


def test_nginx_serves_a_sub_folder(nginx: str, in_folder: Path) -> None:
    """With the same headers, and a page for what is not there whose links lead into the folder."""
    page, missing = (ask(f"{nginx}/border/{path}", "www.example.org") for path in ("", "events/nothing/"))

    assert (200, (in_folder / "border/index.html").read_bytes()) == (page.status, page.body)
    assert (404, (in_folder / "border/404.html").read_bytes()) == (missing.status, missing.body)
    assert SECURITY == {name: missing.headers[name] for name in SECURITY}
    assert b'href="/border/' in missing.body
    assert 403 == ask(f"{nginx}/", "www.example.org").status, "the example is the sub-folder's alone"


@pytest.mark.browser
def test_a_site_in_a_sub_folder_works_in_a_browser(in_folder: Path, chromium: Browser) -> None:
    """`--base-url https://host/border/`: links, styles and scripts are found, also from the page for dead links."""
    with serving(in_folder) as address:
        context = chromium.new_context()
        guarded = Guarded(context.new_page(), f"{address}/border")
        page = guarded.open("404.html")
        assert "absolute" == page.locator(".skip-link").evaluate("link => getComputedStyle(link).position")
        page.get_by_role("navigation", name="Main").get_by_role("link", name="Chronology").click()
        page.get_by_role("link", name="2030").first.click()
        page.locator("main a[href*='events/']").first.click()
        assert page.url.startswith(f"{address}/border/events/")
        page.get_by_role("link", name="Add an entry").click()
        page.get_by_role("button", name="Make the file").wait_for()
        assert "https://www.example.org/border/contribute/" == page.locator("link[rel=canonical]").get_attribute("href")
        assert ([], []) == (guarded.outside, guarded.errors)
        context.close()
