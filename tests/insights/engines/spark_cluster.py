"""A real Spark for the tests: a Connect server, a worker and an executor in processes of their own.

It takes a JRE. Where there is none the tests skip, naming the line that installs it; KITHKIN_REQUIRE=all has them fail.
Test processes that run side by side share one: the first starts it, the last stops it.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

import pyspark
import pytest

from tests.browsers import missing
from tests.with_postgres import free_port

INSTALL = "apt-get install openjdk-17-jre-headless"
PATIENCE = 90
_NEWEST = 24
"""Spark 4.0 runs on Java 17 and 21; a later one lacks what it needs."""
SETTINGS = {
    "spark.driver.memory": "512m",
    "spark.executor.memory": "512m",
    "spark.executor.cores": "2",
    "spark.cores.max": "2",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xss2m",
    "spark.executor.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.connect.grpc.binding.address": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.catalogImplementation": "in-memory",
    "spark.sql.artifact.isolation.enabled": "false",
}


_started_here: dict[int, subprocess.Popen[bytes]] = {}


@dataclass(frozen=True)
class Cluster:
    """Where it answers, and the process of the server, which is the driver of every question."""

    port: int
    driver: int
    users: int = 1

    @property
    def address(self) -> str:
        return f"sc://127.0.0.1:{self.port}"


def java_home() -> Path | None:
    """Of a Java that Spark can run on."""
    homes = sorted(Path("/usr/lib/jvm").glob("*")) if Path("/usr/lib/jvm").is_dir() else []
    named = [Path(os.environ["JAVA_HOME"])] if os.environ.get("JAVA_HOME") else []
    found = shutil.which("java")
    on_path = [Path(found).resolve().parent.parent] if found else []
    for home in [*named, *on_path, *homes]:
        if (home / "bin/java").exists() and 17 <= _major(home / "bin/java") < _NEWEST:
            return home
    return None


def _major(java: Path) -> int:
    said = subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


@contextmanager
def cluster(folder: Path) -> Iterator[Cluster]:
    """One for all test processes that share this folder."""
    java = java_home()
    if java is None:
        missing(f"no Java 17 here, which Spark needs: {INSTALL}")
    state = folder / "spark.json"
    with _alone(folder):
        known = Cluster(**json.loads(state.read_text())) if state.exists() else None
        one = Cluster(known.port, known.driver, known.users + 1) if known else _started(folder, java)
        state.write_text(json.dumps(asdict(one)))
    try:
        yield one
    finally:
        with _alone(folder):
            now = Cluster(**json.loads(state.read_text()))
            if now.users > 1:
                state.write_text(json.dumps(asdict(Cluster(now.port, now.driver, now.users - 1))))
            else:
                state.unlink()
                _stop(now)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / "spark.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _started(folder: Path, java: Path) -> Cluster:
    home, port = _home(folder), free_port()
    settings = {**SETTINGS, "spark.connect.grpc.binding.port": str(port), "spark.local.dir": str(home / "local")}
    arguments = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    command = [
        home / "bin/spark-class", "org.apache.spark.deploy.SparkSubmit", "--master", "local-cluster[1,2,1024]",
        "--class", "org.apache.spark.sql.connect.service.SparkConnectServer", *arguments, "spark-internal",
    ]  # fmt: skip
    environment = {
        **os.environ,
        "JAVA_HOME": str(java),
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_SCALA_VERSION": "2.13",
    }
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            command, env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL, start_new_session=True, cwd=home
        )
    _started_here[process.pid] = process
    one = Cluster(port, process.pid)
    until = time.monotonic() + PATIENCE
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > until:
            _stop(one)
            pytest.fail(f"Spark did not start:\n{(home / 'log').read_text()[-3000:]}")
        time.sleep(0.2)
    return one


def _home(folder: Path) -> Path:
    """The installed Spark, but that it writes into a folder of ours."""
    home = Path(str(folder / f"spark-{os.getpid()}-{time.monotonic_ns()}"))
    (home / "local").mkdir(parents=True)
    (home / "conf").mkdir()
    for name in ("bin", "jars", "python"):
        source = Path(pyspark.__file__).parent / name
        if source.exists():
            (home / name).symlink_to(source)
    return home


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _stop(one: Cluster) -> None:
    """The server with its executor: all of its session, and none else."""
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(one.driver, how)
        except ProcessLookupError:
            return
        until = time.monotonic() + 10
        while time.monotonic() < until and _is_there(one.driver):
            time.sleep(0.1)


def _is_there(group: int) -> bool:
    if group in _started_here and _started_here[group].poll() is not None:
        del _started_here[group]
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
