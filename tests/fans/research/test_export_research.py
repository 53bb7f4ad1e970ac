"""The command ``export_research``: a file, or a sentence and exit 2."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from fans.research.models import Extract
from tests.fans.research.scene import extracted


def run(study, out, *more):
    call_command("export_research", "--study", study, "--out", str(out), *more)


def refusal(study, out):
    with pytest.raises(CommandError) as refused:
        run(study, out)
    assert refused.value.returncode == 2
    return str(refused.value)


def test_writes_what_the_page_hands_over(scene, tmp_path, capsys):
    run("Marchbanks study", tmp_path / "ties.zip")

    assert (tmp_path / "ties.zip").read_bytes() == extracted(scene.study).raw
    said = capsys.readouterr().out
    assert "ties.zip: homes 6, partnerships 9, connections 9, waves 0" in said
    assert f"sha256 {Extract.objects.earliest('pk').sha256}" in said


def test_a_study_that_is_not_there_is_said_with_those_that_are(scene, tmp_path):
    said = refusal("Marchbank study", tmp_path / "ties.zip")

    assert said == "There is no study named “Marchbank study”. There are: Marchbanks study."
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_says_how_to_begin_a_study_where_there_is_none(tmp_path):
    assert "make_study" in refusal("Ties", tmp_path / "ties.zip")


def test_refuses_a_file_that_is_there_unless_forced(scene, tmp_path):
    out = tmp_path / "ties.zip"
    out.write_text("mine")

    assert "exists already" in refusal("Marchbanks study", out)
    run("Marchbanks study", out, "--force")

    assert out.read_bytes()[:2] == b"PK"


def test_names_a_folder_that_is_not_there(scene, tmp_path):
    said = refusal("Marchbanks study", tmp_path / "nowhere" / "ties.zip")

    assert said.endswith("ties.zip: No such file or directory.")
    assert not Extract.objects.exists()


def test_refuses_a_folder_in_place_of_a_file(scene, tmp_path):
    assert "exists already" in refusal("Marchbanks study", tmp_path)


def test_says_that_nobody_has_agreed(scene, tmp_path):
    scene.study.cohort.enrolments.update(research_agreed_on=None)

    said = refusal("Marchbanks study", tmp_path / "ties.zip")

    assert said == "No home of The Kingfisher cohort has agreed to research yet."
    assert list(tmp_path.iterdir()) == []
