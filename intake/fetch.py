"""The one way out to other people's servers: allowed hosts alone, politely, with limits."""

import ipaddress
import json
import socket
import ssl
import time
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import SplitResult, quote, urlsplit

from django.conf import settings
from django.utils import timezone

from intake.errors import IntakeError
from intake.limits import import_limits, in_words

TRIES: Final = 4
LONGEST_WAIT_S: Final = 60.0
_CHUNK: Final = 64 * 1024
_MOMENTARY: Final = frozenset({429, 500, 502, 503, 504})
_WAYS_INSIDE: Final = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("2002::/16"))
"""IPv6 addresses that stand for IPv4 ones: they pass for global, wherever they lead."""
_AS_IT_IS: Final = "/%:@!$&'()*+,;=?~"
_OFF: Final = (
    "no server is asked for files. To allow one, put its host into FANS_IMPORT_HOSTS, "
    "such as FANS_IMPORT_HOSTS={host}"
)


class Client:
    """Gets JSON from one host, over one connection that is kept open.

    The host must stand in ``settings.IMPORT_HOSTS`` (with its port, where that is not
    https's own) and is asked over https; only a loopback address that stands there may be
    asked over http, and at any port. Every connection goes to an address that has been
    looked at, and no private one is ever connected to. Redirects are not followed.
    """

    def __init__(self, url: str, *, sleep: Callable[[float], None] = time.sleep) -> None:
        self.parts = _checked(url)
        self.sleep = sleep
        self.host, self.port = self.parts.hostname or "", self.parts.port
        self.bytes_left = import_limits().unpacked_bytes
        self.most_at_once = import_limits().packed_bytes
        self.asked = 0
        self.connection: HTTPConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()

    def get_json(self, url: str) -> Any:
        """Return what an address of the host answers.

        Raises:
            IntakeError: it does not answer, or not with JSON.
        """
        body = self._get(url)
        try:
            return json.loads(body.decode("utf-8-sig"), parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise IntakeError("the server's answer is not whole JSON", file=url) from error

    def _get(self, url: str) -> bytes:
        parts = urlsplit(url)
        if (parts.hostname, parts.port) != (self.host, self.port):
            raise IntakeError("only one host is asked at a time", file=url)
        if self.asked:
            self.sleep(settings.IMPORT_PAUSE_S)
        reason = ""
        for turn in range(TRIES):
            self.asked += 1
            try:
                response = self._ask(parts)
                if response.status not in _MOMENTARY:
                    return self._body(response, url)
                reason = f"the server answers {response.status}"
                wait = _retry_after(response.headers.get("Retry-After"), 2.0**turn)
                self._close()
            except (OSError, HTTPException) as error:
                self._close()
                reason, wait = f"the server does not answer ({_words(error)})", 2.0**turn
            if turn < TRIES - 1:
                self.sleep(wait)
        raise IntakeError(f"{reason}, asked {TRIES} times", file=url)

    def _ask(self, parts: SplitResult) -> HTTPResponse:
        if self.connection is None or self.connection.sock is None:
            # Closed by the server: left to itself, http.client would look the name up anew
            # and go wherever it leads by now.
            self.connection = _connect(self.parts.scheme, self.host, self.port)
        target = quote(parts.path or "/", safe=_AS_IT_IS)
        if parts.query:
            target += "?" + quote(parts.query, safe=_AS_IT_IS)
        headers = {"User-Agent": _user_agent(), "Accept": "application/json"}
        self.connection.request("GET", target, headers=headers)
        return self.connection.getresponse()

    def _body(self, response: HTTPResponse, url: str) -> bytes:
        if 300 <= response.status < 400:
            raise IntakeError("the server sends us elsewhere; that is not followed", file=url)
        if response.status != 200:
            raise IntakeError(f"the server answers {response.status}", file=url)
        kind = response.headers.get_content_type()
        if kind != "application/json" and not kind.endswith("+json"):
            raise IntakeError(f"the server answers with {kind}, not with JSON", file=url)
        most = min(self.most_at_once, self.bytes_left)
        found = bytearray()
        ends = time.monotonic() + settings.IMPORT_TIMEOUT_S * 6
        while chunk := response.read1(_CHUNK):
            found += chunk
            if len(found) > most:
                raise IntakeError(f"the answer has more than {in_words(most)}", file=url)
            if time.monotonic() > ends:
                raise IntakeError("the server's answer takes too long", file=url)
        response.read()  # tells the connection that it may be used again
        self.bytes_left -= len(found)
        return bytes(found)

    def _close(self) -> None:
        if self.connection is not None:
            self.connection.close()
            self.connection = None


def _checked(url: str) -> SplitResult:
    """Return an address that may be asked.

    Raises:
        IntakeError: it is none, its host is not allowed, or it is not over https.
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise IntakeError("this is no address", file=url) from error
    if parts.scheme not in ("http", "https") or not host or parts.username or parts.password:
        raise IntakeError("this is no address of the form https://host/path", file=url)
    named = host if port in (None, 443) else f"{host}:{port}"
    allowed = {known.lower() for known in settings.IMPORT_HOSTS}
    if named not in allowed and not (host in allowed and _is_loopback(host)):
        raise IntakeError(_OFF.format(host=named), file=url)
    if parts.scheme != "https" and not _is_loopback(host):
        raise IntakeError("the address must begin with https://", file=url)
    return parts


def _connect(scheme: str, host: str, port: int | None) -> HTTPConnection:
    """Connect to a host at an address that has been looked at, and to no other."""
    port = port or (443 if scheme == "https" else 80)
    address = _address_of(host, port)
    timeout = settings.IMPORT_TIMEOUT_S
    stream = socket.create_connection((address, port), timeout)
    if scheme == "https":
        secure = HTTPSConnection(host, port, timeout=timeout)
        secure.auto_open = 0
        stream = ssl.create_default_context().wrap_socket(stream, server_hostname=host)
        secure.sock = stream
        return secure
    plain = HTTPConnection(host, port, timeout=timeout)
    plain.auto_open = 0
    plain.sock = stream
    return plain


def _address_of(host: str, port: int) -> str:
    found = {
        str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    }
    # A literal address was allowed by name; a name must not lead inside.
    inside = [one for one in found if not _is_outside(one)]
    if inside and not _is_loopback(host):
        raise IntakeError(f"{host} leads to {inside[0]}, which is not on the internet")
    return min(found)


def _is_outside(address: str) -> bool:
    found = ipaddress.ip_address(address)
    stands_for_another = any(found in way for way in _WAYS_INSIDE)
    return found.is_global and not found.is_multicast and not stands_for_another


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _user_agent() -> str:
    return (
        f"CareHomeFriendsAndNeighbours/1 (+{settings.SITE_URL}; {settings.DEFAULT_FROM_EMAIL})"
    )


def _retry_after(value: str | None, otherwise: float) -> float:
    """Return how many seconds the server wants us to wait, within reason."""
    if value is None:
        return otherwise
    if value.strip().isdigit():
        return min(float(value), LONGEST_WAIT_S)
    try:
        seconds = (parsedate_to_datetime(value) - timezone.now()).total_seconds()
    except (TypeError, ValueError):
        return otherwise
    return min(max(seconds, 0.0), LONGEST_WAIT_S)


def _words(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def _refuse_constant(word: str) -> Any:
    raise ValueError(word)
