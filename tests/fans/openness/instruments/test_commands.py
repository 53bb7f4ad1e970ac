"""Versions go out, come in and are asked from the command line."""

import datetime as dt
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from fans.openness.instruments.services import draft_from_json
from fans.openness.models import Instrument, Score
from fans.openness.services import plan_waves, submit_assessment
from fans.openness.waves.services.closing import close_wave
from tests.fans.openness.instruments.versions import as_file, v2

pytestmark = pytest.mark.django_db


def run(*args, **options):
    out = io.StringIO()
    call_command(*args, stdout=out, **options)
    return out.getvalue()


def test_a_version_goes_out_and_comes_in_as_a_draft(tmp_path):
    body = json.loads(run("export_instrument", "v1")) | {"version": "v2"}
    file = tmp_path / "v2.json"
    file.write_text(json.dumps(body), encoding="utf-8")

    assert run("import_instrument", str(file)) == "v2 is here, as a draft.\n"
    assert Instrument.objects.get(version="v2").published_at is None
    assert json.loads(run("export_instrument", "v2")) == body


def test_says_with_its_path_what_is_wrong(tmp_path):
    file = tmp_path / "v2.json"
    file.write_bytes(as_file(v2(levels=[])))

    with pytest.raises(CommandError, match="levels: must begin at 0"):
        run("import_instrument", str(file))
    with pytest.raises(CommandError, match="No such file"):
        run("import_instrument", str(tmp_path / "none.json"))
    with pytest.raises(CommandError, match="no version 'v7'"):
        run("export_instrument", "v7")
    assert not Instrument.objects.filter(version="v2").exists()


@pytest.fixture
def wave(home, cohort):
    enrolment = cohort.enrolments.get(home=home)
    enrolment.starts_on = timezone.localdate() - dt.timedelta(days=5)
    enrolment.save()
    wave = plan_waves(enrolment=enrolment)[0]
    submit_assessment(wave=wave, group="manager", answers={"G1": 4, "G3": 1}, by=None)
    submit_assessment(wave=wave, group="residents", answers={"A3": 0}, by=None)
    close_wave(wave=wave, by=None)
    return wave


def test_a_draft_is_asked_about_a_cohort_and_nothing_is_kept(wave, home, cohort):
    draft_from_json(document=as_file(v2()))
    before = list(Score.objects.values())

    [found] = json.loads(run("ask_instrument", "v2", cohort=cohort.name, wave=0, json=True))

    assert found["home"] == {"id": home.pk, "name": home.name}
    # G1 is 4 and G3 is 1, which counts twice in v2.
    assert (found["scored"]["dimensions"]["G"], found["asked"]["dimensions"]["G"]) == (2.5, 2)
    assert found["notes"]["H2"] == "Not asked then."
    assert (found["asked"]["felt"], found["asked"]["indicators"]["A3"]) == (None, None)
    words = run("ask_instrument", "v2", cohort=cohort.name, wave=0)
    assert words.startswith(f"{home.name}: v1 said overall not known or not shown, lived ")
    assert list(Score.objects.values()) == before


def test_asks_no_version_and_no_cohort_that_there_is_not(cohort):
    with pytest.raises(CommandError, match="no version 'v7'"):
        run("ask_instrument", "v7", cohort=cohort.name, wave=0)
    with pytest.raises(CommandError, match="no cohort 'Nowhere'"):
        run("ask_instrument", "v1", cohort="Nowhere", wave=0)
