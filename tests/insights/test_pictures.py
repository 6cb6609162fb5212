"""Charts in the reader's language."""

from __future__ import annotations

from django.utils import translation

from kithkin.analysis.charts import scores
from kithkin.analysis.metrics import csat_from_counts
from kithkin.insights.pictures import FROM_TABLES, in_the_readers_language

NORTH = {"Nord": csat_from_counts({5: 900, 4: 351, 1: 400})}


@in_the_readers_language
def drawn() -> tuple[str, tuple[tuple[str, str], ...]]:
    picture = scores.estimates(NORTH, overall=NORTH["Nord"])
    return picture.description, picture.legend


def test_a_chart_speaks_german_to_whoever_reads_german():
    with translation.override("de"):
        description, legend = drawn()
    assert description == (
        "CSAT: Anteil zufriedener Antworten, %, mit Intervallen. Nord 75,8\N{NO-BREAK SPACE}% "
        "(73,6 bis 77,8\N{NO-BREAK SPACE}%)."
    )
    assert legend == (
        ("kith", "Bewertung mit ihrem Intervall zu 95\N{NO-BREAK SPACE}%"),
        ("dash", "alle: 75,8\N{NO-BREAK SPACE}%"),
    )


def test_it_speaks_english_again_afterwards():
    with translation.override("de"):
        drawn()
    assert scores.estimates(NORTH).legend == (("kith", "score with its 95\N{NO-BREAK SPACE}% interval"),)


def test_what_charts_say_out_of_a_table_is_translated():
    with translation.override("de"):
        assert [text for text in FROM_TABLES if translation.gettext(text) == text] == []
