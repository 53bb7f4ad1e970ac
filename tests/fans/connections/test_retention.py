"""Places that nobody vouches for, and notes of the log: kept while they are of use."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from assets.models import Asset, Dataset, FactCheck
from assets.twins.merging import merge
from fans.connections.models import Connection
from fans.connections.retention import hidden_assets
from fans.people.audit.erasing import erasing
from fans.people.models import Membership
from fans.people.privacy.retention import rule_named
from tests import factories

pytestmark = pytest.mark.django_db
D = dt.datetime(2027, 3, 10, 12, tzinfo=dt.UTC)


def _at(day: dt.date, hour: int = 3) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


def _apply(slug: str, day: dt.date) -> int:
    with time_machine.travel(_at(day), tick=False), erasing():
        return rule_named(slug).apply()


def _found(slug: str, day: dt.date) -> int:
    with time_machine.travel(_at(day), tick=False):
        return rule_named(slug).find().count


@pytest.fixture
def garden():
    """A published garden that somebody added on day D."""
    with time_machine.travel(D, tick=False):
        return factories.AssetFactory(name="Canal Side Garden")


TWO_YEARS_ON = dt.date(2029, 3, 10)


def test_a_place_unchecked_for_two_years_is_hidden_and_not_a_day_earlier(garden):
    assert _found("unchecked_assets", dt.date(2029, 3, 9)) == 0

    assert _apply("unchecked_assets", TWO_YEARS_ON) == 1

    garden.refresh_from_db()
    assert garden.visibility == "hidden"
    assert garden not in Asset.objects.published()
    assert _apply("unchecked_assets", TWO_YEARS_ON) == 0


@pytest.mark.parametrize("why", ["a check", "a tie", "its source", "a change", "a draft"])
def test_a_place_that_somebody_vouches_for_stays(garden, why):
    lately = dt.date(2028, 3, 11)
    if why == "a check":
        FactCheck.objects.create(asset=garden, fact="place", checked_on=lately, how="visit")
    elif why == "a tie":
        partner = factories.PartnerFactory(asset=garden)
        factories.PartnershipFactory(partner=partner)
    elif why == "its source":
        Dataset.objects.create(source=garden.source, imported_at=_at(lately))
    elif why == "a change":
        with time_machine.travel(_at(lately)):
            garden.save()
    else:
        Asset.objects.filter(pk=garden.pk).update(visibility="draft")

    assert _found("unchecked_assets", TWO_YEARS_ON) == 0


def test_an_old_check_and_a_tie_that_is_over_vouch_for_nothing(garden):
    FactCheck.objects.create(asset=garden, fact="place", checked_on=D.date(), how="visit")
    partner = factories.PartnerFactory(asset=garden)
    factories.PartnershipFactory(partner=partner, status="ended")

    assert _found("unchecked_assets", dt.date(2029, 3, 9)) == 0
    assert _found("unchecked_assets", TWO_YEARS_ON) == 1


def test_a_place_hidden_for_two_years_goes_with_its_history(garden):
    FactCheck.objects.create(asset=garden, fact="place", checked_on=D.date(), how="visit")
    _apply("unchecked_assets", TWO_YEARS_ON)

    assert _found("hidden_assets", dt.date(2031, 3, 9)) == 0
    assert _apply("hidden_assets", dt.date(2031, 3, 10)) == 1

    assert not Asset.objects.filter(pk=garden.pk).exists()
    assert not FactCheck.objects.exists()
    assert not Asset.pgh_event_model.objects.filter(pgh_obj_id=garden.pk).exists()


@pytest.mark.parametrize("why", ["a tie that is over", "somebody's role"])
def test_a_hidden_place_on_which_something_hangs_stays(garden, why):
    if why == "somebody's role":
        person = factories.PersonFactory()
        Membership.objects.create(person=person, role="partner", asset=garden, from_on=D.date())
    else:
        partner = factories.PartnerFactory(asset=garden)
        factories.PartnershipFactory(partner=partner, status="ended")
    _apply("unchecked_assets", TWO_YEARS_ON)

    assert _apply("hidden_assets", dt.date(2040, 1, 1)) == 0


# --- notes --------------------------------------------------------------------------------


@pytest.fixture
def noted():
    """A visit with a note, at a home whose part in a programme ended on day D."""
    enrolment = factories.EnrolmentFactory(ends_on=D.date())
    tie = factories.PartnershipFactory(home=enrolment.home)
    return factories.ConnectionFactory(
        partnership=tie, note="Mrs B told of the mill.", residents_count=7
    )


SIX_YEARS_ON = dt.date(2033, 3, 10)


def test_six_years_after_the_programme_a_note_goes_and_the_counts_stay(noted):
    assert _found("log_notes", dt.date(2033, 3, 9)) == 0

    assert _apply("log_notes", SIX_YEARS_ON) == 1

    noted.refresh_from_db()
    assert (noted.note, noted.residents_count, noted.occurrences) == ("", 7, 1)
    lines = Connection.pgh_event_model.objects.filter(pgh_obj_id=noted.pk)
    assert not lines.exclude(note__isnull=True).exists()
    assert _apply("log_notes", SIX_YEARS_ON) == 0


@pytest.mark.parametrize("why", ["goes on", "ended later", "never took part", "a later row"])
def test_a_note_stays_while_the_programme_is_not_long_over(noted, why):
    if why == "goes on":
        factories.EnrolmentFactory(home=noted.home, ends_on=None)
    elif why == "ended later":
        factories.EnrolmentFactory(home=noted.home, ends_on=dt.date(2027, 3, 11))
    elif why == "never took part":
        noted.home.enrolments.all().delete()
    else:
        later = dt.date(2027, 3, 11)
        Connection.objects.filter(pk=noted.pk).update(happened_on=later)

    assert _found("log_notes", SIX_YEARS_ON) == 0


def test_a_merged_record_stays_while_the_one_that_it_went_into_does():
    ann = factories.member("administrator")
    keep, lose = factories.AssetFactory(), factories.AssetFactory()
    made = merge(by=ann, keep=keep, lose=lose, choices={})
    long_ago = timezone.now() - dt.timedelta(days=3650)
    Asset.objects.update(created_at=long_ago, updated_at=long_ago)
    type(made).objects.update(at=long_ago)

    assert not hidden_assets(timezone.localdate()).exists()
    with erasing():
        assert rule_named("merges").apply() == 1
    assert not hidden_assets(timezone.localdate()).exists()
    Asset.objects.filter(pk=keep.pk).update(visibility="hidden")
    assert list(hidden_assets(timezone.localdate())) == [lose]
