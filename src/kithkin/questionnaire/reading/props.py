"""One JSON object, read property by property: each accessor says where and what when it finds something else."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from kithkin.questionnaire.errors import Malformed, pointer
from kithkin.questionnaire.model.questionnaire import Kept
from kithkin.questionnaire.model.text import DEFAULT, NOTHING, Localised
from kithkin.questionnaire.source import kind_of

_FLAGS = {"true": True, "false": False}
_EMPTY: tuple[Any, ...] = (None, "")


class Props:
    """The properties of one object. Texts that spell a number or a flag are read as one, as SurveyJS does."""

    __slots__ = ("kept", "raw", "where")

    def __init__(self, raw: Mapping[str, Any], where: str, kept: list[Kept]) -> None:
        self.raw, self.where, self.kept = raw, where, kept

    def know(self, names: Collection[str], what: str) -> None:
        """List what is here beside `names`; languages of a text written as `title.de` count as known."""
        for name in self.raw:
            if name not in names:
                self.kept.append(Kept(pointer(self.where, name), f"property {name[:80]!r} of {what}"))

    def value(self, *names: str, default: Any = None) -> Any:
        """The first of the names that is given."""
        for name in names:
            if name in self.raw:
                return self.raw[name]
        return default

    def text(self, *names: str, default: str = "") -> str:
        """A plain text."""
        found = self.value(*names)
        if isinstance(found, str):
            return found
        if found is None:
            return default
        if isinstance(found, int | float) and not isinstance(found, bool):
            return str(found)
        raise self._wrong(names, found, "a text")

    def expression(self, name: str) -> str | None:
        """An expression's text; None where it is empty."""
        found = self.value(name)
        if isinstance(found, bool):
            return "true" if found else "false"
        text = self.text(name)
        return text if text.strip() else None

    def localised(self, *names: str) -> Localised:
        """A text, or a text per language."""
        found = self.value(*names)
        if found in _EMPTY:
            return NOTHING
        if isinstance(found, str):
            return Localised({DEFAULT: found})
        if isinstance(found, Mapping):
            return Localised({language: said for language, said in found.items() if isinstance(said, str)})
        if isinstance(found, int | float):
            return Localised({DEFAULT: str(found)})
        raise self._wrong(names, found, "a text, or an object with a text per language")

    def flag(self, *names: str, default: bool = False) -> bool:
        """True or false."""
        found = self.value(*names)
        if isinstance(found, bool):
            return found
        if found is None:
            return default
        if isinstance(found, str) and found.lower() in _FLAGS:
            return _FLAGS[found.lower()]
        raise self._wrong(names, found, "true or false")

    def number(self, *names: str) -> float | None:
        """A number; None where there is none."""
        found = self.value(*names)
        if found in _EMPTY:
            return None
        if isinstance(found, str):
            found = spelled_number(found)
        if isinstance(found, bool) or not isinstance(found, int | float):
            raise self._wrong(names, self.value(*names), "a number")
        return found

    def whole(self, *names: str, default: int) -> int:
        """A whole number."""
        found = self.number(*names)
        if found is None:
            return default
        if found != int(found):
            raise self._wrong(names, found, "a whole number")
        return int(found)

    def word(self, name: str, words: Collection[str], default: str) -> str:
        """One of several words; another one is listed and read as the default."""
        found = self.value(name)
        if isinstance(found, str) and found in words:
            return found
        if found not in _EMPTY:
            self.kept.append(Kept(pointer(self.where, name), f"{name} {str(found)[:80]!r}"))
        return default

    def strings(self, name: str) -> tuple[str, ...]:
        """A list of texts."""
        found = self.value(name)
        if found is None:
            return ()
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise self._wrong((name,), found, "a list of texts")
        return tuple(found)

    def objects(self, *names: str) -> Iterator[Props]:
        """A list of objects."""
        for raw, where in self.listed(*names):
            if not isinstance(raw, Mapping):
                raise Malformed(where, f"This is {kind_of(raw)}.", "An object belongs here.")
            yield Props(raw, where, self.kept)

    def listed(self, *names: str) -> Iterator[tuple[Any, str]]:
        """A list's values, each with where it stands."""
        for name in names:
            found = self.raw.get(name)
            if found is None:
                continue
            if not isinstance(found, list):
                raise self._wrong((name,), found, "a list")
            for place, raw in enumerate(found):
                yield raw, pointer(self.where, name, place)

    def inner(self, name: str) -> Props:
        """An object inside; an empty one where there is none."""
        found = self.value(name)
        if found is None:
            return Props({}, pointer(self.where, name), self.kept)
        if not isinstance(found, Mapping):
            raise self._wrong((name,), found, "an object")
        return Props(found, pointer(self.where, name), self.kept)

    def _wrong(self, names: tuple[str, ...], found: Any, wanted: str) -> Malformed:
        name = next((name for name in names if name in self.raw), names[0])
        return Malformed(
            pointer(self.where, name), f"This is {kind_of(found)}.", f"{wanted.capitalize()} belongs here."
        )


def spelled_number(text: str) -> float | None:
    """The number that a text spells."""
    try:
        found = float(text)
    except ValueError:
        return None
    if found - found != 0:  # an infinity, or no number
        return None
    return int(found) if found == int(found) else found
