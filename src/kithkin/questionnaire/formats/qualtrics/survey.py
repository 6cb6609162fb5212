"""A QSF file taken apart: its entry, blocks, questions, flow, quotas, scoring and options."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from kithkin.questionnaire.formats.errors import FormatError
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.qualtrics.raw import Raw, listed, mapping, said

BOOKKEEPING = {"BR", "PL", "QC", "RS", "STAT", "PROJ", "PREV", "QG", "SKIN"}
_ELSEWHERE = {
    "CJ": "a conjoint study",
    "NT": "notes of the editor",
    "TR": "translations of messages",
}


@dataclass
class Survey:
    """The parts, by their identifiers."""

    entry: Raw
    blocks: dict[str, Raw] = field(default_factory=dict)
    questions: dict[str, Raw] = field(default_factory=dict)
    flow: list[Any] = field(default_factory=list)
    quotas: list[Raw] = field(default_factory=list)
    scoring: Raw = field(default_factory=dict)
    options: Raw = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The code of its own language, as Qualtrics writes it."""
        return said(self.entry.get("SurveyLanguage")) or "EN"


def taken_apart(document: Raw, losses: Losses) -> Survey:
    """The parts of a file. Raises FormatError where there are none."""
    elements = [each for each in listed(document.get("SurveyElements")) if isinstance(each, dict)]
    if not elements:
        advice = "In Qualtrics take Tools, Import/Export, Export survey."
        raise FormatError("/SurveyElements", "The survey has no elements.", advice)
    found = Survey(mapping(document.get("SurveyEntry")))
    for element in elements:
        _take(found, said(element.get("Element")), element, losses)
    if not found.blocks:
        everything = [{"Type": "Question", "QuestionID": qid} for qid in found.questions]
        found.blocks["BL"] = {"ID": "BL", "Type": "Default", "BlockElements": everything}
        losses.approximated("blocks", "the blocks", "there are none: all questions stand on one page")
    if not found.flow:
        found.flow = [{"Type": "Block", "ID": name} for name, block in found.blocks.items() if not is_trash(block)]
    return found


def is_trash(block: Raw) -> bool:
    """Whether the block holds what was thrown away."""
    return said(block.get("Type")) == "Trash"


def _take(found: Survey, kind: str, element: Raw, losses: Losses) -> None:
    payload = element.get("Payload")
    match kind:
        case "SQ":
            question = mapping(payload)
            name = said(question.get("QuestionID")) or said(element.get("PrimaryAttribute"))
            if name:
                found.questions[name] = {"QuestionID": name, **question}
            else:
                losses.lost("SQ", f"the question {said(question.get('QuestionText'))[:60]!r}", "it has no QuestionID")
        case "BL":
            whole = mapping(payload)
            blocks = map(mapping, [whole] if "BlockElements" in whole else listed(payload))
            found.blocks |= {said(block.get("ID")): block for block in blocks if said(block.get("ID"))}
        case "FL":
            found.flow = listed(mapping(payload).get("Flow"))
        case "SO":
            found.options = mapping(payload)
        case "SCO":
            found.scoring = mapping(payload)
        case "QO":
            found.quotas.append(mapping(payload))
        case _ if kind not in BOOKKEEPING:
            what = _ELSEWHERE.get(kind, f"an element of kind {kind[:20]!r}")
            losses.lost(kind, what, "nothing here corresponds to it")
