"""What a page is, before it is rendered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from generator.record import urls
from generator.record.site import PER_PART, part_count
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from generator.pages.parts import Card
    from generator.record.keys import Output


class Crumb(NamedTuple):
    """A step of the way from the home page to this one."""

    name: str
    address: str


class Page(NamedTuple):
    """A page to be rendered: its address relative to the root, its template, and what the template is given.

    That is in two pieces: of this the frame is made, which all pages have; of the view its main part, which is not made
    where the frame alone is another.
    crumbs: the way to it, without itself.  section: the item of the navigation that it belongs to.
    json_ld: schema.org's description of it, or None.  card: of the entry that it is the page of.
    """

    address: str
    template: str
    title: str
    make_view: Callable[[], Any]
    description: str = ""
    crumbs: tuple[Crumb, ...] = ()
    section: str = ""
    json_ld: dict[str, Any] | None = None
    card: Card | None = None
    listed: bool = True
    """Whether the sitemap names it and search engines may keep it."""
    whole: str = ""
    """The address of the page that it stands for, where it is a small one for other sites' pages."""

    @property
    def view(self) -> Any:  # noqa: ANN401 - of each kind its own
        """What its main part shows."""
        return self.make_view()

    @property
    def file(self) -> str:
        """The file that it is served from."""
        return urls.file_of(self.address)


class PageKind(NamedTuple):
    """A kind of page: how one is made of the site and its arguments, and where it stands; both pure functions.

    listed: as Page.listed, for all of the kind.
    """

    make: Callable[..., Page]
    address: Callable[..., str]
    listed: bool = True


class Parts(NamedTuple):
    """Where a part of a long list stands among the others: numbers count from 1, addresses are empty at the ends."""

    address: str
    number: int
    total: int

    @property
    def earlier(self) -> str:
        """The address of the part before."""
        return urls.part(self.address, self.number - 1) if self.number > 1 else ""

    @property
    def later(self) -> str:
        """The address of the part after."""
        return urls.part(self.address, self.number + 1) if self.number < self.total else ""

    @property
    def near(self) -> tuple[tuple[int, str], ...]:
        """Number and address of the first part, the last, and those around this one."""
        around = range(max(1, self.number - 3), min(self.total, self.number + 3) + 1)
        return tuple((number, urls.part(self.address, number)) for number in sorted({1, self.total, *around}))

    def titled(self, name: str) -> str:
        """`Killed`, and `Killed, part 2` on the parts after the first."""
        return name if self.number == 1 else f"{name}, part {self.number}"


def numbered(kind: str, *arguments: Any, items: int, size: int = PER_PART) -> Iterator[Output]:  # noqa: ANN401
    """The outputs of a long list, one a part: the part's number, from 1, is the last argument."""
    for number in range(1, part_count(items, size) + 1):
        yield (kind, *arguments, number)
