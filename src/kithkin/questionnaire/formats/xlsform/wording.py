"""Texts of a form in all its languages, with `${name}` in them said as here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kithkin.questionnaire.formats.losses import Losses
from kithkin.questionnaire.formats.wording import rebuilt
from kithkin.questionnaire.formats.xlsform.expressing import Known
from kithkin.questionnaire.formats.xlsform.paths import Field

_BRACES = re.compile(r"\$\{([^{}]+)\}")
_MARKS = re.compile(r"\*\*([^*\n]{1,500})\*\*|__([^_\n]{1,500})__")


@dataclass
class Wording:
    """Makes texts; `language` is the one of texts that name none."""

    language: str
    fields: Mapping[str, Field]
    losses: Losses

    def said(self, texts: Mapping[str, str], where: str, repeat: str) -> Any:
        """A text in every language; None where there is none."""
        found = {name: self._piped(text, where, repeat) for name, text in texts.items() if text.strip()}
        if not found:
            return None
        own = found.pop("", None) or found.pop(self.language, None)
        if own is None:
            return found
        found.pop(self.language, None)
        return {"default": own, **found} if found else own

    def lines(self, several: list[Mapping[str, str]], where: str, repeat: str) -> Any:
        """Texts under one another."""
        given = [texts for texts in several if texts]
        names = list(dict.fromkeys(name for texts in given for name in texts))
        joined = {name: "\n".join(texts[name] for texts in given if name in texts) for name in names}
        return self.said(joined, where, repeat)

    def _piped(self, text: str, where: str, repeat: str) -> str:
        def answer(found: re.Match[str]) -> str:
            known = self.fields.get(found[1].strip())
            if known is None or known.is_repeat or (known.repeat and known.repeat != repeat):
                reason = "it stays as it is written: no one answer is meant by it"
                self.losses.lost(f"{where}/{found[0][:40]}", f"{found[0][:60]} in a text", reason)
                return found[0]
            return "{" + (f"panel.{known.name}" if known.repeat else known.name) + "}"

        text = _BRACES.sub(answer, text) if "${" in text else text
        return _MARKS.sub(lambda found: found[1] or found[2], text)


def html(title: Any) -> Any:
    """A text of several lines as paragraphs, in every language."""
    if isinstance(title, dict):
        return {name: html(said) for name, said in title.items()}
    paragraphs = (title or "").split("\n")
    return rebuilt("".join(f"<p>{each}</p>" for each in paragraphs if each.strip()))


def both(first: Any, second: Any) -> Any:
    """HTML, and a text behind it."""
    if not isinstance(first, dict) and not isinstance(second, dict):
        return f"{first}{html(second)}"
    one = first if isinstance(first, dict) else {"default": first}
    two = second if isinstance(second, dict) else {"default": second}
    names = list(dict.fromkeys([*one, *two]))
    return {
        name: f"{one.get(name, one.get('default', ''))}{html(two.get(name, two.get('default', '')))}" for name in names
    }


_NAMES = re.compile(r"\{([^{}]+)\}")


def unpiped(text: str, known: Mapping[str, Known]) -> str:
    """A text of ours with the answers in it as a form calls them."""

    def reference(found: re.Match[str]) -> str:
        name = known.get(found[1].strip()) or known.get(found[1].strip().removeprefix("panel."))
        return "${" + name.name + "}" if name else found[0]

    return _NAMES.sub(reference, text)


def named_in(text: str) -> list[str]:
    """Names in braces."""
    return list(dict.fromkeys(found[1].strip() for found in _NAMES.finditer(text)))
