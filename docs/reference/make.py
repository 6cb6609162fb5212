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

from kithkin.cli.app import analyze, app, imports, questionnaires, warehouses
from kithkin.cli.questionnaire.exported import TARGETS
from kithkin.questionnaire.formats import FORMATS, Format
from kithkin.questionnaire.vocabulary import (
    CALCULATED,
    COLUMN,
    CONDITION,
    ENVELOPE,
    FIELD,
    ITEM,
    KINDS,
    OURS,
    PAGE,
    PANEL,
    PARTS,
    QUESTIONS,
    STATES,
    SURVEY,
    TRIGGERS,
    VALIDATORS,
    Property,
    State,
)
from kithkin.questionnaire.vocabulary.questions import QUESTION
from kithkin.questionnaire.vocabulary.schema import schema

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "src/kithkin/cli/schemas"


def pages() -> dict[Path, str]:
    """Every generated file with the text it must hold."""
    return {
        ROOT / "src/kithkin/cli/stored_help.py": stored_help(),
        ROOT / "docs/reference/command.md": command_page(),
        ROOT / "docs/reference/json.md": json_page(),
        ROOT / "docs/reference/questionnaire.md": questionnaire_page(),
        **{
            ROOT / f"docs/reference/formats/{name}.md": format_page(door)
            for name, door in FORMATS.items()
            if door.tables
        },
        ROOT / "docs/reference/questionnaire-1.json": questionnaire_schema(),
        ROOT / "src/kithkin/questionnaire/schemas/questionnaire-1.json": questionnaire_schema(),
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
    inner += [["questionnaire", str(command.name)] for command in questionnaires.registered_commands]
    inner += [["import", str(command.name)] for command in imports.registered_commands]
    inner += [["warehouse", str(command.name)] for command in warehouses.registered_commands]
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
| 1 | `doctor` or `questionnaire check` found something broken, or the reader of the output went away |
| 2 | the question could not be answered; the message on stderr says what, where and what to do |
| 130 | stopped by Ctrl-C |

Colour and bars follow the terminal: none of the first with `NO_COLOR` or into a file, ASCII where the encoding has no
more, `COLUMNS` columns where it is set.
"""


def json_page() -> str:
    """docs/reference/json.md, from the schemas that the tests hold the output against."""
    parts = [
        "# The JSON of `--json`",
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


def format_page(door: Format) -> str:
    """docs/reference/formats/….md, from the code's own table."""
    parts = [
        f"# {door.label}: what comes along",
        "",
        "Written by `docs/reference/make.py` from the table that the tests hold the code to. What is lost or",
        "approximated is told element by element by `kithkin questionnaire import FILE`"
        + (
            f", and on the\nway out by `kithkin questionnaire export FILE --to {door.name}`."
            if door.name in TARGETS
            else "."
        ),
    ]
    for title, table in door.tables.items():
        parts += ["", f"## {title}", "", "| element | becomes | state | remark |", "|---|---|---|---|"]
        parts += [f"| {row.element} | {row.becomes} | {row.kind} | {row.remark} |" for row in table]
    return "\n".join(parts) + "\n"


def questionnaire_schema() -> str:
    """The JSON Schema of a questionnaire, in the package and beside the documents."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def questionnaire_page() -> str:
    """docs/reference/questionnaire.md, from the vocabulary that the engine reads by."""
    parts = [QUESTIONNAIRE, "", "| state | meaning |", "|---|---|"]
    parts += [f"| {state} | {meaning} |" for state, meaning in STATES.items()]
    parts += ["", *_properties("The envelope", ENVELOPE), *_properties("`kithkin`: our own part", OURS)]
    for name, table in PARTS.items():
        parts += _properties(f"Each of `{name}`", table, level=3)
    parts += _properties("`body`: the whole", SURVEY)
    parts += _properties("Each of `calculatedValues`", CALCULATED, level=3)
    parts += _properties("Each of `completedHtmlOnCondition` and `navigateToUrlOnCondition`", CONDITION, level=3)
    for found in TRIGGERS.values():
        parts += _properties(f"Trigger `{found.name}`: {found.says}", found.properties, level=3)
    parts += [*_properties("Pages", PAGE), *_properties("Panels", PANEL), *_properties("Every question", QUESTION)]
    for found in VALIDATORS.values():
        parts += _properties(f"Validator `{found.name}`: {found.says}", found.properties, level=3)
    for found in QUESTIONS.values():
        own = {name: said for name, said in found.properties.items() if QUESTION.get(name) is not said}
        parts += _properties(f"`{found.name}`: {found.says}", own)
    parts += _properties("Each choice, row or point of a scale", ITEM)
    parts += _properties("Each column of cells, beside what its type of question has", COLUMN)
    parts += _properties("Each text of `multipletext`", FIELD)
    return "\n".join([*parts, CHANCE, DEVIATIONS]).rstrip() + "\n"


QUESTIONNAIRE = """\
# The questionnaire

Written by `docs/reference/make.py` from the vocabulary that the engine reads by. A questionnaire is JSON: the
vocabulary of SurveyJS under `body`, in an envelope that names its version, with what that vocabulary has no word for
under `kithkin`. A bare SurveyJS questionnaire is read too. The JSON Schema is
[questionnaire-1.json](questionnaire-1.json).

```json
{"format": "kithkin.questionnaire", "version": 1,
 "body": {"pages": [{"elements": [{"type": "rating", "name": "recommend", "rateMin": 0, "rateMax": 10}]}]},
 "kithkin": {"identity": "confidential", "metrics": [{"question": "recommend", "measures": "nps"}]}}
```

Types and properties that are not in these tables are kept, come out as they went in, and are listed by
`kithkin questionnaire check`. Every type and property has a state:
"""

CHANCE = """
## What chance decides

`randomisation`, `questionsOrder`, `choicesOrder`, `rowsOrder` and the sets of a MaxDiff are drawn from the respondent's
seed and the name of what is drawn: the same respondent sees the same again, in every language and after other questions
have come in. What has another name is drawn independently of it.

- Respondents whose seeds are whole numbers one after another are dealt with in blocks, of as many as there are things
  to draw from. In each full block every thing is shown equally often and stands once in each place: exactly, among
  those who were given these seeds, not among those who came to the end. Which thing follows which is even in the long
  run only. A text as seed is as good as random: all is even in the long run only.
- Of what is drawn a condition may hide a part; nothing is drawn in its place.
- Choices and rows that come and go with the answers are even in the long run only, and keep their order among them.
- "None", "other" and their like stand last.
- MaxDiff: each respondent has sets of their own. No choice stands twice in a set, each is seen as often as any other,
  give or take one; pairs and places are more even than by chance, and even in the long run over respondents.
"""

DEVIATIONS = """
## Where a replay differs from survey-core

Questionnaires and answers drawn by chance are given to survey-core in Node and to our replay, and what is shown, needed,
enabled, offered, wrong and stored must be the same. (`tests/questionnaire/conformance`; `KITHKIN_CONFORMANCE=20000` draws
more of them.) These differences are meant; the comparison evens them out, each at a place that names it, or does not draw
them:

| here | in survey-core | why |
|---|---|---|
| what is hidden is empty at once for all that depends on it: answers, computed values, rows, cells and their number | some of it is kept, and seen by conditions | a hidden answer must have no influence, or a forged one would have it |
| where conditions depend on one another in a ring, the one that stands first is decided as if those behind it had no answer; so `templateVisibleIf` never sees the answers of its own panel | what was answered first decides | the server sees answers, not the order in which they were given |
| a choice that is not shown, or disabled, does not count, not even in a default | it counts until the end | as above |
| an answer to a disabled question is refused; its default or computed value stands, and is never wrong | it is kept; in a disabled matrix a value that stands twice is an error | the server decides what could be answered, and nobody could mend it |
| a computed question is computed whenever it is shown | not while it is disabled, where what it came to before stays | the server sees no before |
| triggers, `setValueIf` and defaults fill what was not answered, by the answers as they are in the end; an answer that was taken back stays empty, if it is handed in as `null` | they act at the moment when something changes; a computed default comes back; the data leave out what was taken back | the server sees answers, not the order in which they were given |
| as long as `resetValueIf` holds, the question has its default or nothing | it is reset once, and can be answered again | as above |
| `{nextPanel.x}` and `{nextRow.x}` have no answer, and `check` says so | they see the panel or row behind | what stands first is decided first |
| the default of a cell is there whenever the cell is | it is set when the row is made | as above |
| a default that the question could not have as an answer is none | it is taken, or written beside “other” | the server would refuse it as an answer |
| of questions that share a `valueName`, one that is shown keeps the answer | hiding the page or panel of one clears it (`onHiddenContainer`) | what is shown must be what is stored |
| what is written in several rows is one choice, and “other” in a row is none | each is offered again | nobody could tell them apart |
| `complete` and `skip` act when a page is left on which something is asked of which their expression speaks | `skip` leaves at once, and never where the question stays unanswered (there is a setting for our way); an expression on a row that is not there, or on a comment, is not looked at | the same for whoever has no JavaScript |
| pages that are left out by `complete` or `skip` count as hidden | defaults and computed values on them are stored | nobody met them |
| every error counts, by the answers as they are in the end | a page is judged when it is left; what is answered behind it is not held against it | the server judges what it stores |
| choices that a question takes from another are disabled like any, and its own stand before them | `choicesEnableIf` is not asked of them; its own are left out | that is what is written |
| rows and panels in which nothing was said are no answer; at first there are as many as `minRowCount`, even if `rowCount` is less | looking at the rows makes an answer of them; as many as `rowCount` says | to have looked is not to have answered |
| a number or a date out of bounds stays, with an error, to be mended; so does a point of a slider between two steps | it is not taken over; the slider goes to the nearest point | nobody has to type it again |
| `rateCount` says how many points there are, even where neither the first nor the last is said | it counts only beside `rateMin` or `rateMax` | that is what it says |
| what is written in place of “other”, where it has no key of its own, is one answer, and stands where nothing else is offered too | a browser keeps to one; it is lost where nothing else is offered | the respondent wrote it |
| `maxSelectedChoices`, `maxLength` and choices that stand alone are held to | a browser keeps to them | a crafted answer passes no browser |

Constant sums and MaxDiff are no types of survey-core: bounds, steps, totals, sets and forged answers have tests of their
own (`tests/questionnaire/test_judging.py`, `test_replay.py`, `test_seeds.py`). Of survey-core's types the comparison does
not draw `file`, `signaturepad`, `image`, `choicesByUrl` and texts of a multiple text that are computed.
"""  # noqa: E501


def _properties(title: str, table: dict[str, Property], level: int = 2) -> list[str]:
    spelled = [said for said in table.values() if said.state is not State.KEPT or said.kind != "value"]
    plain = [f"`{name}`" for name, said in table.items() if said not in spelled]
    parts = [f"{'#' * level} {title}", ""]
    if spelled:
        parts += ["| property | holds | state | meaning |", "|---|---|---|---|"]
        parts += [f"| `{said.name}` | {_holds(said)} | {said.state} | {said.says} |" for said in spelled] + [""]
    return [*parts, f"Kept: {', '.join(plain)}.", ""] if plain else parts


def _holds(said: Property) -> str:
    return KINDS.get(said.kind) or " or ".join(f"`{word}`" for word in said.words)


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, "utf-8")
        print(path.relative_to(ROOT))
