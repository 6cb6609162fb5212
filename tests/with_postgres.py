"""Run a command with a PostgreSQL server of its own: python -m tests.with_postgres COMMAND …

The server lives in a temporary directory, listens on the loopback address alone, forgets everything afterwards, and is
named to the command by DATABASE_URL. Where the machine has no PostgreSQL the command is not run: that is said, with the
line that installs it, and is a failure only where KITHKIN_REQUIRE=all.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

INSTALL = "apt-get install postgresql"


def programs() -> Path | None:
    """Where initdb and pg_ctl are: the newest version that Debian put there, or on the path."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = versions[-1] if versions else shutil.which("initdb")
    return Path(found).parent if found else None


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main(command: list[str]) -> int:
    """The command's exit status."""
    where = programs()
    if where is None:
        required = os.environ.get("KITHKIN_REQUIRE") == "all"
        print(f"{'FAILED' if required else 'Not run'}: the tests on PostgreSQL, which is not here: {INSTALL}")
        return 1 if required else 0
    folder = Path(tempfile.mkdtemp(prefix="kithkin-postgres-"))
    drop: dict[str, object] = {}
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        drop = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": [], "cwd": "/"}
    data = folder / "data"
    call = {"check": True, "stdout": subprocess.DEVNULL, **drop}
    port = free_port()
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=60"
    try:
        subprocess.run([where / "initdb", "-D", data, "-U", "kithkin", "-A", "trust", "-E", "UTF8"], **call)
        subprocess.run([where / "pg_ctl", "-D", data, "-w", "-o", options, "-l", folder / "log", "start"], **call)
        try:
            address = f"postgres://kithkin@127.0.0.1:{port}/postgres"
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode
        finally:
            subprocess.run([where / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop"], **call)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
