"""A feed by its address: page by page, each service in full, and feeds that lie."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from assets.models import Asset, Dataset
from assets.oruk_feed import fetch_feed
from intake.errors import IntakeError
from tests.intake.feed_server import Reply, serve

pytestmark = pytest.mark.django_db

SCALARS = ("id", "name", "status", "description", "url", "email", "organization")


@pytest.fixture(autouse=True)
def _allowed(settings):
    settings.IMPORT_HOSTS = ["127.0.0.1"]
    settings.IMPORT_PAUSE_S = 0


def services(count: int) -> list[dict]:
    return [
        {
            "id": f"00000000-0000-4000-8000-{n:012}",
            "name": f"Group {n}",
            "status": "active",
            "attributes": [{"taxonomy_term": {"name": "Singing"}}],
            "service_at_locations": [
                {
                    "id": f"at{n}",
                    "location": {
                        "id": f"l{n}",
                        "location_type": "physical",
                        "latitude": 53.4 + n / 1000,
                        "longitude": -2.3,
                    },
                }
            ],
        }
        for n in range(count)
    ]


def feed(rows: list[dict], *, size: int = 50, base: str = "/services"):
    """Return what answers as the public feeds do: a list of short items, each in full."""
    by_id = {row["id"]: row for row in rows}
    pages = -(-len(rows) // size)

    def answer(path: str, query: dict[str, str]) -> Reply:
        if path != base:
            found = by_id.get(path.rpartition("/")[2])
            return Reply(found) if found else Reply(status=404)
        page = int(query.get("page", 1))
        some = rows[(page - 1) * size : page * size]
        short = [{key: row[key] for key in SCALARS if key in row} for row in some]
        return Reply(
            {
                "total_items": len(rows),
                "total_pages": pages,
                "page_number": page,
                "size": len(some),
                "first_page": page == 1,
                "last_page": page == pages,
                "empty": not some,
                "contents": short,
            }
        )

    return answer


def run(url: str, capsys) -> str:
    call_command("import_assets", url, "--source", "oruk", "--licence", "OGL v3.0")
    return capsys.readouterr().out.splitlines()[0]


def test_takes_every_service_of_every_page_and_a_second_run_changes_nothing(capsys):
    with serve(feed(services(7), size=3)) as (url, asked):
        first, again = run(url, capsys), run(f"{url}/services", capsys)

    assert first.startswith("read 7, new 7, changed 0, same 0, unsure 0, refused 0")
    assert again.startswith("read 7, new 0, changed 0, same 7, unsure 0, refused 0")
    assert [path for path, _ in asked[:5]] == [
        "/services?page=1",
        "/services/00000000-0000-4000-8000-000000000000",
        "/services/00000000-0000-4000-8000-000000000001",
        "/services/00000000-0000-4000-8000-000000000002",
        "/services?page=2",
    ]
    assert Asset.objects.filter(source_licence="OGL v3.0").count() == 7
    assert Dataset.objects.get().name == "127.0.0.1"


def test_a_feed_that_lists_services_in_full_is_not_asked_for_each(tmp_path):
    page = {"total_pages": 1, "contents": services(3)}
    with serve(lambda path, query: Reply(page)) as (url, asked):
        path = fetch_feed(url, into=tmp_path)

    assert len(json.loads(path.read_text())) == 3
    assert len(asked) == 1


def page(number: int, *, pages: int, **members) -> dict:
    rows = services(3 * number)[-3:]
    return {"total_pages": pages, "contents": rows, "last_page": False, **members}


def last_is_empty(n: int) -> dict:
    return page(n, pages=3) if n < 3 else {"total_pages": 3, "contents": []}


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (lambda n: page(1, pages=9), "page 2 gives what earlier pages have given"),
        (lambda n: page(1 + n % 2, pages=10**9), "has 1,000,000,000 pages; at most 5,000"),
        (lambda n: page(n, pages="2"), "total_pages is no whole number"),
        (lambda n: page(n, pages=True), "total_pages is no whole number"),
        (lambda n: page(n, pages=3, contents=[]), "page 1 of 3 is empty"),
        (lambda n: {"total_pages": 1}, "page 1 is no page of services"),
        (lambda n: [1], "page 1 is no page of services"),
        (lambda n: page(n, pages=1, contents=[{"name": "x"}]), "a service without an id"),
        (lambda n: page(n, pages=1, contents=[{"id": "../../x"}]), "a service without an id"),
    ],
)
def test_a_feed_that_lies_is_refused_in_a_sentence(tmp_path, answer, words):
    with (
        serve(lambda path, query: Reply(answer(int(query["page"])))) as (url, _),
        pytest.raises(IntakeError, match=words),
    ):
        fetch_feed(url, into=tmp_path)


def test_an_empty_last_page_ends_a_feed(tmp_path):
    with serve(lambda path, query: Reply(last_is_empty(int(query["page"])))) as (url, _):
        path = fetch_feed(url, into=tmp_path)

    assert len(json.loads(path.read_text())) == 6


def test_a_feed_may_have_more_pages_by_the_time_they_are_read(tmp_path):
    counts = {1: 1, 2: 2}

    def answer(path, query):
        number = int(query["page"])
        return Reply(page(number, pages=2 if number == 1 else counts[number]))

    with serve(answer) as (url, asked):
        fetch_feed(url, into=tmp_path)
    assert len(asked) == 2


def test_a_service_answered_with_another_is_refused(tmp_path):
    rows = services(2)

    def answer(path, query):
        full = path != "/services"
        return Reply(
            rows[1] if full else {"total_pages": 1, "contents": [{"id": rows[0]["id"]}]}
        )

    with serve(answer) as (url, _), pytest.raises(IntakeError, match="with something else"):
        fetch_feed(url, into=tmp_path)


def test_a_feed_with_too_many_services_is_refused(tmp_path, settings):
    settings.IMPORT_LIMITS = {**settings.IMPORT_LIMITS, "rows": 2}
    body = {"total_pages": 1, "contents": services(3)}
    with (
        serve(lambda path, query: Reply(body)) as (url, _),
        pytest.raises(IntakeError, match="more than 2 services"),
    ):
        fetch_feed(url, into=tmp_path)


def test_nothing_is_written_where_a_feed_breaks_off():
    replies = [Reply(page(1, pages=2))]

    def answer(path, query):
        return replies.pop() if replies else Reply(status=404)

    with serve(answer) as (url, _), pytest.raises(CommandError, match="answers 404") as caught:
        call_command("import_assets", url, "--source", "oruk")

    assert caught.value.returncode == 2
    assert not Asset.objects.exists()


def test_only_feeds_are_taken_by_their_address():
    with pytest.raises(CommandError, match="only feeds"):
        call_command("import_assets", "https://council.example/a.csv", "--source", "csv")


@pytest.mark.with_data
def test_the_derived_feed_is_taken_page_by_page(real_data: Path, capsys):
    rows = json.loads((real_data / "oruk" / "derived_feed" / "services_full.json").read_text())

    with serve(feed(rows, base="/oruk/v3/services")) as (url, _):
        line = run(f"{url}/oruk/v3", capsys)

    assert line.startswith("read 505, new 503, changed 0, same 0, unsure 2, refused 0")
