"""Where a repository's web pages let people edit a file, begin one, and report a mistake.

GitHub, GitLab, and Gitea with Forgejo are known by their hosts' names; of another the repository's own page is all
that can be named.  `repository` in site.yml is its address, or that of the content folder as a browser shows it, which
then names the branch and the folder too: `https://github.com/o/r/tree/main/content`.
"""

from __future__ import annotations

import re
from functools import cache
from urllib.parse import quote, urlsplit

from generator.record.tuples import NamedTuple

_TREE = re.compile(r"(?:/-)?/(?:tree|src/branch)/([^/]+)(?:/(.*))?\Z")
_HOSTS = (
    (re.compile(r"(?:^|\.)github\."), "github"),
    (re.compile(r"(?:^|\.)gitlab\."), "gitlab"),
    (re.compile(r"(?:^|\.)(?:gitea|forgejo)\.|(?:^|\.)codeberg\.org\Z"), "gitea"),
)
_EDIT = {"github": "edit", "gitlab": "-/edit", "gitea": "_edit"}
_NEW = {"github": "new", "gitlab": "-/new", "gitea": "_new"}
_ISSUE = {"github": "issues/new/choose", "gitlab": "-/issues/new", "gitea": "issues/new"}


class NewFile(NamedTuple):
    """A page that begins a file: its address, and the parameters for the file's path and its text, if it takes them."""

    url: str
    path_as: str = ""
    text_as: str = ""


class Forge(NamedTuple):
    """A repository on the web.  `kind` is empty when it is none that is known; `folder` is the content's."""

    repository: str
    kind: str
    branch: str = "main"
    folder: str = "content"

    def edit_url(self, file: str) -> str:
        """Where a file of the content is changed."""
        if not self.kind:
            return self.repository
        return f"{self.repository}/{_EDIT[self.kind]}/{self.branch}/{self._path(file)}"

    def new_file(self) -> NewFile | None:
        """Where a file of the content is begun; its path is then that of the whole repository."""
        if not self.kind:
            return None
        url = f"{self.repository}/{_NEW[self.kind]}/{self.branch}"
        named = {"github": ("filename", "value"), "gitlab": ("file_name", "")}.get(self.kind, ("", ""))
        return NewFile(url if any(named) else f"{url}/{self._path('events')}", *named)

    def issue_url(self) -> str:
        """Where a mistake is reported."""
        return f"{self.repository}/{_ISSUE[self.kind]}" if self.kind else self.repository

    def _path(self, file: str) -> str:
        return quote(f"{self.folder}/{file}" if self.folder else file)


@cache
def forge_of(repository: str) -> Forge | None:
    """The forge of a repository's address; None when there is no address."""
    if not repository:
        return None
    plain = repository.rstrip("/").removesuffix(".git")
    host = urlsplit(plain).hostname or ""
    kind = next((name for pattern, name in _HOSTS if pattern.search(host)), "")
    tree = _TREE.search(plain) if kind else None
    if tree:
        return Forge(plain[: tree.start()], kind, tree[1], tree[2] or "")
    return Forge(plain, kind)
