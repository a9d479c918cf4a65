"""What other programs read of the site: Atom, JSON Feed, iCalendar, sitemap, robots.txt, the web manifest.

Times come from the content: an entry's time is the day of its event, or of its last correction; in the two feeds of
what is new, the days that git knows, where it does.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr
from zoneinfo import ZoneInfo

from generator.pages.parts import place_name, summary_of
from generator.record import urls

if TYPE_CHECKING:
    from collections.abc import Iterable

    from generator.pages.page import Page
    from generator.record.model import Event, Settings, Site

NEWEST = 50
CALENDAR_NEWEST = 500
_ICAL_OCTETS = 75


def feeds(site: Site, pages: Iterable[Page]) -> dict[str, bytes]:
    """All of them, by path."""
    newest = site.events[-NEWEST:][::-1]
    corrected = sorted(
        (event for event in site.events if event.corrections),
        key=lambda event: (_corrected(event), event.slug),
        reverse=True,
    )[:NEWEST]
    title = site.settings.title
    return {
        "feed.xml": _atom(
            site, "feed.xml", title, [(event, summary_of(event), _updated(event, site)) for event in newest]
        ),
        "corrections.xml": _atom(
            site,
            "corrections.xml",
            f"{title}: corrections",
            [(event, event.corrections[-1].text, _corrected(event)) for event in corrected],
        ),
        "feed.json": _json_feed(site, newest),
        "calendar.ics": _calendar(site, site.events[-CALENDAR_NEWEST:]),
        "sitemap.xml": _sitemap(site.settings, pages),
        "robots.txt": f"User-agent: *\nAllow: /\nSitemap: {site.settings.absolute('sitemap.xml')}\n".encode(),
        "site.webmanifest": _web_manifest(site.settings),
    }


def _corrected(event: Event) -> date:
    """The day of an entry's last correction, else of its event."""
    return max([event.date.first, *(correction.date.first for correction in event.corrections)])


def _updated(event: Event, site: Site) -> date:
    """The day on which an entry last changed, as far as that is known."""
    return site.history[event.file].last if event.file in site.history else _corrected(event)


def _stamp(day: date, settings: Settings) -> str:
    return datetime.combine(day, time(), ZoneInfo(settings.timezone)).replace(microsecond=0).isoformat()


def _atom(site: Site, path: str, title: str, entries: list[tuple[Event, str, date]]) -> bytes:
    """A feed; each entry comes with its summary and the day on which it was updated."""
    settings = site.settings
    newest = max(
        (updated for _, _, updated in entries), default=site.newest.date.first if site.newest else date(1970, 1, 1)
    )
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang={quoteattr(settings.language)}>',
        f"<title>{escape(title)}</title>",
        f"<id>{escape(settings.absolute(path))}</id>",
        f'<link rel="self" type="application/atom+xml" href={quoteattr(settings.absolute(path))}/>',
        f'<link rel="alternate" type="text/html" href={quoteattr(settings.absolute(""))}/>',
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
            f'<link rel="alternate" type="text/html" href={quoteattr(address)}/>',
            *([f"<published>{_stamp(history.first, settings)}</published>"] if history else ()),
            f"<updated>{_stamp(updated, settings)}</updated>",
            f"<category term={quoteattr(event.kind)} label={quoteattr(site.kinds[event.kind].name)}/>",
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


def _calendar(site: Site, events: Iterable[Event]) -> bytes:
    """RFC 5545: an all-day event for each entry with known days, in the words of its date for the rest."""
    settings = site.settings
    host = settings.base_url.split("/")[2]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{host}//chronology//EN",
        f"X-WR-CALNAME:{_ical(settings.title)}",
    ]
    for event in events:
        place = "; ".join(place_name(site.places[place]) for place in event.places)
        last = event.date.last if event.date.start.precision == "day" else event.date.first
        day = _corrected(event)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{event.slug}@{host}",
            f"DTSTAMP:{day:%Y%m%d}T000000Z",
            f"DTSTART;VALUE=DATE:{event.date.first:%Y%m%d}",
            f"DTEND;VALUE=DATE:{last + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_ical(event.title)}",
            f"DESCRIPTION:{_ical(f'{event.date.in_words}. {summary_of(event)}')}",
            *([f"LOCATION:{_ical(place)}"] if place else []),
            f"URL:{settings.absolute(urls.event(event.slug))}",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


def _ical(text: str) -> str:
    for character in "\\;,":
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, never inside a character."""
    pieces, piece, room = [], "", _ICAL_OCTETS
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(piece)
            piece, room = " ", _ICAL_OCTETS - 1
        piece += character
        room -= size
    return "\r\n".join([*pieces, piece])


def _sitemap(settings: Settings, pages: Iterable[Page]) -> bytes:
    places = sorted(settings.absolute(page.address) for page in pages if page.listed)
    lines = [f"<url><loc>{escape(place)}</loc></url>" for place in places]
    head = '<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return "\n".join([head, *lines, "</urlset>", ""]).encode()


def _web_manifest(settings: Settings) -> bytes:
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
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
