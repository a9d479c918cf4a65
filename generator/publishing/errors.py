"""Why a site cannot be published."""

from __future__ import annotations


class PublishError(Exception):
    """Why the site cannot be published; `hint` is the remedy."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class WrongFolderError(PublishError):
    """A folder that was given cannot be published to, whatever the content is like."""
