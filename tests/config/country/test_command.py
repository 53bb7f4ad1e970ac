"""``make_country``: what it says, what it refuses, and that it can be taken away."""

import pytest
from django.core.management import CommandError, call_command

from assets.models import Asset, AssetSource
from config.demo.load import is_loaded
from config.demo.remove import remove as remove_demo
from fans.cohorts.models import Cohort, Programme
from fans.connections.models import Connection, Partner, Partnership
from geo.models import Postcode
from homes.models import Home
from tests import factories
from tests.config.country.conftest import ask

pytestmark = pytest.mark.django_db

SMALL = {"homes": 5, "assets": 30, "connections": 20, "seed": 3}


def refused(**options):
    with pytest.raises(CommandError) as caught:
        call_command("make_country", **{**SMALL, **options})
    assert caught.value.returncode == 2
    return str(caught.value)


def test_tells_what_it_made_and_how_long_it_took(gazetteer, capsys):
    call_command("make_country", **SMALL)

    said = capsys.readouterr().out
    assert "30 assets in " in said
    assert "5 homes in " in said
    assert "20 connections in " in said
    assert Home.objects.filter(is_demo=True).count() == 5


def test_without_a_gazetteer_it_says_what_to_load_first(db):
    assert "load_postcodes" in refused()
    assert not Home.objects.exists()


def test_refuses_to_stand_among_real_homes(gazetteer):
    factories.HomeFactory()

    assert "real homes are here" in refused()
    assert Home.objects.count() == 1


def test_refuses_to_stand_among_real_places(gazetteer):
    factories.AssetFactory(source=AssetSource.OSM)

    assert "real places are here" in refused()
    assert Asset.objects.count() == 1


def test_refuses_a_second_country_beside_the_first(gazetteer):
    call_command("make_country", **SMALL)

    assert "--remove" in refused()
    assert Home.objects.count() == 5


@pytest.mark.parametrize(
    ("option", "number", "words"),
    [
        ("homes", 0, "--homes takes a number from 1 to 100,000, not 0."),
        ("homes", 100_001, "--homes takes"),
        ("assets", -1, "--assets takes"),
        ("assets", 5_000_001, "--assets takes"),
        ("connections", 10_000_001, "--connections takes"),
        ("seed", -1, "--seed takes"),
        ("cohorts", 6, "--cohorts takes a number from 0 to 5, not 6."),
    ],
)
def test_refuses_numbers_out_of_range(gazetteer, option, number, words):
    assert words in refused(**{option: number})


@pytest.mark.parametrize("day", ["2999-01-01", "1999-12-31"])
def test_refuses_a_day_out_of_range(gazetteer, day):
    with pytest.raises(CommandError) as caught:
        call_command("make_country", "--until", day)

    assert caught.value.returncode == 2
    assert "--until takes a day" in str(caught.value)


def test_what_is_no_number_or_day_is_refused_by_name(gazetteer):
    for arguments in (["--homes", "many"], ["--until", "tomorrow"]):
        with pytest.raises(CommandError, match=arguments[0]):
            call_command("make_country", *arguments)


def test_a_failure_halfway_leaves_nothing(gazetteer, monkeypatch):
    def break_down(*args, **kwargs):
        raise RuntimeError("the lights went out")

    monkeypatch.setattr("config.country.programme.ProgrammeMaker.make", break_down)

    with pytest.raises(RuntimeError):
        call_command("make_country", **SMALL)

    assert not Home.objects.exists()
    assert not Asset.objects.exists()
    assert not Connection.objects.exists()


def test_remove_takes_all_of_it_away_and_nothing_else(gazetteer, capsys):
    kept = factories.HomeFactory(is_demo=True)
    place = factories.AssetFactory(source=AssetSource.DEMO, source_ref="demo-1")
    tie = factories.PartnershipFactory(home=kept, partner__asset=place)
    tables = ("homes_registration", "connections_reach", "assets_factcheck", "openness_wave")
    before = [ask(f"SELECT count(*) FROM {table}") for table in tables]
    call_command("make_country", **SMALL, cohorts=1)

    call_command("make_country", remove=True)

    assert "The country is gone" in capsys.readouterr().out
    assert list(Home.objects.all()) == [kept]
    assert place in Asset.objects.all()
    assert not Asset.objects.filter(source_ref__startswith="country-").exists()
    assert list(Partnership.objects.all()) == [tie]
    assert list(Partner.objects.all()) == [tie.partner]
    assert not Connection.objects.exists()
    assert not Cohort.objects.filter(name__startswith="Made-up").exists()
    assert not Programme.objects.exists()
    assert [ask(f"SELECT count(*) FROM {table}") for table in tables] == before
    assert Postcode.objects.exists()


def test_remove_takes_what_was_entered_in_it(gazetteer):
    call_command("make_country", **SMALL)
    home = Home.objects.first()
    factories.member("coordinator", home=home, name="Ada")
    factories.HomeAssetFactory(home=home)
    factories.PartnershipFactory(home=home)

    call_command("make_country", remove=True)

    assert not Home.objects.exists()


def test_remove_without_a_country_says_so(db, capsys):
    call_command("make_country", remove=True)

    assert "There was no country." in capsys.readouterr().out


def test_the_demo_and_the_country_leave_each_other_alone(gazetteer):
    call_command("make_country", **SMALL)

    assert not is_loaded()
    remove_demo()
    assert Home.objects.count() == 5
    assert Asset.objects.count() == 30
