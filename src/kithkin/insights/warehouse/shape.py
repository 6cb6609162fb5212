"""How a fact table is kept in files: its types, which columns have statistics in the log, and how it is encoded."""

from __future__ import annotations

import pyarrow as pa
from deltalake import ColumnProperties, WriterProperties

from kithkin.platform.registries.facts import FactKind, FactTable

PARTITION = "month"
_STATISTICS = "delta.dataSkippingStatsColumns"
_MOST = 32
_NUMBERS = {FactKind.SCORE, FactKind.NUMBER}


def configuration(table: FactTable) -> dict[str, str]:
    """The table's properties: no text gets into the log, where an erasure would not reach it."""
    numbers = [column.name for column in table.columns if column.kind in _NUMBERS]
    return {
        _STATISTICS: ",".join(["key", *numbers[:_MOST]]),
        "delta.logRetentionDuration": "interval 1 days",
        "delta.deletedFileRetentionDuration": "interval 1 days",
        "delta.checkpointInterval": "50",
    }


def writing(texts: frozenset[str] = frozenset()) -> WriterProperties:
    """Dictionaries for all but long texts; those have no statistics either."""
    plain = ColumnProperties(dictionary_enabled=False, statistics_enabled="NONE")
    return WriterProperties(
        compression="ZSTD",
        compression_level=3,
        max_row_group_size=122_880,
        column_properties=dict.fromkeys(sorted(texts), plain) or None,
    )


def long_texts(table: FactTable) -> frozenset[str]:
    """Columns in somebody's own words."""
    return frozenset(column.name for column in table.columns if column.kind is FactKind.TEXT)


def plain(schema: pa.Schema) -> pa.Schema:
    """The schema as rooms write it, whatever larger or newer type the files' reader chose."""
    return pa.schema([pa.field(one.name, _plain(one.type), one.nullable) for one in schema])


def _plain(kind: pa.DataType) -> pa.DataType:
    is_text = pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind)
    return pa.string() if is_text else kind
