"""Questions on paper, and a plan as it stands."""

import pytest
from django.urls import reverse

from fans.learning import services
from fans.learning.groups import GROUPS
from fans.learning.signs import signs
from fans.learning.topics import SLUGS, TOPICS, topics_about
from fans.people.pdf import can_make_pdf
from tests.pdfs import unpacked

pytestmark = pytest.mark.django_db
needs_pango = pytest.mark.skipif(not can_make_pdf(), reason="Pango is not installed")


def paper(home, topic="coming_and_going", group="residents", name="paper"):
    return reverse(f"learning:{name}", args=[home.pk, topic, group])


@pytest.fixture
def as_helen(client, helen):
    client.force_login(helen)
    return client


def test_every_topic_asks_every_group_something_open_and_touches_known_signs():
    for topic in TOPICS.values():
        assert set(topic.signs) <= set(signs())
        assert topic.signs
        for group in GROUPS:
            questions = topic.questions_for(group)
            assert 2 <= len(questions) <= 5
            assert all(question.endswith("?") for question in questions)
        assert topic.questions_for("partners") == topic.questions_for("volunteers")
    assert len(set(SLUGS)) == len(TOPICS) == 9


def test_topics_that_touch_a_sign_come_first():
    assert topics_about("A3")[0].slug == "coming_and_going"
    assert topics_about("G1")[0].slug == "team"
    assert [topic.slug for topic in topics_about("")] == list(SLUGS)


def test_a_sheet_asks_a_groups_questions_and_leaves_room_to_write(as_helen, home):
    text = as_helen.get(paper(home)).content.decode()

    assert "Where would you like to go next?" in text
    assert "What made a visit easy" not in text
    assert text.count('class="line"') == 24
    assert "Please write no names" in text
    assert 'class="paper large"' in as_helen.get(paper(home) + "?large=1").content.decode()


def test_a_sheet_of_no_topic_or_group_is_not_there(as_helen, home):
    assert as_helen.get(paper(home, topic="gossip")).status_code == 404
    assert as_helen.get(paper(home, group="inspectors")).status_code == 404


@needs_pango
@pytest.mark.parametrize("large", ["", "?large=1"])
def test_a_blank_sheet_is_a_tagged_pdf(as_helen, home, large):
    response = as_helen.get(paper(home, name="paper_pdf") + large)

    assert response["Content-Type"] == "application/pdf"
    made = unpacked(response.content)
    assert b"/StructTreeRoot" in made
    assert b"pdfuaid" in made


@needs_pango
def test_a_plan_as_it_stands_is_a_tagged_pdf_that_nobody_stores(as_helen, plan, action, helen):
    services.keep_talk(plan=plan, by=helen, group="staff", said="We ring.", people_count=4)
    response = as_helen.get(reverse("learning:printed_pdf", args=[plan.pk]))

    assert response["Cache-Control"] == "no-store, private"
    assert b"/StructTreeRoot" in unpacked(response.content)


def test_a_printed_plan_says_what_its_page_says(as_helen, plan, action, helen):
    services.keep_talk(plan=plan, by=helen, group="staff", said="We ring.", people_count=4)
    services.compare(plan=plan, by=helen, version=0, alike="", differs="The bell")
    text = as_helen.get(reverse("learning:printed", args=[plan.pk])).content.decode()

    for words in ("We ring.", "The bell", action.what, action.first_step, action.how_known):
        assert words in text


def test_where_no_pdf_can_be_made_the_page_prints_all_the_same(
    as_helen, home, plan, monkeypatch
):
    monkeypatch.setattr("fans.learning.views.papers.can_make_pdf", lambda: False)

    assert "Save as PDF" not in as_helen.get(paper(home)).content.decode()
    assert as_helen.get(paper(home, name="paper_pdf")).status_code == 404
    assert as_helen.get(reverse("learning:printed_pdf", args=[plan.pk])).status_code == 404
