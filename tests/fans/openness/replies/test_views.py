"""The pages on which a home replies, shares, and prints its picture."""

import datetime as dt
import re

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from fans.openness.late import LateAnswers
from fans.openness.replies.models import EvidenceLink, Reply, Share
from fans.openness.replies.services import reply, share
from fans.openness.services import score_wave
from tests import factories
from tests.fans.openness.replies.conftest import answer
from tests.pdfs import unpacked

pytestmark = pytest.mark.django_db


def page(name, wave, **query):
    return reverse(f"replies:{name}", args=[wave.pk], query=query or None)


def words(response):
    text = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", text)


def test_a_reply_stands_beside_the_figures_and_is_taken_back_and_put_back(
    client, wave, home, manager
):
    client.force_login(manager)
    client.post(page("reply", wave), {"words": "The log is thin in June."})
    client.post(page("reply", wave, sign="H1"), {"words": "Few know our number."})

    shown = words(client.get(reverse("openness:home", args=[home.pk])))
    assert "The log is thin in June." in shown
    assert "The home says: Few know our number." in shown
    first = Reply.objects.get(indicator=None)
    client.post(reverse("replies:take_back", args=[first.pk]))
    assert "thin in June" not in words(client.get(reverse("openness:home", args=[home.pk])))
    client.post(reverse("replies:put_back", args=[first.pk]))
    assert "thin in June" in words(client.get(reverse("openness:home", args=[home.pk])))


def test_asks_before_words_that_may_tell_who_lives_there(client, wave, manager):
    client.force_login(manager)

    response = client.post(
        page("reply", wave), {"words": "Mrs Dorothy Pickle in room 12 fell."}
    )

    assert response.status_code == 422
    assert "Keep it as it is" in words(response)
    assert not Reply.objects.exists()


def test_puts_a_row_of_the_log_behind_a_sign_and_takes_it_off(client, wave, home, manager):
    tie = factories.PartnershipFactory(home=home)
    row = factories.ConnectionFactory(partnership=tie, happened_on=dt.date(2026, 5, 20))
    client.force_login(manager)

    client.post(page("evidence", wave, sign="A1"), {"record": f"connection-{row.pk}"})

    link = EvidenceLink.objects.get()
    assert link.connection == row
    assert str(tie.partner) in words(client.get(page("reply", wave, sign="A1")))
    client.post(reverse("replies:unlink", args=[link.pk]))
    assert "Nothing yet." in words(client.get(page("reply", wave, sign="A1")))


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"url": "javascript:alert(1)"},
        {"record": "connection-999999"},
        {"url": "https://example.org", "record": "x"},
    ],
)
def test_says_what_is_wrong_with_evidence(client, wave, manager, sent):
    client.force_login(manager)

    response = client.post(page("evidence", wave, sign="A1"), sent)

    assert response.status_code == 422
    assert "another look" in words(response)
    assert not EvidenceLink.objects.exists()


def test_asks_once_more_before_it_shares_and_tells_who_that_is(
    client, wave, manager, other_home
):
    client.force_login(manager)

    asked = words(client.get(page("share", wave, **{"with": "cohort"})))
    assert "Share month 0?" in asked
    assert "Now these are: Elm Lodge." in asked
    assert not Share.objects.exists()

    client.post(page("share", wave), {"audience": "cohort"})
    assert "See it since 29 May 2026" in words(client.get(page("share", wave)))
    client.post(page("share", wave), {"audience": "cohort", "stop": "1"})
    assert "stopped 29 May 2026" in words(client.get(page("share", wave)))


def test_refuses_to_share_with_everybody(client, wave, manager):
    client.force_login(manager)

    assert client.post(page("share", wave), {"audience": "everyone"}).status_code == 422
    assert not Share.objects.exists()


def test_whom_a_picture_is_shared_with_sees_the_page_and_others_do_not(
    client, wave, manager, around
):
    share(wave=wave, audience="champion", by=manager)
    for who, person in around.items():
        client.force_login(person)
        sees = client.get(page("page", wave)).status_code == 200
        assert sees == (who == "champion"), who
    client.force_login(around["champion"])
    assert "Larkfield House, month 0" in words(client.get(reverse("replies:shared")))


def test_the_facilitator_sees_no_figure_before_the_reply(
    client, wave, home, manager, facilitator
):
    client.force_login(facilitator)
    before = words(client.get(reverse("openness:home", args=[home.pk])))
    assert "You see its figures once the home has replied or shared them" in before
    assert "of 100" not in before
    assert client.get(page("page", wave)).status_code == 404

    reply(wave=wave, words="We were short of hands.", by=manager)

    after = words(client.get(reverse("openness:home", args=[home.pk])))
    assert "We were short of hands." in after
    assert "Felt 50.0 of 100" in after


def test_the_page_shows_no_group_under_eight_not_even_to_the_home(client, wave, manager):
    answer(wave, "residents", {"H1": 4}, times=5)
    score_wave(wave=wave)
    client.force_login(manager)

    shown = client.get(page("page", wave)).content.decode()

    row = shown[shown.index("Being known") :].split("</tr>")[0]
    assert '<td class="n">few</td>' in row


LONG = "Wonderfully long words about neighbourliness and choirs. " * 8


def test_the_page_is_one_sheet_of_a4_with_the_longest_texts(
    client, wave, home, manager, caplog
):
    home.name = "The Very Long Name of a Home by the Canal " * 3
    home.save()
    reply(wave=wave, words=LONG[:400].strip(), by=manager)
    for sign in ("A1", "B1", "C1", "D1", "H1"):
        reply(wave=wave, words=LONG[:399].strip(), by=manager, sign=sign)
    for day in (3, 10, 17):
        home.context_events.create(
            kind="outbreak", from_on=dt.date(2026, 5, day), words=LONG[:200].strip()
        )
    client.force_login(manager)

    made = client.get(page("page_pdf", wave))

    pdf = unpacked(made.content)
    assert len(re.findall(rb"/Type /Page\b", pdf)) == 1
    assert re.search(rb"/MediaBox \[0 0 595\.\d* 841\.\d*\]", pdf)
    assert b"/MarkInfo" in pdf
    assert pdf.count(b"/S /TH") > 8
    assert b"pdfuaid" in pdf
    assert "alt description" not in caplog.text  # each picture says what it shows


@pytest.mark.parametrize(
    ("is_team", "words"), [(True, "1 answer sheet came"), (False, "Answers came")]
)
def test_how_many_sheets_came_late_is_for_the_team_alone(wave, is_team, words):
    """Beside the groups told elsewhere, their sum would tell how many a small one sent."""
    late = LateAnswers(sheets=1, groups=("Staff",), is_over=False, signs={})
    page = render_to_string(
        "openness/parts/late.html", {"late": late, "wave": wave, "is_team": is_team}
    )

    assert words in page
    assert ("staff" in page) is is_team
