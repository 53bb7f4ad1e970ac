"""What bin/run does once everything is set up: serve, tell, and stop all it started."""

import http.server
import os
import signal
import socket
import sys
import threading
import time

import pytest


def make_child(serve, folder, script):
    return serve.Child("worker", [sys.executable, "-c", script], folder)


def wait_for(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.02)


@pytest.fixture
def taken_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_a_taken_port_is_named_with_the_way_out(serve, taken_port):
    problem = serve.port_problem(taken_port)

    assert f"Port {taken_port} is taken" in problem
    assert "bin/run --port " in problem
    assert f"--port {taken_port}" not in problem


def test_a_free_port_is_no_problem(serve, taken_port):
    free = serve.next_free(taken_port)

    assert serve.port_problem(free) is None


def test_stopping_ends_what_a_child_started_too(serve, tmp_path):
    script = (
        "import subprocess, sys, time;"
        "print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
    )
    child = make_child(serve, tmp_path, script)
    wait_for(lambda: child.last_lines(1))
    grandchild = int(child.last_lines(1)[0])

    serve.stop_all([child])

    assert child.process.poll() is not None
    wait_for(lambda: not alive(grandchild))


def test_a_child_that_will_not_stop_is_killed(serve, tmp_path, monkeypatch):
    monkeypatch.setattr(serve, "STOP_WITHIN_S", 0.5)
    script = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "print('ready', flush=True); time.sleep(60)"
    )
    child = make_child(serve, tmp_path, script)
    wait_for(lambda: child.last_lines(1))

    serve.stop_all([child])

    assert child.process.returncode == -signal.SIGKILL


def test_an_ended_child_is_reported_with_the_end_of_its_log(serve, tmp_path):
    child = make_child(serve, tmp_path, "print('no such table'); raise SystemExit(3)")
    child.process.wait()

    with pytest.raises(
        serve.ServingError, match=r"worker process ended \(code 3\)[\s\S]*no such table"
    ):
        child.require_alive()


def test_a_killed_child_is_started_again_and_what_it_left_behind_is_ended(
    serve, tmp_path, monkeypatch, capsys
):
    monkeypatch.setattr(serve, "FIRST_WAIT_S", 0.1)
    script = (
        "import subprocess, time;"
        "print(subprocess.Popen(['sleep', '60']).pid, flush=True); time.sleep(60)"
    )
    child = make_child(serve, tmp_path, script)
    wait_for(lambda: child.last_lines(1))
    killed, left_behind = child.process, int(child.last_lines(1)[0])
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()

    wait_for(lambda: child.keep_alive() or child.process is not killed)

    wait_for(lambda: not alive(left_behind))
    wait_for(lambda: len(child.last_lines(9)) == 2)  # the log goes on
    assert alive(child.process.pid)
    assert "worker process ended (code -9); it starts again in 0.1 s" in capsys.readouterr().out
    serve.stop_all([child])


def test_a_child_that_keeps_ending_is_started_ever_later(serve, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(serve, "FIRST_WAIT_S", 0.01)
    monkeypatch.setattr(serve, "LONGEST_WAIT_S", 0.03)
    child = make_child(serve, tmp_path, "print('no database')")

    wait_for(lambda: child.keep_alive() or len(child.last_lines(9)) >= 4)
    child.process.wait()

    waits = [
        line.split(" in ")[1].split(" s")[0] for line in capsys.readouterr().out.splitlines()
    ]
    assert waits[:3] == ["0.01", "0.02", "0.03"]


def test_a_child_that_ends_before_the_first_page_ends_the_site(serve, tmp_path):
    site = serve.Site(8000, tmp_path, None)
    site.start("worker", [sys.executable, "-c", "raise SystemExit(3)"]).process.wait()

    with pytest.raises(serve.ServingError):
        site.watch()

    site.ready = True
    site.watch()


def test_the_log_of_the_run_before_is_kept(serve, tmp_path):
    make_child(serve, tmp_path, "print('first')").process.wait()
    make_child(serve, tmp_path, "print('second')").process.wait()

    assert (tmp_path / "worker.log.1").read_text() == "first\n"
    assert (tmp_path / "worker.log").read_text() == "second\n"


@pytest.mark.parametrize(
    ("status", "answered"), [(200, True), (301, True), (404, True), (500, False)]
)
def test_the_site_answers_unless_it_fails(serve, status, answered):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(status)
            self.send_header("Location", "https://127.0.0.1:1/")
            self.end_headers()

        def log_message(self, *_):
            """Say nothing."""

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.handle_request).start()

        assert serve.answers(server.server_port) is answered


def test_nothing_answers_on_a_free_port(serve, taken_port):
    assert serve.answers(serve.next_free(taken_port)) is False


def loading(serve, folder, script):
    site = serve.Site(8000, folder, folder / "postcodes-done")
    site.loader = site.start("postcodes", [sys.executable, "-c", script])
    site.next_progress, site.last_progress = 0.0, []
    return site


def test_postcodes_are_loaded_once(serve, tmp_path, capsys):
    site = loading(serve, tmp_path, "print('2,636,121 placed')")
    site.loader.process.wait()

    site.watch()
    site.start_loading_postcodes()

    assert "all loaded. 2,636,121 placed" in capsys.readouterr().out
    assert site.loader is None


def test_postcodes_that_failed_are_loaded_again_the_next_time(serve, tmp_path, capsys):
    site = loading(serve, tmp_path, "raise SystemExit('the disk is full')")
    site.loader.process.wait()

    site.watch()

    assert "the disk is full" in capsys.readouterr().out
    assert not site.postcodes_done.exists()


def test_progress_is_told_once_per_change(serve, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(serve, "PROGRESS_EVERY_S", 0)
    site = loading(serve, tmp_path, "import time; print('half', flush=True); time.sleep(60)")
    wait_for(lambda: site.loader.last_lines(1))

    site.watch()
    site.watch()
    serve.stop_all(site.children)

    assert capsys.readouterr().out == "postcodes: half\n"


def test_serving_ends_when_nobody_is_left_to_stop_it(serve, tmp_path):
    site = serve.Site(8000, tmp_path, None)
    site.parent = 1 if os.getppid() != 1 else 2

    with pytest.raises(SystemExit):
        site.watch()


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    with open(f"/proc/{pid}/stat") as file:  # a zombie nobody has waited for is dead
        return file.read().rsplit(")", 1)[1].split()[0] != "Z"
