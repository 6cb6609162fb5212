"""Everything is there in German, and stays so."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from auditlog.registry import auditlog
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.functional import Promise

from kithkin.platform.models import Invitation, User
from tests.access.table import rows
from tests.browsers import missing
from tests.cast import make_cast
from tests.home import LOCALE

GERMAN = LOCALE / "de" / "LC_MESSAGES" / "django.po"
TABLE = rows()
HOLES = re.compile(r"%\(\w+\)[sd]|%[sd%]|\{\w*\}|</?\w+[^>]*>")
UNSEEN = {"script", "style"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
SPOKEN = {"aria-label", "placeholder", "title", "alt"}
DAY_FOR_PEOPLE = re.compile(r"<input(?=[^>]*type=.date)[^>]*value=.\d\d?\.[^>]*>")
"""A browser takes only 2026-11-25 as the value of a field for a day, and leaves it empty for 25.11.2026."""
DATA = {
    "import_columns": {"name", "number"},
    "person": {"open", "sensitive"},
    "program": {"words"},
    "program_questions": {"words"},
    "programs": {"the whole company"},
    "request": {"done", "waiting"},
    "response_columns": {"number"},
    "styleguide": {"code"},
}
"""Words on these pages that are somebody's data, and happen to be a text of ours as well."""


def catalogue(path: Path = GERMAN) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="de")


def messages() -> list[Message]:
    return [message for message in catalogue() if message.id]


def of(message: Message) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The English and the German of a message: one each, or singular and plural."""
    if message.pluralizable:
        return tuple(message.id), tuple(message.string)
    return (str(message.id),), (str(message.string),)


def test_everything_is_translated():
    assert [message.id for message in messages() if message.fuzzy or not all(of(message)[1])] == []


def test_what_is_filled_in_later_has_its_place_in_german():
    wrong = []
    for message in messages():
        english, german = of(message)
        whole = set(HOLES.findall(english[-1]))
        if set(HOLES.findall(german[-1])) != whole or not set(HOLES.findall(german[0])) <= whole:
            wrong.append(message.id)
    assert wrong == []


def test_quotation_marks_are_german():
    texts = [text for message in messages() for text in of(message)[1]]
    assert [text for text in texts if "”" in text or text.count("„") != text.count("“")] == []


def test_spaces_at_the_edges_are_kept():
    wrong = [
        message.id
        for message in messages()
        for english, german in zip(*of(message), strict=True)
        if (english[0].isspace(), english[-1].isspace()) != (german[0].isspace(), german[-1].isspace())
    ]
    assert wrong == []


def test_days_are_written_as_the_language_writes_them():
    """A template that spells a format out would write "1 March" in German too."""
    templates = LOCALE.parent.rglob("templates/**/*.*")
    spelt = re.compile(r"""(?:date|time):["'](?!\w+_FORMAT|Y-m-d|c["'])""")
    assert [str(one.relative_to(LOCALE.parent)) for one in templates if spelt.search(one.read_text())] == []


def test_no_text_was_forgotten_in_the_catalogue(tmp_path, monkeypatch, settings):
    """`make messages` finds nothing new, and nothing that is gone."""
    if shutil.which("xgettext") is None:
        missing("no gettext here: apt-get install gettext")
    copy = tmp_path / "kithkin"
    shutil.copytree(LOCALE.parent, copy, ignore=shutil.ignore_patterns("__pycache__", "cli", "*.mo"))
    (copy / "locale" / "de" / "LC_MESSAGES" / "django.po").unlink()
    settings.LOCALE_PATHS = [copy / "locale"]
    monkeypatch.chdir(copy)
    call_command("makemessages", locale=["de"], no_location=True, no_obsolete=True, no_wrap=True, verbosity=0)
    found = {(one.context, one.id) for one in catalogue(copy / "locale/de/LC_MESSAGES/django.po")}
    kept = {(one.context, one.id) for one in catalogue()}
    assert (found - kept, kept - found) == (set(), set()), "run `make messages` and translate what is new"


def test_no_text_of_ours_renames_a_month_or_a_day_of_the_week():
    """Django asks the same catalogue for their names: "May" on a heading once made the fifth month "Erlaubt"."""
    with translation.override("en"):
        names = {str(name) for name in (*MONTHS.values(), *WEEKDAYS.values())}
    assert names & {message.id for message in messages() if not message.context} == set()


class Seen(HTMLParser):
    """What a page shows or says aloud, piece by piece, but for what it marks as being in another language."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._open: list[tuple[str, bool]] = [("", False)]
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        hidden = self._open[-1][1] or tag in UNSEEN or given.get("lang", "de") != "de"
        if not hidden:
            self.pieces += [value.strip() for name, value in attrs if name in SPOKEN and value]
        if tag not in VOID:
            self._open.append((tag, hidden))

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._open[-1][1] and data.strip():
            self.pieces.append(" ".join(data.split()))


@pytest.fixture(scope="module")
def english() -> tuple[frozenset[str], tuple[str, ...]]:
    """Texts that German says otherwise: whole ones, and parts of at least three words (two for a whole one)."""
    whole, parts, spoken = set(), set(), set()
    for message in messages():
        for said, told in zip(*of(message), strict=True):
            spoken.add(told)
            if said == told:
                continue
            whole.add(said)
            pieces = [piece.strip(" .,:;?!") for piece in HOLES.split(said)]
            least = 2 if len(pieces) == 1 else 3
            parts.update(piece for piece in pieces if len(piece.split()) >= least and piece not in told)
    return frozenset(whole - spoken), tuple(sorted(parts))


def left_in_english(page: str, english: tuple[frozenset[str], tuple[str, ...]]) -> Iterator[str]:
    whole, parts = english
    for piece in Seen(page).pieces:
        if piece in whole:
            yield piece
        yield from (part for part in parts if part in piece and re.search(rf"\b{re.escape(part)}\b", piece))


@pytest.mark.parametrize("name", sorted(name for name, row in TABLE.items() if row.post is None))
def test_page_speaks_german(name: str, db: None, english):
    with translation.override("de"):  # what is kept in words is kept in those of whoever made it
        cast = make_cast()
        User.objects.update(language="de")
        address = reverse(name, kwargs=TABLE[name].kwargs(cast))
    Invitation.objects.update(language="de")
    client = Client()
    client.force_login(cast.alice, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(address)
    page = "" if answer.streaming or "html" not in answer.headers.get("Content-Type", "") else answer.content.decode()
    assert set(left_in_english(page, english)) - DATA.get(name, set()) == set()
    assert DAY_FOR_PEOPLE.findall(page) == []


@pytest.mark.parametrize(
    "name", ["add_relation", "change_relation", "end_relation", "add_evidence", "unit_move", "join_unit", "stakeholder"]
)
def test_days_in_forms_are_written_as_browsers_read_them(name: str, cast):
    User.objects.update(language="de")
    client = Client()
    client.force_login(cast.alice, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse(name, kwargs=TABLE[name].kwargs(cast))).content.decode()
    assert 'type="date"' in page
    assert re.findall(r'<input type="date"[^>]* value="(?!\d{4}-\d\d-\d\d")[^"]*"', page) == []


def test_check_of_pages_finds_what_was_left(english):
    page = "<title>Personen</title><p aria-label='Find a unit'>Es ist <b>The organisation is still empty</b></p>"
    assert set(left_in_english(page, english)) == {"Find a unit", "The organisation is still empty"}


def test_log_in_page_speaks_the_language_of_the_browser(db):
    page = Client().get(reverse("account_login"), headers={"Accept-Language": "de-AT,de;q=0.9,en;q=0.5"})
    assert (page.headers["Content-Language"], "<h1>Anmelden</h1>" in page.content.decode()) == ("de", True)


def test_whatever_the_trail_tells_of_has_a_name_in_words():
    """A field or kind without one would show its Python name, in every language."""
    nameless = [
        f"{model.__name__}.{field.name}"
        for model in auditlog.get_models()
        if model.__module__.startswith("kithkin.")
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and not isinstance(field.verbose_name, Promise)
    ]
    kinds = [
        model.__name__
        for model in auditlog.get_models()
        if model.__module__.startswith("kithkin.") and not isinstance(model._meta.verbose_name, Promise)
    ]
    assert (nameless, kinds) == ([], [])
