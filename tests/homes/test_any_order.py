"""Whatever registers come in, in whatever order: nothing doubled, lost or overwritten."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from homes.models import Home, Registration
from homes.register_sync import import_homes
from tests.homes.register_files import (
    directory_rows,
    hsca_rows,
    write_directory_csv,
    write_hsca_csv,
    write_hsca_ods,
)

OURS = "0161 999 9999"
HOMES = 4
NUMBERS = [row["Location ID"] for row in hsca_rows(HOMES)]
DUAL, PRIMARY = "Location Dual Registered", "Primary ID (Dual registration locations)"

changes = st.fixed_dictionaries(
    {},
    optional={
        "Location Name": st.sampled_from(["Wren House", "Oak Lodge", ""]),
        "Care homes beds": st.sampled_from(["", "7", "12", "many"]),
        "Location Postal Code": st.sampled_from(["OL9 6LD", "nowhere"]),
        "Location Telephone Number": st.sampled_from(["01610000001", "1.6E+09"]),
        "Dormant (Y/N)": st.sampled_from(["Y", "N", ""]),
        PRIMARY: st.sampled_from(["", "1-404", *NUMBERS]),
    },
)
registers = st.tuples(
    st.sampled_from(["csv", "ods", "directory"]),
    st.dictionaries(st.integers(0, HOMES - 1), changes, max_size=HOMES),
    st.sets(st.integers(0, HOMES - 1), max_size=HOMES - 1),
)


def _write(folder: Path, kind: str, changed, missing) -> Path:
    if kind == "directory":
        rows = list(directory_rows(HOMES))
        rows = [row for at, row in enumerate(rows) if at not in missing]
        return write_directory_csv(folder / "register", rows)
    found = [
        row | {"Location Local Authority": "Oldham", DUAL: "Y"} | changed.get(at, {})
        for at, row in enumerate(hsca_rows(HOMES))
        if at not in missing
    ]
    write = write_hsca_ods if kind == "ods" else write_hsca_csv
    return write(folder / "register", found)


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(registers, min_size=1, max_size=4))
def test_nothing_is_doubled_lost_or_overwritten(files):
    Home.objects.all().delete()
    with TemporaryDirectory() as folder:
        start = _write(Path(folder), "csv", {}, set())
        import_homes(str(start))
        Home.objects.filter(registrations__regulator_id=NUMBERS[0]).update(phone=OURS)
        for kind, changed, missing in files:
            path = _write(Path(folder), kind, changed, missing)
            first = import_homes(str(path), allow_vanished=True)
            again = import_homes(str(path), allow_vanished=True)

            assert first.read == HOMES - len(missing)
            assert (again.new, again.changed, again.gone, again.questions) == (0, 0, 0, 0)
            assert again.refusals == first.refusals

    assert set(Registration.objects.values_list("regulator_id", flat=True)) == set(NUMBERS)
    assert Home.objects.count() == HOMES
    assert Home.objects.filter(phone=OURS).count() == 1
