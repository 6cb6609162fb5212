"""Write the reference from the program itself: the command's pages, the JSON's, and the stored help.

`python docs/reference/make.py` writes; `pages()` gives the texts, so that a test can prove them up to date.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from typer.main import get_command

from kithkin.cli.app import analyze, app

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "src/kithkin/cli/schemas"


def pages() -> dict[Path, str]:
    """Every generated file with the text it must hold."""
    return {
        ROOT / "src/kithkin/cli/stored_help.py": stored_help(),
        ROOT / "docs/reference/command.md": command_page(),
        ROOT / "docs/reference/json.md": json_page(),
    }


def help_of(words: list[str]) -> str:
    """What Typer prints for `kithkin WORDS --help` at 80 columns."""
    os.environ["COLUMNS"] = "80"
    command: Any = get_command(app)
    context = command.make_context("kithkin", [], resilient_parsing=True)
    for word in words:
        command = command.get_command(context, word)
        context = command.make_context(word, [], parent=context, resilient_parsing=True)
    return str(context.get_help()).rstrip() + "\n"


def stored_help() -> str:
    """The module that holds the text of `kithkin --help`."""
    text = help_of([])
    if "\\" in text or '"""' in text:
        raise SystemExit("The help holds a backslash or three quotes; store it another way.")
    return (
        '"""What `kithkin --help` prints, stored so that it needs no import. '
        'Written by docs/reference/make.py; do not edit."""\n\n'
        f'HELP = """\\\n{text}"""\n'
    )


def commands() -> list[list[str]]:
    """Every command, by the words that call it."""
    inner = [["analyze", str(command.name)] for command in analyze.registered_commands]
    return [*inner, *([str(command.name)] for command in app.registered_commands)]


def command_page() -> str:
    """docs/reference/command.md."""
    parts = [
        "# The command",
        "",
        "Written by `docs/reference/make.py` from the program.",
        "",
        "```text",
        help_of([]) + "```",
    ]
    for words in commands():
        parts += ["", f"## kithkin {' '.join(words)}", "", "```text", help_of(words) + "```"]
    parts += ["", EXITS]
    return "\n".join(parts)


EXITS = """\
## Exit status

| status | meaning |
|---|---|
| 0 | the answer was given; "not identifiable" and "no change can be told" are answers |
| 1 | `doctor` found something broken, or the reader of the output went away |
| 2 | the question could not be answered; the message on stderr says what, where and what to do |
| 130 | stopped by Ctrl-C |

Colour and bars follow the terminal: none of the first with `NO_COLOR` or into a file, ASCII where the encoding has no
more, `COLUMNS` columns where it is set.
"""


def json_page() -> str:
    """docs/reference/json.md, from the schemas that the tests hold the output against."""
    parts = [
        "# The JSON of `kithkin analyze … --json`",
        "",
        "Written by `docs/reference/make.py` from the JSON Schemas in `src/kithkin/cli/schemas/`, against which",
        "the tests hold the output. `schema` names the form and `version` its number: within a version fields",
        "may be added, but none is renamed, dropped or given another meaning.",
    ]
    for path in sorted(SCHEMAS.glob("*.json")):
        schema = json.loads(path.read_text("utf-8"))
        parts += ["", f"## {schema['title']}", "", schema["description"], "", *_table(schema)]
        for name, inner in schema.get("$defs", {}).items():
            said = [inner["description"], ""] if "description" in inner else []
            parts += ["", f"### {name}", "", *said, *_table(inner)]
    return "\n".join(parts) + "\n"


def _table(schema: dict[str, Any]) -> Iterator[str]:
    yield "| field | type | meaning |"
    yield "|---|---|---|"
    required = set(schema.get("required", ()))
    for name, field in schema.get("properties", {}).items():
        optional = "" if name in required else " (may be absent)"
        yield f"| `{name}` | {_type(field)} | {field.get('description', '')}{optional} |"


def _type(field: dict[str, Any]) -> str:
    if "const" in field:
        return f"`{json.dumps(field['const'])}`"
    if "enum" in field:
        return " or ".join(f"`{json.dumps(value)}`" for value in field["enum"])
    if "$ref" in field:
        return str(field["$ref"]).rpartition("/")[2]
    if "anyOf" in field:
        return " or ".join(map(_type, field["anyOf"]))
    kinds = field.get("type", "any")
    kind = " or ".join(kinds) if isinstance(kinds, list) else kinds
    if kind == "array" and "items" in field:
        return f"array of {_type(field['items'])}"
    return str(kind)


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, "utf-8")
        print(path.relative_to(ROOT))
