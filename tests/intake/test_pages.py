import datetime as dt
import json
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from intake import jobs, running, uploads
from intake.models import ImportJob, ImportReport, JobState
from intake.shown import safe_cell, time_left
from tests import factories
from tests.intake.conftest import upload
from tests.intake.fake import words
from tests.intake.steps import job_of

pytestmark = pytest.mark.django_db

GIVEN = ["place one", None, "two=2", "two=2", "place three?", "+sum(A1)"]


@pytest.fixture
def site(client, administrator, importer):
    """The site as Ann sees it, who administers it."""
    client.force_login(administrator)
    return client


def send(site, file, **more):
    return site.post(reverse("intake:new", args=["words"]), {"file": file, **more})


@pytest.fixture
def job_id(site, administrator, start):
    job_id = start(GIVEN, by=administrator)
    running.run_job(job_id)
    return job_id


def page(site, job_id, query=""):
    response = site.get(reverse("intake:job", args=[job_id]) + query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def words_of(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


# --- handing a file in ----------------------------------------------------------------------


def test_an_empty_site_says_what_to_do_first(site):
    html = site.get(reverse("intake:list")).content.decode()

    assert "Nothing has been brought in yet" in html
    assert reverse("intake:new", args=["words"]) in html


def test_a_file_becomes_an_import_with_its_options(site, administrator):
    response = send(site, upload(GIVEN), title="The council's words", **{"options-shout": "on"})

    job = ImportJob.objects.get()
    assert response.url == reverse("intake:job", args=[job.pk])
    assert (job.title, job.by) == ("The council's words", administrator)
    assert job.options == {"shout": True, "most": None}


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose a file from your computer."),
        ({"file": SimpleUploadedFile("a.json", b"")}, "The file is empty."),
        (
            {"file": SimpleUploadedFile("a.json", b"[]"), "options-most": "0"},
            "Ensure this value is greater than or equal to 1.",
        ),
        ({"file": SimpleUploadedFile("a.json", b"[]"), "title": "x" * 201}, "at most 200"),
    ],
)
def test_what_is_filled_in_wrongly_is_named_and_nothing_is_kept(site, fields, sentence):
    response = site.post(reverse("intake:new", args=["words"]), fields)

    assert response.status_code == 400
    assert sentence in response.content.decode()
    assert not ImportJob.objects.exists()
    assert list(uploads.folder().iterdir()) == []


def test_a_file_beyond_the_limit_is_refused_with_the_limit(site, settings):
    settings.IMPORT_LIMITS = {**settings.IMPORT_LIMITS, "packed_bytes": 100}

    response = send(site, SimpleUploadedFile("a.json", b"x" * 101))

    assert response.status_code == 400
    assert "the file is too large: at most 100 bytes are taken" in response.content.decode()


def test_a_body_far_beyond_the_limit_is_never_stored(site, settings, monkeypatch):
    settings.IMPORT_LIMITS = {**settings.IMPORT_LIMITS, "packed_bytes": 100}
    monkeypatch.setattr(uploads, "_OVERHEAD", 1000)
    monkeypatch.setattr(uploads, "_taken", {"imports.run": lambda: 100})  # and no photos
    stored = []
    monkeypatch.setattr(uploads, "keep_upload", stored.append)

    response = send(site, SimpleUploadedFile("a.json", b"x" * 5000), title="Kept words")

    assert response.status_code == 400
    html = response.content.decode()
    assert "The file is too large: at most 100 bytes are taken." in html
    assert "Choose a file" not in html
    assert "Kept words" in html
    assert stored == []


@pytest.mark.parametrize("role", ["", "relative"])
def test_a_file_of_somebody_who_may_bring_none_in_is_never_stored(client, role):
    if role:
        client.force_login(factories.member(role, home=factories.HomeFactory()))
    file = SimpleUploadedFile("a.json", b"x" * 5000)

    response = client.post(reverse("account_login"), {"login": "a@example.org", "file": file})

    assert response.wsgi_request.POST["login"] == "a@example.org"
    assert not response.wsgi_request.FILES


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\boot.ini", "boot.ini"),
        ("a\u202eb\x00c.csv", "abc.csv"),
        ("  ", "file"),
        ("x" * 300 + ".csv", "x" * 196 + ".csv"),
    ],
)
def test_a_file_s_name_leads_nowhere(given, shown):
    assert uploads.tidy_name(given) == shown


def test_an_upload_is_stored_under_a_name_that_nobody_chose(site):
    send(site, SimpleUploadedFile("..%2f..%2fevil.SH", b"[]"))

    (path,) = uploads.folder().iterdir()
    assert re.fullmatch(r"[0-9a-f]{32}\.sh", path.name)


def test_an_unknown_kind_of_file_is_not_found(site):
    assert site.get(reverse("intake:new", args=["spells"])).status_code == 404


# --- the try-out ----------------------------------------------------------------------------


def test_the_try_out_shows_the_numbers_and_what_needs_a_person_first(site, job_id):
    html = page(site, job_id)

    text = words_of(html)
    assert "nothing has been written yet" in text
    assert "3 new 0 changed 1 same 1 possible duplicates 1 refused" in text
    assert "Needs you: 2 rows" in text
    assert "Column “word”: there is no word" in text
    assert "place three? may be another word" in text
    assert "Bring in 3 rows" in text
    assert text.index("place three?") < text.index("No word")


@pytest.mark.parametrize(
    ("show", "caption", "name"),
    [
        ("new", "New: 3 rows", "two"),
        ("same", "Same: 1 row", "two"),
        ("refused", "Refused: 1 row", "No word"),
    ],
)
def test_a_chip_shows_its_rows(site, job_id, show, caption, name):
    text = words_of(page(site, job_id, f"?show={show}"))

    assert caption in text
    assert name in text


def test_a_change_shows_before_and_now(site, job_id, start):
    jobs.bring_in(job_id=job_id, by=None)
    running.run_job(job_id)
    changed = start(["two=5"])
    running.run_job(changed)

    assert "Count: was 2 → will be 5" in words_of(page(site, changed))


def test_many_rows_come_in_pages(site, start):
    job_id = start([f"word {n}" for n in range(30)])
    running.run_job(job_id)

    assert "Page 1 of 2" in page(site, job_id)
    assert "word 29" in page(site, job_id, "?page=2")


def test_a_row_in_doubt_is_taken_and_the_decision_taken_back(site, job_id):
    address = reverse("intake:decide", args=[job_id, 5])

    response = site.post(address, {"decision": "take", "page": "1"})
    assert response.url.endswith("?page=1#row-5")
    assert "Bring in 4 rows" in page(site, job_id)
    assert "We take it" in page(site, job_id)

    site.post(address, {"decision": "undecided"})
    assert "Bring in 3 rows" in page(site, job_id)


def test_a_row_that_is_not_in_doubt_is_not_decided_on(site, job_id):
    response = site.post(
        reverse("intake:decide", args=[job_id, 1]), {"decision": "take"}, follow=True
    )

    assert "Row 1 is not in doubt" in response.content.decode()
    assert job_of(job_id).rows.get(number=1).decision == ""


def test_a_decision_that_is_none_is_refused_with_a_sentence(site, job_id):
    response = site.post(reverse("intake:decide", args=[job_id, 5]), {"decision": "burn"})

    assert response.status_code == 400
    assert "choose “Take it”, “It is that one” or “Leave it out”" in response.content.decode()


def test_rows_with_a_place_are_points_of_the_chip_that_is_shown(site, job_id):
    found = site.get(reverse("intake:points", args=[job_id]) + "?show=new")

    assert found["Content-Type"] == "application/geo+json"
    (point,) = json.loads(found.content)["features"]
    assert point["geometry"] == {"type": "Point", "coordinates": [-2.299, 53.4]}
    assert point["properties"]["title"] == "place one"
    assert "data-import-map" in page(site, job_id, "?show=new")
    assert "data-import-map" not in page(site, job_id, "?show=refused")


def test_a_map_of_too_many_points_says_so(site, job_id, monkeypatch, start):
    monkeypatch.setattr("intake.shown.MOST_POINTS", 2)
    job_id = start(["place a", "place b", "place c"])
    running.run_job(job_id)

    found = json.loads(site.get(reverse("intake:points", args=[job_id])).content)

    assert (len(found["features"]), found["left_off"]) == (0, 0)
    found = json.loads(site.get(reverse("intake:points", args=[job_id]) + "?show=new").content)
    assert (len(found["features"]), found["left_off"]) == (2, 1)


def test_the_csv_accounts_for_every_row_and_runs_in_no_spreadsheet(site, job_id):
    response = site.get(reverse("intake:job_csv", args=[job_id]))

    lines = response.getvalue().decode("utf-8-sig").splitlines()
    assert lines[0] == "Row,Name,What,Column,Why,Before,Now"
    assert [line.split(",")[0] for line in lines[1:]] == ["1", "2", "3", "4", "5", "6"]
    assert lines[2] == "2,No word,Refused,word,there is no word,,"
    assert lines[6].startswith("6,'+sum(A1),New")


@pytest.mark.parametrize("cell", ["=1+1", "+44", "-1", "@x", "\tx", "\rx", "\nx", "\uff1d1"])
def test_a_cell_that_a_spreadsheet_would_run_is_quoted(cell):
    assert safe_cell(cell) == f"'{cell}"
    assert safe_cell("plain") == "plain"


# --- bringing it in -------------------------------------------------------------------------


def test_bringing_in_shows_progress_and_then_the_report(site, job_id, administrator):
    response = site.post(reverse("intake:bring_in", args=[job_id]), follow=True)
    html = response.content.decode()
    assert "Bringing in" in html
    assert "0 of 6 rows" in html
    assert "You may leave this page; we keep the result." in html
    assert '<noscript><meta http-equiv="refresh"' in html

    running.run_job(job_id)

    text = words_of(page(site, job_id))
    assert "Brought in on" in text
    assert "by Ann" in text
    assert "Held back: 2 rows" in text
    assert "3 new" in text
    assert len(words()) == 3


def test_the_second_to_bring_it_in_is_told_who_was_first(site, job_id, client, administrator):
    jobs.bring_in(job_id=job_id, by=administrator)

    response = site.post(reverse("intake:bring_in", args=[job_id]), follow=True)

    assert "This import is being brought in already, by Ann." in response.content.decode()


def test_progress_alone_is_a_fragment(site, start):
    job_id = start(["one"])

    html = page(site, job_id, "?part=progress")

    assert html.strip().startswith('<div data-progress data-state="waiting" data-under-way>')
    assert "<html" not in html


def test_a_try_out_is_thrown_away_only_after_asking(site, job_id):
    address = reverse("intake:throw_away", args=[job_id])
    assert "Throw this try-out away?" in site.get(address).content.decode()
    assert job_of(job_id).state == JobState.PREVIEW

    response = site.post(address, follow=True)

    assert "has been thrown away. Nothing was written." in response.content.decode()
    assert job_of(job_id).state == JobState.THROWN_AWAY
    assert "Thrown away on" in page(site, job_id)


def test_a_refused_file_shows_its_sentence_and_what_to_do(site, start):
    job_id = start(["one", "stop"])
    running.run_job(job_id)

    text = words_of(page(site, job_id))
    assert "words.json, row 2: the file stops here" in text
    assert "Nothing was written. Put the file right" in text

    site.post(reverse("intake:try_again", args=[job_id]))
    assert job_of(job_id).state == JobState.WAITING


def test_what_came_too_late_is_told(site, job_id):
    jobs.throw_away(job_id=job_id)

    for name in ("bring_in", "try_again", "throw_away"):
        response = site.post(reverse(f"intake:{name}", args=[job_id]), follow=True)
        assert "This import has been thrown away." in response.content.decode()


def test_an_import_that_nobody_is_at_says_that_it_will_go_on(site, start):
    job_id = start(["one"])
    ImportJob.objects.update(created_at="2020-01-01T00:00Z")

    assert "Nobody has been at it for a while" in page(site, job_id)


# --- the list, and reports of commands --------------------------------------------------------


@pytest.fixture
def report(db):
    return ImportReport.objects.create(
        importer="words",
        file_name="by-hand.csv",
        sha256="",
        rows_read=3,
        rows_new=1,
        rows_changed=0,
        rows_same=1,
        rows_unsure=0,
        rows_refused=1,
        rows_gone=4,
        refusals=[{"row": 2, "column": "lon", "reason": "=none"}],
    )


def test_the_list_has_jobs_and_runs_of_commands_each_once(site, job_id, report):
    jobs.bring_in(job_id=job_id, by=None)
    running.run_job(job_id)

    text = words_of(site.get(reverse("intake:list")).content.decode())

    assert text.count("words.json") == 1
    assert text.count("by-hand.csv") == 1
    assert "Brought in by a command" in text


def test_the_report_of_a_command_lists_its_refusals(site, report):
    text = words_of(site.get(reverse("intake:report", args=[report.pk])).content.decode())

    assert "A list of words, 3 rows" in text
    assert "4 records are no longer listed." in text
    assert "2 lon =none" in text
    lines = (
        site.get(reverse("intake:report_csv", args=[report.pk])).getvalue().decode("utf-8-sig")
    )
    assert lines.splitlines() == ["Row,Column,Why", "2,lon,'=none"]


def test_the_report_of_an_import_leads_to_its_page(site, job_id):
    jobs.bring_in(job_id=job_id, by=None)
    running.run_job(job_id)
    done = job_of(job_id)

    response = site.get(reverse("intake:report", args=[done.report.pk]))

    assert response.url == reverse("intake:job", args=[job_id])


def test_only_administrators_find_the_way_here(client, champion, administrator, importer):
    for person, allowed in ((champion, False), (administrator, True)):
        client.force_login(person)
        assert ('href="/imports/"' in client.get("/today/").content.decode()) is allowed
        assert (client.get(reverse("intake:list")).status_code == 200) is allowed


@pytest.mark.parametrize(
    ("done", "elapsed_s", "said"),
    [
        (0, 60, ""),
        (50, 1, ""),
        (90, 9, "A few seconds left."),
        (50, 30, "About 30 seconds left."),
        (50, 60, "About 1 minute left."),
        (50, 600, "About 10 minutes left."),
        (1, 600, "More than an hour left."),
    ],
)
def test_the_time_left_is_said_in_words(done, elapsed_s, said):
    now = dt.datetime(2026, 11, 1, 12, tzinfo=dt.UTC)
    job = ImportJob(
        rows_total=100, rows_done=done, started_at=now - dt.timedelta(seconds=elapsed_s)
    )

    assert time_left(job, now) == said
