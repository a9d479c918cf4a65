"""What all commands share: their exit statuses, and the folder that they belong to."""

from pathlib import Path

DONE, CONTENT_ERRORS, USAGE, INTERRUPTED = 0, 1, 2, 130

HOME = Path(__file__).resolve().parents[2]
"""The folder of build.py: content, templates and static files lie beside it."""
KEPT = HOME / ".cache" / "made"
"""Search indexes and card images as they were made; it may be deleted at any time."""
CACHE = HOME / ".cache" / "templates"
"""Templates as Jinja2 has compiled them; it may be deleted at any time."""
