"""Which properties of a question are read, which are only the editor's own, and which do not come along."""

from __future__ import annotations

from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.qualtrics.asked import Asked
from kithkin.questionnaire.formats.qualtrics.raw import mapping, said

_READ = """
QuestionID QuestionText QuestionType Selector SubSelector DataExportTag Choices ChoiceOrder Answers
AnswerOrder Validation Language DisplayLogic InPageDisplayLogic RecodeValues Randomization DynamicChoices
ChoiceGroups DefaultChoices Configuration GradingData Labels ColumnLabels Groups AdditionalQuestions
ChoiceDataExportTags ClarifyingSymbol Graphics Regions QuestionTypePluginProperties SkipLogic
"""
_EDITORS = """
NextChoiceId NextAnswerId QuestionText_Unsafe QuestionText_Safe QuestionDescription
QuestionDescription_Unsafe DynamicChoicesData NumberOfQuestions NumberOfGroups DataVisibility
GraphicsDescription ClarifyingSymbolType AnalyzeChoices SearchSource ChoiceGroupOrder LastModified
AllowExport GraphicID Category Scale Direction HighlightText Clicks InlineHelp QuestionDescriptionOption
AnswerDataExportTag ChoiceColumnWidthPixels ChoiceColumnWidth RecodeValuesOption AnalyzeText
"""
_NAMES = frozenset(f"{_READ} {_EDITORS}".split())
_REASONS = {
    "QuestionJS": "scripts of questions are never run",
    "VariableNaming": "answers are stored under their values, not under names of variables",
    "PreviousQuestionNumber": "questions are not numbered",
    "PGRColumns": "looks are not taken over",
}


_OF_A_CHOICE = {
    "Display", "DisplayLogic", "TextEntry", "TextEntryForceResponse", "TextEntryValidation", "TextEntrySize",
    "TextEntryLength", "TextEntryMaxLength", "InputHeight", "InputWidth", "ExclusiveAnswer", "Image", "VariableNaming",
    "RecodeValue", "Type", "X", "Y", "Width", "Height",
}  # fmt: skip


def tell_of_properties(asked: Asked, losses: Losses) -> None:
    """Tell of every property that is neither read nor the editor's own."""
    for name, value in asked.raw.items():
        if name in _NAMES or value in (None, "", [], {}, False):
            continue
        reason = _REASONS.get(name, "nothing here corresponds to it")
        losses.lost(f"{asked.qid}/{name[:60]}", f"property {name[:60]} of a question", reason)
    for kind in ("Choices", "Answers"):
        for key, each in mapping(asked.raw.get(kind)).items():
            for name in mapping(each).keys() - _OF_A_CHOICE:
                if not name.isdigit() and mapping(each)[name] not in (None, "", [], {}, False):
                    where = f"{asked.qid}/{kind}/{key}/{name[:60]}"
                    losses.lost(where, f"property {name[:60]} of a choice", "nothing here corresponds to it")
    if asked.doubled:
        reason = "two choices share one: the choices' own numbers stand for them"
        losses.approximated(f"{asked.qid}/RecodeValues", "recode values", reason)
    if said(asked.raw.get("DataExportTag")) not in {"", asked.name}:
        losses.kept(asked.qid, asked.what, f"it is called {asked.name} here")
