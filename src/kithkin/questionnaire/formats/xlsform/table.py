"""What becomes of each element of a form, both ways: docs/reference/formats/xlsform.md is written from this."""

# ruff: noqa: E501

from __future__ import annotations

from kithkin.questionnaire.formats.format import Row, rows
from kithkin.questionnaire.formats.losses import Kind
from kithkin.questionnaire.formats.xlsform.paths import FUNCTIONS
from kithkin.questionnaire.formats.xlsform.types import COLUMNS, LOST_COLUMNS, TYPES

ROWS = tuple(
    Row(f"`{each.name}`" + (f" ({', '.join(each.also)})" if each.also else ""), each.becomes, each.kind, each.reason)
    for each in TYPES.values()
)

SETTINGS = (
    *(Row(f"`{name}`", says, Kind.KEPT) for name, says in COLUMNS.items()),
    *(Row(f"`{name}`", "nothing", Kind.LOST, says) for name, says in LOST_COLUMNS.items()),
    *rows("""
every other column | nothing | lost | it is named in the report
`label::Deutsch (de)` | a text in that language | kept | told by its code in brackets, its code, or its name
columns of choices | literals in `choice_filter` | kept |
`form_title`, `default_language` | the title, the language | kept |
every other setting | nothing | lost | it is named in the report
sheets of entities, maps and lists outside the form | nothing | lost | they are named in the report
"""),
)

LOGIC = (
    *rows("""
`${name}`, `.` | the answer, this answer | kept | in a repeat: of the same repetition
`and or = != < <= > >= + - * div mod` | the same | kept | texts are compared whatever the case of their letters
conditions that cannot be said | nothing | lost | the question or group is always shown
constraints that cannot be said | nothing | lost | any answer is accepted
calculations that cannot be said | nothing | lost | empty where they are used
calculations in a repeat | `expression` | approximated | what is computed is shown
a constraint of an empty answer | true | kept |
`regex(., '…')` that must hold | a pattern | kept | among alternatives and in conditions it is lost
dates with days added or taken, one date less another | `dateAdd`, the days between them | kept |
`/form/name`, `../name`, `current()/../name` | the answer with that name | kept |
`instance(…)` and other paths | nothing | lost |
a computed `repeat_count` | a validator of how many there are | approximated | the respondent adds them
"""),
    *(Row(f"`{name}()`", "the same in our functions", Kind.KEPT) for name in FUNCTIONS if name != "regex"),
)

WRITTEN = rows("""
pages, panels | groups | kept | a page is shown at once (`field-list`)
`text`, `comment`, `radiogroup`, `dropdown`, `checkbox`, `tagbox`, `ranking`, `slider`, `file`, `signaturepad`, `html` | their likes | kept |
`rating`, `boolean`, `buttongroup`, `imagepicker` | `select_one` | kept | words at the ends of a rating are left out
e-mail, address, colour and other kinds of text | `text` | approximated | any text is accepted
`paneldynamic`, `matrixdynamic` | `begin_repeat` | kept |
`matrix`, `multipletext` | a group with a question for each row | approximated |
a comment beside a question | a question of its own | approximated |
names that are no word, or that another question has | another name | approximated | conditions and texts speak of it by that
values with blanks | words with `_` | approximated |
`expression` | `calculate` | kept | with a title: shown in a note
bounds, lengths, counts, exclusive choices, validators | `constraint` | kept |
conditions of choices | `choice_filter` by `name` | kept |
calculated and embedded values | `calculate`, `hidden` | kept |
`matrixdropdown`, `constantsum`, `maxdiff`, `image`, unknown types | nothing | lost |
expressions that XPath cannot say | nothing | lost | what they decided is always shown, or any answer accepted
bounds that are computed | `constraint` | kept |
choices without any, `file` kinds and sizes, order of rows, texts of errors, quiz answers, settings of matrices | nothing | lost | each is named in the report
a pattern that is found in a text | `regex` of the whole text | kept | `.*` stands before and behind it
a text that lacks a language | the text that is shown here instead | kept | apps would show a dash
HTML | its words | approximated | emphasis, links, pictures, lists, headings and tables are left out, and named
descriptions of pages, panels and repeats | hints of groups | approximated | most apps do not show them
the title in other languages | nothing | lost | a form has one
points, pictures and descriptions of choices, `isUnique`, totals | nothing | lost | once for all choices of a question
settings of the whole: longest texts, order, no answers, the sentence for required ones | nothing | lost | each is named
types, validators and properties that are not known here | nothing | lost | each is named
properties that decide nothing here either | nothing | kept | they are named together
questions with one `valueName` | questions of their own | approximated |
triggers, metrics, quotas, randomisation, scores, pages at the end, `enableIf` | nothing | lost |
""")

TABLES = {"Rows, by type": ROWS, "Columns and settings": SETTINGS, "Logic": LOGIC, "Out": WRITTEN}
