"""The zip file: the same bytes for the same content."""

import hashlib
import io
import time
import zipfile

from fans.research.archive import Archive


def archive(*files):
    out = io.BytesIO()
    with Archive(out) as made:
        for name, pieces in files:
            made.add(name, pieces)
    return made, out


def test_the_same_content_gives_the_same_bytes_whenever_it_is_written(monkeypatch):
    _, first = archive(("a.csv", [b"x\n", b"1\n"]))
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)

    _, second = archive(("a.csv", [b"x\n", b"1\n"]))

    assert first.getvalue() == second.getvalue()


def test_how_the_content_comes_in_pieces_makes_no_difference():
    _, one = archive(("a.csv", [b"x\n1\n"]))
    _, many = archive(("a.csv", [b"x", b"\n", b"1", b"\n"]))

    assert one.getvalue() == many.getvalue()


def test_a_member_knows_its_size_hash_and_lines():
    made, out = archive(("a.csv", [b"x\n", b"1\n"]))

    member = made.members["a.csv"]
    content = zipfile.ZipFile(out).read("a.csv")
    assert content == b"x\n1\n"
    assert (member.bytes, member.lines) == (4, 2)
    assert member.sha256 == hashlib.sha256(content).hexdigest()


def test_files_in_it_carry_no_time_of_their_own():
    _, out = archive(("a.csv", [b""]))

    assert zipfile.ZipFile(out).infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)
