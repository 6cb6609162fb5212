"""Texts of a survey in all its languages: HTML made plain or rebuilt, and the answers in them called as here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from typing import Any

from kithkin.questionnaire.formats.infix import Untranslatable
from kithkin.questionnaire.formats.limesurvey.manager import Manager
from kithkin.questionnaire.formats.limesurvey.structure import Texts
from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.wording import pictures, plainly, rebuilt, removed

_QUOTED = r"\"[^\"{}]*(?:\{[^\"{}]*\}[^\"{}]*)*\"|'[^'{}]*(?:\{[^'{}]*\}[^'{}]*)*'"
BRACES = re.compile(rf"(?<!\\)\{{(?!\s)((?>{_QUOTED}|[^{{}}])*+)(?<!\s)\}}")
_NAME = re.compile(r"(?:(?:TOKEN|PASSTHRU|INSERTANS):)?\w+(?:#\d)?(?:\.\w+)*\Z", re.IGNORECASE)


@dataclass
class Wording:
    """Makes texts; computed pieces in them become calculated values, which are gathered in `calculated`."""

    language: str
    manager: Manager
    losses: Losses
    taken: frozenset[str] = frozenset()
    calculated: dict[str, str] = field(default_factory=dict)

    def plain(self, texts: Texts, where: str, what: str) -> Any:
        """A title, a choice: plain text."""
        for text in texts.values():
            if pictures(text):
                self.losses.approximated(where, what, "pictures in the text are left out")
        return self._localised({language: plainly(self._unbroken(text)) for language, text in texts.items()}, where)

    def html(self, texts: Texts, where: str, what: str) -> Any:
        """A longer text, its HTML rebuilt from what does no harm."""
        for text in texts.values():
            for missed in removed(text):
                self.losses.lost(where, f"{missed} in {what}", "a text holds words and links, no programs or frames")
        return self._localised({language: rebuilt(self._unbroken(text)) for language, text in texts.items()}, where)

    @staticmethod
    def _unbroken(text: str) -> str:
        return text.replace("&nbsp;", " ") if "&nbsp;" in text else text

    def _localised(self, texts: Texts, where: str) -> Any:
        found = {language: self.piped(text, where) for language, text in texts.items() if text.strip()}
        if not found:
            return None
        own = found.pop(self.language, None) or found.pop("", None) or found[next(iter(found))]
        found.pop("", None)
        return {"default": own, **found} if found else own

    def piped(self, text: str, where: str) -> str:
        """A text in which {…} is said as here."""
        return BRACES.sub(lambda found: self._piece(found[1], found[0], where), text) if "{" in text else text

    def _piece(self, inner: str, whole: str, where: str) -> str:
        inner = unescape(inner).strip()
        try:
            return self._answer(inner, where) if _NAME.match(inner) else self._computed(inner)
        except Untranslatable as error:
            self.losses.lost(f"{where}/{whole[:60]}", f"{whole[:60]} in a text", f"it stays as it is written: {error}")
            return whole

    def _answer(self, name: str, where: str) -> str:
        base, _, suffix = name.partition(".")
        variable = self.manager.variables.get(base) if ":" not in name or name.upper().startswith("INSERTANS") else None
        if variable is None:
            if ":" in base or base.lower() in {"firstname", "lastname", "email", "token"} or _is_attribute(base):
                name = base.partition(":")[2] or base
                self.manager.embedded[name] = None
                return "{" + name + "}"
            raise Untranslatable(f"nothing in the survey is called {base[:60]}")
        if variable.is_flag or not variable.path or suffix.lower() == "question":
            return self._computed(name)
        if variable.coded and suffix.lower() not in {"shown", ""}:
            self.losses.approximated(where, f"{{{name}}} in a text", "the text of the choice is shown, not its code")
        return "{" + variable.path + "}"

    def _computed(self, expression: str) -> str:
        said = self.manager.value(expression)
        name = self.calculated.get(said)
        if name is None:
            name, place = f"text_{len(self.calculated) + 1}", len(self.calculated) + 1
            while name in self.taken:
                place += 1
                name = f"text_{place}"
            self.calculated[said] = name
        return "{" + name + "}"


def _is_attribute(name: str) -> bool:
    return name.upper().startswith("ATTRIBUTE_")
