import os
import signal

import pytest
from django.core.management import CommandError, call_command

from geo.models import LoadedGazetteer, Postcode
from tests.geo.gazetteers import write_code_point_open, write_package


@pytest.fixture
def package(db, tmp_path, monkeypatch):
    write_package(tmp_path, monkeypatch)


def test_loads_from_the_package_and_tells_progress(package, capsys):
    call_command("load_postcodes", "--from", "package")

    out = capsys.readouterr().out.splitlines()
    assert out[0] == "Read M: 4 postcodes so far"
    assert out[-1] == "4 placed"


def test_loads_from_the_official_zip(package, capsys, tmp_path):
    path = write_code_point_open(tmp_path / "codepo_gb.zip")

    call_command("load_postcodes", str(path))

    assert capsys.readouterr().out.splitlines()[-1] == "3 placed"
    assert LoadedGazetteer.objects.get().source == "file"


def test_loads_only_some_districts(package, capsys):
    call_command("load_postcodes", "--only", "m33, WA14")

    assert capsys.readouterr().out.splitlines()[-1] == "3 placed"
    assert set(Postcode.objects.values_list("code", flat=True)) == {
        "M332DH",
        "M332DJ",
        "M337AA",
    }


def test_says_that_all_is_loaded_already(package, capsys):
    call_command("load_postcodes")

    call_command("load_postcodes", "--only", "M33")

    assert "All postcodes are loaded already" in capsys.readouterr().out


@pytest.mark.parametrize("only", ["M33,", "33", "M33 2DH", ""])
def test_refuses_districts_that_are_none(package, only):
    with pytest.raises(CommandError, match="is neither a district") as raised:
        call_command("load_postcodes", f"--only={only}")

    assert raised.value.returncode == 2


def test_a_bad_zip_is_a_sentence_and_exit_code_2(package, tmp_path):
    (tmp_path / "codepo_gb.zip").write_bytes(b"PK\x03\x04 and no more")

    with pytest.raises(
        CommandError, match=r"^codepo_gb.zip: this is not a whole zip"
    ) as raised:
        call_command("load_postcodes", str(tmp_path / "codepo_gb.zip"))
    assert raised.value.returncode == 2


def test_a_missing_file_is_a_sentence_and_exit_code_2(package, tmp_path):
    with pytest.raises(CommandError, match="could not be opened") as raised:
        call_command("load_postcodes", str(tmp_path / "none.zip"))

    assert raised.value.returncode == 2


def test_stops_cleanly_when_told_to(package, capsys, monkeypatch):
    def end_me(*args, **kwargs):
        os.kill(os.getpid(), signal.SIGTERM)

    monkeypatch.setattr("geo.loading._index_next", end_me)
    before = signal.getsignal(signal.SIGTERM)

    with pytest.raises(SystemExit) as ended:
        call_command("load_postcodes")

    assert ended.value.code == 143
    assert "Stopped: the postcodes are as they were" in capsys.readouterr().err
    assert signal.getsignal(signal.SIGTERM) is before
