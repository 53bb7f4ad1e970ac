import pytest

from intake.errors import IntakeError
from intake.jsonfiles import read_json
from intake.source import SourceFile


@pytest.fixture
def read(tmp_path):
    def write_and_read(content: bytes):
        path = tmp_path / "places.geojson"
        path.write_bytes(content)
        return read_json(SourceFile.open(path))

    return write_and_read


def test_reads_a_file_with_or_without_its_mark(read):
    assert read(b'\xef\xbb\xbf{"a": 1.5}') == {"a": 1.5}
    assert read(b"[1]") == [1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"a": [1, 2', r"places.geojson: .* at line 1, character 12\): is it cut off"),
        (b'{"a": "Caf\xe9"}', "not UTF-8: byte 0xe9 at position 11"),
        (b'{"a": 1, "b": {"c": 1, "c": 2}}', 'one object has the key "c" twice'),
        (b'{"a": 1}\n{"a": 2}\n', "not one JSON value: another one starts at line 2"),
        (b"%PDF-1.7", "this is a PDF document; a file in JSON is wanted"),
        (b"PK\x03\x04 ", "this is a packed file"),
        (b'{"a": NaN}', r"a number that is none \(NaN\)"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" + b"9" * 5000 + b"]", "a number that is none"),
    ],
)
def test_refuses_what_is_not_strict_json(read, content, words):
    with pytest.raises(IntakeError, match=words):
        read(content)
