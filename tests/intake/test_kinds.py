"""What kind of file a table comes in, told by its content."""

import codecs

import pytest

from intake.errors import IntakeError
from intake.kinds import TableKind, table_kind
from intake.source import SourceFile


def kind_of(tmp_path, content):
    path = tmp_path / "homes.csv"
    path.write_bytes(content)
    return table_kind(SourceFile.open(path))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "homes.csv: this is a picture; please save it as"),
        (b"\x89PNG\r\n\x1a\n", "this is a picture"),
        (codecs.BOM_UTF32_LE + "name".encode("utf-32-le"), "the file is UTF-32; please"),
        (codecs.BOM_UTF16_BE + "name".encode("utf-16-be"), "the file is UTF-16; please"),
        ("name,lon\nLarch,1\n".encode("utf-16-le"), "the file is UTF-16; please"),
        ("name,lon\nLarch,1\n".encode("utf-16-be"), "the file is UTF-16; please"),
        (b"\0" * 9, "the file is nothing but NUL characters, no text"),
    ],
)
def test_names_what_no_table_can_be_read_from(tmp_path, content, words):
    with pytest.raises(IntakeError, match=words):
        kind_of(tmp_path, content)


@pytest.mark.parametrize(
    "content", [b"name\nLarch\n", codecs.BOM_UTF8 + b"name\n", "größe\n".encode("cp1252")]
)
def test_takes_text_as_a_table(tmp_path, content):
    assert kind_of(tmp_path, content) == TableKind.CSV
