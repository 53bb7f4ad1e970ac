import hashlib

import pytest

from intake.errors import IntakeError
from intake.limits import in_words
from intake.source import SourceFile


def test_takes_the_fingerprint_of_a_file(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"name\nA\n")

    assert SourceFile.open(path).sha256 == hashlib.sha256(b"name\nA\n").hexdigest()


def test_refuses_an_empty_file_by_name(tmp_path):
    (tmp_path / "a.csv").touch()

    with pytest.raises(IntakeError, match=r"^a.csv: the file is empty$"):
        SourceFile.open(tmp_path / "a.csv")


def test_refuses_a_folder(tmp_path):
    with pytest.raises(IntakeError, match="this is a folder"):
        SourceFile.open(tmp_path)


def test_says_so_when_there_is_no_such_file(tmp_path):
    with pytest.raises(IntakeError, match=r"could not be opened \(No such file"):
        SourceFile.open(tmp_path / "missing.csv")


def test_refuses_a_file_that_is_too_large(tmp_path, settings):
    settings.IMPORT_LIMITS = {**settings.IMPORT_LIMITS, "unpacked_bytes": 5}
    path = tmp_path / "a.csv"
    path.write_text("name\nA\n")

    with pytest.raises(IntakeError, match="the file has 7 bytes; at most 5 bytes are taken"):
        SourceFile.open(path)


@pytest.mark.parametrize(
    ("size", "words"), [(5, "5 bytes"), (64 * 2**20, "64 MB"), (2 * 2**30, "2 GB")]
)
def test_says_sizes_in_words(size, words):
    assert in_words(size) == words
