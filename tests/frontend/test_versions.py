"""A layer's version changes with every write, and with nothing else."""

import threading

import psycopg
import pytest
from django.db import connection

from assets.models import Asset
from frontend.versions import version_of
from homes.models import Registration
from tests.factories import AssetFactory, HomeFactory

pytestmark = pytest.mark.django_db


def test_every_write_makes_another_version_of_its_layer_alone():
    home, seen, homes = HomeFactory(), [version_of("assets")], version_of("homes")

    asset = AssetFactory()
    seen.append(version_of("assets"))
    Asset.objects.filter(pk=asset.pk).update(name="Another")
    seen.append(version_of("assets"))
    asset.delete()
    seen.append(version_of("assets"))

    assert len(set(seen)) == 4
    assert version_of("homes") == homes
    Registration.objects.filter(home=home).update(beds=9)
    assert version_of("homes") != homes


def test_marks_are_summed_up_while_writing_and_no_version_comes_back():
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.5)")  # so that it happens on every run
    asset, seen, rows = AssetFactory(), set(), []
    for number in range(300):
        Asset.objects.filter(pk=asset.pk).update(phone=str(number))
        seen.add(version_of("assets"))
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM frontend_tilechange WHERE layer = 'assets'")
            rows.append(cursor.fetchone()[0])

    assert len(seen) == 300
    assert min(rows[1:]) == 1
    assert rows[-1] < 300


def test_what_sums_marks_up_leaves_the_version_as_it_was():
    AssetFactory.create_batch(5)
    before = version_of("assets")
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH gone AS (DELETE FROM frontend_tilechange WHERE layer = 'assets'"
            " RETURNING mark) INSERT INTO frontend_tilechange (layer, mark)"
            " SELECT 'assets', mod(sum(mark), 9007199254740992)::bigint FROM gone"
        )

    assert version_of("assets") == before


@pytest.fixture
def watched(django_db_setup):
    """A table of its own, watched as layers are, that several connections can write to."""

    def connect():
        now = connection.settings_dict
        return psycopg.connect(
            dbname=now["NAME"],
            user=now["USER"],
            password=now["PASSWORD"] or None,
            host=now["HOST"],
            port=now["PORT"] or None,
            autocommit=True,
        )

    with connect() as own:
        own.execute("CREATE TABLE watched_for_a_test (id int PRIMARY KEY, n int)")
        own.execute(
            "CREATE TRIGGER note AFTER UPDATE ON watched_for_a_test FOR EACH STATEMENT"
            " EXECUTE FUNCTION frontend_note_change('a test')"
        )
        own.execute("INSERT INTO watched_for_a_test SELECT generate_series(0, 3), 0")
        yield connect
        own.execute("DROP TABLE watched_for_a_test")
        own.execute("DELETE FROM frontend_tilechange WHERE layer = 'a test'")


def test_writers_at_once_wait_for_no_other_and_none_goes_unnoticed(watched):
    failed, seen = [], []

    def write(pk):
        try:
            with watched() as own:
                own.execute("SET lock_timeout = '5s'")
                for _ in range(20):
                    with own.transaction():
                        for _ in range(5):
                            own.execute(
                                "UPDATE watched_for_a_test SET n = n + 1 WHERE id = %s", [pk]
                            )
                    seen.append(version_with(own))
        except psycopg.Error as error:
            failed.append(error)

    def version_with(own):
        return own.execute(
            "SELECT mod(sum(mark), 9007199254740992) FROM frontend_tilechange"
            " WHERE layer = 'a test'"
        ).fetchone()[0]

    threads = [threading.Thread(target=write, args=[pk]) for pk in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert failed == []
    with watched() as own:
        assert own.execute("SELECT sum(n) FROM watched_for_a_test").fetchone() == (400,)
        assert seen.count(version_with(own)) <= 4  # the last, which several may have seen
        rows = own.execute("SELECT count(*) FROM frontend_tilechange WHERE layer = 'a test'")
        assert rows.fetchone()[0] < 400
