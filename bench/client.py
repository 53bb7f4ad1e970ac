"""Asks a web server on this machine: one kept connection, or many at once.

Little more than sockets, so that what is measured is the server: a client and a server
share the machine.
"""

import random
import selectors
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from types import TracebackType
from typing import Final, Self

from bench.task import BenchError

HOST: Final = "127.0.0.1"
_END_OF_HEAD: Final = b"\r\n\r\n"
_WITHOUT_BODY: Final = frozenset({204, 304})
_READ: Final = 1 << 18


@dataclass(frozen=True)
class Answer:
    """What came, and how long it took from the first byte out to the last byte in."""

    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float


def percentile(values: Sequence[float], percent: int) -> float:
    """Return a percentile, between two values where it falls between them."""
    if len(values) < 2:
        return values[0]
    return quantiles(values, n=100, method="inclusive")[percent - 1]


@dataclass(frozen=True)
class Load:
    """What many connections at once were answered."""

    seconds: float
    latencies_ms: Sequence[float]

    @property
    def a_second(self) -> float:
        """Answers a second, all connections together."""
        return len(self.latencies_ms) / self.seconds

    @property
    def p50_ms(self) -> float:
        """How long the middle answer took."""
        return median(self.latencies_ms)

    def percentile_ms(self, percent: int) -> float:
        """How long so many of a hundred answers took at most."""
        return percentile(self.latencies_ms, percent)


def request_for(path: str, encoding: str = "identity") -> bytes:
    """Return the bytes of a plain GET that keeps the connection."""
    lines = (f"GET {path} HTTP/1.1", "Host: localhost", f"Accept-Encoding: {encoding}")
    return "\r\n".join((*lines, "Accept: */*", "", "")).encode("ascii")


class Reply:
    """Gathers the bytes of one answer until it is whole."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.status = 0
        self.headers: dict[str, str] = {}
        self._body_at = -1
        self._whole_at: int | None = None

    def feed(self, block: bytes) -> bool:
        """Take more bytes; say whether the answer is whole."""
        self.data += block
        if self._body_at < 0 and not self._read_head():
            return False
        if self._whole_at is None:
            return self.data.endswith(b"0\r\n\r\n")
        return len(self.data) >= self._whole_at

    def _read_head(self) -> bool:
        end = self.data.find(_END_OF_HEAD)
        if end < 0:
            return False
        first, *lines = self.data[:end].decode("latin-1").split("\r\n")
        self.status = int(first.split(" ", 2)[1])
        pairs = (line.partition(":") for line in lines)
        self.headers = {name.lower(): value.strip() for name, _, value in pairs}
        self._body_at = end + len(_END_OF_HEAD)
        if self.headers.get("transfer-encoding", "").lower() != "chunked":
            length = int(self.headers.get("content-length", 0))
            self._whole_at = self._body_at + (0 if self.status in _WITHOUT_BODY else length)
        return True

    @property
    def body(self) -> bytes:
        """The answer's body, its chunks put together."""
        rest = bytes(self.data[self._body_at :])
        if self._whole_at is not None:
            return rest
        parts, at = [], 0
        while size := int(rest[at : (end := rest.index(b"\r\n", at))].split(b";")[0], 16):
            parts.append(rest[end + 2 : end + 2 + size])
            at = end + 2 + size + 2
        return b"".join(parts)


class Connection:
    """One connection that is kept, as a browser keeps it."""

    def __init__(self, port: int, timeout_s: float = 120) -> None:
        self.port, self.timeout_s = port, timeout_s
        self.socket = self._open()

    def _open(self) -> socket.socket:
        opened = socket.create_connection((HOST, self.port), timeout=self.timeout_s)
        opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return opened

    def get(self, path: str, encoding: str = "identity") -> Answer:
        """Ask for one address.

        Raises:
            BenchError: the server closed the connection or did not answer.
        """
        asked = request_for(path, encoding)
        since, reply = time.perf_counter(), self._exchange(asked, path)
        if reply is None:  # it closed the connection while nothing was asked
            self.socket.close()
            self.socket = self._open()
            since, reply = time.perf_counter(), self._exchange(asked, path)
        if reply is None:
            raise BenchError(f"the server closed the connection at {path}")
        took = time.perf_counter() - since
        if reply.headers.get("connection", "").lower() == "close":
            self.socket.close()
            self.socket = self._open()
        return Answer(reply.status, reply.headers, reply.body, took)

    def _exchange(self, asked: bytes, path: str) -> Reply | None:
        """Return the whole answer; None where the connection was closed before it began."""
        reply = Reply()
        try:
            self.socket.sendall(asked)
            while block := self.socket.recv(_READ):
                if reply.feed(block):
                    return reply
        except (BrokenPipeError, ConnectionResetError):
            if not reply.data:
                return None
            raise BenchError(f"the server broke off its answer to {path}") from None
        except OSError as error:
            raise BenchError(f"no answer to {path}: {error}") from error
        if reply.data:
            raise BenchError(f"the server broke off its answer to {path}")
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.socket.close()


def load(port: int, paths: Sequence[str], *, clients: int, seconds: float, seed: int) -> Load:
    """Let so many connections ask for addresses by lot, each its next after an answer.

    Raises:
        BenchError: an answer was neither 200 nor 204 (an empty tile).
    """
    crowd = _Crowd(port, [request_for(path) for path in paths], seed)
    return crowd.run(clients, seconds)


class _Crowd:
    """Connections in one loop; a draw decides what each asks next."""

    def __init__(self, port: int, requests: Sequence[bytes], seed: int) -> None:
        self.port, self.requests = port, requests
        self.draw = random.Random(seed)  # noqa: S311 - the same addresses each time
        self.latencies: list[float] = []
        self.selector = selectors.DefaultSelector()

    def run(self, clients: int, seconds: float) -> Load:
        waiting: dict[int, tuple[float, Reply]] = {}
        opened = [Connection(self.port).socket for _ in range(clients)]
        try:
            for each in opened:
                self.selector.register(each, selectors.EVENT_READ, each)
                waiting[each.fileno()] = self._ask(each)
            since = time.perf_counter()
            while (now := time.perf_counter()) - since < seconds:
                for key, _ in self.selector.select(timeout=seconds):
                    self._hear(key.data, waiting)
            return Load(now - since, self.latencies)
        finally:
            for each in opened:
                each.close()
            self.selector.close()

    def _ask(self, connection: socket.socket) -> tuple[float, Reply]:
        connection.sendall(self.draw.choice(self.requests))
        return time.perf_counter(), Reply()

    def _hear(self, connection: socket.socket, waiting: dict[int, tuple[float, Reply]]) -> None:
        since, reply = waiting[connection.fileno()]
        block = connection.recv(_READ)
        if not block:
            raise BenchError("the server closed a connection in the middle of the load")
        if not reply.feed(block):
            return
        if reply.status not in {200, 204}:
            raise BenchError(f"the server answered {reply.status} under load")
        self.latencies.append(1000 * (time.perf_counter() - since))
        waiting[connection.fileno()] = self._ask(connection)
