"""Figures come in by file: one a line or a column for each, once, and back out again."""

from __future__ import annotations

import pytest

from kithkin.directory.models import Unit, UnitPeriod
from kithkin.insights.imports.guessing import first_plan
from kithkin.insights.imports.plans import FigurePlan
from kithkin.insights.models import Outcome, OutcomeMeasure
from kithkin.insights.warehouse import load_pending
from kithkin.insights.warehouse.place import place
from kithkin.insights.warehouse.store import open_table
from kithkin.platform.events import dispatch
from kithkin.platform.imports.tally import Tally
from kithkin.platform.models import Event, ImportRow, ImportState, RowAction
from tests.directory.imports.files import run, undo
from tests.insights.imports.files import bring, check, problems, upload, values

pytestmark = pytest.mark.django_db
LONG = """unit,month,measure,value,n
IT,2026-01,Calls,12,
IT,2026-02,Calls,9,
Logistics,2026-01,Recommendation,41.5,120
"""
WIDE = """Unit;Quarter;Revenue;Recommendation;N Recommendation
IT;2026-Q1;10,5;41;120
LOGISTICS;2026-Q1;8;;
"""
SCHOOLS = (
    "dbn\tschoolname\tsaf_t\tsaf_p\tN_t\tN_p\n"
    "01M015\tRoberto Clemente\t7.5\t8.5\t22\t90\n"
    "01M019\tAsher Levy\t8.6\tNA\t34\t\n"
)
SIDES = "saf_t = Safety, teachers | n N_t | kin\nsaf_p = Safety, parents | n N_p | kith"


def counts(one):
    tally = Tally.kept(one.counts["run" if one.state == ImportState.DONE else "check"])
    return tally.created, tally.changed, tally.unchanged, tally.refused


def test_a_line_holds_one_figure(cast):
    one = bring(cast.alice, LONG)
    assert values() == [
        ("IT", "2026-01", "Calls", 12.0, None),
        ("IT", "2026-02", "Calls", 9.0, None),
        ("Logistics", "2026-01", "Recommendation", 41.5, 120),
    ]
    assert counts(one) == (3, 0, 0, 0)
    assert Event.objects.get(kind="insights.FiguresImported").facts == {"import_id": one.pk, "count": 3}


def test_a_line_holds_all_figures_of_a_unit_and_period(cast):
    bring(cast.alice, WIDE)
    assert values() == [
        ("IT", "2026-03", "Recommendation", 41.0, 120),
        ("IT", "2026-03", "Revenue", 10.5, None),
        ("Logistics", "2026-03", "Revenue", 8.0, None),
    ]


def test_what_a_figure_is_can_be_said(cast):
    bring(cast.alice, WIDE, "Revenue = Turnover | € | part revenue\nRecommendation | n N Recommendation | kith")
    rows = OutcomeMeasure.objects.order_by("name")
    assert list(rows.values_list("name", "side", "stage", "measured_in")) == [
        ("Recommendation", "kith", "", ""),
        ("Turnover", "", "revenue", "€"),
    ]


def test_words_of_a_long_file_can_be_told_as_well(cast):
    bring(cast.alice, LONG, "recommendation = NPS | kith\nCalls | less is better")
    rows = OutcomeMeasure.objects.order_by("name")
    assert list(rows.values_list("name", "side", "more_is_better")) == [("Calls", "", False), ("NPS", "kith", True)]


def test_figures_of_a_file_reach_the_warehouse(cast):
    bring(cast.alice, LONG)
    load_pending()
    rows = open_table("outcomes", place()).dataset().to_table().sort_by("key").to_pylist()
    assert [(row["unit"], row["month"], row["value"], row["n"]) for row in rows] == [
        (cast.it.pk, "2026-01", 12.0, None),
        (cast.it.pk, "2026-02", 9.0, None),
        (cast.logistics.pk, "2026-01", 41.5, 120.0),
    ]


def test_the_same_file_again_changes_nothing(cast):
    bring(cast.alice, WIDE)
    before = list(Outcome.objects.order_by("pk").values())
    assert counts(check(upload(cast.alice, WIDE))) == (0, 0, 2, 0)
    assert list(Outcome.objects.order_by("pk").values()) == before


def test_a_changed_value_replaces_the_old_one_and_is_told(cast):
    bring(cast.alice, LONG)
    one = bring(cast.alice, LONG.replace("Calls,9,", "Calls,10,7"))
    assert counts(one) == (0, 1, 2, 0)
    assert Tally.kept(one.counts["run"]).rows == {"insights.outcome": {"changed": 1}}
    assert values()[1] == ("IT", "2026-02", "Calls", 10.0, 7)


def test_a_file_without_n_leaves_the_n_that_is_known(cast):
    bring(cast.alice, LONG)
    bring(cast.alice, "unit,month,measure,value\nLogistics,2026-01,Recommendation,40\n")
    assert values()[2] == ("Logistics", "2026-01", "Recommendation", 40.0, 120)


def test_an_import_is_taken_back_to_what_was_before(cast):
    bring(cast.alice, LONG)
    before = values()
    second = bring(cast.alice, LONG.replace("Calls,9,", "Calls,10,7") + "Support,2026-01,Wait,3,\n")
    assert undo(second).state == ImportState.UNDONE
    dispatch()
    assert values() == before
    assert list(OutcomeMeasure.objects.order_by("name").values_list("name", flat=True)) == ["Calls", "Recommendation"]


def test_what_changed_since_is_left_and_listed(cast):
    first = bring(cast.alice, LONG)
    bring(cast.alice, LONG.replace("Calls,9,", "Calls,10,7"))
    undo(first)
    assert values() == [("IT", "2026-02", "Calls", 10.0, 7)]
    kept = ImportRow.objects.get(of=first, action=RowAction.KEPT)
    assert (kept.number, kept.problems[0][2]) == (3, f"“{cast.it.pk}, 2026-02: 10.0” was changed since.")


def test_units_that_are_not_there_are_refused_with_what_to_do(cast):
    one = check(upload(cast.alice, LONG.replace("Logistics", "Legal")))
    said = "Correct it, add the unit first, or say under which unit new ones are made."
    assert problems(one) == [(4, [["unit", "Legal", "There is no unit of this name or code today.", said]])]


def test_units_are_made_under_the_one_that_is_named(cast):
    one = bring(cast.alice, SCHOOLS, SIDES, under=cast.company.pk, name="schoolname", month="2011-12")
    periods = UnitPeriod.objects.filter(unit__code__startswith="01M").order_by("unit__code")
    found = periods.values_list("unit__code", "unit__name", "name", "kind", "parent", "since")
    since = UnitPeriod.objects.get(unit=cast.company).since
    assert list(found) == [
        ("01M015", "Roberto Clemente", "Roberto Clemente", "site", cast.company.pk, since),
        ("01M019", "Asher Levy", "Asher Levy", "site", cast.company.pk, since),
    ]
    assert values() == [
        ("Asher Levy", "2011-12", "Safety, teachers", 8.6, 34),
        ("Roberto Clemente", "2011-12", "Safety, parents", 8.5, 90),
        ("Roberto Clemente", "2011-12", "Safety, teachers", 7.5, 22),
    ]
    assert Tally.kept(one.counts["check"]).rows == Tally.kept(one.counts["run"]).rows
    again = check(upload(cast.alice, SCHOOLS), SIDES, under=cast.company.pk, name="schoolname", month="2011-12")
    assert counts(again) == (0, 0, 2, 0)


def test_made_units_go_with_their_file(cast):
    one = bring(cast.alice, SCHOOLS, SIDES, under=cast.company.pk, name="schoolname", month="2011-12")
    undo(one)
    dispatch()
    assert (values(), Unit.objects.filter(code__startswith="01M").count(), OutcomeMeasure.objects.count()) == ([], 0, 0)


def test_a_unit_is_made_once_however_many_lines_name_it(cast, settings):
    settings.IMPORT_CHUNK_LINES = 2
    rows = "".join(f"Harbour,2026-{month:02d},Calls,{month},\n" for month in range(1, 8))
    one = bring(cast.alice, LONG.splitlines()[0] + "\n" + rows, under=cast.company.pk)
    assert Unit.objects.filter(name="Harbour").count() == 1
    assert len(values()) == 7
    assert Tally.kept(one.counts["check"]).rows == Tally.kept(one.counts["run"]).rows


@pytest.mark.parametrize(
    ("line", "column", "value", "reason"),
    [
        ("IT,2026-13,Calls,1,", "month", "2026-13", "There is no such month."),
        ("IT,soon,Calls,1,", "month", "soon", "This is no month."),
        ("IT,2026-02-30,Calls,1,", "month", "2026-02-30", "This is no month."),
        ("IT,9999-01,Calls,1,", "month", "9999-01", "This year is out of reach."),
        ("IT,,Calls,1,", "month", "", "Which period it is about is not said."),
        ("Support,2026-01,Calls,many,", "value", "many", "This is no number."),
        ("Support,2026-01,Calls,NaN,", "value", "NaN", "This is no number."),
        ("Support,2026-01,Calls,inf,", "value", "inf", "This is no number."),
        ("Support,2026-01,Calls,1e999,", "value", "1e999", "This is no number."),
        ('Support,2026-01,Calls,"1,234",', "value", "1,234", "Whether this is about one or a thousand cannot be told."),
        ("Support,2026-01,Calls,1,-2", "n", "-2", "“Of how many” has to be a whole number that is not negative."),
        ("Support,2026-01,Calls,1,2.5", "n", "2.5", "“Of how many” has to be a whole number that is not negative."),
        ("IT,2026-01,,1,", "measure", "", "What the value is of is not said."),
        (",2026-01,Calls,1,", "unit", "", "Which unit it is about is not said."),
        ("IT,2026-02,Calls,8,", "", "", "Line 3 of the file is about the same."),
        ("it,2026-02-28,CALLS,8,", "", "", "Line 3 of the file is about the same."),
        ("IT,2026-01", "", "", "It has 2 fields, the header has 5."),
    ],
)
def test_a_bad_line_says_what_where_and_what_to_do_and_the_others_come_in(cast, line, column, value, reason):
    one = check(upload(cast.alice, f"{LONG}{line}\n"))
    ((number, ((where, found, why, remedy),)),) = problems(one)
    assert (number, where, found, why) == (5, column, value, reason)
    assert remedy
    assert counts(run(one)) == (3, 0, 0, 1)


def test_a_figure_is_made_by_the_first_line_that_comes_in(cast):
    bring(cast.alice, "unit,month,Calls,Returns\nIT,2026-01,4,many\nIT,2026-02,5,6\n", "Calls\nReturns")
    assert values() == [("IT", "2026-02", "Calls", 5.0, None), ("IT", "2026-02", "Returns", 6.0, None)]


@pytest.mark.parametrize(("columns", "guessed"), [(30, 30), (31, 0)])
def test_of_many_columns_with_numbers_it_is_not_guessed_which_are_figures(cast, columns, guessed):
    names = [f"q{n}x" for n in range(columns)]
    lines = [",".join(["unit", "month", *names]), ",".join(["IT", "2026-01", *("7" for _ in names)])]
    assert len(first_plan(upload(cast.alice, "\n".join(lines))).figures) == guessed


def test_every_problem_of_a_line_is_told_at_once(cast):
    figures = "Revenue\nRecommendation | n N Recommendation"
    one = check(upload(cast.alice, WIDE + "Legal;soon;much;1;-5\n"), figures)
    assert [(where, why) for where, _value, why, _remedy in problems(one)[0][1]] == [
        ("Quarter", "This is no month."),
        ("Revenue", "This is no number."),
        ("N Recommendation", "“Of how many” has to be a whole number that is not negative."),
        ("Unit", "There is no unit of this name or code today."),
    ]


def test_missing_figures_are_left_out(cast):
    bring(cast.alice, "unit,month,Calls,Wait\nIT,2026-01,NA,?\nSupport,2026-01,,2\n")
    assert values() == [("Support", "2026-01", "Wait", 2.0, None)]


def test_columns_are_guessed(cast):
    plan = first_plan(upload(cast.alice, WIDE))
    assert (plan.unit, plan.period, plan.long) == ("Unit", "Quarter", False)
    assert plan.figures == (
        FigurePlan("Revenue", "Revenue"),
        FigurePlan("Recommendation", "Recommendation", n="N Recommendation"),
    )
    plan = first_plan(upload(cast.alice, LONG))
    assert (plan.unit, plan.period, plan.measure, plan.value, plan.n) == ("unit", "month", "measure", "value", "n")
    plan = first_plan(upload(cast.alice, SCHOOLS, name="nyc_schools_2011.tsv"))
    assert (plan.unit, plan.name, plan.period, plan.month) == ("dbn", "schoolname", "", "2011-12")


def test_the_next_file_with_these_columns_is_taken_alike(cast):
    bring(cast.alice, SCHOOLS, SIDES, under=cast.company.pk, name="schoolname", month="2011-12")
    plan = first_plan(upload(cast.alice, SCHOOLS.replace("7.5", "7.6"), name="schools 2012.tsv"))
    assert (plan.under, plan.month, [one.name for one in plan.figures]) == (
        cast.company.pk, "2012-12", ["Safety, teachers", "Safety, parents"],
    )  # fmt: skip


def test_a_side_that_was_not_known_is_filled_in(cast):
    bring(cast.alice, LONG)
    second = bring(cast.alice, LONG, "Recommendation | kith")
    assert OutcomeMeasure.objects.get(name="Recommendation").side == "kith"
    assert counts(second)[3] == 0
