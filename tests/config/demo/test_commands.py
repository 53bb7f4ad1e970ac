"""``load_demo`` and ``remove_demo``: refused as a back door, whole, and gone again."""

import pytest
import time_machine
from django.apps import apps
from django.core.management import CommandError, call_command
from django.utils import timezone
from pghistory.models import Event

from assets.models import Asset
from assets.twins.merging import merge
from config.demo import load as loading
from fans.connections.models import Connection, Partner, Partnership
from fans.openness import services as openness
from fans.openness.models import Wave
from fans.people import demo
from fans.people.models import Person
from fans.people.post.models import Mail, State
from geo.pyramid_folding import fold_all
from homes.models import Home
from tests import factories


@pytest.fixture(autouse=True)
def _own_state_folder(settings, tmp_path):
    settings.STATE_DIR = tmp_path


@pytest.fixture(autouse=True)
def _one_day():
    """A midnight between two loads would date them differently."""
    with time_machine.travel(timezone.now(), tick=False):
        yield


@pytest.fixture
def run(bare_ground, db, capsys, django_capture_on_commit_callbacks):
    """Run a command as if its transaction committed; return what it printed."""

    def run_command(name, **options):
        capsys.readouterr()
        with django_capture_on_commit_callbacks(execute=True):
            call_command(name, **options)
        return capsys.readouterr().out

    return run_command


def _refused(run, match):
    with pytest.raises(CommandError, match=match) as error:
        run("load_demo")
    assert error.value.returncode == 2
    assert not Home.objects.exists()


def test_is_refused_beside_an_operators_own_database(run, settings):
    settings.DEMO_ALLOWED, settings.OWN_DATABASE = False, True

    _refused(run, "DATABASE_URL names your own database")


def test_is_refused_where_others_reach_the_site(run, settings):
    settings.DEMO_ALLOWED, settings.OWN_DATABASE = False, False
    settings.ALLOWED_HOSTS = ["homes.example.org"]

    _refused(run, r"ALLOWED_HOSTS lets others reach this site \(homes.example.org\)")


def test_is_refused_where_somebody_real_has_an_account(run, stranger):
    _refused(run, "real people have accounts here")


def _rows() -> dict[str, list[dict]]:
    """Every row of ours, without what counts or tells the time of making."""
    passing = {"id", "created_at", "updated_at", "submitted_at", "computed_at", "counted_at"}
    passing |= {"logged_at", "asked_at", "date_joined", "password", "key"}
    passing |= {"token_hash", "client_uuid", "thing_id", "file", "thumbnail"}  # at random
    passing |= {"seed", "code_hash"}  # a code that stood here would open every demo
    fold_all()  # what is on its way into the map's counts
    found = {}
    for model in apps.get_models():
        if model.__module__.split(".")[0] not in ("assets", "fans", "geo", "homes"):
            continue
        if issubclass(model, Event):
            continue  # the record of changes stands, and tells the time
        columns = [
            field.attname
            for field in model._meta.concrete_fields
            if field.attname not in passing and not field.is_relation
        ]
        rows = model._default_manager.order_by("pk").values(*columns)
        found[model._meta.label] = [{k: str(v) for k, v in row.items()} for row in rows]
    # Listed assets are named by their number in the log.
    for row in found["connections.Connection"]:
        row["home_gives"] = row["home_gives"].count("asset:")
    return found


def test_a_second_load_changes_nothing(run):
    first = run("load_demo")
    before = _rows()
    passwords = demo.read_passwords()
    second = run("load_demo")

    assert first.startswith("The demo is loaded: 20 homes, 300 places and groups")
    assert second == "The demo is already there; --refresh makes it anew.\n"
    assert _rows() == before
    assert demo.read_passwords() == passwords
    assert len(passwords) == 9


def _lose(passwords):
    demo.forget_passwords()


def _mix_up(passwords):
    demo.write_passwords(dict.fromkeys(passwords, "another installation's"))


@pytest.mark.parametrize("spoil", [_lose, _mix_up])
def test_passwords_that_are_lost_or_do_not_fit_are_made_anew(run, spoil):
    run("load_demo")
    before = demo.read_passwords()
    spoil(before)

    said = run("load_demo")

    after = demo.read_passwords()
    assert "new passwords" in said
    assert set(after) == set(before)
    email, password = next(iter(after.items()))
    assert password != before[email]
    assert Person.objects.get(email=email).check_password(password)


def test_the_same_seed_makes_the_same_demo_and_another_does_not(run):
    run("load_demo")
    first = _rows()
    run("load_demo", refresh=True)
    again = _rows()
    run("load_demo", refresh=True, seed=7)
    other = _rows()

    assert first == again
    assert first["homes.Home"] != other["homes.Home"]


@pytest.mark.parametrize("day", ["2027-03-01", "2026-08-31", "2028-02-29"])
def test_stands_just_under_a_cut_whatever_the_day_of_loading(run, day):
    with time_machine.travel(f"{day} 10:00", tick=False):
        run("load_demo")
        wave = Wave.objects.get(enrolment__home__name="Larkfield House", month=6)
        before = wave.score
        partnership = wave.enrolment.home.partnerships.filter(status="active").earliest("pk")
        factories.ConnectionFactory(
            partnership=partnership, happened_on=timezone.localdate(), logged_by=None
        )
        after = openness.score_wave(wave=wave)

    assert before.evidence["observed"]["visits_in"] == 19
    assert before.evidence["months_since_start"] == 6
    assert after.overall > before.overall


def test_removing_takes_all_of_it_and_nothing_else(run):
    real = factories.ConnectionFactory()
    before = _rows()
    run("load_demo")
    _look_around(real)

    said = run("remove_demo")

    assert said.startswith("The demo is gone: ")
    after = _rows()
    # The instrument is no part of the demo: it would have come with the first wave.
    for label in ("openness.Instrument", "openness.Indicator"):
        before.pop(label), after.pop(label)
    # What changed around a home that stays is noted: it is scored anew within a minute.
    assert {note["home_id"] for note in after.pop("lived.Due")} <= {str(real.home.pk)}
    before.pop("lived.Due")
    assert after == before
    assert demo.read_passwords() == {}


def _look_around(real: Connection) -> None:
    """What somebody may do in the demo: also with rows that are no part of it."""
    champion = Person.objects.get(memberships__role="champion")
    administrator = Person.objects.get(memberships__role="administrator")
    added = factories.AssetFactory(name="Added in the demo", created_by=champion)
    home = Home.objects.get(name="Larkfield House", is_demo=True)
    tie = Partnership.objects.create(
        home=home, partner=Partner.objects.create(kind="asset", asset=added)
    )
    factories.ConnectionFactory(partnership=tie)
    # A real place tied to a made-up home, and a made-up place tied to a real home.
    Partnership.objects.create(home=home, partner=real.partnership.partner)
    made_up = Asset.objects.filter(source="demo", partner__isnull=True).first()
    other = Partner.objects.create(kind="asset", asset=made_up)
    Partnership.objects.create(home=real.home, partner=other)
    Mail.objects.create(to=champion.email, subject="Your code", state=State.KEPT)
    # What holds other rows fast: a merge of two places, a home's own card.
    keep, lose = Asset.objects.filter(source="demo", partner__isnull=True, merged_into=None)[:2]
    merge(by=administrator, keep=keep, lose=lose, choices={})


def test_removing_what_is_not_there_says_so(run):
    assert run("remove_demo") == "There was no demo.\n"


def test_a_load_that_fails_leaves_nothing_behind(run, monkeypatch):
    before = _rows()

    def fail(waves):
        raise RuntimeError("no more power")

    monkeypatch.setattr(loading.programme, "score_waves", fail)
    with pytest.raises(RuntimeError, match="no more power"):
        run("load_demo")

    assert _rows() == before
    assert demo.read_passwords() == {}
