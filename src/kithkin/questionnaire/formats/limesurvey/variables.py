"""What expressions of LimeSurvey call answers, and how the same answers are called here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kithkin.questionnaire.formats.conditions import answer, literal
from kithkin.questionnaire.formats.limesurvey.structure import Asked

LISTS = frozenset("LO!")
ROWS = frozenset("ABCEFH")
FIELDS = frozenset("QK")
SEVERAL = frozenset("MP")
OTHER = "other"
MOST_CELLS = 10_000
"""Cells of an array that can be spoken of; those of a larger one cannot."""


@dataclass(frozen=True, slots=True)
class Variable:
    """An answer. `value` is an expression that gives it, `empty` one that is true where there is none."""

    value: str
    empty: str
    question: str
    chosen: str | None = None
    path: str | None = None
    coded: bool = False
    moment: bool = False
    hideable: bool = False

    @property
    def is_flag(self) -> bool:
        """Whether it says Y for a choice that was made."""
        return self.chosen is not None


@dataclass
class Variables:
    """Every name that an expression can use, in any case of its letters.

    `found` holds codes and the numbers of versions up to 6, `columns` the names of version 7, made of identifiers:
    `Q12_S34`. `several` are names of whole questions with several choices, which conditions compare with one of them.
    `first` holds the first answer of each question that has several, by the question's code.
    """

    found: dict[str, Variable] = field(default_factory=dict)
    of_question: dict[str, list[str]] = field(default_factory=dict)
    columns: dict[str, Variable] = field(default_factory=dict)
    several: dict[str, str] = field(default_factory=dict)
    first: dict[str, Variable] = field(default_factory=dict)

    def add(self, asked: Asked, name: str, group: str, survey: str, *, hideable: bool) -> None:
        """The names of a question's answers: by its code, and by numbers as older versions write them."""
        alone = f"{survey}X{group}X{asked.id}"
        names: list[str] = []
        ids = {(part.scale, part.code.lower()): part.id for part in asked.parts}
        if asked.type in SEVERAL:
            self.several |= {alone.lower(): name, f"q{asked.id}": name}
        for suffix, variable in _of(asked, name, hideable=hideable):
            if asked.id:
                self.columns.setdefault(_column(asked, suffix, ids), variable)
            readable = asked.code + (f"_{suffix}" if suffix else "")
            if suffix:
                self.first.setdefault(asked.code.lower(), variable)
            self.found.setdefault(readable.lower(), variable)
            if asked.id:
                self.found.setdefault((alone + suffix).lower(), variable)
                self.found.setdefault((alone + suffix.replace("_", "#")).lower(), variable)
            names.append(readable.lower())
        for old in ("comment", "other"):
            known = self.found.get(f"{asked.code}_{old}".lower())
            if known:
                self.found.setdefault((asked.code + old).lower(), known)
        self.of_question[name] = names

    def get(self, name: str) -> Variable | None:
        """The answer that a name stands for."""
        name = name.lower().removeprefix("insertans:")
        return self.found.get(name) or self.columns.get(name)

    def whole(self, question: str, *, comments: bool = True) -> list[Variable]:
        """Every answer of a question."""
        names = self.of_question.get(question, [])
        return [self.found[each] for each in names if comments or not each.endswith("comment")]


def _column(asked: Asked, suffix: str, ids: Mapping[tuple[str, str], str]) -> str:
    """An answer's name in version 7: the identifiers of its question and subquestions, `_C` before other words."""
    name = f"q{asked.id}"
    head, _, tail = suffix.lower().rpartition("_")
    if asked.type in ":;" and ("0", head) in ids and ("1", tail) in ids:
        return f"{name}_s{ids['0', head]}_s{ids['1', tail]}"
    if asked.type == "1" and ("0", head) in ids:
        return f"{name}_s{ids['0', head]}#{tail}"
    suffix = suffix.lower()
    if asked.type == "R":
        return f"{name}_r{suffix}"
    code = suffix.removesuffix("comment")
    if ("0", code) in ids:
        return f"{name}_s{ids['0', code]}" + ("_ccomment" if code != suffix else "")
    return f"{name}_c{suffix}" if suffix else name


@dataclass(frozen=True, slots=True)
class _Naming:
    """Makes the variables of one question."""

    asked: Asked
    name: str
    hideable: bool

    def plain(self, *path: str, coded: bool = False, moment: bool = False) -> Variable:
        """An answer at a path."""
        said = answer(self.name, *path)
        shown = ".".join((self.name, *path))
        return Variable(said, f"{said} empty", self.name, None, shown, coded, moment, self.hideable)

    def one(self) -> Iterator[tuple[str, Variable]]:
        """One answer, with what may stand beside it."""
        asked = self.asked
        yield "", self.plain(coded=asked.type in LISTS or asked.type in "YG", moment=asked.type == "D")
        if asked.other and asked.type in LISTS:
            yield OTHER, plain_comment(self.name, hideable=self.hideable)
        if asked.type == "O":
            yield "comment", plain_comment(self.name, hideable=self.hideable)
        if asked.type == "|":
            empty = f"{answer(self.name)} empty"
            said = f"iif({empty}, 0, {answer(self.name + '.length')})"
            yield "filecount", Variable(said, empty, self.name, hideable=self.hideable)

    def rows(self) -> Iterator[tuple[str, Variable]]:
        """An answer in each row, or a text in each field."""
        for part in self.asked.of_scale("0"):
            yield part.code, self.plain(part.code, coded=self.asked.type in ROWS)

    def scales(self) -> Iterator[tuple[str, Variable]]:
        """Two answers in each row."""
        for part in self.asked.of_scale("0"):
            for scale in ("0", "1"):
                yield f"{part.code}_{scale}", self.plain(part.code, f"scale_{scale}", coded=True)

    def cells(self) -> Iterator[tuple[str, Variable]]:
        """An answer in each cell."""
        rows, columns = self.asked.of_scale("0"), self.asked.of_scale("1")
        if len(rows) * len(columns) > MOST_CELLS:
            return
        for row in rows:
            for column in columns:
                yield f"{row.code}_{column.code}", self.plain(row.code, column.code)

    def places(self) -> Iterator[tuple[str, Variable]]:
        """What stands at each place of a ranking."""
        for place in range(min(len(self.asked.answers or self.asked.parts), 100)):
            path = f"{self.name}[{place}]"
            said = answer(path)
            yield str(place + 1), Variable(said, f"{said} empty", self.name, None, path, True, False, self.hideable)


def _of(asked: Asked, name: str, *, hideable: bool) -> Iterator[tuple[str, Variable]]:
    naming = _Naming(asked, name, hideable)
    makers = {"1": naming.scales, ":": naming.cells, ";": naming.cells, "R": naming.places}
    if asked.type in SEVERAL:
        return _several(asked, name, hideable=hideable)
    if asked.type in ROWS or asked.type in FIELDS:
        return naming.rows()
    if asked.type in makers:
        return makers[asked.type]()
    return iter(()) if asked.type == "X" else naming.one()


def _several(asked: Asked, name: str, *, hideable: bool) -> Iterator[tuple[str, Variable]]:
    for part in asked.of_scale("0"):
        chosen = f"{answer(name)} contains {literal(part.code)}"
        said = f"iif({chosen}, 'Y', '')"
        yield part.code, Variable(said, f"!({chosen})", name, chosen, hideable=hideable)
        if asked.type == "P":
            beside = answer(comment_of(name, part.code))
            path = comment_of(name, part.code)
            yield part.code + "comment", Variable(beside, f"{beside} empty", name, None, path, hideable=hideable)
    if asked.other:
        yield OTHER, plain_comment(name, hideable=hideable)


def comment_of(name: str, code: str) -> str:
    """The name of the comment beside one of several choices."""
    return f"{name}_{code}_comment"


def plain_comment(name: str, *, hideable: bool) -> Variable:
    """The text beside a question's choices."""
    said = answer(f"{name}-Comment")
    return Variable(said, f"{said} empty", name, None, f"{name}-Comment", hideable=hideable)
