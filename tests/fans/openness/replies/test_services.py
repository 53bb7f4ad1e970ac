"""What a home says, points at and shares, and takes back."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from fans.openness.errors import RefusedError
from fans.openness.replies.errors import (
    NotBegunError,
    NotSharedError,
    SharedAlreadyError,
    StandsError,
    StillOpenError,
    TakenBackError,
    WrongEvidenceError,
)
from fans.openness.replies.models import EvidenceLink, Reply, Share
from fans.openness.replies.said import said_of
from fans.openness.replies.services import (
    link_evidence,
    put_back,
    put_evidence_back,
    reply,
    share,
    take_back,
    unlink,
    unshare,
)
from fans.openness.services import plan_waves
from tests import factories

pytestmark = pytest.mark.django_db


def test_puts_words_beside_the_whole_picture_and_beside_a_sign(wave, manager, coordinator):
    reply(wave=wave, words="We were short of hands.", by=manager)
    reply(wave=wave, words="The bell was broken.", by=coordinator, sign="G1")

    said = said_of(wave, with_log=False)
    assert said.whole.words == "We were short of hands."
    assert said.by_sign["G1"].words == "The bell was broken."
    assert said.by_sign["G1"].written_by == coordinator


def test_new_words_replace_the_old_which_can_be_put_back(wave, manager):
    first = reply(wave=wave, words="First.", by=manager)
    second = reply(wave=wave, words="Second.", by=manager)
    with pytest.raises(StandsError):
        put_back(earlier=first, by=manager)
    take_back(standing=second, by=manager)

    put_back(earlier=first, by=manager)

    assert said_of(wave, with_log=False).whole.words == "First."
    assert Reply.objects.filter(wave=wave).count() == 3
    with pytest.raises(TakenBackError):
        take_back(standing=second, by=manager)


def test_the_same_words_again_change_nothing(wave, manager):
    first = reply(wave=wave, words="First.", by=manager)

    assert reply(wave=wave, words="First.", by=manager) == first


@pytest.mark.parametrize("words", ["", "x" * 401])
def test_takes_no_empty_and_no_endless_words(wave, manager, words):
    with pytest.raises(ValidationError):
        reply(wave=wave, words=words, by=manager)
    assert not Reply.objects.exists()


def test_only_the_homes_own_team_replies_and_only_its_manager_shares(
    wave, facilitator, coordinator, around
):
    for person in (facilitator, *around.values()):
        with pytest.raises(PermissionDenied):
            reply(wave=wave, words="Theirs is worse.", by=person)
        with pytest.raises(PermissionDenied):
            share(wave=wave, audience="cohort", by=person)
    with pytest.raises(PermissionDenied):
        share(wave=wave, audience="cohort", by=coordinator)


def test_says_nothing_to_a_wave_to_come_or_to_a_sign_it_does_not_have(enrolment, wave, manager):
    with pytest.raises(NotBegunError):
        reply(wave=plan_waves(enrolment=enrolment)[1], words="Soon.", by=manager)
    with pytest.raises(RefusedError):
        reply(wave=wave, words="What?", by=manager, sign="Z9")


def test_shares_once_and_says_since_when(wave, manager):
    share(wave=wave, audience="cohort", by=manager)

    with pytest.raises(SharedAlreadyError, match="29 May 2026, 13:00"):
        share(wave=wave, audience="cohort", by=manager)


def test_keeps_who_shared_and_who_stopped_and_when(wave, manager, today):
    share(wave=wave, audience="cohort", by=manager)
    today.move_to(dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC))
    unshare(wave=wave, audience="cohort", by=manager)
    share(wave=wave, audience="cohort", by=manager)

    first, second = Share.objects.filter(wave=wave)
    assert (first.shared_by, first.ended_by) == (manager, manager)
    assert first.ended_at == second.shared_at == dt.datetime(2026, 6, 1, 12, tzinfo=dt.UTC)
    assert second.ended_at is None


def test_nothing_is_taken_back_that_is_not_shared(wave, manager):
    with pytest.raises(NotSharedError):
        unshare(wave=wave, audience="relatives", by=manager)


def test_an_open_wave_cannot_be_shared(wave, manager, today):
    today.move_to(dt.datetime(2026, 5, 28, 12, tzinfo=dt.UTC))

    with pytest.raises(StillOpenError):
        share(wave=wave, audience="cohort", by=manager)


def test_points_at_a_row_of_the_log_and_tells_others_only_that_there_is_one(
    wave, home, manager
):
    tie = factories.PartnershipFactory(home=home)
    row = factories.ConnectionFactory(partnership=tie, happened_on=dt.date(2026, 5, 20))
    link_evidence(wave=wave, sign="A1", by=manager, record=row)

    [inside] = said_of(wave, with_log=True).evidence["A1"]
    [outside] = said_of(wave, with_log=False).evidence["A1"]
    assert str(tie.partner) in inside.words
    assert inside.tie == tie.pk
    assert (outside.words, outside.tie) == ("An entry in our log", None)


def test_refuses_what_is_another_homes_or_stands_there_already(wave, manager, other_home):
    theirs = factories.PartnershipFactory(home=other_home)
    with pytest.raises(WrongEvidenceError):
        link_evidence(wave=wave, sign="C1", by=manager, record=theirs)
    link_evidence(wave=wave, sign="C1", by=manager, words="A photo book in the hall.")
    with pytest.raises(WrongEvidenceError):
        link_evidence(wave=wave, sign="C1", by=manager, words="A photo book in the hall.")
    assert EvidenceLink.objects.count() == 1


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/a", "nonsense"])
def test_links_to_pages_of_the_web_alone(wave, manager, url):
    with pytest.raises(ValidationError):
        link_evidence(wave=wave, sign="C1", by=manager, url=url)


def test_takes_evidence_off_and_puts_it_back(wave, manager):
    link = link_evidence(wave=wave, sign="C1", by=manager, url="https://example.org/choir")
    unlink(link=link, by=manager)
    assert said_of(wave, with_log=True).evidence == {}
    with pytest.raises(TakenBackError):
        unlink(link=link, by=manager)

    put_evidence_back(link=link, by=manager)
    assert said_of(wave, with_log=True).evidence["C1"][0].url == "https://example.org/choir"


AT = dt.datetime(2026, 5, 29, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("replies_share_audience_known", lambda w: Share(wave=w, audience="all", shared_at=AT)),
        (
            "replies_share_ordered",
            lambda w: Share(
                wave=w, audience="cohort", shared_at=AT, ended_at=AT - dt.timedelta(1)
            ),
        ),
        ("replies_reply_has_words", lambda w: Reply(wave=w, words="", written_at=AT)),
        (
            "replies_evidence_one",
            lambda w: EvidenceLink(wave=w, kind="url", words="x", linked_at=AT),
        ),
        (
            "replies_evidence_web_only",
            lambda w: EvidenceLink(wave=w, kind="url", url="javascript:x", linked_at=AT),
        ),
        (
            "replies_evidence_has_words",
            lambda w: EvidenceLink(wave=w, kind="words", linked_at=AT),
        ),
    ],
)
def test_the_tables_refuse_by_themselves(wave, name, make):
    row = make(wave)
    if isinstance(row, EvidenceLink):
        row.indicator = wave.instrument.indicators.get(code="A1")

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save()


def test_the_tables_hold_one_standing_reply_and_one_share_each(wave, manager):
    share(wave=wave, audience="cohort", by=manager)
    reply(wave=wave, words="Once.", by=manager)

    with pytest.raises(IntegrityError, match="replies_share_once"), transaction.atomic():
        Share.objects.create(wave=wave, audience="cohort", shared_at=AT)
    with pytest.raises(IntegrityError, match="replies_reply_once"), transaction.atomic():
        Reply.objects.create(wave=wave, words="Twice.", written_at=AT)
