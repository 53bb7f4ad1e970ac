"""The command ``score_evidence``: a file in, scores out, no database."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from tests.fans.openness.larkfield import larkfield


def run(tmp_path, capsys, text):
    file = tmp_path / "evidence.json"
    file.write_text(text, encoding="utf-8")
    call_command("score_evidence", str(file))
    return json.loads(capsys.readouterr().out)


def test_prints_the_score_of_one_evidence(tmp_path, capsys):
    found = run(tmp_path, capsys, json.dumps(larkfield()))

    assert (found["overall"], found["lived"], found["felt"]) == (61.8, 68.8, 53.3)
    assert found["missing"] == []
    assert found["flags"] == ["groups_differ:A3"]


def test_prints_a_list_of_scores_in_the_order_given(tmp_path, capsys):
    documents = [larkfield(observed={"visits_in": n}) for n in (0, 40, 8)]

    found = run(tmp_path, capsys, json.dumps(documents))

    assert [each["indicators"]["A1"]["value"] for each in found] == [0, 4, 2]


def test_prints_an_empty_list_for_an_empty_list(tmp_path, capsys):
    assert run(tmp_path, capsys, "[]") == []


def test_refuses_the_whole_file_for_one_item(tmp_path, capsys):
    documents = [larkfield(), larkfield(observed={"visits_in": -1})]

    with pytest.raises(CommandError) as refused:
        run(tmp_path, capsys, json.dumps(documents))

    assert refused.value.returncode == 2
    assert "evidence.json: [1].observed.visits_in: must be" in str(refused.value)
    assert capsys.readouterr().out == ""


def test_refuses_a_file_that_is_not_there(tmp_path):
    with pytest.raises(CommandError, match=r"none\.json: No such file") as refused:
        call_command("score_evidence", str(tmp_path / "none.json"))

    assert refused.value.returncode == 2
