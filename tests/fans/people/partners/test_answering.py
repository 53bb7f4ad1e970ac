"""Right, edit, gone: by a link from a mail, once, and for that alone."""

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from assets.checking.standing import states_of
from assets.closing import close_asset
from assets.models import Asset, CheckState, Fact, FactCheck, OpenState, Visibility
from assets.proposals.models import Proposal
from fans.people.models import Membership
from fans.people.partners.errors import LinkIsOverError
from fans.people.partners.models import Answer, Link, Question
from fans.people.partners.services import answering
from fans.people.partners.services.asking import ask_tonight
from tests import factories
from tests.fans.people.partners.conftest import CLUB, links, press, weeks_pass
from tests.fingerprint import fingerprint

SCANNER = {"user-agent": "MailScanner/1.0", "purpose": "prefetch", "sec-purpose": "prefetch"}


@pytest.fixture
def asked(approved):
    """The club has been asked; the links are in the mail."""
    ask_tonight()
    return links()


def token_of(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[1]


def form_of(asset: Asset, **changed):
    """What the page of changes sends, with some of it changed."""
    return {
        "name": asset.name,
        "category": asset.category,
        "wheelchair": asset.wheelchair,
        "address": asset.address,
        "phone": asset.phone,
        "lon": f"{asset.location.x:.7f}",
        "lat": f"{asset.location.y:.7f}",
        "seen_at": asset.updated_at.isoformat(),
        **changed,
    }


# --- looking changes nothing ----------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head", "options"])
@pytest.mark.parametrize("purpose", ["right", "edit", "gone"])
def test_whatever_follows_a_link_changes_nothing_in_any_table(asked, method, purpose):
    before, sent = fingerprint(but=set()), len(mail.outbox)

    for _ in range(3):
        scanner = Client(headers=SCANNER)
        answer = getattr(scanner, method)(asked[purpose], follow=True)
        assert answer.status_code in (200, 405)

    assert fingerprint(but=set()) == before
    assert len(mail.outbox) == sent


def test_after_all_scanners_the_links_still_work(asked, client, approved):
    for link in asked.values():
        for _ in range(3):
            Client(headers=SCANNER).get(link, follow=True)

    assert press(client, asked["right"]).status_code == 302
    assert FactCheck.objects.filter(asset=approved).exists()


def test_a_scanner_that_presses_buttons_without_the_page_does_nothing(asked):
    before = fingerprint()

    for purpose in asked:
        answer = Client().post(f"/places/answer/{purpose}/")
        assert answer.status_code == 410
        assert Client().post(asked[purpose]).status_code == 405

    assert fingerprint() == before


def test_the_token_leaves_the_address_and_is_kept_from_scripts(asked, client):
    opened = client.get(asked["right"])

    assert opened["Location"] == "/places/answer/right/"
    assert opened["Referrer-Policy"] == "no-referrer"
    assert opened["Cache-Control"] == "no-store"
    (kept,) = opened.cookies.values()
    assert kept["httponly"]
    page = client.get("/places/answer/right/")
    assert token_of(asked["right"]) not in page.content.decode()
    assert "no-store" in page["Cache-Control"]


# --- right ----------------------------------------------------------------------------------


def test_a_confirmed_fact_is_fresh_again(asked, client, approved):
    today = timezone.localdate()
    assert set(states_of(approved, today).values()) == {CheckState.DUE}
    answer = press(client, asked["right"])

    assert answer["Location"] == f"/places/{approved.pk}/"
    states = states_of(approved, today)
    assert {fact for fact, state in states.items() if state == CheckState.FRESH} == {
        Fact.PLACE,
        Fact.PHONE,
        Fact.CONTACT,
    }
    check = FactCheck.objects.filter(asset=approved, fact=Fact.PHONE).get()
    assert (check.how, check.by, check.checked_on) == ("mail", None, today)
    assert Question.objects.get().answer == Answer.RIGHT
    page = client.get(answer["Location"]).content.decode()
    assert "Noted as right today: place, phone, contact" in page


def test_a_place_of_which_all_is_confirmed_counts_as_fresh(asked, client, approved):
    Asset.objects.filter(pk=approved.pk).update(
        wheelchair="yes", opening_hours="Mo 10:00-12:00"
    )
    weeks_pass(3)
    ask_tonight()
    assert Asset.objects.get(pk=approved.pk).check_state == CheckState.DUE
    press(client, links()["right"])

    assert Asset.objects.get(pk=approved.pk).check_state == CheckState.FRESH


def test_what_changed_after_the_mail_is_said_and_not_confirmed(asked, client, approved):
    Asset.objects.filter(pk=approved.pk).update(phone="0161 496 0999")
    page = client.get(asked["right"], follow=True).content.decode()
    answer = press(client, asked["right"])

    assert "Changed after our mail" in page
    checked = set(FactCheck.objects.values_list("fact", flat=True))
    assert checked == {Fact.PLACE, Fact.CONTACT}
    told = client.get(answer["Location"]).content.decode()
    assert "Not noted, since it changed after our mail: phone" in told


def test_where_all_has_changed_nothing_is_confirmed(asked, client, approved):
    facts = {"phone": "0161 496 0999", "name": "Bowling Club", "website": "https://a.example"}
    Asset.objects.filter(pk=approved.pk).update(**facts)
    answer = press(client, asked["right"])

    assert answer.status_code == 409
    assert not FactCheck.objects.exists()
    assert Question.objects.get().answer == Answer.WAITING
    assert Link.objects.good().filter(purpose="right").exists()


def test_a_later_mail_confirms_what_it_showed(asked, client, approved):
    Asset.objects.filter(pk=approved.pk).update(phone="0161 496 0999")
    weeks_pass(3)
    ask_tonight()
    press(client, links()["right"])

    assert FactCheck.objects.filter(fact=Fact.PHONE).exists()


def test_a_late_answer_counts_too(asked, client, approved):
    Question.objects.update(answer=Answer.UNANSWERED, ended_at=timezone.now())

    assert press(client, asked["right"]).status_code == 302
    assert Question.objects.get().answer == Answer.RIGHT


# --- links that are over, made up, or for something else --------------------------------------


@pytest.mark.parametrize("purpose", ["right", "edit", "gone"])
def test_an_expired_link_is_refused_with_what_to_do(asked, client, purpose):
    Link.objects.update(expires_at=timezone.now())
    before = fingerprint()
    answer = client.get(asked[purpose], follow=True)

    assert answer.status_code == 410
    assert "does not work any more" in answer.content.decode()
    assert "suggest a change" in answer.content.decode()
    assert press(client, asked[purpose]).status_code == 410
    assert fingerprint() == before


def test_links_work_for_sixty_days(asked):
    days = {(link.expires_at - timezone.now()).days for link in Link.objects.all()}

    assert days == {59}


def test_a_used_link_is_refused(asked, client):
    press(client, asked["right"])
    before = fingerprint()

    for link in asked.values():
        assert press(Client(), link).status_code == 410
    assert fingerprint() == before


@pytest.mark.parametrize("spoil", ["none-such", "x" * 5000, "ü", "a;b", "%0d%0aSet-Cookie:x=y"])
@pytest.mark.parametrize("purpose", ["right", "edit", "gone"])
def test_a_forged_link_is_refused_and_writes_nothing(asked, purpose, spoil):
    before = fingerprint(but=set())
    link = f"/places/answer/{purpose}/{spoil}/"

    for method in ("get", "head"):
        assert getattr(Client(), method)(link, follow=True).status_code == 410
    assert press(Client(), link).status_code == 410
    assert fingerprint(but=set()) == before


MAILED = ("right", "edit", "gone")


@pytest.mark.parametrize(
    ("mine", "other"),
    [(mine, other) for mine in MAILED for other in (*MAILED, "undo") if mine != other],
)
def test_a_link_does_nothing_but_its_own(asked, mine, other, approved):
    before = fingerprint()
    client = Client()
    link = asked[mine].replace(f"/{mine}/", f"/{other}/")

    assert client.get(link, follow=True).status_code in (404, 410)
    client.cookies[f"fans-place-{other}"] = token_of(asked[mine])
    pk = Link.objects.get(purpose=mine).pk
    answer = client.post(f"/places/answer/{other}/", {"about": pk, **form_of(approved)})
    assert answer.status_code == 410
    assert fingerprint() == before


@pytest.mark.parametrize("purpose", ["", "all", "RIGHT", "right "])
def test_there_are_no_other_purposes(asked, client, purpose):
    assert client.get(f"/places/answer/{purpose}/").status_code == 404
    assert client.get(f"/places/answer/{purpose}/x/").status_code == 404


def test_the_links_end_where_the_place_has_another_address(asked, client, approved):
    Asset.objects.filter(pk=approved.pk).update(email="new@example.org")

    assert press(client, asked["right"]).status_code == 410


@pytest.mark.parametrize(
    "facts", [{"visibility": Visibility.HIDDEN}, {"state": OpenState.CLOSED}]
)
def test_the_links_end_where_the_place_is_not_on_the_map(asked, client, approved, facts):
    Asset.objects.filter(pk=approved.pk).update(**facts)

    assert press(client, asked["right"]).status_code == 410


def test_a_press_on_one_places_page_is_never_taken_for_another(asked, client, champion):
    from fans.people.post import services as post  # noqa: PLC0415

    hall = factories.AssetFactory(name="Village Hall", email="hall@example.org")
    post.approve(asset=hall, by=champion)
    ask_tonight()
    of_hall = links()["right"]
    client.get(asked["right"])
    first = Link.objects.get(purpose="right", question__asset__name="Bowls Club").pk
    client.get(of_hall)  # in another window
    answer = client.post("/places/answer/right/", {"about": first})

    assert answer.status_code == 302
    assert not FactCheck.objects.exists()


# --- gone -------------------------------------------------------------------------------------


def test_gone_is_a_question_for_the_champion_and_hides_nothing(asked, client, approved):
    answer = press(client, asked["gone"], note="We closed in May")

    assert answer["Location"] == "/places/answer/undo/"
    assert "A champion is told" in client.get(answer["Location"]).content.decode()
    approved.refresh_from_db()
    assert (approved.visibility, approved.state) == ("published", "open")
    proposal = Proposal.objects.get()
    assert (proposal.kind, proposal.asset, proposal.note) == (
        "gone",
        approved,
        "We closed in May",
    )
    assert Question.objects.get().answer == Answer.GONE


def test_gone_by_mistake_is_taken_back_until_a_champion_has_looked(asked, client, approved):
    press(client, asked["gone"])
    answer = press(client, "/places/answer/undo/")

    assert answer["Location"] == f"/places/{approved.pk}/"
    assert Proposal.objects.get().state == "withdrawn"
    assert Question.objects.get().answer == Answer.WAITING
    assert press(client, "/places/answer/undo/").status_code == 410
    assert press(client, asked["gone"]).status_code == 410
    assert press(client, asked["right"]).status_code == 302


def test_once_a_champion_has_acted_it_stays(asked, client, approved, champion):
    press(client, asked["gone"])
    Proposal.objects.update(state="approved", decided_at=timezone.now(), decided_by=champion)
    close_asset(by=champion, asset=approved)

    assert press(client, "/places/answer/undo/").status_code == 410
    approved.refresh_from_db()
    assert approved.state == OpenState.CLOSED


def test_somebody_elses_browser_takes_nothing_back(asked, client):
    press(client, asked["gone"])

    assert Client().post("/places/answer/undo/", {"about": "1"}).status_code == 410
    assert press(Client(), asked["gone"]).status_code == 410


# --- edit -------------------------------------------------------------------------------------


def test_changes_wait_for_a_champion_where_nobody_claimed_the_place(asked, client, approved):
    said = form_of(approved, phone="0161 496 0222", note="New phone since May")
    answer = press(client, asked["edit"], **said)

    assert answer["Location"] == f"/places/{approved.pk}/"
    approved.refresh_from_db()
    assert approved.phone == "0161 496 0111"
    proposal = Proposal.objects.get()
    assert proposal.values == {"phone": "0161 496 0222"}
    assert proposal.note == "New phone since May"
    assert not FactCheck.objects.exists()
    assert Question.objects.get().answer == Answer.EDITED


def test_the_rest_is_confirmed_where_they_say_so(asked, client, approved):
    said = form_of(approved, phone="0161 496 0222", rest_is_right="on")
    press(client, asked["edit"], **said)

    assert set(FactCheck.objects.values_list("fact", flat=True)) == {Fact.PLACE, Fact.CONTACT}


def test_changes_are_saved_where_the_place_keeps_itself_right(asked, client, approved):
    keeper = factories.PersonFactory(email=CLUB)
    Membership.objects.create(
        person=keeper, role="partner", asset=approved, from_on=timezone.localdate()
    )
    press(client, asked["edit"], **form_of(approved, phone="0161 496 0222"))

    approved.refresh_from_db()
    assert approved.phone == "0161 496 0222"
    assert not Proposal.objects.exists()


def test_a_keeper_at_another_address_does_not_make_it_so(asked, client, approved):
    factories.member("partner", asset=approved)
    press(client, asked["edit"], **form_of(approved, phone="0161 496 0222"))

    approved.refresh_from_db()
    assert approved.phone == "0161 496 0111"
    assert Proposal.objects.count() == 1


def test_whom_to_ask_is_neither_shown_nor_changed(asked, client, approved):
    Asset.objects.filter(pk=approved.pk).update(who_to_ask="Dele, warden")
    approved.refresh_from_db()
    page = client.get(asked["edit"], follow=True).content.decode()
    press(client, asked["edit"], **form_of(approved, phone="0161 496 0222", who_to_ask="Me"))

    assert "Dele" not in page
    assert "who_to_ask" not in Proposal.objects.get().values


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"phone": "ask me"}, {"category": "castle"}, {"seen_at": "x"}, {}]
)
def test_a_form_that_says_nothing_or_nonsense_can_be_sent_again(asked, client, approved, wrong):
    answer = press(client, asked["edit"], **form_of(approved, **wrong))

    assert answer.status_code == 400
    assert not Proposal.objects.exists()
    assert Link.objects.good().filter(purpose="edit").exists()


def test_two_presses_count_once(asked):
    token = token_of(asked["right"])
    answering.say_right(token=token)

    with pytest.raises(LinkIsOverError):
        answering.say_right(token=token)
    with pytest.raises(LinkIsOverError):
        answering.say_gone(token=token_of(asked["gone"]))
