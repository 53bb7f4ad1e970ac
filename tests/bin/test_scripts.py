"""What the commands say when they cannot do as asked."""

import os
import shutil
import socket
import subprocess

import pytest

from tests.bin.conftest import ROOT


def call(*command, **environment):
    return subprocess.run(
        command,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["bin/setup", "--quick"],
        ["bin/run", "--port"],
        ["bin/run", "--port", "http"],
        ["bin/run", "--port", "0"],
        ["bin/run", "--port=65536"],
        ["bin/run", "8001"],
    ],
)
def test_a_wrong_argument_is_answered_with_the_usage(arguments):
    result = call(ROOT / arguments[0], *arguments[1:])

    assert result.returncode == 2
    assert result.stderr.startswith(f"usage: {arguments[0]} [--no-demo]")


def test_run_names_a_taken_port_before_it_sets_anything_up():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        port = listener.getsockname()[1]

        result = call(ROOT / "bin/run", "--port", str(port))

    assert result.returncode == 1
    assert f"Port {port} is taken" in result.stderr
    assert result.stdout == ""


@pytest.fixture
def bare_path(tmp_path):
    """A PATH with the basic tools of a system, on which apt-get and sudo can be faked."""
    folder = tmp_path / "path"
    folder.mkdir()
    for tool in ("cat", "date", "find", "cksum", "sort", "tr", "tail", "sed", "env"):
        (folder / tool).symlink_to(shutil.which(tool))
    return folder


def install_as(checkout, path, uid, tools):
    """Run the installation as a user with ``tools`` (name: shell text) and little else."""
    for name, text in {"id": f"[ $1 = -u ] && echo {uid} || echo sam", **tools}.items():
        (path / name).write_text(f"#!/bin/sh\n{text}\n")
        (path / name).chmod(0o755)
    script = f"PATH={str(path)!r}; find_postgres() {{ false; }}; "
    process = checkout.shell(script + "install_system run")
    output, _ = process.communicate("", timeout=60)
    return process.returncode, output


def test_without_rights_the_one_line_to_run_is_printed(checkout, bare_path):
    code, output = install_as(checkout, bare_path, 1000, {"apt-get": "exit 1"})

    assert code == 1
    assert (
        "sam may not install them: python3 python3-venv postgresql postgresql-postgis" in output
    )
    line = next(line for line in output.splitlines() if "apt-get install" in line)
    assert "create_main_cluster = false" in line
    assert line.endswith(" python3 python3-venv postgresql postgresql-postgis")


def test_a_system_without_apt_is_told_what_it_needs(checkout, bare_path):
    code, output = install_as(checkout, bare_path, 1000, {})

    assert code == 1
    assert "your system's package manager: python3" in output


def test_a_failing_download_is_tried_three_times(checkout, bare_path, tmp_path):
    calls = tmp_path / "calls"
    tools = {"apt-get": f"echo x >>'{calls}'; exit 100", "sleep": ":", "tee": ":", "mkdir": ":"}

    code, output = install_as(checkout, bare_path, 0, tools)

    assert code == 1
    assert calls.read_text().count("x") == 3
    assert "Is the machine online?" in output


def test_what_pdfs_want_is_tried_once_and_stops_nothing(checkout, bare_path, tmp_path):
    calls = tmp_path / "calls"
    (bare_path / "apt-get").write_text(f"#!/bin/sh\necho x >>'{calls}'; exit 100\n")
    for tool, text in {"sleep": ":", "tee": ":", "mkdir": ":", "id": "echo 0"}.items():
        (bare_path / tool).write_text(f"#!/bin/sh\n{text}\n")
    for tool in bare_path.iterdir():
        if not tool.is_symlink():
            tool.chmod(0o755)
    nothing_else = "missing_packages() { :; }; has_library() { false; }; "
    script = f"prepare_folders; PATH={str(bare_path)!r}; {nothing_else}"
    script += "install_system run; install_system run"

    process = checkout.shell(script)
    output, _ = process.communicate("", timeout=60)

    assert process.returncode == 0
    assert calls.read_text().count("x") == 3
    assert output.count("To have PDFs, as root: apt-get install -y libpango-1.0-0 ") == 1


def test_two_commands_that_set_up_take_turns(checkout):
    first = checkout.shell("begin_turn; echo mine; read answer; end_turn")
    assert first.stdout.readline() == "mine\n"

    second = checkout.shell("begin_turn; echo mine; end_turn")
    waiting = second.stdout.readline()
    first.communicate("done\n", timeout=30)
    after, _ = second.communicate(timeout=30)

    assert "Waiting for another bin/ command" in waiting
    assert after == "mine\n"


def test_the_fingerprint_changes_with_content_and_name_only(checkout, tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "a.css").write_text("a { }")
    script = f"cd {str(folder)!r}; fingerprint ."
    before = checkout.run(script)

    os.utime(folder / "a.css", (0, 0))
    touched = checkout.run(script)
    (folder / "a.css").write_text("b { }")
    changed = checkout.run(script)
    (folder / "a.css").rename(folder / "b.css")
    renamed = checkout.run(script)

    assert touched == before
    assert len({before, changed, renamed}) == 3
