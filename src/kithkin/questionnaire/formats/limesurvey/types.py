"""The types of questions and their attributes, and what becomes of each. The reference is held to this."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kithkin.questionnaire.formats.losses import Kind


@dataclass(frozen=True, slots=True)
class Type:
    """A type by its letter: what LimeSurvey calls it, what it becomes, and why that is not the same."""

    letter: str
    says: str
    becomes: str
    kind: Kind = Kind.KEPT
    reason: str = ""


_TYPES = (
    Type("5", "5 point choice", "rating"),
    Type("A", "array, 5 point choice", "matrix"),
    Type("B", "array, 10 point choice", "matrix"),
    Type("C", "array, yes/no/uncertain", "matrix"),
    Type("D", "date and time", "text"),
    Type("E", "array, increase/same/decrease", "matrix"),
    Type("F", "array", "matrix"),
    Type("G", "gender", "radiogroup"),
    Type("H", "array by column", "matrix", Kind.APPROXIMATED, "rows and columns are turned; the answers are the same"),
    Type("I", "language switch", "nothing", Kind.LOST, "the page offers the languages itself"),
    Type("K", "multiple numerical input", "multipletext"),
    Type("L", "list, radio", "radiogroup"),
    Type("M", "multiple choice", "checkbox"),
    Type("N", "numerical input", "text"),
    Type("O", "list with comment", "radiogroup"),
    Type("P", "multiple choice with comments", "checkbox", Kind.APPROXIMATED,
         "each comment is a question of its own under the choices, shown where its choice is made"),
    Type("Q", "multiple short text", "multipletext"),
    Type("R", "ranking", "ranking"),
    Type("S", "short free text", "text"),
    Type("T", "long free text", "comment"),
    Type("U", "huge free text", "comment"),
    Type("X", "text display", "html"),
    Type("Y", "yes/no", "boolean"),
    Type("!", "list, dropdown", "dropdown"),
    Type("1", "array, dual scale", "matrixdropdown"),
    Type(":", "array, numbers", "matrixdropdown"),
    Type(";", "array, texts", "matrixdropdown"),
    Type("|", "file upload", "file"),
    Type("*", "equation", "expression"),
)  # fmt: skip
TYPES = {each.letter: each for each in _TYPES}


class Fate(StrEnum):
    """What becomes of an attribute."""

    READ = "comes along"
    LOOKS = "looks only, left out"
    LOST = "lost"


_READ = """
min_answers: the fewest choices; a validator where it is computed
max_answers: the most choices; a validator where it is computed
hidden: a computed value for equations; else an embedded value that nobody is asked for
random_order: choices or rows in random order
answer_order: choices in random or alphabetical order
subquestion_order: rows in random order
alphasort: choices in alphabetical order
random_group: elements with the same word are shuffled within their page
exclude_all_others: these choices are chosen alone
other_replace_text: what stands beside "other"
prefix: said under the title
suffix: said under the title
em_validation_q: a validator
em_validation_q_tip: what the validator says
em_validation_sq: a validator over every subquestion
em_validation_sq_tip: what the validator says
min_num_value_n: the least number
max_num_value_n: the greatest number
min_num_value: a validator of the sum
max_num_value: a validator of the sum
equals_num_value: a validator of the sum
num_value_int_only: a validator: whole numbers
numbers_only: what is typed is a number
maximum_chars: the longest answer
array_filter: rows or choices are shown where they were chosen in another question
array_filter_exclude: rows or choices are hidden where they were chosen in another question
multiflexible_min: the least number of a cell
multiflexible_max: the greatest number of a cell
multiflexible_step: the step between numbers of a cell
multiflexible_checkbox: cells are yes or no
input_boxes: cells are typed
dualscale_headerA: title of the first scale
dualscale_headerB: title of the second scale
date_format: whether days, times or both are asked
date_min: the earliest date
date_max: the latest date
max_num_of_files: the most files
min_num_of_files: a validator, where it is more than one
show_title: one comment beside all files
show_comment: one comment beside all files
max_filesize: the largest file
allowed_filetypes: the kinds of files
assessment_value: points of a choice among several
equation: what an equation computes
slider_min: the least number
slider_max: the greatest number
slider_accuracy: the step between numbers
slider_layout: numbers are typed within the bounds of the slider
"""
_LOOKS = """
answer_width answer_width_bycolumn array_filter_style cssclass display_columns display_rows dropdown_dates
dropdown_dates_month_style dropdown_dates_minute_step dropdown_prefix dropdown_separators dropdown_size hide_tip
input_size keep_aspect label_input_columns location_mapheight location_mapwidth location_mapzoom page_break
placeholder printable_help public_statistics repeat_headings reverse samechoiceheight samelistheight scale_export
show_grand_total show_totals slider_custom_handle slider_handle slider_middlestart slider_orientation
slider_rating slider_reset slider_separator slider_showminmax slider_step
statistics_graphtype statistics_showgraph statistics_showmap text_input_columns text_input_width use_dropdown
choice_input_columns choice_title rank_title showpopups fix_height fix_width horizontal_scroll crop_or_resize
button_size max_buttons_row image numbers_only_format clear_default save_as_default display_type
em_validation_style other_position other_position_code num_value_format question_template printable css_class
add_platform_info label_column_width multiflexible_label answer_width_column category_list
"""
_LOST = """
category_separator: choices are not divided under headings
commented_checkbox: a comment is asked only where its choice is made
commented_checkbox_auto: a comment does not make the choice
exclude_all_others_auto: choosing all does not choose the exclusive one instead
location_mapservice: no map is asked of another server; the text stays
location_nodefaultfromip: no place is guessed
location_city: no map is asked of another server
location_country: no map is asked of another server
location_postal: no map is asked of another server
location_state: no map is asked of another server
location_defaultcoordinates: no map is asked of another server
other_comment_mandatory: the text beside "other" is always needed
other_numbers_only: the text beside "other" may be any
time_limit: nothing ends by itself
value_range_allows_missing: an answer may always be left empty, unless it is required
parent_default: answers begin as their defaults say
slider_default: a slider begins without an answer
slider_default_set: a slider begins without an answer
parent_order: answers stand in an order of their own
max_subquestions: how many are ranked is said by max_answers
dropdown_prepostfix: lists have no words around them
"""
ATTRIBUTES: dict[str, tuple[Fate, str]] = {
    **dict.fromkeys(_LOOKS.split(), (Fate.LOOKS, "")),
    **{
        name: (fate, says.strip())
        for fate, table in ((Fate.READ, _READ), (Fate.LOST, _LOST))
        for name, _, says in (line.partition(":") for line in table.strip().splitlines())
    },
}
UNSAID = frozenset({"", "0", "N", "default", "normal", "none", "inherit", "I", "-1"})
"""Values that say nothing: an attribute is told of only where it has another one."""

CELLS = {
    "A": [(str(place), "") for place in range(1, 6)],
    "B": [(str(place), "") for place in range(1, 11)],
    "C": [("Y", "yes"), ("U", "uncertain"), ("N", "no")],
    "E": [("I", "increase"), ("S", "same"), ("D", "decrease")],
    "G": [("F", "female"), ("M", "male")],
}
"""Answers that LimeSurvey words itself."""

WORDS = {
    "yes": {"en": "Yes", "de": "Ja", "fr": "Oui", "es": "Sí", "it": "Sì", "nl": "Ja"},
    "no": {"en": "No", "de": "Nein", "fr": "Non", "es": "No", "it": "No", "nl": "Nee"},
    "uncertain": {
        "en": "Uncertain", "de": "Unsicher", "fr": "Incertain", "es": "Dudoso", "it": "Incerto", "nl": "Onzeker",
    },
    "increase": {
        "en": "Increase", "de": "Zunahme", "fr": "Augmentation", "es": "Aumenta", "it": "Aumento", "nl": "Toename",
    },
    "same": {"en": "Same", "de": "Gleich", "fr": "Identique", "es": "Igual", "it": "Uguale", "nl": "Gelijk"},
    "decrease": {
        "en": "Decrease", "de": "Abnahme", "fr": "Diminution", "es": "Disminuye", "it": "Diminuzione", "nl": "Afname",
    },
    "female": {
        "en": "Female", "de": "Weiblich", "fr": "Féminin", "es": "Femenino", "it": "Femmina", "nl": "Vrouwelijk",
    },
    "male": {"en": "Male", "de": "Männlich", "fr": "Masculin", "es": "Masculino", "it": "Maschio", "nl": "Mannelijk"},
}  # fmt: skip
