"""Pairs of real records labelled by hand: by reference alone, halved by hash, judged."""

import csv
import json
import os
import re
import subprocess
import sys

import pytest

from bench.databases import ROOT
from bench.judge_pairs import PAIRS, pairs
from bench.tasks.duplicates import DATA


def test_labels_are_references_and_hold_nothing_of_the_records():
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))

    assert rows[0] == ["file", "row", "other_file", "other_row", "label", "reason"]
    for file, row, other_file, other_row, label, reason in rows[1:]:
        assert re.fullmatch(r"(assets|osm/norwich_2019|oruk/derived_feed)/[\w.-]+", file)
        assert re.fullmatch(r"(assets|osm/norwich_2019|oruk/derived_feed)/[\w.-]+", other_file)
        for key in (row, other_row):  # a number, or a list's own with the sort of facility
            assert re.fullmatch(r"[\w~/#.-]+( [\w#]+)*", key)
            assert len(key) < 90
        assert label in ("same", "different")
        assert re.fullmatch(r"[a-z-]+", reason)


def test_there_are_enough_pairs_and_look_alikes_and_the_halves_are_halves():
    held_out = [pair for pair in pairs() if pair.is_held_out]

    assert len(pairs()) >= 200
    assert sum(pair.label == "different" for pair in pairs()) >= 60
    assert 0.4 < len(held_out) / len(pairs()) < 0.6
    assert {"hall", "namesake", "school"} <= {pair.reason for pair in held_out}


@pytest.mark.skipif(not DATA.is_dir(), reason="the files that the labels name are not here")
def test_the_half_that_weights_are_set_on_is_judged_well():
    script = str(ROOT / "bench" / "judge_pairs.py")
    ended = subprocess.run(
        [sys.executable, script, str(DATA), "tune"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )

    counts = json.loads(ended.stdout.splitlines()[-1])["counts"]
    assert counts["hit"] / (counts["hit"] + counts["wrong"]) >= 0.95
    assert counts["hit"] / (counts["hit"] + counts["missed"]) >= 0.90
