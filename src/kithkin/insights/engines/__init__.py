"""What groups and counts: DuckDB in every process, or Spark on a cluster where KITHKIN_SPARK says so.

    from kithkin.insights.engines import engine, table_of
    answers = table_of(program_table)                                  # a FactTable
    cells = engine().cells(answers.group_by("month").agg(n=ibis._.count()))

The same Ibis expression runs on both; what comes back are unprotected cells, which no page may show as they are.
"""

from kithkin.insights.engines.chosen import engine
from kithkin.insights.engines.expressions import day_month, quarter, table_of, year
from kithkin.insights.engines.protocol import Cancelled, Engine, TooLarge

__all__ = ["Cancelled", "Engine", "TooLarge", "day_month", "engine", "quarter", "table_of", "year"]
