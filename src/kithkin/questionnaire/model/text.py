"""Text in several languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Localised:
    """A text per language. `default` stands for the questionnaire's own language."""

    texts: Mapping[str, str] = field(default_factory=dict)

    def said_in(self, language: str, own: str = "") -> str:
        """The text in a language, else in its parent ("de" for "de-CH"), else in the questionnaire's own, else any.

        >>> Localised({"default": "Hello", "de": "Hallo"}).said_in("de-AT")
        'Hallo'
        """
        if len(self.texts) == 1:
            return next(iter(self.texts.values()))
        parent = language.partition("-")[0]
        for name in (language, parent, DEFAULT, own, "en"):
            if name in self.texts:
                return self.texts[name]
        return next(iter(self.texts.values()), "")

    @property
    def languages(self) -> frozenset[str]:
        """The languages that it names, without the default."""
        return frozenset(self.texts) - {DEFAULT}

    def __bool__(self) -> bool:
        return any(self.texts.values())


NOTHING = Localised()
