"""What a build has to make, in what order, and in which pieces of work.

An output is made again when it read something that has changed, when one of its files is not as it was published, or
when the last build deferred it; where only the frame of a page has changed, the frame alone is, around the main part as
it is published.  Which outputs there will be is asked only when there may be more than before, or fewer.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from generator.publishing.extras import EXTRA_FOLDERS, EXTRA_KINDS, INDEX
from generator.record.site import OUTPUTS
from generator.record.tuples import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.incremental.ledger import Ledger
    from generator.publishing.publish import Publication
    from generator.record.keys import Key, Output
    from generator.record.site import Site

SHARE = 40
"""Fewer outputs than these are no piece of work."""
FEWEST_SHARES = 8
"""All is cut into at least so many; the largest come first, so that no process is left alone with one at the end."""
FEWEST_FOR_JOBS = 150
"""Fewer outputs than these are made sooner by one process."""


class Plan(NamedTuple):
    """What is to be made, in order, and what is left, in any, to a later build.

    framed: those of them of which only the frame is made, around the main part that is published.
    may_go: the files of the last build that will be gone, but for those that are made again.
    """

    to_make: list[Output]
    deferred: list[Output]
    framed: set[Output]
    may_go: set[str]

    @property
    def is_long(self) -> bool:
        """Whether several processes are sooner done with it than one."""
        return len(self.to_make) >= FEWEST_FOR_JOBS or (INDEX,) in self.to_make


class Planner:
    """Finds what is to be made: `find_stale`, then `certain`, which need not know the published folder, then `plan`."""

    def __init__(self, site: Site, ledger: Ledger, publication: Publication, *, defer: bool) -> None:
        """Plan for a site, by what the ledger knows of the last one.

        defer: leave what is made beside the pages, where it is out of date, to a later build.
        """
        self._site = site
        self._ledger = ledger
        self._publication = publication
        self._defer = defer
        self._stale: set[Output] = set()
        self._framed: set[Output] = set()
        """Pages of which the frame alone is stale."""
        self._still_deferred: set[Output] = set()
        """What the last build deferred, and this one does too: the ledger does not know of what was never made."""
        self._may_be_others = False
        """Whether the site may be made of more outputs than the last one, or fewer."""

    def find_stale(
        self, changed: set[Key], deferred: set[Output], *, queries_may_differ: bool, static_may_differ: bool
    ) -> None:
        """Find what read something that has changed.

        changed: the keys of records and templates.  deferred: what the last build has left to this one.
        queries_may_differ: or pictures have come or gone.  static_may_differ: files may have come to static/, or gone.
        """
        if not len(self._ledger):  # all is to be made
            self._may_be_others = True
            return
        frames = {key for key in changed if key[0] == "frame"}
        found = self._ledger.propagate(changed - frames, self._site, queries=queries_may_differ)
        framed = self._ledger.stale(frames)
        self._framed = {output for output in framed if self._ledger.main(output)}
        self._stale = self._ledger.stale(found) | deferred | (framed - self._framed)
        self._still_deferred = deferred if self._defer else set()
        may_be_new = queries_may_differ or static_may_differ or OUTPUTS in found or not self._ledger.knows(OUTPUTS)
        self._may_be_others = may_be_new or bool(deferred - self._still_deferred)

    def certain(self) -> list[Output]:
        """What has to be made whatever the published folder is like, in order; none when it is much."""
        if self._may_be_others or len(self._stale) >= FEWEST_FOR_JOBS:
            return []
        return [output for output in self._ledger.in_order(self._stale) if output[0] not in EXTRA_KINDS]

    def plan(self) -> Plan:
        """All that is to be made, when the published folder has been looked at.

        The ledger forgets what there will be no longer.
        """
        damaged = {*self._damaged()}
        lost = {output for output in damaged if output[0] in EXTRA_KINDS} if self._defer else set()
        self._ledger.forget(lost)  # what is deferred, and no longer whole: none of its files stays
        framed = self._framed - self._stale - damaged
        stale = self._stale | damaged | framed
        return self._plan_anew(stale, framed) if self._may_be_others or lost else self._plan_same(stale, framed)

    def _plan_same(self, stale: set[Output], framed: set[Output]) -> Plan:
        """The plan of a site that is made of the same outputs as the last one, which the ledger knows."""
        now, deferred = self._divided(self._ledger.in_order(stale))
        may_go = {path for output in now for path in self._ledger.files(output)}
        return Plan(now, [*{*deferred, *self._still_deferred}], framed, may_go)

    def _plan_anew(self, stale: set[Output], framed: set[Output]) -> Plan:
        """The plan of a site that may have other outputs: what is not known to the ledger is new."""
        planned = dict.fromkeys(self._site.outputs())
        self._ledger.know_only(planned)
        now, deferred = self._divided(each for each in planned if each in stale or each not in self._ledger)
        stay = {path for output in planned.keys() - now for path in self._ledger.files(output)}
        return Plan(now, deferred, framed, self._may_go(stay))

    def _damaged(self) -> Iterator[Output]:
        """The outputs of which a file is not as it was published: somebody has edited or deleted it."""
        if not self._publication.is_untouched:
            for output, files in self._ledger.all_files().items():
                if any(self._publication.is_damaged(path) for path in files):
                    yield output

    def _divided(self, outputs: Iterable[Output]) -> tuple[list[Output], list[Output]]:
        """What is made now, and what is deferred: until it is made, its files of earlier builds stay."""
        now: list[Output] = []
        deferred: list[Output] = []
        for output in outputs:
            (deferred if self._defer and output[0] in EXTRA_KINDS else now).append(output)
        return now, deferred

    def _may_go(self, stay: set[str]) -> set[str]:
        """The files of the last build but those that stay; what is deferred stays too, where its files are whole."""
        may_go = self._publication.paths() - stay
        if self._defer and self._publication.is_untouched:
            return {path for path in may_go if not path.startswith(EXTRA_FOLDERS)}
        return may_go


def shares(to_make: list[Output]) -> list[list[Output]]:
    """Outputs in shares that are made as one piece of work; the search index, which takes long, is one by itself.

    Outputs of one year, or of one kind where they are about no year, lie together: small groups are joined until they
    make a share, large ones are cut.  Then mostly one process reads the records, and makes the cards, that pages share.
    """
    index, rest = [output for output in to_make if output[0] == INDEX], [each for each in to_make if each[0] != INDEX]
    largest = max(SHARE, len(rest) // FEWEST_SHARES)
    found: list[list[Output]] = []
    share: list[Output] = []
    for _, same in groupby(sorted(rest, key=_about), key=_about):
        share += same
        if len(share) >= SHARE:
            found += [share[start : start + largest] for start in range(0, len(share), largest)]
            share = []
    return [each for each in (index, *sorted(found, key=len, reverse=True), share) if each]


def _about(output: Output) -> str:
    """The year that an output is about, which the name of an entry or of a part of time begins with; else its kind."""
    year = str(output[1])[:4] if len(output) > 1 else ""
    return year if year.isdecimal() else output[0]
