"""Cut, twisted, huge and hostile files are refused with a sentence, or read; nothing else happens to them."""

import random
import time

import pytest

from kithkin.questionnaire.formats import FormatError, read
from kithkin.questionnaire.formats.limesurvey.types import TYPES
from tests.questionnaire.formats.limesurvey.samples import Group, Question, elements, survey
from tests.questionnaire.formats.limesurvey.test_text import SURVEY, row, structure

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


SECONDS = 5
"""Of the processor. Each takes a third of that at most, and took minutes, or had no end."""


def read_in_time(content):
    begun = time.process_time()
    try:
        found = read(content)
    except FormatError as refused:
        found = refused
    assert time.process_time() - begun < SECONDS
    return found


def nested(before, after, depth=38):
    return before * depth + "T0" + after * depth


@pytest.mark.parametrize(
    "relevance",
    [
        nested("(1+", ")"),
        nested("abs(", ")"),
        nested("floor(", ")"),
        nested("is_int(", ")"),
        nested("countif(", ", that.M, that.M)"),
        nested("implode(", ", T0, T0, T0)"),
    ],
    ids=["+", "abs", "floor", "is_int", "countif", "implode"],
)
def test_expression_that_grows_with_each_level_is_translated_or_told_in_time(relevance):
    several = Question("M", "M", rows=tuple((f"S{place}", "x") for place in range(90)))
    found = read_in_time(survey(Group((Question("T0", "N"), several, Question("X", "S", relevance=relevance)))))
    assert {each.reason for each in found.losses if each.where.endswith("/relevance")} <= {
        "it is always shown instead: its translation is too long",
        "it is always shown instead: its translation is too long or too deep",
    }


def test_sum_within_sums_is_translated():
    found = elements(Question("T0", "N"), Question("X", "S", relevance=nested("(1+", ")", 3) + " > 4"))
    assert found[1]["visibleIf"] == "(1 + (1 + (1 + {T0}))) > 4"


def test_expressions_that_speak_of_questions_that_are_not_there_are_read_in_time():
    array = Question("A", ";", rows=tuple((f"r{place}", "x") for place in range(100)),
                     columns=tuple((f"c{place}", "x") for place in range(100)))  # fmt: skip
    missed = " + ".join(f"sum(that.z{place})" for place in range(500))
    asked = (Question(f"X{place}", "S", relevance=f"{missed} > {place}") for place in range(200))
    assert "there is no question z0 in it" in str(read_in_time(survey(Group((array, *asked)))).losses)


def test_rows_and_filters_do_not_multiply():
    rows = tuple((f"S{place}", "x") for place in range(1_000))
    filtered = Question("F", "M", rows=rows, attributes={"array_filter": ";".join(["M"] * 50_000)})
    found = read_in_time(survey(Group((Question("M", "M", rows=rows), filtered))))
    assert "it names more than 100 questions" in str(found.losses)


@pytest.mark.parametrize("kind", ["SQ", "A"])
def test_text_with_tens_of_thousands_of_parts_is_read_in_time(kind):
    parts = (row(kind, f"S{place}", "x", type__scale="0", default="Y") for place in range(30_000))
    found = read_in_time(structure(row("G", "g", id=1), row("Q", "q", type__scale="M", id=2), *parts))
    assert sum(1 for _ in found.questionnaire.questions()) == 1


def test_text_in_tens_of_thousands_of_languages_is_refused_in_time():
    rows = (row("G", "g", language=f"l{place}", id=1) for place in range(50_000))
    assert "More than 1,000 languages" in str(read_in_time(structure(*rows)))


def test_text_of_thousands_of_columns_is_refused():
    content = structure(row("G", "g", id=1)) + b"\t" * 3_000_000
    assert "Line 3 has more than 5,000 columns" in str(read_in_time(content))


def test_rows_are_not_filled_up_to_the_number_of_columns():
    head, *rest = structure(row("G", "g", id=1), row("Q", "q", type__scale="S", id=2)).split(b"\r\n")
    wide = head + b"".join(b"\tc%d" % place for place in range(4_000))
    assert len(read_in_time(b"\r\n".join([wide, *rest, *[b"x"] * 100_000])).losses) == 100_003


def test_tag_of_millions_of_letters_is_read_in_time():
    read_in_time(FULL.replace(b"<fields/>", b'<f a="' + b"x" * 30_000_000 + b'"/>', 1))
