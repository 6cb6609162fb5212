"""The questionnaire as everybody holds it: read once, never changed, written as it was read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, Self

from kithkin.questionnaire.model.elements import Question
from kithkin.questionnaire.model.questionnaire import FORMAT, VERSION, Body, copied, questions
from kithkin.questionnaire.reading import read
from kithkin.questionnaire.source import plain


@dataclass(frozen=True, eq=False, kw_only=True)
class Questionnaire(Body):
    """A questionnaire. Its JSON is the truth, and the rest a view of it: nothing that was read is ever dropped.

    >>> asked = Questionnaire.from_json('{"elements": [{"type": "rating", "name": "nps"}]}')
    >>> [question.name for question in asked.questions()]
    ['nps']
    """

    document: Mapping[str, Any]

    @classmethod
    def from_json(cls, source: str | bytes | Mapping[str, Any]) -> Self:
        """Read the envelope, or a bare SurveyJS questionnaire. Raises QuestionnaireError."""
        document = plain(source)
        body = read(document)
        return cls(document=document, **{field.name: getattr(body, field.name) for field in fields(Body)})

    def to_json(self) -> dict[str, Any]:
        """The document in its envelope: what was read, all of it."""
        if self.document.get("format") == FORMAT:
            return copied(self.document)
        return {"format": FORMAT, "version": VERSION, "body": copied(self.document), "kithkin": {}}

    def to_text(self) -> str:
        """The document as JSON text, the same for the same questionnaire."""
        return json.dumps(self.to_json(), ensure_ascii=False, indent=2, allow_nan=False) + "\n"

    def questions(self, *, inside: bool = False) -> Iterator[Question]:
        """Every question in order; `inside` goes into matrices and dynamic panels too."""
        return questions(self.pages, inside=inside)

    @property
    def languages(self) -> frozenset[str]:
        """Every language that a title speaks, the questionnaire's own included."""
        spoken = {self.language} | self.title.languages
        for page in self.pages:
            spoken |= page.title.languages
        for question in self.questions(inside=True):
            spoken |= question.title.languages
        return frozenset(spoken)
