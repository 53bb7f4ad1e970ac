import pytest

from homes.registers import hsca, plain
from homes.registers.layouts import layout_of
from intake.errors import IntakeError
from intake.source import SourceFile
from intake.tables import Table


@pytest.fixture
def table(tmp_path):
    def write(columns):
        path = tmp_path / "register.csv"
        path.write_text(",".join(columns) + "\n")
        return Table(SourceFile.open(path))

    return write


@pytest.mark.parametrize("layout", [plain, hsca])
def test_a_layout_is_known_by_its_headers_whatever_their_case(table, layout):
    assert layout_of(table([column.upper() for column in layout.COLUMNS])) is layout


@pytest.mark.parametrize("layout", [plain, hsca])
def test_every_column_that_is_missing_is_named(table, layout):
    for missing in layout.COLUMNS:
        others = [column for column in layout.COLUMNS if column != missing]

        with pytest.raises(IntakeError) as refusal:
            layout_of(table(others))
        assert refusal.value.column == missing


def test_a_named_layout_is_taken_at_its_word(table):
    with pytest.raises(IntakeError, match='column "Location ID"'):
        layout_of(table(plain.COLUMNS), "hsca")
