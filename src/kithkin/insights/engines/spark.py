"""Spark on a cluster, by Spark Connect: the same expressions, read from the same files.

Loaded only where KITHKIN_SPARK names a server (extra `kithkin[spark]`). The cluster has to reach the warehouse under
the same path or address as this process, and brings its own rights to an object store.
"""

from __future__ import annotations

import re
import socket
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import ClassVar
from urllib.parse import urlsplit

import ibis
import ibis.backends.pyspark
import ibis.expr.operations as ops
import pyarrow as pa
from pyspark.errors import PySparkException
from pyspark.sql.connect.client.retries import DefaultPolicy
from pyspark.sql.connect.session import SparkSession

from kithkin.insights.engines.catalogue import Catalogue
from kithkin.insights.engines.kept import Kept
from kithkin.insights.engines.naming import Source
from kithkin.insights.engines.protocol import Cancelled, Engine
from kithkin.insights.warehouse.failures import Gone, Unreachable, cause

_VIEWS = 64
_PORT, _PATIENCE, _RETRIES = 15_002, 5.0, 5
_TYPES = {
    pa.int16(): "SMALLINT",
    pa.int32(): "INT",
    pa.int64(): "BIGINT",
    pa.float32(): "FLOAT",
    pa.float64(): "DOUBLE",
    pa.string(): "STRING",
    pa.date32(): "DATE",
    pa.bool_(): "BOOLEAN",
}
_STOPPED = re.compile(r"cancell?ed|interrupted", re.IGNORECASE)
_GONE = re.compile(r"FILE_NOT_EXIST|PATH_NOT_FOUND|FileNotFoundException|does not exist|TABLE_OR_VIEW_NOT_FOUND")
_APART = re.compile(
    r"UNAVAILABLE|failed to connect|Connection refused|SESSION_(CLOSED|CHANGED|NOT_FOUND)", re.IGNORECASE
)

ibis.pyspark  # noqa: B018 (registers what its compiler asks for)


class Spark(Engine):
    """One session of a Spark Connect server, for all threads of this process."""

    dialect: ClassVar[str] = "pyspark"

    def __init__(self, catalogue: Catalogue, kept: Kept, *, address: str) -> None:
        super().__init__(catalogue, kept)
        self._address = address
        self._session: SparkSession | None = None
        self._views: OrderedDict[str, None] = OrderedDict()
        self._lock = threading.Lock()

    def _spoken(self, expression: ibis.Table) -> ibis.Table:
        """A count under a condition is a sum on Spark, and of no rows that is nothing: it is 0 as everywhere."""
        counts = [one for one in expression.op().find((ops.CountStar, ops.Count)) if one.where is not None]
        whole = {one: ops.Coalesce((one, ops.Literal(0, one.dtype))) for one in counts}
        return expression.op().replace(whole).to_expr()

    def _run(self, sql: str, sources: Sequence[Source], ticket: str) -> pa.Table:
        try:
            session = self._connected()
            if ticket:
                session.addTag(_tag(ticket))
            try:
                for source in sources:
                    self._provide(session, source)
                return session.sql(sql).toArrow()
            finally:
                if ticket:
                    session.removeTag(_tag(ticket))
        except Exception as error:
            raise self._meant(error, sources, ticket) from error

    def _stop(self, ticket: str) -> None:
        if self._session is not None:
            self._session.interruptTag(_tag(ticket))

    def _connected(self) -> SparkSession:
        with self._lock:
            if self._session is None:
                _knock(self._address)
                self._session = SparkSession.builder.remote(self._address).create()
                self._session.conf.set("spark.sql.session.timeZone", "UTC")
                self._session.client.set_retry_policies([DefaultPolicy(max_retries=_RETRIES)])
                self._views.clear()
            return self._session

    def _provide(self, session: SparkSession, source: Source) -> None:
        with self._lock:
            if source.name in self._views:
                self._views.move_to_end(source.name)
                return
            self._view(session, source)
            self._views[source.name] = None
            while len(self._views) > _VIEWS:
                session.catalog.dropTempView(self._views.popitem(last=False)[0])

    def _view(self, session: SparkSession, source: Source) -> None:
        """The columns are told, so that one which no file has yet is empty and no month is taken for a date."""
        schema = ", ".join(f"`{one.name}` {_TYPES[one.type]}" for one in source.schema)
        snapshot = source.snapshot
        if snapshot is None or not snapshot.files:
            session.createDataFrame([], schema).createOrReplaceTempView(source.name)
            return
        root = _address(self._catalogue.place.table(source.table))
        files = [_address(file) for file in snapshot.files]
        session.read.schema(schema).option("basePath", root).parquet(*files).createOrReplaceTempView(source.name)

    def _meant(self, error: Exception, sources: Sequence[Source], ticket: str) -> Exception:
        """What Spark's words mean."""
        said = str(error)
        if ticket and _STOPPED.search(said):
            return Cancelled(ticket)
        if isinstance(error, OSError) or _APART.search(said):
            with self._lock:
                self._session = None  # the next question connects anew
            return Unreachable(f"Spark at {self._address} cannot be reached. Is its Connect server there? {said[:200]}")
        if _GONE.search(said):
            with self._lock:
                for source in sources:
                    self._views.pop(source.name, None)
            return Gone(said[:200])
        if isinstance(error, PySparkException):
            return error
        return cause(said, ", ".join(source.table for source in sources), self._catalogue.place.root)


def _knock(address: str) -> None:
    """OSError where nobody answers: Spark's own client would go on trying for ten minutes."""
    place = urlsplit(address)
    with socket.create_connection((place.hostname or "localhost", place.port or _PORT), timeout=_PATIENCE):
        pass


def _address(place: str) -> str:
    """As Hadoop calls it."""
    return re.sub(r"^s3://", "s3a://", place)


def _tag(ticket: str) -> str:
    return "kithkin-" + ticket.replace(",", "_")
