"""A questionnaire on paper: one HTML file, with no script and nothing from elsewhere, that prints."""

from __future__ import annotations

from html import escape
from importlib import resources

from kithkin.questionnaire.formats.errors import FormatError
from kithkin.questionnaire.formats.format import Exported, Format
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.paper.marks import elements
from kithkin.questionnaire.formats.paper.sheet import Sheet
from kithkin.questionnaire.formats.paper.words import Word, speaks
from kithkin.questionnaire.model.text import DEFAULT, Localised
from kithkin.questionnaire.questionnaire import Questionnaire


def printed(questionnaire: Questionnaire, language: str | None = None) -> Exported:
    """The questionnaire in one of its languages, its own where none is named. Raises FormatError for another."""
    spoken = sorted(questionnaire.languages)
    chosen = language or questionnaire.language
    if chosen not in spoken:
        what = f"The questionnaire does not speak {chosen[:20]!r}."
        raise FormatError("", what, f"Take one of: {', '.join(spoken)}.")
    losses = Losses()
    return Exported(_page(Sheet(questionnaire, chosen, losses)).encode(), losses.report(), "html")


def _write(questionnaire: Questionnaire, losses: Losses) -> bytes:
    return _page(Sheet(questionnaire, questionnaire.language, losses)).encode()


def _page(sheet: Sheet) -> str:
    asked = sheet.questionnaire
    if not speaks(sheet.language):
        sheet.losses.approximated("/", "our own sentences", f"they are in English: there are none in {sheet.language}")
    for each in asked.ours.randomisation:
        what = f"what chance decides in {each.name}"
        sheet.losses.approximated(each.where, what, "all of it stands on paper, in one order")
    title = sheet.text(asked.title) or escape("Kithkin")
    pages = "".join(
        f"<section><h2>{sheet.text(page.title) or sheet.word(Word.PAGE, place)}</h2>"
        f"{sheet.condition(page)}{_under(sheet.text(page.description))}{elements(sheet, page.elements)}</section>"
        for place, page in enumerate((page for page in asked.pages if page.visible), 1)
    )
    required = any(question.required for question in asked.questions())
    about = asked.to_json()["body"].get("description")
    texts = Localised(about if isinstance(about, dict) else {DEFAULT: about} if isinstance(about, str) else {})
    note = _under(sheet.text(texts))
    note += f'<p class="note">{sheet.word(Word.REQUIRED)}</p>' if required else ""
    style = resources.files(__package__).joinpath("paper.css").read_text("utf-8")
    return (
        f'<!doctype html>\n<html lang="{escape(sheet.language)}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{style}</style></head>"
        f"<body><main><h1>{title}</h1>{note}{pages}</main></body></html>\n"
    )


def _under(text: str) -> str:
    return f'<p class="description">{text}</p>' if text else ""


HTML = Format("html", "printable HTML", lambda _: False, write=_write)
