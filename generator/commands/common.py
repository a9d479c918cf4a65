"""What all commands share: their exit statuses, and the folder that they belong to."""

from pathlib import Path

DONE, CONTENT_ERRORS, USAGE, INTERRUPTED = 0, 1, 2, 130

HOME = Path(__file__).resolve().parents[2]
"""The folder of build.py: content, templates and static files lie beside it."""
CACHE = HOME / ".cache"
"""What earlier builds found out; it may be deleted at any time."""


class UntoldError(Exception):
    """What is to be said cannot be written; the message is the system's reason."""
