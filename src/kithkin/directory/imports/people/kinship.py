"""Ties of people to people: a patient, the family and whoever pays, in one file and in any order.

This is the second reading of a file of people. By then everybody whom it brings is there; in a dry run nobody is, so
that the file's own numbers and addresses are remembered with the line that brings them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kithkin.directory.imports.lookups import Unfit
from kithkin.directory.imports.people.fields import TIED_AS, TIED_TO
from kithkin.directory.imports.people.matching import Gone, Matches
from kithkin.directory.imports.people.part import part_of
from kithkin.directory.models import Person, Tie
from kithkin.directory.models.people import normal_email
from kithkin.platform.imports.lines import Create, Line, Planned, Problem, Write
from kithkin.platform.models import ImportRow, RowAction
from kithkin.platform.registries.imports import Setting


@dataclass(frozen=True)
class End:
    """Somebody whom a line is tied to: in the directory, or on their way in by another line of the file."""

    person: Person | None
    line: int


class KinshipPlanner:
    """Plans the ties that lines ask for; a tie that is there is left as it is, one that has ended included."""

    def __init__(self, setting: Setting) -> None:
        self._setting = setting
        self._gone = Gone()
        self._within = part_of(setting)
        self._lines: dict[str, int] = {}
        self._unread: dict[str, int] = {}
        self._shared: set[str] = set()

    def same(self, line: Line, *, claims: bool = True) -> None:
        """Remember whom the line brings, or would bring."""
        number, email = line.values.get("number", ""), normal_email(line.values.get("email", ""))
        known = self._lines if claims else self._unread
        if number:
            known.setdefault(_key(number), line.number)
        if email and known.setdefault(email, line.number) != line.number:
            self._shared.add(email)

    def plan(self, lines: Sequence[Line]) -> Sequence[Planned]:
        """A chunk of lines, with at most seven queries."""
        texts = {text for line in lines for text in line.values[TIED_TO]}
        asked = [one for text in texts for one in _asked(text)]
        matches = Matches([*lines, *asked], self._setting, self._gone, self._within)
        ties = Tie.objects.filter(person_id__in=matches.people.keys(), other__isnull=False)
        there: set[tuple[int, str, int | None]] = set(ties.values_list("person_id", "kind", "other_id"))
        named = {line for text in texts if (line := self._brought(text))}
        rows = ImportRow.objects.filter(of_id=self._setting.import_id, action=RowAction.REFUSED, model="")
        refused = set(rows.filter(number__in=named).values_list("number", flat=True))
        return [self._line(line, matches, there, refused) for line in lines]

    def _line(
        self, line: Line, matches: Matches, there: set[tuple[int, str, int | None]], refused: set[int]
    ) -> Planned:
        writes: list[Write] = []
        problems: list[Problem] = []
        with_line = 0
        texts: tuple[str, ...] = line.values[TIED_TO]
        person = self._person(line, matches)
        if person is None:
            problems.append(Problem("", _("The person is no longer here.")))
        try:
            kinds = _kinds(line, len(texts))
        except Unfit as unfit:
            problems.append(unfit.problem)
            kinds = ("",) * len(texts)
        for text, kind in dict.fromkeys(zip(texts, kinds, strict=True)):
            try:
                end = self._end(text, matches, refused)
                _check_other(text, line, person, end)
            except Unfit as unfit:
                problems.append(unfit.problem)
                continue
            if person is None or (end.person and (person.pk, kind, end.person.pk) in there):
                continue
            with_line = max(with_line, end.line)
            writes.append(Create(Tie(person=person, kind=kind, other=end.person)))
        if problems:
            return Planned(problems=tuple(problems))
        return Planned(tuple(writes), subject=person, stands_with=with_line)

    def _person(self, line: Line, matches: Matches) -> Person | None:
        """Whom the line is about; somebody new in a dry run, and nobody where they were removed during the run."""
        try:
            found = matches.find(line)
        except Unfit:
            found = None
        return found if found or self._setting.running else Person()

    def _brought(self, text: str) -> int:
        """The line that brings somebody known by this; 0 where none does."""
        return self._lines.get(_key(text)) or self._unread.get(_key(text), 0)

    def _end(self, text: str, matches: Matches, refused: set[int]) -> End:
        brought = self._brought(text)
        for asked in _asked(text):
            try:
                found = matches.find(asked)
            except Unfit as unfit:
                raise Unfit(_problem(text, unfit.problem.reason, unfit.problem.remedy)) from None
            if found:
                return End(found, brought)
        if brought in refused:
            raise Unfit(_problem(text, _("Line %(line)s, which brings them, is refused.") % {"line": brought}))
        if _key(text) in self._shared:
            said = _("Several lines of the file have this e-mail address.")
            raise Unfit(_problem(text, said, _("Write the number.")))
        if not brought or self._setting.running:
            raise Unfit(_problem(text, _("There is nobody with this number or e-mail address, here or in the file.")))
        return End(None, brought)


def _check_other(text: str, line: Line, person: Person | None, end: End) -> None:
    if end.line == line.number or (end.person and end.person == person):
        raise Unfit(_problem(text, _("Nobody is tied to themselves.")))


def _asked(text: str) -> list[Line]:
    """The text as lines that may be about the same person: by number, else by address."""
    by_email = [Line(0, {"email": text})] if "@" in text else []
    return [Line(0, {"number": text}), *by_email]


def _key(text: str) -> str:
    """Numbers as they stand, addresses as they compare."""
    return normal_email(text) if "@" in text else text


def _kinds(line: Line, count: int) -> tuple[str, ...]:
    """A kind for each of so many people."""
    kinds: tuple[str, ...] = line.values.get(TIED_AS, ())
    if not kinds and "tie" in line.values and "account" not in line.values:
        kinds = (line.values["tie"],)
    if not kinds:
        said = _("How they are tied to the person is not said.")
        raise Unfit(_problem("", said, _("Write family, payer or another kind."), TIED_AS))
    if len(kinds) not in (1, count):
        said = _("There are %(kinds)s kinds for %(people)s people.") % {"kinds": len(kinds), "people": count}
        raise Unfit(_problem("", said, _("Write one kind for all of them, or one for each."), TIED_AS))
    return kinds * count if len(kinds) == 1 else kinds


def _problem(text: str, reason: str, remedy: str = "", field: str = TIED_TO) -> Problem:
    return Problem(field, reason, remedy, text)
