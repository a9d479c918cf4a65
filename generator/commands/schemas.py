"""`python -m generator.commands.schemas`: write what editors read, schemas/ and the settings of VS Code, anew.

A test holds them against the fields, so this is needed only when a field has changed.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from generator.commands.common import HOME
from generator.commands.tell import say
from generator.reading.fields import AGREEMENT, CLAIM, CORRECTION, EVENT, FIGURE, SOURCE
from generator.reading.json_schemas import FILES, json_schemas

if TYPE_CHECKING:
    from generator.reading.schema import Table

_SNIPPETS = {
    "entry": EVENT,
    "agreement": AGREEMENT,
    "source": SOURCE,
    "claim": CLAIM,
    "figure": FIGURE,
    "correction": CORRECTION,
}
"""What an editor completes, by the word that asks for it."""
_WHOLE_FILES = frozenset({"entry", "agreement"})
_BEGUN = {"sources": "\n  - ${N:source-id}", "value": " ${N:number}"}
"""How a field is begun when its value is not one word; `N` is the stop's number."""


def editor_files() -> dict[str, str]:
    """Every file for editors, by its path in the repository."""
    files = {f"schemas/{name}.schema.json": _json(schema) for name, schema in json_schemas().items()}
    files[".vscode/settings.json"] = _json(
        {
            "yaml.schemas": {f"./schemas/{name}.schema.json": f"content/{pattern}" for name, pattern in FILES.items()},
            "yaml.yamlVersion": "1.2",
            "yaml.format.enable": False,
            "files.insertFinalNewline": True,
            "[markdown]": {"editor.wordWrap": "on", "editor.quickSuggestions": {"other": "on"}},
        }
    )
    files[".vscode/chronology.code-snippets"] = _json(
        {word: _snippet(word, table) for word, table in _SNIPPETS.items()}
    )
    return files


def main() -> None:
    """Write them."""
    for name, text in editor_files().items():
        path = HOME / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        say(name)


def _json(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _snippet(word: str, table: Table) -> dict[str, Any]:
    """What is required of a record, each value a stop of the tabulator key; of a figure, its number too."""
    wanted = [field for field in table.fields if field.required or field.name in {"url", "value"}]
    lines = [f"{field.name}:{_BEGUN.get(field.name, f' ${{N:{field.name}}}')}" for field in wanted]
    lines = [line.replace("N", str(number), 1) for number, line in enumerate(lines, 1)]
    if word in _WHOLE_FILES:
        body = ["---", *"\n".join(lines).split("\n"), "---", "", "$0"]
    else:
        body = [f"{'- ' if not index else '  '}{line}" for index, line in enumerate(lines)] + ["$0"]
    return {"prefix": word, "scope": "markdown,yaml", "description": f"{table.noun} of a chronology", "body": body}


if __name__ == "__main__":
    main()
