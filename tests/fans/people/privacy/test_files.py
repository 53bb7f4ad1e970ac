import gzip
import zipfile

import pytest

from fans.people.privacy.files import count_in, files, roots, shown_path, take_out
from fans.people.privacy.names import Finder, Marks
from tests.fans.people.privacy.conftest import EMAIL, NAME

FINDER = Finder(Marks(names=frozenset({NAME}), emails=frozenset({EMAIL})))


def test_a_log_is_written_over_in_place_while_it_is_written_to(state):
    log = state / "web.log"
    log.write_text(f"a {EMAIL} b\n{NAME}\n")
    with log.open("a") as writer:
        take_out(log, FINDER)
        writer.write("after\n")

    lines = log.read_text().splitlines()
    assert [line.split() for line in lines] == [
        ["a", "[removed]", "b"],
        ["[removed]"],
        ["after"],
    ]
    assert len(lines[0]) == len(f"a {EMAIL} b")


@pytest.mark.parametrize("ending", [".zip", ".xlsx", ".log.gz"])
def test_a_packed_file_that_names_somebody_goes(state, ending):
    theirs, others = state / f"theirs{ending}", state / f"others{ending}"
    for path, text in ((theirs, f"x {NAME} y"), (others, "nobody")):
        if ending.endswith("gz"):
            path.write_bytes(gzip.compress(text.encode()))
        else:
            with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.writestr("in/sheet.xml", text)

    assert (count_in(theirs, FINDER), count_in(others, FINDER)) == (1, 0)
    take_out(theirs, FINDER)

    assert not theirs.exists()


def test_a_mark_on_the_edge_of_two_pieces_is_found(state, monkeypatch):
    monkeypatch.setattr("fans.people.privacy.files._PIECE", 64)
    path = state / "web.log.gz"
    path.write_bytes(gzip.compress(b"x" * 59 + b" " + EMAIL.encode() + b" " + b"y" * 200))

    assert count_in(path, FINDER) >= 1


def test_a_file_called_after_somebody_goes(state):
    path = state / "Zelda_O'Quimberley.jpg"
    path.write_bytes(b"")

    take_out(path, FINDER)

    assert not path.exists()


def test_what_holds_nobody_is_left_alone(state):
    keep = {"secret_key": NAME, "static/app.js": NAME, "log/web.log": "quiet"}
    for name, text in keep.items():
        (state / name).parent.mkdir(exist_ok=True)
        (state / name).write_text(text)

    assert [shown_path(path) for path in files()] == ["state/log/web.log"]
    assert count_in(state / "log/web.log", FINDER) == 0


def test_a_broken_archive_is_read_as_it_is(state):
    path = state / "broken.gz"
    path.write_bytes(b"no gzip, " + EMAIL.encode())

    assert count_in(path, FINDER) == 1


def test_links_lead_nowhere_and_a_single_file_may_be_named(settings, state, tmp_path):
    outside = tmp_path / "server.log"
    outside.write_text(EMAIL)
    (state / "link.log").symlink_to(outside)
    assert list(files()) == []

    settings.ERASURE_PATHS = [str(state), str(outside), str(state / "log"), "/no/such/place"]

    assert list(files()) == [outside]
    assert (state / "log").resolve() not in roots()
    assert shown_path(outside) == "server.log"
