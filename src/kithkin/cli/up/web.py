"""The web server's process: `python -m kithkin.cli.up.web HOST PORT WORKERS THREADS`, started by `kithkin up`."""

from __future__ import annotations

import multiprocessing
import os
import sys

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from kithkin.platform.tether import tether


def main(host: str, port: int, workers: int, threads: int) -> None:
    """Serve until SIGTERM; a worker that dies is replaced."""
    tether(int(os.environ.get("KITHKIN_PARENT") or os.getppid()))
    multiprocessing.set_start_method("fork")  # what is forked stays tethered
    Server(
        "kithkin.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        respawn_failed_workers=True,
        respawn_interval=1.0,
        workers_kill_timeout=8,
        log_level=LogLevels.warning,
        process_name=None,
    ).serve()


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:5]))
