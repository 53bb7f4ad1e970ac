"""What a made-up country is like, and that the same seed makes the same one."""

import datetime as dt
from statistics import median

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from assets import categories
from assets.checking.renewing import renew_all
from assets.models import Asset, FactCheck
from config.country import ground
from config.country.log import quotas
from config.country.remove import remove
from fans.cohorts.models import Cohort, Enrolment, Programme
from fans.connections.models import Connection, Partner, Partnership, Reach, Tally
from fans.connections.rhythm import is_going_quiet
from fans.openness import services as openness
from fans.openness.models import Wave
from homes.models import SMALL_HOME_BEDS, Home, HomeAsset, Registration
from tests.config.country.conftest import UNTIL, ask, make, planned, rows_of

pytestmark = pytest.mark.django_db

MODELS = (Home, Registration, HomeAsset, Asset, FactCheck, Reach, Partner, Partnership)
MODELS += (Connection, Programme, Cohort, Enrolment, Wave, Tally)


def everything():
    return {model.__name__: rows_of(model._meta.db_table) for model in MODELS}


def begin_ids_anew():
    with connection.cursor() as cursor:
        for model in MODELS:
            if model is not Reach:
                table = model._meta.db_table
                cursor.execute(
                    f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), 1, false)"
                )


@pytest.mark.usefixtures("gazetteer")
def test_the_same_seed_makes_the_same_rows_byte_for_byte():
    begin_ids_anew()
    make()
    first = everything()
    remove()
    begin_ids_anew()
    make()

    assert sum(map(len, first.values())) > 3_000
    again = everything()
    assert {name for name in first if first[name] != again[name]} == set()


@pytest.mark.usefixtures("gazetteer")
def test_another_seed_makes_another_country():
    make()
    names = rows_of("homes_home", "name, postcode")
    remove()
    make(seed=8)

    assert rows_of("homes_home", "name, postcode") != names


@pytest.mark.parametrize(
    ("homes", "assets", "connections"), [(1, 0, 0), (1, 0, 50), (3, 7, 1), (40, 600, 801)]
)
@pytest.mark.usefixtures("gazetteer")
def test_makes_exactly_as_many_rows_as_asked(homes, assets, connections):
    make(homes=homes, assets=assets, connections=connections, cohorts=1)

    assert Home.objects.count() == Registration.objects.count() == homes
    assert Asset.objects.count() == assets
    assert Connection.objects.count() == connections


def test_quotas_come_to_the_number_of_connections():
    plan = planned(homes=500, connections=12_345)

    found = list(quotas(plan))

    assert len(found) == 500
    assert sum(found) == 12_345
    assert min(found) == 0
    assert max(found) > 3 * 12_345 / 500


def test_reach_equals_what_is_recomputed_from_the_points(country):
    recomputed = """
        SELECT h.id, a.id, ST_Distance(h.location, a.location)::numeric(9, 3), a.published_on
          FROM homes_home h JOIN assets_asset a ON ST_DWithin(h.location, a.location, 615)
         WHERE a.visibility = 'published' AND a.state = 'open'
           AND a.category NOT IN ('transport_access', 'individual_gift', 'online')
         ORDER BY 1, 2
    """
    kept = """
        SELECT home_id, asset_id, metres::numeric(9, 3), since FROM connections_reach
         ORDER BY 1, 2
    """
    with connection.cursor() as cursor:
        cursor.execute(recomputed)
        wanted = cursor.fetchall()
        cursor.execute(kept)
        found = cursor.fetchall()

    assert len(wanted) > 100
    assert found == wanted


def test_indexes_keys_and_triggers_are_as_they_were(gazetteer):
    def structure():
        queries = (
            "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
            "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated"
            "  FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
            "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger"
            " WHERE NOT tgisinternal",
        )
        with connection.cursor() as cursor:
            for query in queries:
                cursor.execute(query)
                yield sorted(cursor.fetchall())

    before = list(structure())
    make()

    assert list(structure()) == before


def test_rows_are_as_the_models_want_them(country):
    wrong = []
    for model in MODELS:
        rows = list(model.objects.order_by("pk"))
        for row in rows[:: -(-len(rows) // 25)]:  # 25 of each: a look at every row takes long
            try:
                # Uniqueness is the database's own; asking again row by row takes long.
                row.full_clean(validate_unique=False)
            except ValidationError as error:
                wrong.append((model.__name__, error))

    assert wrong == []


def test_homes_stand_on_real_postcodes_of_the_gazetteer(country):
    elsewhere = """
        SELECT count(*) FROM homes_home h
          LEFT JOIN geo_postcode p ON p.code = replace(h.postcode, ' ', '')
         WHERE p.code IS NULL OR NOT ST_DWithin(p.location, h.location, 1)
    """

    assert ask(elsewhere) == (0,)
    in_sale = Home.objects.filter(postcode__startswith="M33")
    assert {home.local_authority for home in in_sale} == {"Trafford"}
    scottish = Registration.objects.filter(home__postcode__startswith="EH6")
    assert set(scottish.values_list("regulator", flat=True)) == {"ci"}


def test_beds_are_as_homes_have_them(gazetteer):
    make(homes=900, assets=0, connections=0, cohorts=0)

    beds = [b for (b,) in Registration.objects.values_list("beds") if b is not None]
    assert 26 <= median(beds) <= 36
    assert 0.1 < sum(b < SMALL_HOME_BEDS for b in beds) / len(beds) < 0.25
    assert 80 < max(beds) <= 200
    assert len(beds) < 900


def test_all_kinds_are_there_and_people_have_no_point(gazetteer):
    make(assets=4_000, connections=0, cohorts=0)

    assert set(Asset.objects.values_list("category", flat=True)) == set(categories.SLUGS)
    gifts = Asset.objects.filter(category=categories.INDIVIDUAL_GIFT)
    assert not gifts.filter(location__isnull=False).exists()
    assert not gifts.filter(visibility="published").exists()


def test_check_states_are_what_the_nightly_job_would_say(country):
    said = dict(Asset.objects.values_list("pk", "check_state"))

    assert renew_all(today=UNTIL) == 0
    assert set(said.values()) == {"fresh", "due", "stale"}


def test_places_are_dense_in_towns_and_some_lie_in_the_country(gazetteer):
    make(assets=4_000, connections=0, cohorts=0)

    placed = Asset.objects.filter(location__isnull=False).count()
    (rural,) = ask(
        "SELECT count(*) FROM assets_asset WHERE ST_Y(location::geometry) BETWEEN 54.5 AND 54.7"
    )
    assert 0.05 < rural / placed < 0.2


def test_the_log_lies_in_two_years_and_schools_rest_in_august(country):
    days = list(Connection.objects.with_day().values_list("happened_on", "counted_on"))
    first, last = min(day for day, _ in days), max(day for _, day in days)

    assert UNTIL - dt.timedelta(days=730) <= first < UNTIL - dt.timedelta(days=365)
    assert UNTIL - dt.timedelta(days=60) < last <= UNTIL
    schools = Connection.objects.filter(partnership__partner__asset__category="school")
    assert schools.exists()
    assert Partnership.objects.filter(status="idea").exists()


def test_ties_are_quiet_where_their_own_rhythm_says_so(country):
    wrong = []
    for tie in Partnership.objects.prefetch_related("connections"):
        days = sorted(row.happened_on for row in tie.connections.all())
        over = tie.status in ("quiet", "ended")
        if days and is_going_quiet(days, on=UNTIL) != over:
            wrong.append((tie.pk, tie.status))
        if not days and tie.status in ("active", "quiet", "ended"):
            wrong.append((tie.pk, tie.status))

    assert wrong == []
    statuses = set(Partnership.objects.values_list("status", flat=True))
    assert {"active", "quiet", "ended", "declined"} <= statuses


def test_most_partners_on_the_map_lie_within_reach(country):
    ties = Partnership.objects.filter(partner__kind="asset", connections__isnull=False)
    near = {(home, asset) for home, asset in Reach.objects.values_list("home", "asset")}
    pairs = set(ties.values_list("home", "partner__asset"))

    assert len(pairs & near) / len(pairs) > 0.6


def test_every_side_of_the_log_is_there(country):
    def values(column):
        return set(Connection.objects.values_list(column, flat=True))

    assert values("direction") == {"in", "out", "online", "letter"}
    assert values("origin") == {"resident", "relative", "staff", "partner", "champion", ""}
    assert values("rating") == {1, 2, 3, 4, 5, None}
    assert values("source") == {"log", "import"}
    assert max(values("occurrences")) > 1
    assert Connection.objects.filter(children_count__gt=0).exists()
    named = Connection.objects.filter(home_gives__0__startswith="asset:")
    for row in named[:20]:
        offer = HomeAsset.objects.get(pk=row.home_gives[0].removeprefix("asset:"))
        assert offer.home_id == row.home_id


def test_a_cohorts_homes_are_planned_and_scored_as_any_others(country):
    enrolment = Enrolment.objects.filter(waves__isnull=False).first()
    planned_here = list(enrolment.waves.values_list("month", "opens_on", "closes_on"))
    enrolment.waves.all().delete()

    openness.plan_waves(enrolment=enrolment)

    assert list(enrolment.waves.values_list("month", "opens_on", "closes_on")) == planned_here
    score = openness.score_wave(wave=enrolment.waves.get(month=0))
    assert score is not None


def test_a_gazetteer_without_countryside_or_places_will_do(gazetteer, monkeypatch):
    monkeypatch.setattr(ground, "RURAL_POSTCODES", 0)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM geo_place")

    make()

    assert Asset.objects.count() == 600
