"""The types and columns of XLSForm, and what becomes of each. The reference is held to this."""

from __future__ import annotations

from dataclasses import dataclass

from kithkin.questionnaire.formats.losses import Kind

_OWN = "Kithkin keeps this by itself, or does not ask for it"
_PLACES = "the place is typed; no map is asked"


@dataclass(frozen=True, slots=True)
class Type:
    """A type of row: what it becomes, and why that is not the same."""

    name: str
    becomes: str
    kind: Kind = Kind.KEPT
    reason: str = ""
    also: tuple[str, ...] = ()


_TYPES = (
    Type("text", "text", also=("string", "add text prompt", "q string")),
    Type("integer", "text", also=("int", "add integer prompt", "q int")),
    Type("decimal", "text", also=("add decimal prompt", "q decimal")),
    Type("date", "text", also=("add date prompt", "q date")),
    Type("time", "text"),
    Type("dateTime", "text", also=("datetime", "date time", "add date time prompt", "q date time", "q dateTime")),
    Type("select_one", "radiogroup", also=("select one", "select1", "select one from", "add select one prompt using")),
    Type("select_multiple", "checkbox", also=(
        "select all that apply", "select all that apply from", "select multiple", "add select multiple prompt using")),
    Type("rank", "ranking"),
    Type("range", "slider"),
    Type("note", "html", also=("add note prompt", "q note")),
    Type("acknowledge", "boolean", also=("trigger", "add acknowledge prompt", "q acknowledge")),
    Type("calculate", "a calculated value", also=("calculation", "q calculate", "add calculate prompt")),
    Type("hidden", "an embedded value"),
    Type("image", "file", also=("photo", "add image prompt", "add photo prompt", "q image", "q picture")),
    Type("audio", "file", also=("add audio prompt", "q audio")),
    Type("video", "file", also=("add video prompt", "q video")),
    Type("file", "file", also=("add file prompt",)),
    Type("barcode", "text", Kind.APPROXIMATED, "the code is typed", ("q barcode", "add barcode prompt")),
    Type("geopoint", "text", Kind.APPROXIMATED, _PLACES, ("gps", "location", "q location", "q geopoint")),
    Type("geotrace", "text", Kind.APPROXIMATED, _PLACES),
    Type("geoshape", "text", Kind.APPROXIMATED, _PLACES),
    Type("begin_group", "a page, or a panel in one", also=("begin group",)),
    Type("end_group", "its end", also=("end group",)),
    Type("begin_repeat", "paneldynamic", also=("begin repeat", "begin lgroup", "begin looped group")),
    Type("end_repeat", "its end", also=("end repeat", "end lgroup", "end looped group")),
    Type("today", "a calculated value", also=("get today",)),
    Type("username", "an embedded value"),
    Type("email", "an embedded value"),
    Type("phonenumber", "an embedded value", also=("phone number", "get phone number")),
    Type("start", "nothing", Kind.LOST, _OWN, ("start time", "get start time")),
    Type("end", "nothing", Kind.LOST, _OWN, ("end time", "get end time")),
    Type("deviceid", "nothing", Kind.LOST, _OWN, ("imei", "device id", "get device id")),
    Type("subscriberid", "nothing", Kind.LOST, _OWN, ("subscriber id", "get subscriber id")),
    Type("simserial", "nothing", Kind.LOST, _OWN, ("sim id", "get sim id")),
    Type("audit", "nothing", Kind.LOST, _OWN),
    Type("start-geopoint", "nothing", Kind.LOST, _OWN),
    Type("background-audio", "nothing", Kind.LOST, "nothing is recorded without the respondent's doing"),
    Type("xml-external", "nothing", Kind.LOST, "data of other files are not read"),
    Type("csv-external", "nothing", Kind.LOST, "data of other files are not read"),
    Type("select_one_from_file", "text", Kind.LOST, "its choices lie in another file; a text is asked instead",
         ("select one from file", "select_one_external")),
    Type("select_multiple_from_file", "text", Kind.LOST, "its choices lie in another file; a text is asked instead",
         ("select multiple from file",)),
)  # fmt: skip
TYPES = {each.name: each for each in _TYPES}
ALSO = {name.lower(): each for each in _TYPES for name in (each.name, *each.also)}

COLUMNS = {
    "type": "the type, its list of choices, or_other",
    "name": "the name",
    "label": "the title, in every language",
    "hint": "the description, in every language",
    "guidance_hint": "said after the hint",
    "relevant": "visibleIf",
    "required": "isRequired or requiredIf",
    "required_message": "requiredErrorText, in every language",
    "constraint": "a validator; of an empty answer it is not asked",
    "constraint_message": "what the validator says, in every language",
    "calculation": "a calculated value; for a question the answer where none is given",
    "default": "defaultValue or defaultValueExpression",
    "read_only": "readOnly",
    "choice_filter": "visibleIf of each choice",
    "repeat_count": "how many panels there are; where it is computed: a validator of how many there are",
    "disabled": "yes: the row is left out, which is told",
    "appearance": "minimal: a drop-down list, multiline: several lines, signature: a signature; others are looks",
    "parameters": "start, end and step of a range; randomize",
}
LOST_COLUMNS = {
    "trigger": "values are computed whenever what they come from changes",
    "image": "pictures beside a title are files of their own",
    "big-image": "pictures beside a title are files of their own",
    "audio": "sounds beside a title are files of their own",
    "video": "films beside a title are files of their own",
    "autoplay": "sounds beside a title are files of their own",
    "no_app_error_string": "no other app is started",
    "save_to": "no entities are kept",
}
OTHER_NAMES = {
    "relevance": "relevant", "caption": "label", "command": "type", "tag": "name", "value": "name",
    "readonly": "read_only", "constraint message": "constraint_message", "constraining message": "constraint_message",
    "constraintmsg": "constraint_message", "required message": "required_message", "requiredmsg": "required_message",
    "calculate": "calculation", "count": "repeat_count", "jr:count": "repeat_count", "list name": "list_name",
    "bind:relevant": "relevant", "bind:required": "required", "bind:constraint": "constraint",
    "bind:calculate": "calculation", "bind:jr:constraintmsg": "constraint_message", "media:image": "image",
    "media:audio": "audio", "media:video": "video", "media:big-image": "big-image", "control:appearance": "appearance",
    "noapperrorstring": "no_app_error_string", "bind:readonly": "read_only", "read only": "read_only",
    "bind:jr:requiredmsg": "required_message", "jr:requiredmsg": "required_message", "jr:constraintmsg":
    "constraint_message", "control:jr:count": "repeat_count", "repeat count": "repeat_count", "choice filter":
    "choice_filter", "guidance hint": "guidance_hint", "bind:jr:noapperrorstring": "no_app_error_string",
}  # fmt: skip
"""Other names of columns, in small letters."""

LANGUAGES = {
    "arabic": "ar", "chinese": "zh", "dutch": "nl", "english": "en", "french": "fr", "german": "de", "hindi": "hi",
    "italian": "it", "polish": "pl", "portuguese": "pt", "russian": "ru", "spanish": "es", "swahili": "sw",
    "turkish": "tr", "ukrainian": "uk", "deutsch": "de", "français": "fr", "español": "es",
}  # fmt: skip
NAMES = {code: name.capitalize() for name, code in reversed(LANGUAGES.items())}
ACCEPTED = {"image": "image/*", "audio": "audio/*", "video": "video/*", "file": ""}
INPUTS = {"integer": "number", "decimal": "number", "date": "date", "time": "time", "dateTime": "datetime-local"}
OTHER = "other"
