"""What of a QSF file comes along: the table that the reference is written from and the tests hold the code to."""

from __future__ import annotations

from kithkin.questionnaire.formats.format import rows

TABLE = rows("""
MC SAVR | `radiogroup` | kept |
MC SAHR | `radiogroup` | kept | in one line
MC SACOL | `radiogroup` | kept | in columns
MC DL | `dropdown` | kept |
MC SB | `dropdown` | kept |
MC NPS | `rating` 0 to 10, which measures NPS | kept |
MC MAVR | `checkbox` | kept |
MC MAHR | `checkbox` | kept | in one line
MC MACOL | `checkbox` | kept | in columns
MC MSB | `tagbox` | kept |
Matrix Likert SingleAnswer | `matrix` | kept |
Matrix Likert MultipleAnswer | `matrix` with several answers in a row | kept |
Matrix Likert DL | `matrix` | kept |
Matrix Likert DND | `matrix` | kept |
Matrix Bipolar | `matrix` | approximated | both ends of a row stand in its title
Matrix Profile | a `radiogroup` for each row | approximated | each row has a scale of its own
Matrix TE Short | `matrixdropdown` of texts | kept |
Matrix CS | `matrixdropdown` of numbers | approximated | the sums are not checked
Matrix RO | `matrix` without two rows alike | approximated |
Matrix MaxDiff | `maxdiff` of one set | kept |
TE SL | `text` | kept |
TE ML | `comment` | kept |
TE ESTB | `comment` | kept |
TE PW | `text`, unreadable | kept |
TE FORM | `multipletext` | kept |
TE AUTO | `text` | lost | its suggestions
Slider HSLIDER | `slider` for each item | kept |
Slider HBAR | `slider` for each item | kept |
Slider STAR | `rating` with stars for each item | kept |
RO DND | `ranking` | kept |
RO RB | `ranking` | kept |
RO TB | `ranking` | kept |
RO SB | `ranking` | kept |
CS VRTL | `multipletext` of numbers where no total is demanded, else `constantsum` | approximated |
SBS SBSMatrix | `matrixdropdown`, a column for each | kept |
DB TB | `html`, written anew | kept |
DB GRB | `html` | lost | the picture, which is not in the file
DD DL | a `dropdown` for each level | approximated | the texts are the values
PGR DragAndDrop | `matrix` with the groups as columns | approximated | the order within a group
HotSpot OnOff | `checkbox` of the regions' names | approximated | the picture
FileUpload FileUpload | `file` | kept |
Draw Signature | `signaturepad` | kept |
SS Smile | `radiogroup` | approximated | the drawing
HeatMap Image | nothing | lost |
HL Text | nothing | lost |
Timing PageTimer | nothing | lost |
Meta Browser | nothing | lost |
Captcha V2 | nothing | lost |
TreeSelect Org | nothing | lost |
""")

LOGIC = rows("""
display logic of questions, choices, rows and columns | `visibleIf` | kept | And before Or, as there
skip logic | `visibleIf` of what lies between | kept | it waits for an answer
branches | `visibleIf` of their pages | kept |
ends of the survey | completion pages; what comes after is hidden | kept | messages of the library are lost
randomisers of the flow | `randomisation` over pages | kept | an arm of several pages becomes one page
randomised questions of a block | `questionsOrder`, or `randomisation` | kept | fixed places come first
randomised choices | `choicesOrder` | kept | fixed places and subsets are lost
embedded data without a value | `embedded` | kept |
embedded data with a value | `calculatedValues` | kept | in a randomiser: computed on the arm's page
a block that stands in the flow again | questions of other names with the same `valueName` | kept |
conditions on contacts | conditions on embedded values | kept | the invitation brings them
loop and merge | a round of questions for each | kept | at most 100 rounds and 10,000 questions
carried choices | `choicesFromQuestion` | kept | selected, not selected and all
carried rows | rows with `visibleIf` | kept |
text beside a choice | a `text` under the name of its export | approximated |
recode values | the values of choices | kept | the choices' numbers where two are alike
default choices | `defaultValue` | kept |
exclusive answers | `isExclusive` | kept |
required answers | `isRequired` | kept | requested ones are told
validation of texts, numbers, choices | validators | kept | custom ones as expressions
piped text | `{name}` | kept | of questions, fields, loops and scores; the rest is an ellipsis
computed text and fields (`$e{…}`) | `calculatedValues` | kept | where it is arithmetic
translations | a text per language | kept | all of them
quotas | `quotas` | kept | that end the survey or are noted
scoring categories | `scoring`, points on choices | kept | of one score for each choice
conditions on devices, places, quotas, patterns | nothing | lost | shown rather than hidden, kept in
web services, authenticators, library blocks, conjoint | nothing | lost |
scripts, styles, headers, footers | nothing | lost |
""")
