"""Text is folded in the database as it is in Python."""

from __future__ import annotations

import unicodedata

import pytest
from django.db import connection
from django.db.models import TextField, Value
from django.db.models.functions import Cast

from kithkin.directory.models import Unit
from kithkin.platform.folded import Fold
from kithkin.platform.text import fold

MARK = "😀"
TEXTS = ("  José  MÜLLER ", "Straße", "ΣΟΦΟΣ", "İpek", "ﬁlm", "½ l", "a\u00a0\u2003b", "한국", "", "Ⅷ", "ŉ", "ẞ", "ſ")

RARE = (range(0x13A0, 0x1400), range(0xAB70, 0xABC0), range(0x1C80, 0x1C89), range(0x1F80, 0x1FFD), (837, 1010, 1017))
"""Cherokee, Cyrillic of old books, Greek with an iota below, and the lunate sigma."""


@pytest.mark.parametrize("text", TEXTS)
def test_the_database_folds_like_python(cast, text):
    folded = Unit.objects.annotate(folded=Fold(Cast(Value(text), TextField()))).values_list("folded", flat=True)[0]
    assert folded == fold(text)


def test_nothing_stays_nothing(cast):
    nothing = Cast(Value(None), TextField())
    assert Unit.objects.annotate(folded=Fold(nothing)).values_list("folded", flat=True)[0] is None


def test_every_letter_folds_the_same_but_for_a_few_that_nobody_is_called_by(cast):
    letters = [chr(code) for code in range(1, 0xD800) if unicodedata.category(chr(code)) != "Cn"]
    differing = set()
    for at in range(0, len(letters), 500):
        part = letters[at : at + 500]
        joined = Fold(Cast(Value(MARK.join(part)), TextField()))
        folded = Unit.objects.annotate(folded=joined).values_list("folded", flat=True)[0].split(MARK)
        differing |= {ord(one) for one, ours in zip(part, folded, strict=True) if ours.strip() != fold(one)}
    rare = {code for block in RARE for code in block} if connection.vendor == "postgresql" else set()
    assert differing - rare == set()
