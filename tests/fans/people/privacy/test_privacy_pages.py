import json
import re
import shutil
import subprocess
import time

import pytest
from django.test import Client
from django.urls import reverse

from fans.people import pdf
from fans.people.audit.models import AccessLog
from fans.people.models import Person
from fans.people.privacy import proof
from fans.people.privacy.erasure import Wish, erase
from fans.people.privacy.models import Erasure
from tests import factories
from tests.factories import PASSWORD
from tests.fans.people.privacy.conftest import EMAIL, NAME

pytestmark = pytest.mark.django_db
OWN = ("my_data", "my_page", "my_json", "my_pdf", "erase_me")
ON_REQUEST = ("person", "person_page", "person_json", "person_pdf", "erase_person")


def window(person, *, proved: bool = True) -> Client:
    client = Client()
    client.force_login(person)
    if proved:
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


@pytest.fixture
def ann():
    return factories.member("administrator", name="Ann Admin")


def address(name: str, person=None) -> str:
    return reverse(f"privacy:{name}", args=[person.pk] if person else [])


def body(response) -> bytes:
    return response.getvalue() if response.streaming else response.content


def test_the_account_page_leads_there(zelda):
    page = window(zelda, proved=False).get(reverse("people:account")).content.decode()

    assert address("my_data") in page


@pytest.mark.parametrize("name", OWN)
def test_a_visitor_is_sent_to_sign_in(name):
    response = Client().get(address(name))

    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", OWN[1:])
def test_who_it_is_is_asked_once_more(zelda, name):
    response = window(zelda, proved=False).get(address(name))

    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("role", ["volunteer_lead", "manager", "facilitator", "researcher"])
@pytest.mark.parametrize("name", ON_REQUEST)
def test_nobody_but_an_administrator_reaches_others(zelda, role, name):
    scope = {
        "volunteer_lead": {"area": factories.AreaFactory},
        "manager": {"home": factories.HomeFactory},
    }.get(role, {"cohort": factories.CohortFactory})
    person = factories.member(role, **{key: make() for key, make in scope.items()})

    response = window(person).get(address(name, zelda))

    assert response.status_code in (403, 404)
    assert NAME not in body(response).decode()


@pytest.mark.parametrize("name", ON_REQUEST)
def test_a_person_who_is_not_held_is_not_found(ann, zelda, name):
    number = zelda.pk
    zelda.delete()

    assert window(ann).get(reverse(f"privacy:{name}", args=[number])).status_code == 404


def test_the_summary_counts_by_kind_and_says_what_can_be_done(zelda):
    factories.ConnectionFactory(logged_by=zelda)
    factories.ConnectionFactory(note=f"{NAME} sang")

    page = window(zelda).get(address("my_data")).content.decode()

    assert re.search(r"Your account</b>: 1", page)
    assert re.search(r"The log of homes: that it was you</b>: 1", page)
    assert "Words that name you: The log of homes</b>: 1" in page
    for link in ("my_page", "my_json", "my_pdf", "erase_me"):
        assert address(link) in page
    assert reverse("consent:mine") in page


def test_the_json_file_is_streamed_and_kept_nowhere(zelda, state):
    response = window(zelda).get(address("my_json"))

    assert response.streaming
    assert response["Cache-Control"] == "no-store, private"
    assert re.fullmatch(
        r'attachment; filename="held-on-\d+-\d{4}-\d\d-\d\d\.json"',
        response["Content-Disposition"],
    )
    pack = json.loads(body(response))
    assert pack["about"]["person"] == zelda.pk
    assert EMAIL in json.dumps(pack)
    assert list(state.rglob("*")) == []


def test_the_pdf_says_what_the_page_says(zelda, tmp_path):
    response = window(zelda).get(address("my_pdf"))

    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store, private"
    made = body(response)
    assert made.startswith(b"%PDF-")
    reader = shutil.which("pdftotext")
    if reader:
        (tmp_path / "x.pdf").write_bytes(made)
        said = subprocess.run(
            [reader, tmp_path / "x.pdf", "-"], capture_output=True, check=True
        )
        assert EMAIL in said.stdout.decode()


def test_where_no_pdf_can_be_made_the_page_is_printed(zelda, monkeypatch):
    monkeypatch.setattr("fans.people.privacy.views.can_make_pdf", lambda: False)
    client = window(zelda)

    summary = client.get(address("my_data")).content.decode()
    instead = client.get(address("my_pdf"))

    assert address("my_pdf") not in summary
    assert "No PDF can be made on this machine" in summary
    assert EMAIL in instead.content.decode()
    assert "you can choose to save it as PDF" in instead.content.decode()


def test_pages_with_data_are_stored_by_no_browser(zelda):
    client = window(zelda)

    for name in OWN:
        assert "no-store" in client.get(address(name))["Cache-Control"], name


def test_what_somebody_typed_is_shown_as_text_and_not_as_markup(zelda):
    Person.objects.filter(pk=zelda.pk).update(name="<script>alert(1)</script> Quimberley")

    page = window(zelda).get(address("my_page")).content.decode()

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_an_administrator_makes_it_on_request_and_that_is_noted(zelda, ann):
    AccessLog.objects.all()
    client = window(ann)

    pack = json.loads(body(client.get(address("person_json", zelda))))

    assert pack["about"]["made by"] == "an administrator, on request"
    look = AccessLog.objects.filter(action="privacy.on_request").first()
    assert (look.person, look.kind, look.people_ids) == (ann, "people.Person", [zelda.pk])
    assert look.route == "privacy:person_json"


def test_an_administrator_finds_whoever_asked(zelda, ann):
    client = window(ann)

    found = client.post(address("find"), {"words": EMAIL.upper()}).content.decode()
    by_name = client.post(address("find"), {"words": "quimb"}).content.decode()
    nobody = client.post(address("find"), {"words": "quimb@"}).content.decode()

    assert address("person", zelda) in found
    assert address("person", zelda) in by_name
    assert "0 found" in nobody
    assert client.post(address("find"), {"words": ""}).status_code == 400


def test_erasing_oneself_is_shown_first_and_needs_the_word(zelda):
    factories.ConnectionFactory(note=f"{NAME} sang")
    client = window(zelda)

    shown = client.get(address("erase_me")).content.decode()
    slip = client.post(address("erase_me"), {"sure": "yes"})

    assert "people_person" in shown
    assert "connections_connection" in shown
    assert slip.status_code == 400
    assert Person.objects.filter(pk=zelda.pk).exists()


def test_somebody_erases_themselves_and_is_signed_out(zelda):
    client, other = window(zelda), window(zelda)

    response = client.post(address("erase_me"), {"sure": " Erase "})

    assert response["Location"] == address("erased")
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert "You are erased" in client.get(address("erased")).content.decode()
    for each in (client, other):
        assert each.get(address("my_data")).status_code == 302
    assert not Person.objects.filter(pk=zelda.pk).exists()
    assert Erasure.objects.get().reason == "self"


def test_an_administrator_erases_somebody_who_asked(zelda, ann):
    note = factories.ConnectionFactory(note="Zedi came; Zedi sang")
    client = window(ann)

    look = client.post(address("erase_person", zelda), {"words": "Zedi", "look": "yes"})
    assert look.status_code == 200
    assert "connections_connection" in look.content.decode()
    assert Person.objects.filter(pk=zelda.pk).exists()

    done = client.post(address("erase_person", zelda), {"words": "Zedi", "sure": "erase"})

    assert f"Person {zelda.pk} is erased" in done.content.decode()
    note.refresh_from_db()
    assert note.note == "[removed] came; [removed] sang"
    assert Erasure.objects.get().by == ann
    assert client.get(address("find")).status_code == 200


@pytest.mark.parametrize(
    "words", ["a", "x\n" * 3 + "bo", "\n".join(f"Word{n}" for n in range(11))]
)
def test_words_that_would_take_out_too_much_are_refused(zelda, ann, words):
    response = window(ann).post(
        address("erase_person", zelda), {"words": words, "sure": "erase"}
    )

    assert response.status_code == 400
    assert Person.objects.filter(pk=zelda.pk).exists()


def test_the_last_administrator_is_told_why_not(ann):
    client = window(ann)

    shown = client.get(address("erase_me"))
    pressed = client.post(address("erase_me"), {"sure": "erase"})

    assert "Nobody else administers the site for good" in shown.content.decode()
    assert pressed.status_code == 409
    assert Person.objects.filter(pk=ann.pk).exists()


def test_a_sign_in_by_code_counts_for_ten_minutes(zelda):
    zelda.set_unusable_password()
    zelda.save()
    client = window(zelda, proved=False)

    asked = client.get(address("my_json"))

    assert "Sign in once more" in asked.content.decode()
    assert EMAIL not in asked.content.decode()
    session = client.session
    session["account_authentication_methods_user"] = str(zelda.pk)
    for minutes, is_let_in in ((9, True), (11, False)):
        at = time.time() - minutes * 60
        session["account_authentication_methods"] = [{"method": "code", "at": at}]
        session.save()
        assert client.get(address("my_json")).streaming is is_let_in


def test_looking_has_its_bounds(zelda, monkeypatch):
    monkeypatch.setattr(proof, "LOOKS", "2/h/user")
    client = window(zelda)

    answers = [client.get(address("my_data")).status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_the_pdf_is_made_without_fetching(zelda, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "fans.people.privacy.views.pdf_of", lambda html: asked.append(html) or b"%PDF"
    )

    window(zelda).get(address("my_pdf"))

    assert "http" not in re.sub(r"<dd>.*?</dd>", "", asked[0], flags=re.DOTALL)
    assert pdf.can_make_pdf()


def test_erasures_are_listed_for_administrators_and_changed_by_nobody(zelda, ann):
    done = erase(person_id=zelda.pk, wish=Wish(by=ann))
    client = window(ann)

    page = client.get(reverse("admin:privacy_erasure_changelist"))
    change = client.post(
        reverse("admin:privacy_erasure_change", args=[done.pk]), {"erased_id": 1}
    )
    gone = client.post(reverse("admin:privacy_erasure_delete", args=[done.pk]), {"post": "yes"})

    assert str(done.erased_id) in page.content.decode()
    assert (change.status_code, gone.status_code) == (403, 403)
