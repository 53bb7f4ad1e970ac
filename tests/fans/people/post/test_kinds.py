"""Kinds of mail, the link at their end, and what it stops."""

import re

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from fans.people import services as people
from fans.people.post import receivers, services
from fans.people.post.addresses import hash_of_address
from fans.people.post.links import stop_link, target_of, token_for
from fans.people.post.models import Approval, How, Kind, Mail, Returned, State, Stop, Why
from tests import factories

ADA = "ada@example.org"
KNOWN = {"person": None, "given_by": "Lee", "site": "https://fans.example.org"}


@pytest.fixture
def template(settings, tmp_path):
    """A letter of the tests' own."""
    (tmp_path / "letter.txt").write_text(
        "{% autoescape off %}Hello {{ name }}, come & see.\n{% endautoescape %}"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    return "letter.txt"


@pytest.fixture
def send(server, template):
    """Send Ada something, by default about volunteering."""

    def send_it(kind="volunteering", to=ADA, **more):
        facts = {"subject": "News", "template": template, "context": {"name": "Ada"}, **more}
        return services.send(kind=kind, to=to, **facts)

    return send_it


def link_of(message) -> str:
    return re.search(r"https://fans\.example\.org(/mail/stop/\S+/)", str(message))[1]


def press(client, link, do):
    return client.post(link, {"do": do})


# --- what a mail carries -----------------------------------------------------------------


def test_a_stoppable_mail_says_why_and_how_to_stop_it(send, server, work, read):
    send()
    work()

    message = read(server.taken[0])
    body = message.get_content()
    assert body.startswith("Hello Ada, come & see.")
    assert "You get this because you offered to volunteer" in body
    assert message["List-Unsubscribe"].strip() == f"<https://fans.example.org{link_of(body)}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_mail_about_an_account_has_nothing_to_stop(send, server, work, read):
    send(kind="account")
    work()

    message = read(server.taken[0])
    assert message["List-Unsubscribe"] is None
    assert "/mail/stop/" not in message.get_content()


def test_no_one_click_is_promised_where_the_link_is_not_safe(
    send, server, work, read, settings
):
    settings.SITE_URL = "http://127.0.0.1:8000"
    send()
    work()

    assert read(server.taken[0])["List-Unsubscribe"]
    assert read(server.taken[0])["List-Unsubscribe-Post"] is None


def test_the_link_holds_no_address_and_no_name_of_the_kind(queue):
    link = stop_link(Kind.VOLUNTEERING, hash_of_address(ADA))

    assert "ada" not in link
    assert "@" not in link
    assert "volunteering" not in link


def test_a_subject_from_elsewhere_writes_no_header(send, server, work, read):
    send(subject="News of\r\nBcc: all@example.org")
    work()

    assert read(server.taken[0])["Subject"] == "News of Bcc: all@example.org"
    assert read(server.taken[0])["Bcc"] is None


@pytest.mark.parametrize("kind", ["news", ""])
def test_there_are_no_other_kinds(send, kind):
    with pytest.raises(ValueError, match="not a valid Kind"):
        send(kind=kind)


# --- the page ----------------------------------------------------------------------------


def test_looking_at_the_page_changes_nothing(queue, client):
    link = reverse("post:stop", args=[token_for(Kind.VOLUNTEERING, hash_of_address(ADA))])

    for ask in (client.get, client.head):
        answer = ask(link)
        assert answer.status_code == 200
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
    assert not Stop.objects.exists()
    assert not client.cookies


def test_a_press_stops_this_kind_and_no_other(send, client):
    link = reverse("post:stop", args=[token_for(Kind.VOLUNTEERING, hash_of_address(ADA))])

    page = press(client, link, "stop")
    assert page["Location"] == link
    assert "You get no more of this kind" in client.get(link).content.decode()
    send(kind="volunteering")
    send(kind="programme", to=factories.PersonFactory(email=ADA).email)

    states = dict(Mail.objects.values_list("kind", "state"))
    assert states == {"volunteering": State.STOPPED, "programme": State.QUEUED}


def test_a_press_can_stop_every_kind_but_codes(send, client):
    factories.PersonFactory(email=ADA)
    press(client, stop_path("programme"), "stop_all")
    for kind in Kind:
        send(kind=kind)

    stopped = set(Mail.objects.filter(state=State.STOPPED).values_list("kind", flat=True))
    assert stopped == set(Kind) - {Kind.ACCOUNT}
    assert not Mail.objects.filter(state=State.STOPPED).exclude(body="").exists()


def stop_path(kind="volunteering", address=ADA):
    return reverse("post:stop", args=[token_for(Kind(kind), hash_of_address(address))])


def test_stopping_twice_is_stopping_once(queue, client):
    for do in ("stop", "stop", "stop_all", "stop_all"):
        assert press(client, stop_path(), do).status_code == 302

    assert sorted(Stop.objects.values_list("kind", flat=True)) == ["all", "volunteering"]


def test_pressed_by_mistake_is_taken_back(send, client):
    press(client, stop_path(), "stop")
    press(client, stop_path(), "stop_all")
    assert "I pressed it by mistake" in client.get(stop_path()).content.decode()

    press(client, stop_path(), "start_all")
    press(client, stop_path(), "start")
    send()

    assert not Stop.objects.exists()
    assert Mail.objects.get().state == State.QUEUED


def test_a_mail_program_stops_a_kind_by_itself(queue):
    program = Client(enforce_csrf_checks=True)  # no cookie, no token, no page seen before

    for body in ({"List-Unsubscribe": "One-Click"},):
        assert program.post(stop_path(), body).status_code == 200
        urlencoded = program.post(
            stop_path("programme"),
            "List-Unsubscribe=One-Click",
            content_type="application/x-www-form-urlencoded",
        )
        assert urlencoded.status_code == 200

    assert set(Stop.objects.values_list("kind", "how")) == {
        ("volunteering", How.ONE_CLICK),
        ("programme", How.ONE_CLICK),
    }
    assert not program.cookies


@pytest.mark.parametrize("body", [{}, {"do": "everything"}, {"List-Unsubscribe": "no"}])
def test_a_post_that_says_nothing_does_nothing(queue, client, body):
    assert client.post(stop_path(), body).status_code == 400
    assert not Stop.objects.exists()


@pytest.mark.parametrize(
    "spoil", [lambda t: t[:-3], lambda t: "B" + t[1:], lambda t: "none-such"]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_was_cut_or_made_up_stops_nothing(queue, client, spoil, method):
    token = token_for(Kind.VOLUNTEERING, hash_of_address(ADA))
    link = reverse("post:stop", args=[spoil(token)])

    answer = getattr(client, method)(link, {"do": "stop_all"})

    assert answer.status_code == 410
    assert not Stop.objects.exists()


def test_a_link_outlives_a_change_of_the_sites_key(queue, settings):
    token = token_for(Kind.PROGRAMME, hash_of_address(ADA))
    settings.SECRET_KEY = "another"

    assert target_of(token) == (Kind.PROGRAMME, hash_of_address(ADA))


def test_an_address_is_known_again_whatever_its_case(queue):
    assert hash_of_address(" Ada@Example.ORG ") == hash_of_address(ADA)
    assert hash_of_address("ada@bücher.example") == hash_of_address("ada@xn--bcher-kva.example")
    assert hash_of_address("bob@example.org") != hash_of_address(ADA)


def test_the_stop_outlives_the_person(send, client):
    ada = factories.PersonFactory(email=ADA)
    press(client, stop_path(), "stop_all")
    send()
    services.forget_address(ADA, person=ada)
    ada.delete()

    send()

    assert Mail.objects.get().state == State.STOPPED
    assert ADA not in str(list(Stop.objects.values()))


# --- between queueing and sending, and afterwards ----------------------------------------


def test_a_stop_between_queueing_and_sending_holds(send, server, work, client):
    send()
    press(client, stop_path(), "stop")
    work()

    mail = Mail.objects.get()
    assert (mail.state, mail.error) == (State.STOPPED, receivers.WANTS_NONE)
    assert mail.body == ""
    assert server.talks == 0


@pytest.mark.parametrize(
    ("role", "told"), [("volunteer_lead", True), ("coordinator", False), (None, False)]
)
def test_only_some_learn_that_somebody_wants_no_mail(send, role, told, home):
    receivers.stop(address_hash=hash_of_address(ADA), kind="volunteering", how=How.LINK)
    scope = {"home": home} if role == "coordinator" else {"area": factories.AreaFactory()}
    by = factories.member(role, **scope) if role else None

    outcome = send(by=by)
    other = send(by=by, to="bob@example.org")

    assert ("asked for no such mails" in outcome.words) is told
    assert (outcome.words == other.words) is not told


def test_where_mail_comes_back_only_codes_go(send, server, work):
    receivers.note_bounce(ADA)
    send()
    send(kind="account")
    work()

    assert dict(Mail.objects.values_list("kind", "state")) == {
        "volunteering": State.STOPPED,
        "account": State.SENT,
    }


# --- no mail to strangers ----------------------------------------------------------------


@pytest.fixture
def club(champion):
    """A club on the map, with an address that came with an import."""
    return factories.AssetFactory(
        name="Bowls Club",
        email="club@example.org",
        source="osm",
        source_ref="node/1",
        source_attribution="© OpenStreetMap contributors",
    )


def test_refuses_an_imported_address_that_nobody_approved(send, club):
    with pytest.raises(services.NotApprovedError, match="Nobody has approved"):
        send(kind="partner", to=club.email, asset=club)
    with pytest.raises(services.NotApprovedError):
        send(kind="partner", to=club.email)
    assert not Mail.objects.exists()


@pytest.mark.parametrize("kind", ["volunteering", "programme"])
def test_refuses_it_by_any_other_kind_too(send, club, kind):
    with pytest.raises(services.NotApprovedError):
        send(kind=kind, to=club.email.upper())


def test_a_champions_word_lets_mail_go_and_the_first_says_where_from(
    send, club, champion, server, work, read
):
    services.approve(asset=club, by=champion)
    send(kind="partner", to=club.email, asset=club)
    send(kind="partner", to=club.email, asset=club)
    work()

    first, second = (read(taken).get_content() for taken in server.taken)
    assert "We have it from OpenStreetMap (© OpenStreetMap contributors)" in first
    assert "Bowls Club" in first
    assert "If you want no mail from us, press the link below" in first
    assert "first mail" not in second


def test_an_approval_is_for_one_place_and_one_address(send, club, champion):
    services.approve(asset=club, by=champion)
    other = factories.AssetFactory(email=club.email)

    with pytest.raises(services.NotApprovedError):
        send(kind="partner", to=club.email, asset=other)
    with pytest.raises(services.NotApprovedError):
        send(kind="partner", to="new@example.org", asset=club)


def test_an_approval_taken_back_stops_what_waits(send, club, champion, server, work):
    services.approve(asset=club, by=champion)
    send(kind="partner", to=club.email, asset=club)
    services.withdraw_approval(asset=club, by=champion)
    work()

    assert Mail.objects.get().state == State.STOPPED
    assert server.talks == 0


def test_only_whoever_publishes_a_place_approves_its_address(club, coordinator, queue):
    for act in (services.approve, services.withdraw_approval):
        with pytest.raises(services.MayNotApproveError):
            act(asset=club, by=coordinator)
    assert not Approval.objects.exists()


def test_an_objection_weighs_more_than_an_approval(send, club, champion, client):
    services.approve(asset=club, by=champion)
    press(client, stop_path("partner", club.email), "stop")

    assert send(kind="partner", to=club.email, asset=club, by=champion).words == (
        "Not sent: they asked for no such mails."
    )


def test_somebody_with_an_account_of_their_own_is_no_stranger(send, club):
    factories.PersonFactory(email=club.email)

    assert send(kind="partner", to=club.email, asset=club).state == State.QUEUED


# --- one's own choice --------------------------------------------------------------------


def test_people_choose_kinds_on_the_page_of_their_account(client, queue):
    ada = factories.PersonFactory(email=ADA)
    receivers.stop(address_hash=hash_of_address(ADA), kind="all", how=How.LINK)
    client.force_login(ada)

    before = client.get(reverse("post:wanted")).content.decode().partition("</main>")[0]
    client.post(reverse("post:wanted"), {"programme": "on"})

    assert "checked" not in before
    assert receivers.stopped_kinds(hash_of_address(ADA)) == {"volunteering", "partner"}


def test_what_somebody_stopped_holds_for_their_next_address(queue):
    ada = people.open_account(email=ADA)
    receivers.stop(address_hash=hash_of_address(ADA), kind="partner", how=How.ACCOUNT)

    ada.email = "ada@new.example.org"
    ada.save()
    people.confirm_address(person=ada)

    assert receivers.stopped_kinds(hash_of_address("ada@new.example.org")) == {"partner"}


def test_mail_about_an_account_is_no_choice(client, queue):
    client.force_login(factories.PersonFactory(email=ADA))

    client.post(reverse("post:wanted"), {"account": "", "all": "on", "partner": "on"})

    assert receivers.stopped_kinds(hash_of_address(ADA)) == {"volunteering", "programme"}


def test_somebody_says_that_their_mailbox_works_again(client, queue):
    client.force_login(factories.PersonFactory(email=ADA))
    receivers.note_bounce(ADA)

    account = client.get(reverse("people:account")).content.decode()
    client.post(reverse("post:wanted"), {"works_again": "1"})

    assert "Mail to you comes back" in account
    assert not Returned.objects.exists()
    assert "comes back" not in client.get(reverse("people:account")).content.decode()


# --- what the tables do not take ---------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "name"),
    [
        ({"kind": "account", "how": "link"}, "post_stop_kind_can_be_stopped"),
        ({"kind": "all", "how": "guess"}, "post_stop_how_known"),
    ],
)
def test_the_table_of_stops_refuses(db, facts, name):
    with pytest.raises(IntegrityError, match=name):
        Stop.objects.create(address_hash="0" * 64, **facts)


def test_a_stop_is_kept_once(db):
    Stop.objects.create(address_hash="0" * 64, kind="all", how=How.LINK)
    with pytest.raises(IntegrityError, match="post_stop_said_once"):
        Stop.objects.create(address_hash="0" * 64, kind="all", how=How.ACCOUNT)


def test_the_table_of_returned_mail_knows_why(db):
    assert set(Why.values) == {"bounced", "complained"}
    with pytest.raises(IntegrityError, match="post_returned_why_known"):
        Returned.objects.create(address_hash="0" * 64, why="lost")


def test_an_approval_is_given_once(club):
    Approval.objects.create(asset=club, address_hash="0" * 64)
    with pytest.raises(IntegrityError, match="post_approval_given_once"):
        Approval.objects.create(asset=club, address_hash="0" * 64)
