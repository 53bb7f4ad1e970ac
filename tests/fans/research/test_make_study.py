"""The command ``make_study``."""

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from fans.research.models import Study
from tests import factories

pytestmark = pytest.mark.django_db


def refusal(**options):
    with pytest.raises(CommandError) as refused:
        call_command("make_study", **options)
    assert refused.value.returncode == 2
    return str(refused.value)


def test_begins_a_study_on_a_cohort(capsys):
    cohort = factories.CohortFactory(name="North")

    call_command("make_study", "--name", "Ties", "--cohort", "North")

    assert Study.objects.get().cohort == cohort
    assert capsys.readouterr().out == "Study “Ties” on North made.\n"


def test_names_the_cohorts_there_are():
    factories.CohortFactory(name="North")

    assert refusal(name="Ties", cohort="South") == (
        "There is no cohort named “South”. There are: North."
    )


def test_refuses_a_name_that_is_taken():
    factories.StudyFactory(name="Ties", cohort=factories.CohortFactory(name="North"))

    assert "--name: " in refusal(name="Ties", cohort="North")
