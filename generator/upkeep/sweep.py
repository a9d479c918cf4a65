"""Many addresses asked: a few hosts at once, the addresses of one host one after another, with patience."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from http import HTTPStatus
from queue import SimpleQueue
from threading import Event, Thread
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from generator.upkeep.fetch import TRY_LATER, UNASKED, Look

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable


@dataclass(frozen=True, slots=True)
class Pace:
    """How many hosts are asked at once, and how often and how long who is told to come back does so."""

    workers: int = 8
    tries: int = 3
    first_wait_s: float = 5
    longest_wait_s: float = 120
    most_unreachable: int = 3
    """In a row, and the rest of the host's addresses are taken to be so too."""


def sweep(
    addresses: Iterable[str], ask: Callable[[str], Look], stop: Event, pace: Pace | None = None
) -> Generator[tuple[str, Look], None, None]:
    """Each address with what came of it, in the order of the answers.

    `stop` is set when the caller goes away; it ends every wait, and no further address is asked.
    """
    queues = _by_host(addresses)
    work = _Work(queues, ask, stop, pace or Pace())
    total = sum(len(queue) for queue in queues)
    for _ in range(min(work.pace.workers, len(queues))):
        Thread(target=work.run, daemon=True).start()
    try:
        for _ in range(total):
            result = work.results.get()
            if isinstance(result, BaseException):
                raise result
            yield result
    finally:
        stop.set()


def _by_host(addresses: Iterable[str]) -> list[list[str]]:
    """The addresses of each host, the longest list first: it takes the longest."""
    hosts: dict[str, list[str]] = {}
    for address in dict.fromkeys(addresses):
        hosts.setdefault(_host(address), []).append(address)
    return sorted(hosts.values(), key=len, reverse=True)


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _keeps_off(look: Look) -> bool:
    """Whether its host, after all our patience, still wants no more requests for now."""
    return look.status == HTTPStatus.TOO_MANY_REQUESTS or (look.status in TRY_LATER and look.retry_after_s is not None)


class _Work:
    """What the workers share."""

    def __init__(self, queues: Iterable[list[str]], ask: Callable[[str], Look], stop: Event, pace: Pace) -> None:
        self.queues = deque(queues)
        self.ask = ask
        self.stop = stop
        self.pace = pace
        self.results: SimpleQueue[tuple[str, Look] | BaseException] = SimpleQueue()

    def run(self) -> None:
        """Take one host after another, until none is left."""
        try:
            while not self.stop.is_set():
                try:
                    queue = self.queues.popleft()
                except IndexError:
                    return
                self._one_host(queue)
        except BaseException as error:  # noqa: BLE001 - it is raised where the results are awaited
            self.results.put(error)

    def _one_host(self, addresses: list[str]) -> None:
        """Ask for each; a host that keeps us off is left alone, one that cannot be reached is not tried for ever."""
        unreachable = 0
        for number, address in enumerate(addresses, 1):
            if self.stop.is_set():
                return
            look = self._patient_look(address)
            self.results.put((address, look))
            unreachable = unreachable + 1 if look.unreachable else 0
            if _keeps_off(look):
                rest = Look(UNASKED, f"was not asked: its host {look.reason} to others")
            elif unreachable >= self.pace.most_unreachable:
                rest = replace(look, reason=f"{look.reason}, as others of its host")
            else:
                continue
            for left in addresses[number:]:
                self.results.put((left, rest))
            return

    def _patient_look(self, address: str) -> Look:
        """What came of it, after the waits that the host asks for, unless they are too many or too long."""
        look = self.ask(address)
        for number in range(1, self.pace.tries):
            if look.status not in TRY_LATER:
                break
            own_s = self.pace.first_wait_s * 2 ** (number - 1)
            wait_s = own_s if look.retry_after_s is None else look.retry_after_s
            if wait_s > self.pace.longest_wait_s or self.stop.wait(wait_s):
                break
            look = self.ask(address)
        return look
