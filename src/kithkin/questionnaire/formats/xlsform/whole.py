"""What of the whole a form has no word for: settings, ends, our own part, what is not known, and names in texts."""

from __future__ import annotations

from collections.abc import Iterator

from kithkin.questionnaire.checking.translations import texts
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.telling import ours_alone
from kithkin.questionnaire.formats.xlsform.book import LONGEST, fitting
from kithkin.questionnaire.formats.xlsform.naming import Called
from kithkin.questionnaire.formats.xlsform.unwritten import Settings, tell_each
from kithkin.questionnaire.formats.xlsform.wording import named_in
from kithkin.questionnaire.formats.xlsform.words import NO_WORD, OF_THE_WHOLE, WRITTEN_OF_THE_WHOLE
from kithkin.questionnaire.model.elements import Unknown
from kithkin.questionnaire.questionnaire import Questionnaire
from kithkin.questionnaire.vocabulary import SURVEY


def tell_whole(questionnaire: Questionnaire, names: Called, losses: Losses) -> None:
    """Tell of all that stands at no page or question."""
    body = questionnaire.document.get("body", questionnaire.document)
    settings = Settings(SURVEY, WRITTEN_OF_THE_WHOLE, OF_THE_WHOLE)
    tell_each(questionnaire.where, "the questionnaire", body, settings, losses)
    if body.get("storeOthersAsComment") is False:
        where = f"{questionnaire.where}/storeOthersAsComment"
        losses.lost(where, "storeOthersAsComment of the questionnaire", OF_THE_WHOLE["storeOthersAsComment"])
    others = sorted(questionnaire.title.languages - {questionnaire.language})
    if others:
        where = f"{questionnaire.where}/title"
        losses.lost(where, f"the title in {', '.join(others)}", "the title of a form has one language")
    for where, what in (*_lost(questionnaire), *ours_alone(questionnaire)):
        losses.lost(where or "/", what, NO_WORD)
    _tell_unknown(questionnaire, losses)
    _tell_texts(questionnaire, names, losses)


def _lost(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    own = questionnaire.document.get("kithkin")
    if isinstance(own, dict) and "identity" in own:
        yield "/kithkin/identity", f"identity {questionnaire.ours.identity}"
    yield from ((each.where, f"trigger {each.type}") for each in questionnaire.triggers)
    for each in questionnaire.completion:
        if each.html or each.title or each.url:
            yield each.where, "a page at the end"


def _tell_unknown(questionnaire: Questionnaire, losses: Losses) -> None:
    """Tell of what only stays in our own file; questions of unknown types are told where they stand."""
    told = {each.where for each in questionnaire.questions(inside=True) if isinstance(each, Unknown)}
    for each in questionnaire.kept:
        if each.where not in told:
            losses.lost(each.where, each.what, "it is not known here, and is left out")


def _tell_texts(questionnaire: Questionnaire, names: Called, losses: Losses) -> None:
    """Tell of what a cell cannot hold, and of answers in texts that a form cannot name."""
    for where, text in texts(questionnaire):
        for language, said in text.texts.items():
            for name in named_in(said):
                known = names.of.get(name) or names.of.get(name.removeprefix("panel."))
                what = f"{{{name[:60]}}} in a text"
                if known is None:
                    losses.lost(f"{where}/{language}", what, "it stays as it is written: a form has no such answer")
                elif known.kind in {"one", "several"}:
                    losses.approximated(
                        f"{where}/{language}", what, "the value of the choice stands there, not its words"
                    )
            if len(said) > LONGEST:
                losses.lost(f"{where}/{language}", "the end of a text", f"a cell holds {LONGEST:,} characters")
            elif len(fitting(said)) < len(said):
                losses.lost(f"{where}/{language}", "characters of a text", "no workbook can hold them")
