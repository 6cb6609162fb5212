"""What becomes of each element of a survey: docs/reference/formats/limesurvey.md is written from this."""

# ruff: noqa: E501

from __future__ import annotations

from kithkin.questionnaire.formats.format import Row, rows
from kithkin.questionnaire.formats.limesurvey.functions import FUNCTIONS
from kithkin.questionnaire.formats.limesurvey.types import ATTRIBUTES, TYPES, Fate
from kithkin.questionnaire.formats.losses import Kind

_REASONS = {
    Fate.READ: (Kind.KEPT, ""),
    Fate.LOOKS: (Kind.KEPT, "looks only: left out, and named in the report"),
    Fate.LOST: (Kind.LOST, ""),
}

QUESTIONS = tuple(
    Row(
        "`{}` {}".format(each.letter.replace("|", "&#124;"), each.says),
        f"`{each.becomes}`" if each.kind is not Kind.LOST else each.becomes,
        each.kind,
        each.reason,
    )
    for each in TYPES.values()
)

SETTINGS = tuple(
    Row(f"`{name}`", says if fate is Fate.READ else "nothing", _REASONS[fate][0], says if fate is Fate.LOST else remark)
    for name, (fate, says) in ATTRIBUTES.items()
    for remark in (_REASONS[fate][1],)
)

LOGIC = (
    *rows("""
relevance of groups, questions, subquestions | `visibleIf` of pages, questions, rows, columns, choices | kept | what cannot be said is lost, and always shown
relevance of fields | nothing | lost | they are always shown
`em_validation_q`, `em_validation_sq`, `preg` | validators | kept | what cannot be said is lost: any answer is accepted
equations | computed values | kept | what cannot be said is left out, and is empty where it is used
conditions in a table of their own | `visibleIf` | kept | where there is no relevance: alternatives for one answer, all of a scenario, one of several scenarios; patterns are lost
`Q1.NAOK`, `Q1_SQ001`, `Q1_other`, `Q1_comment`, `12X3X45SQ001` | the answer's path | kept |
`Q1` without `.NAOK` | the answer's path | approximated | a hidden answer counts as empty; there all of the expression is false. Named where it may differ
`.shown`, `.question` | the text of the choice, the title | kept |
`this`, `self`, `that.Q1`, `.nocomments`, `.sq_…` | the answers that are meant | kept |
`TOKEN:FIRSTNAME`, `PASSTHRU:x` | embedded values | kept |
`and or ! == != < <= > >= + - * /` and words for them | the same | kept | texts are compared whatever the case of their letters
`Q12_S34`, `Q12_Cother` in conditions of version 7 | the answer's path | kept |
`regexMatch('/…/', this)` that must hold | a pattern; of each field, where it is one for all | kept | among alternatives and in relevance it is lost
`time()`, `strtotime()` with seconds added or taken, the seconds between two of them | `dateAdd`, `dateDiff` | kept |
assignments, points (`.value` with assessments) | nothing | lost |
"""),
    *(Row(f"`{name}()`", "the same in our functions", Kind.KEPT) for name in sorted(FUNCTIONS)),
)

WHOLE = rows("""
texts in all languages | localised texts; the base language is the default | kept |
HTML | plain text in titles and choices, rebuilt in longer texts | kept | programs, frames and pictures in titles are left out and told
`{Q1}` and `{Q1.shown}` in texts | `{Q1}` | kept | the text of the choice is shown
`{expression}` in texts | a calculated value, shown there | kept |
quotas | quotas | kept | their address and the way back are lost
assessments | scores, and pages at the end by the sum of the whole | kept | what is said of single groups is left out
random groups | randomisation | approximated | questions are shuffled within their page
hidden questions | embedded values | approximated | nobody is asked; the invitation may bring them
anonymous answers | identity anonymous | kept |
default answers | `defaultValue`, `defaultValueExpression` | kept | one for all languages
welcome, privacy notice | a first page | kept | nobody has to tick that the notice was read
end, its address | `completedHtml`, `navigateToUrl` | kept | the address where it leads on by itself
one question a page, all on one page | a page for each group | approximated |
mails, scripts, address parameters, plugins | nothing | lost | they are named in the report
""")

TABLES = {"Questions, by type": QUESTIONS, "Attributes": SETTINGS, "Logic": LOGIC, "The whole": WHOLE}
