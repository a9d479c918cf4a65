"""The editors' work list: what counts as thin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from small_site import SOURCES, claim, event, role, site, truce

from generator.pages.worklist import items_of, named, work_list
from generator.record.model import Citation, Page, Pointer, Prose

if TYPE_CHECKING:
    from generator.record.site import Site


def listed(whole: Site, task: str) -> list[str]:
    """The ids of a task's items."""
    return [item.id for found in work_list(whole) if found.id == task for item in found.items]


def test_two_sources_of_one_origin_are_one() -> None:
    """A reprint beside what it reprints leaves an entry resting on one origin."""
    alone, reprint = event("2025-03-01"), event("2025-03-02", sources=("gazette", "wire"))
    two = event("2025-03-03", sources=("gazette", "other"))
    other = SOURCES["gazette"]._replace(id="other", publisher="Other")
    whole = site(alone, reprint, two, sources=SOURCES | {"other": other})

    assert ["2025-03-01", "2025-03-02"] == listed(whole, "one-origin")


def test_an_entry_is_one_sided_when_all_its_sources_speak_from_one_side() -> None:
    """A third party's source, or one of the other side, is enough."""
    upper, lower = (SOURCES["gazette"]._replace(id=side, perspective=side) for side in ("upper", "lower"))
    events = [
        event("2025-03-01", sources=("upper",)),
        event("2025-03-02", sources=("upper", "lower")),
        event("2025-03-03", sources=("upper", "gazette")),
        event("2025-03-04", sources=("gazette",)),
    ]
    whole = site(*events, sources=SOURCES | {"upper": upper, "lower": lower})

    assert ["2025-03-01"] == listed(whole, "one-sided")


def test_a_question_with_one_answer_is_asked_again() -> None:
    """Two answers, even in two entries, are enough."""
    whole = site(
        event("2025-03-01", claims=(claim("upper", "Who?"), claim("upper", "Why?"))),
        event("2025-03-02", claims=(claim("lower", "Why?"),)),
    )

    assert ["2025-03-01"] == listed(whole, "one-answer")


def test_fighting_under_a_ceasefire_that_no_term_is_tied_to() -> None:
    """Talks, fighting before and after, and what is tied to a term are not listed."""
    tied = tuple(each._replace(terms=("ropes",)) for each in role("quay", "alleged-violation"))
    whole = site(
        event("2025-03-01"),
        event("2025-03-06"),
        event("2025-03-07", kind="talks"),
        event("2025-03-08", agreements=tied),
        event("2025-03-10"),
        agreements=(truce("quay", ("2025-03-05", "2025-03-09")),),
    )

    assert ["2025-03-06"] == listed(whole, "untied")


def test_sources_and_sentences() -> None:
    """A linked source without an archived copy is listed, and an entry with uncited sentences, each by its month."""
    whole = site(event("2025-03-01"), uncited={"2025-03-01": 2})

    assert ["gazette", "wire"] == listed(whole, "no-archive")
    assert ["2025-03-01"] == listed(whole, "uncited")
    assert (("March 2025", 1),) == next(task.periods for task in work_list(whole) if task.id == "uncited")


def test_a_source_that_nothing_rests_on() -> None:
    """An entry, an agreement, a plain page or a reprint that names it is enough."""
    spare = {ident: SOURCES["gazette"]._replace(id=ident) for ident in ("agreed", "told", "first", "spare")}
    reprint = SOURCES["wire"]._replace(origin="first")
    agreed = truce("quay", ("2025-03-05", "2025-03-09"))._replace(sources=("agreed",))
    about = Page("about", "pages/about.md", "About", body=Prose((Citation((Pointer("told"),)),)))
    whole = site(
        event("2025-03-01", sources=("gazette", "wire")),
        agreements=(agreed,),
        pages=(about,),
        sources=SOURCES | spare | {"wire": reprint},
    )

    assert ["spare"] == listed(whole, "unused")


def test_of_sources_one_sided_entries_depend_on_their_sides_alone() -> None:
    """Another title of one source is nothing to them, however many there are."""
    whole = site(event("2025-03-01"), event("2025-03-02", sources=("wire",)))

    items_of("one-sided", whole)

    of_month = whole.derivations["worklist._in_month", ("one-sided", (2025, 3))]
    reads = {whole.keys[number] for number in of_month.reads}
    assert {("worklist._perspective", "gazette"), ("worklist._perspective", "wire")} <= reads
    assert "sources" not in {key[0] for key in reads}


def test_a_source_with_the_id_of_an_entry_is_a_source() -> None:
    """Ids of sources and of entries are of two name spaces."""
    spare = SOURCES["gazette"]._replace(id="2025-03-01", title="A spare source")
    whole = site(event("2025-03-01", title="A day"), sources=SOURCES | {spare.id: spare})

    (item,) = (item for task in work_list(whole) if task.id == "unused" for item in task.items if item.id == spare.id)
    assert ("A spare source", "sources/2025-03-01/") == named(item, whole)
