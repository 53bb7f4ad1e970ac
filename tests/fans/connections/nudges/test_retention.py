"""How long the book of mails and what was put off are kept."""

import datetime as dt

import pytest
from django.utils import timezone

from fans.connections.nudges.models import Aside, Mailing, Told
from fans.people.audit.erasing import erasing
from fans.people.privacy.retention import rule_named
from tests.factories import AsideFactory, PersonFactory

pytestmark = pytest.mark.django_db


def apply(slug):
    with erasing():
        return rule_named(slug).apply()


def test_the_book_of_mails_goes_after_a_year_with_what_was_told():
    person, today = PersonFactory(), timezone.localdate()
    for days in (10, 400):
        day = today - dt.timedelta(days=days)
        one = Mailing.objects.create(person=person, day=day, due_on=day, things_count=1)
        Told.objects.create(mailing=one, person=person, kind="wish", thing_id=1, due_on=day)

    assert apply("reminder_mails") == 1
    assert Mailing.objects.count() == Told.objects.count() == 1
    assert apply("reminder_mails") == 0


def test_what_was_put_off_goes_after_a_year():
    old, new = AsideFactory(), AsideFactory()
    Aside.objects.filter(pk=old.pk).update(said_at=timezone.now() - dt.timedelta(days=400))

    assert apply("reminders_aside") == 1
    assert list(Aside.objects.all()) == [new]
