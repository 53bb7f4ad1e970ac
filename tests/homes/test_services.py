import datetime as dt
from pathlib import Path

import pytest

from fans.connections.models import Connection, Partnership, Reach
from homes.errors import AlreadyAnsweredError, HomesOverlapError
from homes.models import Home, Registration, RegistrationQuestion
from homes.register_sync import import_homes
from homes.services import answer_question
from tests import factories
from tests.factories import SALE, metres_east

pytestmark = pytest.mark.django_db

PLAIN = Path(__file__).parent / "data" / "plain.csv"


@pytest.fixture
def question():
    """Ash View's registration ended; Ash View Care Home stands at the same postcode."""
    old = factories.HomeFactory(name="Ash View", phone="0161 000 0006")
    old.registrations.update(until=dt.date(2026, 6, 1))
    new = factories.HomeFactory(
        name="Ash View Care Home", phone="0161 000 0016", location=metres_east(SALE, 20)
    )
    return RegistrationQuestion.objects.create(
        gone=old.registrations.get(), new=new.registrations.get()
    )


def test_yes_gives_the_old_home_the_new_registration_and_keeps_everything(
    question, administrator
):
    old, new = question.gone.home, question.new.home
    partnership = factories.PartnershipFactory(home=old)
    visit = factories.ConnectionFactory(partnership=partnership)
    garden = factories.HomeAssetFactory(home=old)

    answer_question(question=question, same_home=True, by=administrator)

    old.refresh_from_db()
    assert not Home.objects.filter(pk=new.pk).exists()
    assert set(old.registrations.all()) == {question.gone, question.new}
    assert Home.objects.with_beds().get(pk=old.pk).beds == 40
    assert [*old.partnerships.all(), *old.connections.all()] == [partnership, visit]
    assert list(old.home_assets.all()) == [garden]


def test_yes_moves_what_the_new_record_has_gathered_meanwhile(question, administrator):
    old, new = question.gone.home, question.new.home
    tie = factories.PartnershipFactory(home=new)
    factories.ConnectionFactory(partnership=tie)
    factories.TallyFactory(home=new)
    manager = factories.member("manager", home=new)

    answer_question(question=question, same_home=True, by=administrator)

    assert Partnership.objects.get().home == old
    assert Connection.objects.get().home == old
    assert old.tallies.count() == 1
    assert manager.memberships.get().home == old


def test_yes_takes_over_what_the_register_says_now(question, administrator):
    answer_question(question=question, same_home=True, by=administrator)

    home = Home.objects.get()
    assert (home.name, home.phone) == ("Ash View Care Home", "0161 000 0016")
    assert home.location.equals_exact(metres_east(SALE, 20), 1e-9)


def test_yes_leaves_alone_what_people_have_put_right(question, administrator):
    old = question.gone.home
    question.gone.source_values = {"name": "Ash View", "phone": "0161 000 0006"}
    question.gone.save()
    at_the_door = metres_east(SALE, 7)
    Home.objects.filter(pk=old.pk).update(
        phone="0161 000 0099", location=at_the_door, location_source="map"
    )

    answer_question(question=question, same_home=True, by=administrator)

    old.refresh_from_db()
    assert (old.name, old.phone) == ("Ash View Care Home", "0161 000 0099")
    assert old.location.equals_exact(at_the_door, 1e-9)


def test_yes_keeps_what_is_within_reach(question, administrator):
    asset = factories.AssetFactory(location=SALE)
    assert Reach.objects.count() == 2

    answer_question(question=question, same_home=True, by=administrator)

    reach = Reach.objects.get()
    assert (reach.home, reach.asset) == (question.gone.home, asset)


def test_no_leaves_two_homes_and_is_remembered(question, administrator):
    answer_question(question=question, same_home=False, by=administrator)

    question.refresh_from_db()
    assert question.same_home is False
    assert question.answered_by == administrator
    assert question.answered_at is not None
    assert Home.objects.count() == 2
    assert not RegistrationQuestion.objects.waiting().exists()


def test_a_question_is_answered_once(question, administrator):
    answer_question(question=question, same_home=False, by=administrator)

    with pytest.raises(AlreadyAnsweredError):
        answer_question(question=question, same_home=True, by=administrator)


def test_says_so_where_both_homes_have_what_only_one_can_have(question, administrator):
    for home in (question.gone.home, question.new.home):
        factories.TallyFactory(home=home, month=dt.date(2026, 10, 1))

    with pytest.raises(HomesOverlapError, match=r"Both homes have tall.* put together"):
        answer_question(question=question, same_home=True, by=administrator)

    question.refresh_from_db()
    assert question.same_home is None
    assert Home.objects.count() == 2


def test_two_questions_about_one_house_end_in_one_home(question, administrator):
    second = factories.RegistrationFactory(home=question.new.home, regulator_id="1-222")
    gone = factories.RegistrationFactory(home=question.gone.home, until=dt.date(2026, 6, 1))
    other = RegistrationQuestion.objects.create(gone=gone, new=second)

    answer_question(question=question, same_home=True, by=administrator)
    answer_question(question=other, same_home=True, by=administrator)

    assert Home.objects.get().registrations.count() == 4


def test_the_next_import_finds_nothing_new(administrator, tmp_path):
    import_homes(str(PLAIN))
    renewed = tmp_path / "renewed.csv"
    text = PLAIN.read_text().replace("Ash View,1-900000006", "Ash Lodge,1-900000016")
    renewed.write_text(text)
    import_homes(str(renewed))
    answer_question(
        question=RegistrationQuestion.objects.get(), same_home=True, by=administrator
    )

    again = import_homes(str(renewed))

    assert again.same == 6
    home = Registration.objects.get(regulator_id="1-900000016").home
    assert (home.name, home.registrations.count()) == ("Ash Lodge", 2)
