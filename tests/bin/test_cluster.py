"""The project's own database: who starts it, who stops it, and what it survives."""

import os
import shutil
import signal
import stat
import subprocess
import time

import pytest

KEEP = "hold_cluster; echo held; read answer || :; release_cluster"
WRONG_PASSWORD = """
find_postgres
export PGPASSWORD=wrong
"$pg_bin/psql" -h "$(cat "$pg_home/socket")" -U fans -d fans -c "select 1" || :
"""


def holder(checkout):
    """Start a command that needs the database until its stdin is closed."""
    process = checkout.shell(KEEP)
    said = []
    while (line := process.stdout.readline()) and line != "held\n":
        said.append(line)
    assert line == "held\n", "".join(said)
    return process


def let_go(process):
    process.communicate("done\n", timeout=60)
    assert process.returncode == 0


@pytest.fixture
def stopped(checkout):
    """The checkout with its cluster made, a table in it, and nobody using it."""
    checkout.run(
        "hold_cluster; sql 'create table if not exists kept (id int)'; release_cluster"
    )
    assert checkout.server_pid is None
    return checkout


def test_the_last_to_leave_stops_the_database(stopped):
    first, second = holder(stopped), holder(stopped)

    let_go(first)
    still_up = stopped.server_pid
    let_go(second)

    assert still_up
    assert stopped.server_pid is None
    assert stopped.socket is None


def test_what_was_written_is_there_the_next_time(stopped):
    stopped.run("hold_cluster; sql 'insert into kept values (42)'; release_cluster")

    assert "42" in stopped.run("hold_cluster; sql 'select id from kept'; release_cluster")


def test_starts_again_after_a_crash_left_its_pid_file(stopped):
    crashed = holder(stopped)
    pid = stopped.server_pid
    os.kill(pid, signal.SIGKILL)
    crashed.kill()
    crashed.communicate()
    wait_until_gone(pid)

    assert "up" in stopped.run("hold_cluster; sql \"select 'up'\"; release_cluster")


def test_a_server_that_is_killed_comes_back_where_it_was(stopped, serve, capfd):
    using = holder(stopped)
    database = serve.Database(stopped.root / ".pg")
    socket, pid = stopped.socket, stopped.server_pid
    assert database.is_up()
    os.kill(pid, signal.SIGKILL)
    wait_until_gone(pid)
    assert not database.is_up()

    deadline = time.monotonic() + 30
    while not database.is_up():
        database.keep_up()
        assert time.monotonic() < deadline, capfd.readouterr()

    assert stopped.server_pid != pid
    assert stopped.socket == socket
    assert "The database is there again." in capfd.readouterr().out
    assert "up" in stopped.run("find_postgres; sql \"select 'up'\"")
    let_go(using)
    assert stopped.server_pid is None


def test_a_pid_file_that_names_somebody_elses_process_does_not_keep_it_down(stopped):
    stopped.run("hold_cluster; release_cluster")
    sleeper = subprocess.Popen(["sleep", "60"])
    (stopped.data / "postmaster.pid").write_text(f"{sleeper.pid}\n")

    output = stopped.run("hold_cluster; sql \"select 'up'\"; release_cluster")

    assert "up" in output
    assert sleeper.poll() is None
    sleeper.kill()
    sleeper.wait()


def test_a_lost_socket_folder_is_made_again(stopped):
    process = holder(stopped)
    lost = stopped.socket
    shutil.rmtree(lost)

    output = stopped.run("hold_cluster; sql \"select 'up'\"")

    assert "up" in output
    assert stopped.socket not in {None, lost}
    let_go(process)


def test_only_its_owner_may_reach_it(stopped):
    process = holder(stopped)
    folder_mode = stat.S_IMODE(stopped.socket.stat().st_mode)
    password_mode = stat.S_IMODE((stopped.root / ".pg/password").stat().st_mode)
    wrong = stopped.run(WRONG_PASSWORD)
    ports = stopped.run("find_postgres; sql 'show listen_addresses'")
    let_go(process)

    assert folder_mode == 0o700
    assert password_mode == 0o600
    assert "password authentication failed" in wrong
    assert ports == "\n"


def wait_until_gone(pid):
    for _ in range(100):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
