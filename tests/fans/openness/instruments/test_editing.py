"""A draft is changed on screen: words, weights, steps, answers, new questions."""

import pytest
from django.urls import reverse

from fans.openness.instruments.services import draft_from_json, publish_draft
from tests.fans.openness.instruments.versions import as_file, v2

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return draft_from_json(document=as_file(v2()))


@pytest.fixture
def admin(client, administrator):
    client.force_login(administrator)
    return client


def url(name, *args):
    return reverse(f"instruments:{name}", args=["v2", *args])


def filled(client, address, **changes):
    """What the form at an address would send, with changes."""
    form = client.get(address).context["form"]
    data = {name: form[name].value() for name in form.fields}
    data = {
        name: value for name, value in data.items() if value is not None and value is not False
    }
    return {**data, **changes}


def sign(draft, id):
    draft.refresh_from_db()
    return next(each for each in draft.body["indicators"] if each["id"] == id)


def test_saving_a_page_as_it_stands_changes_nothing(admin, draft):
    pages = [url("edit"), *(url("edit_sign", i["id"]) for i in draft.body["indicators"])]
    for page in pages:
        assert admin.post(page, filled(admin, page)).status_code == 302

    draft.refresh_from_db()
    assert draft.body == v2()


def test_names_questions_weights_steps_and_answers_change(admin, draft):
    admin.post(
        url("edit_sign", "D1"),
        filled(admin, url("edit_sign", "D1"), name="Live ties", weight="0.5", cut_4="12"),
    )
    changes = {"question": "Who leads?", "answer_4": "All do.", "easy_answer_0": "Nobody."}
    admin.post(url("edit_sign", "G1"), filled(admin, url("edit_sign", "G1"), **changes))

    d1, g1 = sign(draft, "D1"), sign(draft, "G1")
    assert (d1["name"], d1["weight"], d1["cuts"]) == ("Live ties", 0.5, [1, 5, 9, 12])
    assert (g1["question"], g1["anchors"][4]) == ("Who leads?", "All do.")
    assert draft.body["texts"]["easy"]["questions"]["G1"]["anchors"][0] == "Nobody."


def test_title_sides_levels_and_languages_change(admin, draft):
    data = filled(
        admin, url("edit"),
        title="Open doors", side_A="Coming in", weight_A="2", from_opening="30",
        least_indicators="13",
    )  # fmt: skip
    data.pop("keep_cy")

    assert admin.post(url("edit"), data).status_code == 302

    draft.refresh_from_db()
    body = draft.body
    assert (body["title"], body["coverage"]["indicators"]) == ("Open doors", 13)
    assert body["dimensions"][0] == {"id": "A", "name": "Coming in", "weight": 2}
    assert body["levels"][1]["from"] == 30
    assert list(body["texts"]) == ["easy"]


QUESTION = {
    "name": "Seen from the street",
    "question": "Can one see in?",
    "asked": ["staff", "relatives"],
    **{f"{p}answer_{n}": f"{p}{n}" for p in ("", "easy_", "cy_") for n in range(5)},
    "easy_question": "Can you see in?",
    "cy_question": "A ellir gweld i mewn?",
}


def test_a_question_is_added_in_every_language_and_is_counted(admin, draft):
    page = url("add_sign", "H")

    assert admin.post(page, filled(admin, page, **QUESTION)).status_code == 302

    added = sign(draft, "H3")
    assert added["anchors"] == ["0", "1", "2", "3", "4"]
    assert draft.body["texts"]["cy"]["questions"]["H3"]["question"] == "A ellir gweld i mewn?"
    assert publish_draft(version="v2").indicators.filter(code="H3", is_assessed=True).exists()


def test_a_question_without_its_other_words_is_refused(admin, draft):
    page = url("add_sign", "H")
    data = filled(admin, page, **QUESTION)
    del data["cy_question"], data["asked"]

    response = admin.post(page, data)

    assert response.status_code == 422
    assert {"cy_question", "asked"} == set(response.context["form"].errors)
    draft.refresh_from_db()
    assert draft.body == v2()


@pytest.mark.parametrize(
    ("route", "changes", "words"),
    [
        (("edit_sign", "D1"), {"cut_4": "2"}, "must be 4 numbers that rise"),
        (("edit_sign", "D1"), {"cut_4": "1e400"}, ""),
        (("edit_sign", "D1"), {"weight": "0"}, ""),
        (("edit_sign", "D1"), {"weight": "NaN"}, ""),
        (("edit_sign", "D1"), {"weight": "many"}, ""),
        (("edit_sign", "D1"), {"name": ""}, ""),
        (("edit_sign", "D1"), {"name": "x" * 1001}, ""),
        (("edit_sign", "D1"), {"name": "a\x00b"}, ""),
        (("edit_sign", "G1"), {"asked": ["pets"]}, ""),
        (("edit",), {"from_opening": "80"}, "must begin at 0 and rise"),
        (("edit",), {"least_indicators": "99"}, "a whole number from 1 to 21"),
        (("edit",), {"least_indicators": "12.5"}, "a whole number"),
        (("edit",), {"title": "   "}, ""),
    ],
)
def test_what_does_not_hold_together_is_refused_whole(admin, draft, route, changes, words):
    address = url(*route)

    response = admin.post(address, filled(admin, address, **changes))

    assert response.status_code == 422
    assert words in response.content.decode()
    draft.refresh_from_db()
    assert draft.body == v2()


def test_of_two_who_change_a_draft_at_once_the_second_looks_again(admin, draft):
    first = filled(admin, url("edit"), title="One")
    second = filled(admin, url("edit_sign", "D1"), name="Two")

    admin.post(url("edit"), first)
    response = admin.post(url("edit_sign", "D1"), second)

    assert response.status_code == 409
    assert "Somebody else changed this draft" in response.content.decode()
    assert sign(draft, "D1")["name"] == "Active ties"


def test_a_sign_is_left_out_and_comes_back_by_undo(admin, draft):
    seen = filled(admin, url("edit"))["seen"]

    page = admin.post(url("leave_out", "H2"), {"seen": seen}, follow=True).content.decode()

    draft.refresh_from_db()
    assert "H2" not in [i["id"] for i in draft.body["indicators"]]
    assert "H2" not in draft.body["texts"]["easy"]["questions"]
    assert url("undo") in page
    admin.post(url("undo"))
    draft.refresh_from_db()
    assert draft.body == v2()


def test_the_last_sign_of_a_side_stays(admin, draft):
    for code in ("H2", "H1"):
        seen = filled(admin, url("edit"))["seen"]
        response = admin.post(url("leave_out", code), {"seen": seen}, follow=True)

    assert "H1 stays: dimensions: dimension H has no indicator." in response.content.decode()
    assert sign(draft, "H1")


def test_there_is_no_page_for_what_is_not_in_the_draft(admin, draft):
    for page in (("edit_sign", "Z9"), ("add_sign", "Z")):
        assert admin.get(url(*page)).status_code == 404
    assert admin.post(url("leave_out", "Z9")).status_code == 404


def test_a_published_version_has_no_page_to_change_it(admin, draft):
    publish_draft(version="v2")

    for page in (("edit",), ("edit_sign", "D1"), ("add_sign", "H")):
        assert admin.get(url(*page)).status_code == 404
    for page in (("leave_out", "D1"), ("undo",)):
        assert admin.post(url(*page)).status_code == 404
