"""Cut, twisted, huge and hostile workbooks are refused with a sentence, or read; nothing else happens to them."""

import io
import random
import time
import zipfile

import pytest

from kithkin.questionnaire import Questionnaire
from kithkin.questionnaire.formats import FormatError, read, write
from tests.questionnaire.formats.xlsform.samples import asked, form, row
from tests.questionnaire.formats.xlsform.test_writing import WHOLE

FULL = form(*WHOLE)


def changed(content, part, change):
    """A workbook of which one part is another."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(source.read(name)) if name == part else source.read(name))
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    "declared",
    [b'<!DOCTYPE d [<!ENTITY a "ha">]>', b'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'],
)
@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml"])
def test_declared_entities_are_refused(part, declared):
    with pytest.raises(FormatError):
        read(changed(FULL, part, lambda content: content.replace(b"<", declared + b"<", 1)))


def test_deep_nesting_is_refused():
    with pytest.raises(FormatError, match="nested"):
        read(changed(FULL, SHEET, lambda content: content.replace(b"<sheetData>", b"<sheetData>" + b"<a>" * 10_000)))


def test_cut_workbook_is_refused():
    for share in range(1, 10):
        with pytest.raises(FormatError):
            read(FULL[: len(FULL) * share // 10])


def test_part_that_is_no_xml_is_refused():
    with pytest.raises(FormatError, match="cannot be read"):
        read(changed(FULL, SHEET, lambda content: content[: len(content) // 2]))


def test_workbook_that_unpacks_to_too_much_is_refused():
    with pytest.raises(FormatError, match="unpacks to more"):
        read(changed(FULL, SHEET, lambda content: content + b" " * (300 * 2**20)))


def test_ten_thousand_questions_come_in_and_go_out_in_time():
    later = (row("integer", f"q{n}", relevant=f"${{q{n - 1}}} > 3") for n in range(1, 10_000))
    survey = [row("integer", "q0"), *later]
    content = form(*survey)
    begun = time.perf_counter()
    imported = read(content)
    out = write(imported.questionnaire, "xlsform")
    assert time.perf_counter() - begun < 60
    assert (imported.losses.is_whole, out.losses.is_whole) == (True, True)


@pytest.mark.parametrize("seed", range(40))
def test_mutated_archive_is_read_or_refused(seed):
    chance = random.Random(seed)
    content = bytearray(FULL)
    for _ in range(chance.randint(1, 6)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    _read_or_refused(bytes(content))


WORDS = ("", "begin_group", "end_group", "\u200b", "begin_repeat", "end_repeat", "text", "select_one colors", "note",
         "calculate",
         "${n}", "${q", "not(", "1 div 0", "'", "-1", "1e99", "0", "regex(., '(')", ". > ${age}", "x" * 5000, "true()",
         "start=a end=b", "position(..)", "sum(${age})", "((((1))))", "__proto__", "name", "=1+1")  # fmt: skip


@pytest.mark.parametrize("seed", range(80))
def test_mutated_form_is_read_or_refused_and_goes_out_again(seed):
    chance = random.Random(seed)
    survey = [dict(each) for each in WHOLE]
    for _ in range(chance.randint(1, 6)):
        each = chance.choice(survey)
        each[chance.choice(["type", "name", "label", "relevant", "constraint", "calculation", "default", "required",
                            "parameters", "choice_filter", "repeat_count"])] = chance.choice(WORDS)  # fmt: skip
        if chance.random() < 0.3:
            survey.insert(chance.randrange(len(survey)), dict(chance.choice(survey)))
    imported = _read_or_refused(form(*survey))
    if imported is not None:
        assert isinstance(write(imported, "xlsform").content, bytes)


def _read_or_refused(content) -> Questionnaire | None:
    try:
        return read(content).questionnaire
    except FormatError as error:
        assert "" not in {error.what, error.advice}  # noqa: PT017
    return None


def test_list_that_many_questions_share_is_bounded():
    choices = tuple({"list_name": "c", "name": f"v{place}", "label": "x"} for place in range(1_000))
    with pytest.raises(FormatError, match="choices in all"):
        read(form(*(row("select_one c", f"q{place}") for place in range(400)), choices=choices))


@pytest.mark.parametrize(
    "text",
    ["${" + " " * 15_000, "${a" * 10_000, "**" * 15_000, "a" * 15_000, "1" * 15_000 + "a", "(" * 15_000, "'" * 14_999],
)
def test_text_that_is_made_to_be_slow_is_read_in_time(text):
    begun = time.perf_counter()
    read(form(row("range", "q", text, relevant=text, parameters=text), row("text", "a")))
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(("before", "after"), [("(1+", ")"), ("abs(", ")"), ("floor(", ")"), ("round(abs(", "), 1)")])
def test_expression_that_grows_with_each_level_is_translated_or_told_in_time(before, after):
    begun = time.process_time()
    depth = 19 if before.count("(") == 2 else 38
    found = asked(row("integer", "a"), row("text", "b", relevant=before * depth + "${a}" + after * depth + " > 1"))
    assert time.process_time() - begun < 2
    assert "too long" in str(found.losses) or found.losses.is_whole
