"""Words about ties go with the notes of the log; who said what when stays."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from fans.connections.models import Partnership
from fans.connections.ties.models import Approach, TieEvent, TieLink
from fans.connections.ties.retention import old_links, old_words
from fans.people.audit.erasing import erasing
from fans.people.privacy.retention import rule_named
from tests import factories

pytestmark = pytest.mark.django_db

ENDED = dt.date(2027, 3, 10)
SIX_YEARS_ON = dt.datetime(2033, 3, 10, 12, tzinfo=dt.UTC)


@pytest.fixture
def told():
    """A tie with words everywhere, of a home whose part ended on a day."""
    enrolment = factories.EnrolmentFactory(ends_on=ENDED)
    tie = factories.PartnershipFactory(
        home=enrolment.home,
        status="declined",
        declined_reason="too_far",
        declined_words="Two buses",
    )
    asked = factories.ApproachFactory(partnership=tie, reply="Ring later")
    long_ago = dt.datetime(2027, 3, 1, tzinfo=dt.UTC)
    factories.TieEventFactory(partnership=tie, approach=asked, words="Told so", at=long_ago)
    return tie


def test_six_years_on_the_words_go_and_the_steps_stay(told):
    with time_machine.travel(SIX_YEARS_ON, tick=False), erasing():
        assert rule_named("tie_words").apply() == 1
        assert rule_named("tie_words").apply() == 0

    told.refresh_from_db()
    assert (told.declined_reason, told.declined_words) == ("too_far", "")
    asked, event = Approach.objects.get(), TieEvent.objects.get()
    assert (asked.words, asked.reply, asked.channel) == ("", "", "phone")
    assert (event.words, event.kind, event.after) == ("", "generations", {"generations": False})
    for model in (Partnership, Approach, TieEvent):
        kept = str(list(model.pgh_event_model.objects.values()))
        assert not any(words in kept for words in ("Two buses", "Ring later", "Told so"))


@pytest.mark.parametrize("why", ["too early", "goes on", "said later"])
def test_words_stay_while_they_are_fresh(told, why):
    last = ENDED - dt.timedelta(days=1) if why == "too early" else ENDED
    if why == "goes on":
        factories.EnrolmentFactory(home=told.home, ends_on=None)
    if why == "said later":
        TieEvent.objects.update(at=dt.datetime(2027, 3, 12, tzinfo=dt.UTC))

    assert list(old_words(last)) == []
    assert why != "goes on" or told.home.enrolments.count() == 2


def test_links_go_a_month_after_they_open_nothing():
    asked = factories.ApproachFactory()
    now = timezone.now()
    for number, days in enumerate((31, 29)):
        TieLink.objects.create(
            approach=asked,
            purpose="answer",
            token_hash=str(number) * 64,
            expires_at=now - dt.timedelta(days=days),
        )

    due = old_links(timezone.localdate(now - dt.timedelta(days=30)))

    assert [link.token_hash[0] for link in due] == ["0"]
