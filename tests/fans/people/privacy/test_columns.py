import pytest
from django.db import connection

from fans.people.models import Person
from fans.people.privacy import columns
from fans.people.privacy.columns import Column, tables
from fans.people.privacy.names import Finder, Marks
from intake.models import ImportReport
from tests import factories
from tests.fans.people.privacy.conftest import EMAIL, NAME

pytestmark = pytest.mark.django_db
FINDER = Finder(Marks(names=frozenset({NAME}), emails=frozenset({EMAIL})))


def table(name):
    return next(each for each in tables() if each.name == name)


def _make(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_every_type_of_column_is_known():
    """A new type is looked through, or named here as one that holds no text."""
    without_text = {
        *("bigint", "boolean", "bytea", "date", "double precision", "geography", "geometry"),
        *("inet", "integer", "interval", "numeric", "oid", "real", "smallint", "uuid", "xid"),
        *("time without time zone", "timestamp with time zone", "timestamp without time zone"),
        *("procrastinate_job_status", "procrastinate_job_event_type"),
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT format_type(e.oid, NULL) FROM pg_class c"
            " JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname !~ '^pg_'"
            " AND n.nspname <> 'information_schema'"
            " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
            " JOIN pg_type t ON t.oid = a.atttypid JOIN pg_type e ON e.oid ="
            " CASE WHEN t.typcategory = 'A' THEN t.typelem ELSE t.oid END"
            " WHERE c.relkind IN ('r', 'p', 'm', 'f')"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend d"
            " WHERE d.objid = c.oid AND d.deptype = 'e')"
        )
        types = {row[0] for row in cursor.fetchall()}

    assert types - without_text - columns._TEXTS - {"tsvector"} == set()


def test_bytes_are_kept_for_nothing_but_drawn_streets():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE data_type = 'bytea' AND table_schema = 'public'"
        )

        assert cursor.fetchall() == [("geo_settlementtile",)]


def test_tables_that_no_model_has_are_looked_through():
    names = {each.name for each in tables()}

    assert {"procrastinate_jobs", "people_person", "people_personevent"} <= names


def test_finds_text_json_and_lists_and_nothing_else():
    _make(
        'CREATE TABLE "odd ""name" (id int PRIMARY KEY, "a b" text, j jsonb, l varchar(40)[])'
    )
    _make(
        f"""INSERT INTO "odd ""name" VALUES (1, 'to {EMAIL}', '{{}}', '{{}}'),
        (2, '', '{{"a": ["first\\nZelda O''Quimberley"]}}', NULL),
        (3, '', '[]', ARRAY['x', 'zelda o’quimberley']), (4, 'Zelda', '{{}}', '{{}}')"""
    )
    odd = table('odd "name')

    assert [(hit.key, set(hit.values)) for hit in columns.search(odd, FINDER)] == [
        ((1,), {"a b"}),
        ((2,), {"j"}),
        ((3,), {"l"}),
    ]
    assert columns.clean(odd, FINDER) == 3
    with connection.cursor() as cursor:
        cursor.execute('SELECT "a b", j::text, l FROM "odd ""name" ORDER BY id')
        assert cursor.fetchall() == [
            ("to [removed]", "{}", []),
            ("", '{"a": ["first\\n[removed]"]}', None),
            ("", "[]", ["x", "[removed]"]),
            ("Zelda", "{}", []),
        ]


def test_a_whole_value_goes_where_the_column_may_be_empty():
    _make("CREATE TABLE held (id int PRIMARY KEY, free text, needed text NOT NULL)")
    _make(f"INSERT INTO held VALUES (1, '{EMAIL}', '{EMAIL}')")

    columns.clean(table("held"), FINDER)

    with connection.cursor() as cursor:
        cursor.execute("SELECT free, needed FROM held")
        assert cursor.fetchall() == [(None, "[removed]")]


def test_a_narrow_column_is_not_overrun():
    _make(
        "CREATE TABLE held (id int PRIMARY KEY, short varchar(6) NOT NULL, wide varchar(200))"
    )
    _make("INSERT INTO held VALUES (1, 'Q7 Bo', 'Q7 Bo')")

    columns.clean(table("held"), Finder(Marks(names=frozenset({"Q7 Bo"}))))

    with connection.cursor() as cursor:
        cursor.execute("SELECT short, wide FROM held")
        assert cursor.fetchall() == [("[remov", None)]


def test_texts_that_may_stand_once_only_are_told_apart():
    _make("CREATE TABLE held (id int PRIMARY KEY, t text NOT NULL UNIQUE)")
    _make(f"INSERT INTO held VALUES (7, '{EMAIL}'), (8, '{EMAIL} '), (9, 'zelda oquimberley')")

    assert columns.clean(table("held"), FINDER) == 3

    with connection.cursor() as cursor:
        cursor.execute("SELECT t FROM held ORDER BY id")
        assert [row[0] for row in cursor.fetchall()] == [
            "[removed]",
            "[removed] ",
            "[removed 9]",
        ]


def test_a_table_without_a_key_is_cleaned_too():
    _make("CREATE TABLE held (t text)")
    _make(f"INSERT INTO held VALUES ('a'), ('{EMAIL}')")

    assert columns.clean(table("held"), FINDER) == 1


def test_a_generated_column_follows():
    _make(
        "CREATE TABLE held (id int PRIMARY KEY, t text,"
        " words tsvector GENERATED ALWAYS AS (to_tsvector('simple', t)) STORED)"
    )
    _make("INSERT INTO held VALUES (1, 'with Zelda OQuimberley')")

    columns.clean(table("held"), FINDER)

    with connection.cursor() as cursor:
        cursor.execute("SELECT words::text FROM held")
        assert "quimberley" not in cursor.fetchone()[0]


def test_json_of_a_model_is_cleaned(db):
    counts = dict.fromkeys(
        [f"rows_{k}" for k in ("read", "new", "changed", "same", "unsure", "refused")], 0
    )
    report = ImportReport.objects.create(
        importer="assets", refusals=[{"row": 2, "reason": f"{NAME} is no place"}], **counts
    )

    columns.clean(table("intake_importreport"), FINDER)

    report.refresh_from_db()
    assert report.refusals == [{"row": 2, "reason": "[removed] is no place"}]


def test_nothing_is_searched_for_nobody():
    factories.PersonFactory()

    assert list(columns.search(table("people_person"), Finder(Marks()))) == []
    assert Person.objects.count() == 1


def test_columns_too_narrow_for_a_mark_are_passed_over():
    short = Column("role", "character varying", is_array=False, most_chars=14, nullable=False)

    assert not columns._is_wide_enough(short, FINDER.shortest)
    assert columns._is_wide_enough(short, 14)
