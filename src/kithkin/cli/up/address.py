"""Where the product is served: is the place free, what is it called, does it answer."""

from __future__ import annotations

import errno
import http.client
import socket

from kithkin.cli.failures import CommandError

LOOPBACK = ("localhost", "127.0.0.1", "::1")
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 (compared with)


def check_free(host: str, port: int) -> None:
    """Raise CommandError where the address is not ours to have."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (socket.gaierror, UnicodeError) as error:
        raise CommandError(f"--host {host}: there is no such address here. Leave it out, or say 0.0.0.0.") from error
    family, kind, _, _, address = found[0]
    with socket.socket(family, kind) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(address)
            probe.listen(1)
        except OSError as error:
            raise CommandError(_refusal(error, host, port)) from error


def _refusal(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < 65_535 else 8000
        return (
            f"Port {port} of {host} is taken by another program. "
            f"Stop that one, or choose another port: kithkin up --port {other}."
        )
    if error.errno in {errno.EACCES, errno.EPERM}:
        return f"Port {port} is reserved for root. Choose one above 1023: kithkin up --port 8000."
    return f"--host {host}: this machine cannot listen there ({error.strerror}). Leave it out, or say 0.0.0.0."


def address(host: str, port: int) -> str:
    """As it is typed into a browser on this machine."""
    shown = "localhost" if host in EVERYWHERE else f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def names(host: str) -> list[str]:
    """The names under which browsers may ask for it when nobody configured any."""
    here = ["localhost", "127.0.0.1", "[::1]"]
    if host in LOOPBACK:
        return here
    if host not in EVERYWHERE:
        return [*here, f"[{host}]" if ":" in host else host]
    own = {socket.gethostname()}
    try:
        found = socket.getaddrinfo(socket.gethostname(), None)
    except socket.gaierror:
        found = []
    own |= {str(one[4][0]) for one in found if one[0] == socket.AF_INET}
    return [*here, *sorted(own - set(here))]


def answers(host: str, port: int) -> bool:
    """Whether the server there is up."""
    place = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 (compared with)
    connection = http.client.HTTPConnection(place, port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
