"""Who a line is about: by number, else by an e-mail address that only one person has, else nobody yet.

Only people within reach of whoever imports are looked for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.utils.translation import gettext as _

from kithkin.directory.imports.lookups import Unfit, first_with
from kithkin.directory.models import Person
from kithkin.directory.models.people import normal_email, normal_phone
from kithkin.directory.queries.people import people_within
from kithkin.platform.access import Reach
from kithkin.platform.imports.lines import Line, Problem
from kithkin.platform.registries.imports import Setting
from kithkin.platform.text import fold

Nameless = tuple[str, str]


def name_of(line: Line) -> str:
    """The name, put together where it stands in two columns."""
    whole = line.values.get("name")
    parts = (line.values.get("first_name", ""), line.values.get("last_name", ""))
    return str(whole or " ".join(part for part in parts if part))[:200]


def _nameless(line: Line) -> Nameless | None:
    """By what somebody without number and e-mail address is known: name and phone."""
    name = name_of(line)
    phone = line.values.get("phone", "")
    return (fold(name), normal_phone(phone, line.values.get("country", "")) if phone else "") if name else None


class Seen:
    """Which lines of the file spoke of whom, so that the second about the same person is refused."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._emails: dict[str, tuple[int, bool]] = {}
        self._nameless: dict[Nameless, int] = {}

    def same(self, line: Line, *, claims: bool = True) -> int | None:
        """The earlier line, None where this is the first. Two people with numbers may share an address."""
        number, email = line.values.get("number", ""), normal_email(line.values.get("email", ""))
        if number:
            earlier = first_with(self._numbers, number, line.number, claims=claims)
            if earlier != line.number:
                return earlier
        if email:
            mine = line.number, bool(number)
            first, numbered = self._emails.setdefault(email, mine) if claims else self._emails.get(email, mine)
            if first != line.number and not (number and numbered):
                return first
            return None
        nameless = _nameless(line) if not number else None
        if nameless:
            earlier = first_with(self._nameless, nameless, line.number, claims=claims)
            return None if earlier == line.number else earlier
        return None


class Matches:
    """The people whom the lines of a chunk are about."""

    def __init__(self, lines: Sequence[Line], setting: Setting, gone: Gone, within: Reach) -> None:
        self._gone = gone
        numbers = {line.values["number"] for line in lines if "number" in line.values}
        emails = {normal_email(line.values["email"]) for line in lines if "email" in line.values}
        nameless = {_nameless(line) for line in lines if not line.values.keys() & {"number", "email"}}
        names = {one[0] for one in nameless if one}
        present = setting.read(Person.objects.filter(people_within(within), merged_into__isnull=True))
        self._by_number: dict[str, Person] = {}
        self._by_email: dict[str, list[Person]] = defaultdict(list)
        self._nameless: dict[Nameless, list[Person]] = defaultdict(list)
        self.people: dict[int, Person] = {}
        if numbers:
            for one in present.filter(external_id__in=numbers).exclude(external_id=""):
                self._by_number[one.external_id] = self._known(one)
        if emails:
            for one in present.filter(email_normal__in=emails):
                self._by_email[one.email_normal].append(self._known(one))
        if names:
            for one in present.filter(name_folded__in=names, external_id="", email_normal=""):
                self._nameless[one.name_folded, one.phone_normal].append(self._known(one))
        kept = gone.kept(numbers, emails) - self.people.keys()
        if kept:
            for one in present.filter(pk__in=kept):
                self._known(one)

    def _known(self, one: Person) -> Person:
        return self.people.setdefault(one.pk, one)

    def find(self, line: Line) -> Person | None:
        """The person, None for somebody new; `Unfit` where several could be meant."""
        number, email = line.values.get("number", ""), normal_email(line.values.get("email", ""))
        if number:
            found = self._by_number.get(number) or self.people.get(self._gone.by_number.get(number, 0))
            if found:
                return found
            return self._only([one for one in self._by_email.get(email, ()) if email and not one.external_id], "email")
        if email:
            return self._only(self._by_email.get(email, ()), "email") or self.people.get(
                self._gone.by_email.get(email, 0)
            )
        nameless = _nameless(line)
        return self._only(self._nameless.get(nameless, ()), "") if nameless else None

    def _only(self, found: Sequence[Person], field: str) -> Person | None:
        if len(found) > 1:
            said = _("%(count)s people could be meant.") % {"count": len(found)}
            raise Unfit(Problem(field, said, _("Give the person's number, or merge them first.")))
        return found[0] if found else None


class Gone:
    """People who were merged into others: their numbers and addresses now mean those."""

    def __init__(self) -> None:
        merged = Person.objects.filter(merged_into__isnull=False)
        rows = list(merged.values_list("pk", "merged_into_id", "external_id", "email_normal"))
        into = {pk: kept for pk, kept, _number, _email in rows}
        self.by_number: dict[str, int] = {}
        self.by_email: dict[str, int] = {}
        for pk, _kept, number, email in rows:
            last, steps = pk, 0
            while last in into and steps < len(into):
                last, steps = int(into[last] or 0), steps + 1
            if number:
                self.by_number[number] = last
            if email:
                self.by_email.setdefault(email, last)

    def kept(self, numbers: set[str], emails: set[str]) -> set[int]:
        """The people now meant by these."""
        return {self.by_number[one] for one in numbers & self.by_number.keys()} | {
            self.by_email[one] for one in emails & self.by_email.keys()
        }
