"""The command ``score_openness``: a cohort's homes, scored from their logs."""

import datetime as dt
import json

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError

from fans.openness.models import Score
from fans.openness.services import plan_waves
from tests import factories
from tests.fans.openness.larkfield import scored

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def after_wave_0():
    with time_machine.travel(dt.datetime(2026, 7, 1, 12, tzinfo=dt.UTC), tick=False):
        yield


@pytest.fixture
def cohort():
    """Two homes in Trafford North, one with a visit on the last day of month 0."""
    cohort = factories.CohortFactory(name="Trafford North")
    for place, name in enumerate(["Willow Bank", "Larkfield House"], start=1):
        home = factories.HomeFactory(name=name)
        enrolment = factories.EnrolmentFactory(cohort=cohort, home=home, place=place)
        plan_waves(enrolment=enrolment)
        if name == "Larkfield House":
            tie = factories.PartnershipFactory(home=home)
            factories.ConnectionFactory(partnership=tie, happened_on=dt.date(2026, 5, 28))
    return cohort


def run(capsys, *args):
    call_command("score_openness", *args)
    return capsys.readouterr().out


@pytest.mark.usefixtures("cohort")
def test_says_each_homes_score_in_order_of_name(capsys):
    lines = run(capsys, "--cohort", "Trafford North", "--wave", "0").splitlines()

    assert [line.split(":")[0] for line in lines] == ["Larkfield House", "Willow Bank"]
    assert "not enough yet (not known: A3, B2" in lines[0]
    assert "lived 10.0, felt not known" in lines[0]
    assert "part_logged; as of 2026-05-28" in lines[0]


@pytest.mark.usefixtures("cohort")
def test_stores_what_it_scored(capsys):
    run(capsys, "--cohort", "Trafford North", "--wave", "0")

    assert Score.objects.count() == 2
    assert Score.objects.get(wave__enrolment__home__name="Larkfield House").lived == 10


@pytest.mark.usefixtures("cohort")
def test_prints_json_that_scores_the_same_as_an_evidence(capsys):
    found = json.loads(run(capsys, "--cohort", "Trafford North", "--wave", "0", "--json"))

    assert [each["home"]["name"] for each in found] == ["Larkfield House", "Willow Bank"]
    for each in found:
        assert each["as_of"] == "2026-05-28"
        assert each["score"]["lived"] == scored(each["evidence"]).lived


def test_narrows_to_one_home(capsys, cohort):
    home = cohort.enrolments.get(home__name="Willow Bank").home

    out = run(capsys, "--cohort", "Trafford North", "--wave", "0", "--home", str(home.pk))

    assert out.startswith("Willow Bank:")
    assert Score.objects.count() == 1


@pytest.mark.usefixtures("cohort")
def test_looks_at_another_day_without_storing_anything(capsys):
    out = run(
        capsys, "--cohort", "Trafford North", "--wave", "0", "--as-of", "2026-05-27", "--json"
    )

    [larkfield, _] = json.loads(out)
    assert larkfield["as_of"] == "2026-05-27"
    assert larkfield["evidence"]["observed"]["visits_in"] == 0
    assert not Score.objects.exists()


def test_names_the_level_once_enough_is_known(capsys, cohort):
    wave = cohort.enrolments.get(home__name="Larkfield House").waves.get(month=0)
    factories.TallyFactory(
        home=wave.enrolment.home, month=dt.date(2026, 5, 1), residents_out=20, occupied_beds=40
    )
    assessment = wave.assessments.create(group="staff")
    for indicator in wave.instrument.indicators.filter(is_assessed=True):
        assessment.answers.create(indicator=indicator, value=2)

    out = run(capsys, "--cohort", "Trafford North", "--wave", "0")

    assert "Larkfield House: opening the door, " in out


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (
            ["--cohort", "Nowhere", "--wave", "0"],
            "no cohort named 'Nowhere'. There are: Trafford",
        ),
        (["--cohort", "Trafford North", "--wave", "0", "--home", "0"], "Home 0 is not in"),
        (["--cohort", "Trafford North", "--wave", "4"], "invalid choice: 4"),
        (["--cohort", "Trafford North", "--wave", "0", "--as-of", "May"], "'May' is not a day"),
        (["--wave", "0"], "required: --cohort"),
    ],
)
@pytest.mark.usefixtures("cohort")
def test_refuses_what_it_cannot_score(args, words):
    with pytest.raises(CommandError) as refused:
        call_command("score_openness", *args)

    assert words in str(refused.value)


def test_names_homes_without_that_wave():
    factories.EnrolmentFactory(cohort__name="Sale")

    with pytest.raises(CommandError, match="No month 3 is planned for Larkfield") as refused:
        call_command("score_openness", "--cohort", "Sale", "--wave", "3")

    assert refused.value.returncode == 2
