"""Another machine, for a build that finds this folder on its PYTHONPATH: another clock, another order of folders.

The clock is ahead by AHEAD_S seconds, for every way in which Python asks for it; folders list their files in a shuffled
order, as another file system would; there are more processors.
"""

# mypy: ignore-errors

import datetime
import os
import random
import time

AHEAD_S = int(os.environ.get("AHEAD_S", "0"))
SHUFFLED = random.Random(os.environ.get("SHUFFLED_BY", ""))

_time, _time_ns, _localtime, _gmtime = time.time, time.time_ns, time.localtime, time.gmtime
time.time = lambda: _time() + AHEAD_S
time.time_ns = lambda: _time_ns() + AHEAD_S * 1_000_000_000
time.localtime = lambda seconds=None: _localtime(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: _gmtime(time.time() if seconds is None else seconds)


class _Datetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return super().now(tz) + datetime.timedelta(seconds=AHEAD_S)

    @classmethod
    def utcnow(cls):
        return super().now(datetime.UTC).replace(tzinfo=None) + datetime.timedelta(seconds=AHEAD_S)

    @classmethod
    def today(cls):
        return cls.now()


datetime.datetime = _Datetime  # dates ask time.time already

_listdir, _scandir = os.listdir, os.scandir


def listdir(path="."):
    names = _listdir(path)
    SHUFFLED.shuffle(names)
    return names


class scandir:
    def __init__(self, path="."):
        with _scandir(path) as found:
            self._items = list(found)
        SHUFFLED.shuffle(self._items)

    def __iter__(self):
        return iter(self._items)

    def __next__(self):
        if not self._items:
            raise StopIteration
        return self._items.pop()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._items = []


if "SHUFFLED_BY" in os.environ:
    os.listdir, os.scandir = listdir, scandir
os.cpu_count = lambda: 7
