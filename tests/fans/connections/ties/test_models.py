"""What the database refuses of approaches, steps and links."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from fans.connections.ties.models import TieLink
from tests.factories import ApproachFactory, PersonFactory, TieEventFactory

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 10, 1)


def _link(**fields):
    return TieLink.objects.create(
        **{"approach": ApproachFactory(), "purpose": "answer", "token_hash": "0" * 64} | fields
    )


def _undone_by_nobody_knows_when():
    return TieEventFactory(undone_by=PersonFactory())


BROKEN = [
    (lambda: ApproachFactory(channel="pigeon"), "ties_approach_channel_known"),
    (lambda: ApproachFactory(answer="perhaps", answered_on=TODAY), "approach_answer_known"),
    (lambda: ApproachFactory(answer="yes"), "ties_approach_answered_on_a_day"),
    (lambda: ApproachFactory(answered_on=timezone.localdate()), "answered_on_a_day"),
    (
        lambda: ApproachFactory(
            asked_on=TODAY, answer="yes", answered_on=TODAY - dt.timedelta(days=1)
        ),
        "ties_approach_answered_after",
    ),
    (lambda: ApproachFactory(address_hash="0" * 64), "ties_approach_address_of_mail"),
    (lambda: TieEventFactory(kind="sang"), "ties_tieevent_kind_known"),
    (lambda: TieEventFactory(side="other"), "ties_tieevent_side_known"),
    (lambda: TieEventFactory(how="shout"), "ties_tieevent_how_known"),
    (lambda: TieEventFactory(kind="yes"), "ties_tieevent_yes_of_a_side"),
    (lambda: TieEventFactory(kind="named"), "ties_tieevent_yes_of_a_side"),
    (lambda: TieEventFactory(kind="answered"), "ties_tieevent_answer_to_an_approach"),
    (_undone_by_nobody_knows_when, "ties_tieevent_undone_by_and_when"),
    (
        lambda: TieEventFactory(undone_at=timezone.now() - dt.timedelta(days=1)),
        "ties_tieevent_undone_after",
    ),
    (lambda: _link(purpose="dance"), "ties_tielink_purpose_known"),
    (lambda: _link(token_hash=""), "ties_tielink_opens_with_a_token"),
]


@pytest.mark.parametrize(("make", "name"), BROKEN, ids=[name for _, name in BROKEN])
def test_the_database_refuses(make, name):
    with pytest.raises(IntegrityError, match=name):
        make()


def test_a_link_opens_for_sixty_days_and_once():
    link = _link()
    late = _link(token_hash="1" * 64, expires_at=timezone.now() - dt.timedelta(seconds=1))
    used = _link(token_hash="2" * 64, used_at=timezone.now())

    assert list(TieLink.objects.good()) == [link]
    assert link.expires_at - timezone.now() > dt.timedelta(days=59)
    assert {late, used}.isdisjoint(TieLink.objects.good())
