"""The chronology: what a year says of the months in which nothing is recorded."""

from __future__ import annotations

from small_site import claim, event, site

from generator.pages.timeline import KINDS, MOST_CUT, YearView


def test_a_year_draws_and_tells_the_months_without_an_entry() -> None:
    """Those between its first and its last entry have a row each; of those before a month, the list says how many."""
    made = KINDS["year"].make(
        site(event("2024-12-30"), event("2025-02-13"), event("2025-03-02"), event("2025-06-04")), 2025
    )
    view = made.view

    assert isinstance(view, YearView)
    assert ["Feb", "Mar", "Apr", "May", "Jun"] == [row.short for row in view.overview.rows]
    assert [0, 0, 2] == [gap for _, _, gap in view.months]


def test_each_part_of_a_month_knows_what_the_entries_of_the_others_answer_to() -> None:
    """By day: the numbers of an entry's kind, parties and places among the page's choices; one more for a dispute."""
    days = [f"2025-03-{day:02}" for day in range(1, 31)]
    first = [event(day, slug=f"{day}-{n}", kind="talks", actors=("speaker",)) for day in days[:25] for n in (1, 2)]
    rivals = (claim("upper", "Who was there?"), claim("lower", "Who was there?"))
    last = [event(days[25], claims=rivals, actors=("upper", "lower")), event(days[26]), event(days[26], slug="z")]

    views = [KINDS["month"].make(site(*first, *last), 2025, 3, part).view for part in (1, 2)]

    assert ("clash", "talks", "lower", "upper") == tuple(ident for choices in views[0].choices for ident, _ in choices)
    assert [(2, "timeline/2025/03/page-2/", "26,0.2.3.4;27,0,0")] == list(views[0].elsewhere)
    (other,) = views[1].elsewhere
    assert (1, "timeline/2025/03/") == other[:2]
    assert "01,1.3,1.3;02,1.3,1.3" == other.entries[:21]


def test_what_a_page_knows_of_other_parts_is_bounded() -> None:
    """Of a month of more than a thousand entries, nothing; of a thousand, some fifteen kilobytes at most."""
    everywhere = [event("2025-03-01", slug=f"e-{n:04}", actors=("upper", "lower")) for n in range(MOST_CUT + 1)]

    most = KINDS["month"].make(site(*everywhere[1:]), 2025, 3, 1).view.elsewhere
    assert 19 == len(most)
    assert sum(len(part.entries) for part in most) < 15_000
    assert () == KINDS["month"].make(site(*everywhere), 2025, 3, 1).view.elsewhere
