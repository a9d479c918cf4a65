"""A machine that fails at a given moment, for a build that finds this folder on its PYTHONPATH.

What a build does to files near NEAR is counted, by Python's audit events, in every process of it.  COUNT_IN names a
file to write the number into; KILL_AT ends the process, as a power cut would, before the step of that number.
VANISH names a file that is deleted when the first file below it is opened.
"""

# mypy: ignore-errors

import os
import signal
import sys

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


def _watch(event, arguments):
    global _count, _busy
    if _busy:
        return
    _busy = True
    try:
        if VANISH and event == "open" and str(arguments[0]).startswith(os.path.dirname(VANISH)):
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


if NEAR or VANISH:
    sys.addaudithook(_watch)
