"""Cut, twisted, huge and hostile files are refused with a sentence, or read; nothing else happens to them."""

import random
import time

import pytest

from kithkin.questionnaire.formats import FormatError, read
from kithkin.questionnaire.formats.limesurvey.types import TYPES
from tests.questionnaire.formats.limesurvey.samples import Group, Question, elements, survey
from tests.questionnaire.formats.limesurvey.test_text import SURVEY, structure

ROWS = (("SQ1", "Row 1"), ("SQ2", "Row 2"))
FULL = survey(
    Group(
        tuple(
            Question(
                f"T{place}", kind, {"en": "Text {T0.shown}", "de": "<p>Text</p>"}, ROWS, ROWS, ROWS, ROWS,
                relevance='is_empty(T0) or count(that.T9) > 1',
                attributes={"min_answers": "1", "em_validation_q": "this > 3", "array_filter": "T9"},
            )
            for place, kind in enumerate(TYPES)
        )
    ),
    languages=("en", "de"),
    settings={"assessments": "Y", "anonymized": "Y"},
    tables={"conditions": [{"qid": 101, "cfieldname": "7X11X102", "method": "==", "value": "A", "scenario": 1}]},
)  # fmt: skip


@pytest.mark.parametrize(
    "declared",
    ['<!DOCTYPE d [<!ENTITY a "ha">]>', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "<!DOCTYPE d>"],
)
def test_declared_entities_are_refused(declared):
    with pytest.raises(FormatError, match="document type or entities"):
        read(FULL.replace(b"<document>", declared.encode() + b"<document>"))


def test_file_that_is_cut_is_refused():
    for share in range(1, 20):
        with pytest.raises(FormatError):
            read(FULL[: len(FULL) * share // 20])


def test_file_in_another_encoding_is_refused():
    with pytest.raises(FormatError, match="not text in UTF-8"):
        read(survey(Group((Question("Q", "S", "grüß"),))).decode().encode("latin-1"))


def test_deep_nesting_is_refused():
    with pytest.raises(FormatError, match="levels of nesting"):
        read(FULL.replace(b"<fields/>", b"<f>" * 1000 + b"</f>" * 1000, 1))


@pytest.mark.parametrize(("count", "seconds"), [(1_000, 2), (10_000, 15)])
def test_large_survey_comes_in_in_time(count: int, seconds: float):
    questions = tuple(
        Question(f"Q{place}", "L", answers=ROWS, relevance=f'Q{place - 1}.NAOK == "SQ1"' if place else "1")
        for place in range(count)
    )
    content = survey(Group(questions))
    begun = time.perf_counter()
    imported = read(content)
    assert time.perf_counter() - begun < seconds
    assert (len(imported.losses), imported.losses.is_whole) == (count + 2, True)


def test_program_in_a_text_never_comes_along():
    hostile = "<img src=x onerror=alert(1)><script>alert(1)</script><a href='javascript:alert(1)'>go</a>"
    found = str(elements(Question("Q", "X", hostile), Question("R", "S", hostile, help=hostile)))
    assert [word for word in ("alert", "<script", "javascript", "onerror") if word in found] == []


@pytest.mark.parametrize("seed", range(120))
def test_mutated_file_is_read_or_refused(seed):
    chance = random.Random(seed)
    content = bytearray(FULL if seed % 2 else structure(*SURVEY))
    for _ in range(chance.randint(1, 12)):
        place = chance.randrange(len(content))
        match chance.randrange(4):
            case 0:
                content[place] = chance.randrange(256)
            case 1:
                del content[place : place + chance.randint(1, 40)]
            case 2:
                piece = content[place : place + chance.randint(1, 200)]
                content[chance.randrange(len(content)) : 0] = piece
            case 3:
                content[place:place] = chance.choice(
                    (b"{", b"}", b"(", b"'", b"0", b"-1", b"\t", b"<", b"SQ1", b"1e99")
                )
    try:
        read(bytes(content))
    except FormatError as error:
        assert "" not in {error.what, error.advice}  # noqa: PT017


@pytest.mark.parametrize(
    "text",
    [
        "{" + '"a"' * 20_000,
        "{'" * 20_000,
        "{" * 50_000,
        "{a" * 20_000,
        "1" * 19_000 + "a",
        "{" + " " * 50_000,
        "(" * 19_000,
    ],
)
def test_text_that_is_made_to_be_slow_is_read_in_time(text):
    begun = time.perf_counter()
    read(survey(Group((Question("Q", "S", text, relevance=text, attributes={"em_validation_q": text}),))))
    assert time.perf_counter() - begun < 2


def test_array_of_a_million_cells_is_read_in_time():
    parts = tuple((f"P{place}", "x") for place in range(1_000))
    begun = time.perf_counter()
    read(survey(Group((Question("Q", ";", rows=parts, columns=parts),))))
    assert time.perf_counter() - begun < 10
