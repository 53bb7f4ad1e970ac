"""The tables of the three steps refuse what cannot be."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from fans.connections.steps.models import Acquaintance, Pick, StepDone
from tests import factories
from tests.factories import AcquaintanceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tie(home):
    return factories.PartnershipFactory(home=home)


@pytest.mark.parametrize(
    ("columns", "rule"),
    [
        ({"name": ""}, "steps_acquaintance_called"),
        ({"kind": "robot"}, "steps_acquaintance_kind_known"),
        ({"kind": "group"}, "steps_acquaintance_sorted_is_tie"),
        ({"known_by": ["Mrs Bell"]}, "steps_acquaintance_known_by_roles"),
        ({"how_often": "daily"}, "steps_acquaintance_often_known"),
        ({"direction": "up"}, "steps_acquaintance_direction_known"),
        ({"times": 201}, "steps_acquaintance_times"),
    ],
)
def test_a_row_that_breaks_a_rule_is_refused_by_name(home, columns, rule):
    row = AcquaintanceFactory(home=home)

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Acquaintance.objects.filter(pk=row.pk).update(**columns)


def test_a_neighbour_is_known_once_unless_taken_out(home, tie):
    said = {"home": home, "partnership": tie, "kind": "asset"}
    AcquaintanceFactory(**said, removed_at=timezone.now())
    AcquaintanceFactory(**said)

    with pytest.raises(IntegrityError, match="steps_acquaintance_once"), transaction.atomic():
        AcquaintanceFactory(**said)


def test_nobody_is_known_through_another_homes_tie(home):
    theirs = factories.PartnershipFactory(home=factories.HomeFactory(name="Ash House"))

    with (
        pytest.raises(IntegrityError, match="steps_acquaintance_home_of_tie"),
        transaction.atomic(),
    ):
        AcquaintanceFactory(home=home, partnership=theirs, kind="asset")


@pytest.mark.parametrize("lacking", [{"times": 0}, {"direction": ""}])
def test_what_is_in_the_log_says_how_often_and_which_way(home, tie, lacking):
    entry = factories.ConnectionFactory(partnership=tie, source="recall")
    said = {"times": 1, "direction": "in", "kind": "asset", **lacking}

    with (
        pytest.raises(IntegrityError, match="steps_acquaintance_recalled_whole"),
        transaction.atomic(),
    ):
        AcquaintanceFactory(home=home, partnership=tie, recalled=entry, **said)


def test_a_tie_is_picked_once_for_some_themes(tie):
    Pick.objects.create(partnership=tie)

    with pytest.raises(IntegrityError), transaction.atomic():
        Pick.objects.create(partnership=tie)
    with pytest.raises(IntegrityError, match="steps_pick_themes"), transaction.atomic():
        Pick.objects.update(themes=["music"] * 13)


def test_a_step_is_one_of_three_and_done_once(home):
    StepDone.objects.create(home=home, step="know")

    with pytest.raises(IntegrityError, match="steps_done_once"), transaction.atomic():
        StepDone.objects.create(home=home, step="know")
    with pytest.raises(IntegrityError, match="steps_done_step_known"), transaction.atomic():
        StepDone.objects.create(home=home, step="sing")
