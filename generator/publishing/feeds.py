"""What other programs read of the site: Atom, JSON Feed, iCalendar, sitemap, robots.txt, the web manifest.

Times come from the content: an entry's time is the day of its event, or of its last correction; in the two feeds of
what is new, the days that git knows, where it does.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from html import escape
from typing import TYPE_CHECKING

from generator.pages.parts import place_name, summary_of
from generator.record import urls
from generator.record.tracking import kept_derivation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from generator.record.keys import Output
    from generator.record.model import Event, Settings
    from generator.record.site import Site

Files = dict[str, bytes]

NEWEST = 50
CALENDAR_NEWEST = 500
MOST_IN_SITEMAP = 50_000
_ICAL_OCTETS = 75


def outputs(_: Site) -> Iterator[Output]:
    """All of them."""
    yield from ((name,) for name in FILES)


def _feed(site: Site) -> Files:
    newest = [site.entries[slug] for slug in site.newest(NEWEST)]
    entries = [(event, summary_of(event), _updated(event, site)) for event in newest]
    return {
        "feed.xml": _atom(site, "feed.xml", site.settings.title, entries),
        "feed.json": _json_feed(site, newest),
    }


def _corrections(site: Site) -> Files:
    """The entries that were corrected last, each once."""
    slugs = list(dict.fromkeys(slug for _, slug, _ in site.corrections()))[:NEWEST]
    corrected = [
        (event, event.corrections[-1].text, _corrected(event)) for event in map(site.entries.__getitem__, slugs)
    ]
    corrected.sort(key=lambda each: (each[2], each[0].slug), reverse=True)
    title = f"{site.settings.title}: corrections"
    return {"corrections.xml": _atom(site, "corrections.xml", title, corrected)}


def _calendars(site: Site) -> Files:
    return {"calendar.ics": _calendar(site, reversed(site.newest(CALENDAR_NEWEST)))}


def _sitemaps(site: Site) -> Files:
    """All addresses for search engines; of very many, in several files and a list of these."""
    settings, addresses = site.settings, sorted(site.addresses())
    robots = f"User-agent: *\nAllow: /\nSitemap: {settings.absolute('sitemap.xml')}\n".encode()
    if len(addresses) <= MOST_IN_SITEMAP:
        return {"sitemap.xml": _sitemap(settings, "urlset", "url", addresses), "robots.txt": robots}
    shares = [addresses[start : start + MOST_IN_SITEMAP] for start in range(0, len(addresses), MOST_IN_SITEMAP)]
    files = {
        f"sitemap-{number}.xml": _sitemap(settings, "urlset", "url", share) for number, share in enumerate(shares, 1)
    }
    return {"sitemap.xml": _sitemap(settings, "sitemapindex", "sitemap", files), **files, "robots.txt": robots}


def _corrected(event: Event) -> date:
    """The day of an entry's last correction, else of its event."""
    return max([event.date.first, *(correction.date.first for correction in event.corrections)])


def _updated(event: Event, site: Site) -> date:
    """The day on which an entry last changed, as far as that is known."""
    history = site.history.get(event.file)
    return history.last if history else _corrected(event)


def _stamp(day: date, settings: Settings) -> str:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - brought in when needed

    return datetime.combine(day, time(), ZoneInfo(settings.timezone)).replace(microsecond=0).isoformat()


def _atom(site: Site, path: str, title: str, entries: list[tuple[Event, str, date]]) -> bytes:
    """A feed; each entry comes with its summary and the day on which it was updated."""
    settings = site.settings
    newest = max((updated for _, _, updated in entries), default=site.now if site.today() else date(1970, 1, 1))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(settings.language)}">',
        f"<title>{escape(title)}</title>",
        f"<id>{escape(settings.absolute(path))}</id>",
        f'<link rel="self" type="application/atom+xml" href="{escape(settings.absolute(path))}"/>',
        f'<link rel="alternate" type="text/html" href="{escape(settings.absolute(""))}"/>',
        f"<updated>{_stamp(newest, settings)}</updated>",
    ]
    lines += [f"<author><name>{escape(name)}</name></author>" for name in settings.editors or (settings.title,)]
    for event, summary, updated in entries:
        history = site.history.get(event.file)
        address = settings.absolute(urls.event(event.slug))
        lines += [
            "<entry>",
            f"<title>{escape(event.title)}</title>",
            f"<id>{escape(address)}</id>",
            f'<link rel="alternate" type="text/html" href="{escape(address)}"/>',
            *([f"<published>{_stamp(history.first, settings)}</published>"] if history else ()),
            f"<updated>{_stamp(updated, settings)}</updated>",
            f'<category term="{escape(event.kind)}" label="{escape(site.kinds[event.kind].name)}"/>',
            f"<summary>{escape(f'{event.date.in_words}: {summary}')}</summary>",
            "</entry>",
        ]
    return "\n".join([*lines, "</feed>", ""]).encode()


def _json_feed(site: Site, events: Iterable[Event]) -> bytes:
    settings = site.settings
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": settings.title,
        "home_page_url": settings.absolute(""),
        "feed_url": settings.absolute("feed.json"),
        "description": settings.description or settings.tagline,
        "language": settings.language,
        "authors": [{"name": name} for name in settings.editors],
        "items": [
            {
                "id": settings.absolute(urls.event(event.slug)),
                "url": settings.absolute(urls.event(event.slug)),
                "title": event.title,
                "content_text": summary_of(event),
                "date_modified": _stamp(_updated(event, site), settings),
                "tags": [site.kinds[event.kind].name],
            }
            | ({"date_published": _stamp(history.first, settings)} if (history := site.history.get(event.file)) else {})
            for event in events
        ],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _calendar(site: Site, slugs: Iterable[str]) -> bytes:
    """RFC 5545: an all-day event for each entry with known days, in the words of its date for the rest."""
    settings = site.settings
    head = (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{_host(settings)}//chronology//EN",
        f"X-WR-CALNAME:{_ical(settings.title)}",
    )
    events = (_calendar_event(slug, site) for slug in slugs)
    return "".join((*map(_folded, head), *events, _folded("END:VCALENDAR"))).encode()


@kept_derivation
def _calendar_event(slug: str, site: Site) -> str:
    """An entry in the calendar: most edits change nothing of it."""
    event, settings = site.entries[slug], site.settings
    place = "; ".join(place_name(site.places[place]) for place in event.places)
    last = event.date.last if event.date.start.precision == "day" else event.date.first
    lines = (
        "BEGIN:VEVENT",
        f"UID:{event.slug}@{_host(settings)}",
        f"DTSTAMP:{_corrected(event):%Y%m%d}T000000Z",
        f"DTSTART;VALUE=DATE:{event.date.first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_ical(event.title)}",
        f"DESCRIPTION:{_ical(f'{event.date.in_words}. {summary_of(event)}')}",
        *([f"LOCATION:{_ical(place)}"] if place else []),
        f"URL:{settings.absolute(urls.event(event.slug))}",
        "END:VEVENT",
    )
    return "".join(map(_folded, lines))


def _host(settings: Settings) -> str:
    return settings.base_url.split("/")[2]


def _ical(text: str) -> str:
    for character in "\\;,":
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A content line and its end, in pieces of at most 75 octets, never inside a character."""
    if len(line.encode()) <= _ICAL_OCTETS:
        return f"{line}\r\n"
    data = line.encode()
    pieces, start, room = [], 0, _ICAL_OCTETS
    while start < len(data):
        end = min(start + room, len(data))
        while end < len(data) and data[end] & 0xC0 == 0x80:  # noqa: PLR2004 - the second byte of a character, or a later one
            end -= 1
        pieces.append(data[start:end].decode())
        start, room = end, _ICAL_OCTETS - 1
    return "\r\n ".join(pieces) + "\r\n"


def _sitemap(settings: Settings, whole: str, part: str, addresses: Iterable[str]) -> bytes:
    lines = [f"<{part}><loc>{escape(settings.absolute(address))}</loc></{part}>" for address in addresses]
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<{whole} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([head, *lines, f"</{whole}>", ""]).encode()


def _web_manifest(site: Site) -> Files:
    settings = site.settings
    data = {
        "name": settings.title,
        "short_name": settings.short_title or settings.title[:30],
        "description": settings.description,
        "lang": settings.language,
        "id": "./",
        "start_url": "./index.html",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#fdfcf8",
        "theme_color": "#fdfcf8",
        "icons": [
            {"src": "favicon.svg", "type": "image/svg+xml", "sizes": "any"},
            {"src": "icon-192.png", "type": "image/png", "sizes": "192x192"},
            {"src": "icon-512.png", "type": "image/png", "sizes": "512x512"},
            {"src": "icon-maskable-512.png", "type": "image/png", "sizes": "512x512", "purpose": "maskable"},
        ],
    }
    return {"site.webmanifest": (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()}


FILES: dict[str, Callable[..., Files]] = {
    "feed": _feed,
    "corrections feed": _corrections,
    "calendar": _calendars,
    "sitemap": _sitemaps,
    "web manifest": _web_manifest,
}
