"""The tables of an expression under names that say their versions, so that an old answer is never a new one's."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import ibis
import ibis.expr.operations as ops
import pyarrow as pa

from kithkin.insights.engines.catalogue import Catalogue, Snapshot


@dataclass(frozen=True)
class Source:
    """One table of a question: its own name, the name in the statement, its files, and the columns it has to have."""

    table: str
    name: str
    snapshot: Snapshot | None
    schema: pa.Schema


def named(expression: ibis.Table, catalogue: Catalogue) -> tuple[ibis.Table, list[Source]]:
    """The expression over versioned names, and what stands behind each."""
    sources, renamed = [], {}
    for one in expression.op().find(ops.UnboundTable):
        snapshot = catalogue.snapshot(one.name)
        schema = one.schema.to_pyarrow()
        version = snapshot.version if snapshot else "none"
        sign = hashlib.sha256(f"{version} {schema}".encode()).hexdigest()[:16]
        source = Source(one.name, f"{one.name}_{sign}", snapshot, schema)
        sources.append(source)
        renamed[one] = one.copy(name=source.name)
    return expression.op().replace(renamed).to_expr(), sources
