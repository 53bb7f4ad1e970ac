"""The client that benches ask web servers with: whole answers, and many at once."""

import gzip
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bench.client import Connection, Reply, load, percentile
from bench.task import BenchError


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/chunked":
            self.send_response(200)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            for part in (b"abc", b"", b"de" * 20):
                if part:
                    self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
            self.wfile.write(b"0\r\n\r\n")
            return
        if self.path == "/then-close":
            self.close_connection = True  # and says nothing of it
        status = {"/empty": 204, "/broken": 500}.get(self.path, 200)
        body = b"" if status == 204 else b"x" * 300_000
        if "gzip" in self.headers["Accept-Encoding"]:
            body = gzip.compress(body)
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Quiet(ThreadingHTTPServer):
    def handle_error(self, request, client_address):
        """Say nothing of a client that went away, as those under load do."""


@pytest.fixture(scope="module")
def port():
    server = Quiet(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_port
    server.shutdown()
    server.server_close()
    thread.join()


def test_one_connection_reads_answers_of_every_kind_one_after_another(port):
    with Connection(port) as connection:
        plain, chunked = connection.get("/plain"), connection.get("/chunked")
        empty, again = connection.get("/empty"), connection.get("/plain", "gzip")

    assert (plain.status, plain.body) == (200, b"x" * 300_000)
    assert chunked.body == b"abc" + b"de" * 20
    assert (empty.status, empty.body) == (204, b"")
    assert gzip.decompress(again.body) == plain.body
    assert plain.seconds > 0


def test_a_connection_that_the_server_closed_meanwhile_is_opened_anew(port):
    with Connection(port) as connection:
        first, second = connection.get("/then-close"), connection.get("/plain")

    assert (first.status, second.status) == (200, 200)
    assert second.body == b"x" * 300_000


def test_an_answer_may_come_in_any_pieces():
    bytes_of_it = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
    reply = Reply()

    wholes = [reply.feed(bytes([byte])) for byte in bytes_of_it]

    assert wholes == [False] * (len(bytes_of_it) - 1) + [True]
    assert reply.body == b"hello"


def test_many_ask_at_once_and_every_answer_is_counted(port):
    done = load(port, ["/plain", "/chunked"], clients=4, seconds=0.3, seed=1)

    assert len(done.latencies_ms) >= 4
    assert done.a_second == pytest.approx(len(done.latencies_ms) / done.seconds)
    assert 0 < done.p50_ms <= done.percentile_ms(95) <= max(done.latencies_ms)


def test_an_error_under_load_is_no_answer(port):
    with pytest.raises(BenchError, match="500"):
        load(port, ["/broken"], clients=2, seconds=5, seed=1)


def test_a_percentile_of_one_value_is_that_value():
    assert percentile([7.0], 95) == 7.0
    assert percentile([float(n) for n in range(101)], 95) == 95.0
