"""Another machine, or one that fails, for a build that finds this folder on its PYTHONPATH.

The clock is ahead by AHEAD_S seconds, for every way in which Python asks for it; with SHUFFLED_BY, folders list their
files in a shuffled order, as another file system would; there are more processors.

What a build does to files near NEAR is counted, by Python's audit events, in each process of it.  COUNT_IN names a
file to write the number into; KILL_AT ends all of it, as a power cut would, before the step of that number.
VANISH names a file that is deleted when the first file in its folder is opened.
LACKS names a package that is not installed.
"""

# mypy: ignore-errors

import datetime
import importlib.metadata
import os
import random
import signal
import sys
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


# --- failures

NEAR = os.environ.get("NEAR", "")
KILL_AT = int(os.environ.get("KILL_AT", "0"))
COUNT_IN = os.environ.get("COUNT_IN", "")
VANISH = os.environ.get("VANISH", "")
STEPS = {
    "os.rename",
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rmdir",
    "os.chmod",
    "shutil.rmtree",
    "os.truncate",
    "os.symlink",
}

_count = 0
_busy = False


def _is_file_beside(path, other):
    folder, name = os.path.split(path)
    return bool(name) and folder.startswith(os.path.dirname(other))


def _watch(event, arguments):
    global _count, _busy
    if _busy:
        return
    _busy = True
    try:
        if VANISH and event == "open" and _is_file_beside(str(arguments[0]), VANISH):
            if os.path.exists(VANISH):
                os.unlink(VANISH)
        writes = event == "open" and (
            set(str(arguments[1] or "")) & set("wax+") or (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR)
        )
        if NEAR and (event in STEPS or writes) and any(NEAR in str(argument) for argument in arguments):
            _count += 1
            if COUNT_IN:
                with open(COUNT_IN, "w") as file:
                    file.write(str(_count))
            if _count == KILL_AT:
                os.killpg(0, signal.SIGKILL)
    finally:
        _busy = False


LACKS = os.environ.get("LACKS", "")
_version = importlib.metadata.version


def version(name):
    if name == LACKS:
        raise importlib.metadata.PackageNotFoundError(name)
    return _version(name)


if LACKS:
    importlib.metadata.version = version
if NEAR or VANISH:
    sys.addaudithook(_watch)
