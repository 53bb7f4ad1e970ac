"""Two records of one place become one: what becomes of questions and claims."""

import pytest
from django.core import mail
from django.test import Client

from assets.twins.merging import merge
from assets.twins.undoing import undo
from fans.people.partners.models import Claim, Question
from fans.people.partners.reports import kept_by_itself
from fans.people.partners.services import claiming
from fans.people.partners.services.asking import ask_tonight
from tests import factories
from tests.fans.people.partners.conftest import claim_link, links, press


@pytest.fixture
def hall(db):
    """The same club under another name, which stays."""
    return factories.AssetFactory(name="The Bowls Club", phone="0161 496 0111")


def test_questions_stay_behind_and_open_nothing_until_the_two_are_parted(
    approved, hall, champion
):
    ask_tonight()
    right = links()["right"]
    done = merge(by=champion, keep=hall, lose=approved, choices={})

    assert press(Client(), right).status_code == 410
    assert Question.objects.get().asset == approved
    undo(by=champion, merge=done)
    assert press(Client(), right).status_code == 302


def test_claims_go_over_and_must_be_proved_anew(approved, hall, champion):
    claiming.claim(asset=approved, name="Dele", role="warden")
    claiming.claim(asset=hall, name="Ayo", role="secretary")
    link = claim_link()
    done = merge(by=champion, keep=hall, lose=approved, choices={})

    assert set(Claim.objects.values_list("asset", flat=True)) == {hall.pk}
    assert press(Client(), link, do="yes").status_code == 410
    undo(by=champion, merge=done)
    assert Claim.objects.get(name="Dele").asset == approved
    assert press(Client(), link, do="yes").status_code == 302


def test_who_kept_the_record_that_leaves_keeps_the_one_that_stays(approved, hall, champion):
    factories.member("partner", asset=approved, name="Dele")
    merge(by=champion, keep=hall, lose=approved, choices={})

    assert kept_by_itself(hall)
    assert not mail.outbox
