"""`kithkin demo DIR --serve`: the product with the simulated company in it, as `make demo` starts it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.with_postgres import free_port

CALL = "import sys; from kithkin.cli import main; sys.exit(main())"


def test_it_prints_where_it_is_and_a_log_in_for_each_role(tmp_path: Path):
    port = free_port()
    command = [sys.executable, "-c", CALL, "demo", str(tmp_path / "demo"), "--serve", "--port", str(port)]
    environment = {
        key: value for key, value in os.environ.items() if key not in {"DJANGO_SETTINGS_MODULE", "KITHKIN_HOME"}
    }
    said = []
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            said.append(line.strip())
            if "Ctrl-C" in line:
                break
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/log-in/login/") as page:
            assert b"Log in" in page.read()
        process.send_signal(signal.SIGINT)
        process.wait(60)
    assert said[0] == f"Kithkin is at http://127.0.0.1:{port}"
    assert sum("@harbourstreet.example" in line for line in said) == 6


def test_a_file_is_no_place_for_it(tmp_path: Path):
    place = tmp_path / "taken"
    place.write_text("")
    command = [sys.executable, "-c", CALL, "demo", str(place), "--serve"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "this is a file" in done.stderr
