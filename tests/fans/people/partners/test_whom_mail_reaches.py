"""No mail ever goes to an address that no champion approved, however it is tried."""

from contextlib import suppress

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from assets.models import Asset
from fans.people.models import Membership
from fans.people.partners.models import Claim, Question
from fans.people.partners.services.asking import ask_tonight
from fans.people.post import handing_over, receivers
from fans.people.post import services as post
from fans.people.post.addresses import hash_of_address
from fans.people.post.errors import NotApprovedError
from fans.people.post.models import EVERY_KIND, How, Kind, Mail, State
from tests import factories

CHAMPIONS = ("club@example.org", "hall@example.org", "CLUB@example.org")
NAMES = ("Bowls Club", "Village Hall")
STEPS = (
    *("approve", "withdraw", "ask", "claim", "send", "send_together", "weeks", "hand_over"),
    *("approve", "ask", "hand_over", "hand_over"),
    *("stop", "start", "change_address", "account", "hide", "show", "keeper"),
)
STEP = st.tuples(st.sampled_from(STEPS), st.sampled_from([0, 1]), st.sampled_from(CHAMPIONS))


class Town:
    """Two places, a champion, and all that anybody can do that may end in a mail."""

    def __init__(self) -> None:
        cache.clear()
        self.champion = factories.member("champion", area=factories.AreaFactory())
        self.places = [
            factories.AssetFactory(name=name, email=email, phone="0161 496 0111")
            for name, email in zip(NAMES, CHAMPIONS, strict=False)
        ]
        # What a champion's word stands for today: place and address.
        self.words: set[tuple[int, str]] = set()
        self.ever: set[str] = set()
        self.stopped: set[str] = set()
        self.accounts: set[str] = set()

    def do(self, step: str, which: int, address: str) -> None:
        place = Asset.objects.get(pk=self.places[which].pk)
        getattr(self, step)(place, address)

    def approve(self, place, address):
        post.approve(asset=place, by=self.champion)
        self.words.add((place.pk, place.email.lower()))
        self.ever.add(place.email.lower())

    def withdraw(self, place, address):
        post.withdraw_approval(asset=place, by=self.champion)
        self.words.discard((place.pk, place.email.lower()))

    def ask(self, place, address):
        ask_tonight()

    def claim(self, place, address):
        said = {"name": "Dele", "role": "warden", "email": "typed@example.org"}
        cache.clear()
        Client().post(f"/places/{place.pk}/claim/", said)

    def send(self, place, address):
        self._send(to=address, asset=place)

    def send_together(self, place, address):
        self._send(to=address, asset=self.places[0], also=self.places[1:])

    def _send(self, **whom):
        context = {"entries": [], "turn": 1, "good_until": timezone.localdate()}
        with suppress(NotApprovedError):
            post.send(
                kind=Kind.PARTNER,
                subject="Hello",
                template="partners/mail/question.txt",
                context=context,
                **whom,
            )

    def weeks(self, place, address):
        weeks = timezone.timedelta(weeks=4)
        for question in Question.objects.all():
            question.mailed_at -= weeks
            question.save()
        for claim in Claim.objects.filter(mailed_at__isnull=False):
            claim.mailed_at -= weeks
            claim.save()

    def hand_over(self, place, address):
        for pk in Mail.objects.filter(state=State.QUEUED).values_list("pk", flat=True):
            handing_over.hand_over(pk)

    def stop(self, place, address):
        known = hash_of_address(address)
        receivers.stop(address_hash=known, kind=EVERY_KIND, how=How.LINK)
        self.stopped.add(address.lower())

    def start(self, place, address):
        receivers.start_again(address_hash=hash_of_address(address), kind=EVERY_KIND)
        self.stopped.discard(address.lower())

    def change_address(self, place, address):
        Asset.objects.filter(pk=place.pk).update(email=address)

    def account(self, place, address):
        if address.lower() not in self.accounts:
            factories.PersonFactory(email=address.lower())
            self.accounts.add(address.lower())

    def hide(self, place, address):
        Asset.objects.filter(pk=place.pk).update(visibility="hidden")

    def show(self, place, address):
        Asset.objects.filter(pk=place.pk).update(visibility="published")

    def keeper(self, place, address):
        person = factories.PersonFactory()
        Membership.objects.create(
            person=person, role="partner", asset=place, from_on=timezone.localdate()
        )


class AnyOrderOfSteps(TestCase):
    """Whatever happens in whatever order."""

    @given(st.lists(STEP, min_size=4, max_size=14))
    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow])
    def test_mail_leaves_only_to_addresses_that_a_champion_approved(self, steps):
        left: set[int] = set()
        with self.settings(
            EMAIL_BACKEND="fans.people.post.backend.QueueBackend",
            MAIL_TRANSPORT="django.core.mail.backends.locmem.EmailBackend",
        ):
            town = Town()
            for step in steps:
                town.do(*step)
                gone = Mail.objects.filter(state=State.SENT).exclude(pk__in=left)
                for mail in gone.filter(kind=Kind.PARTNER):
                    to = mail.to.lower()
                    assert to not in town.stopped, steps
                    # Who has an account gave us the address; a question or a claim is
                    # never sent on that ground alone (below).
                    assert (mail.asset_id, to) in town.words or to in town.accounts, steps
                left |= set(gone.values_list("pk", flat=True))
                assert not Mail.objects.filter(to="typed@example.org").exists(), steps
                assert _written_to() <= {hash_of_address(each) for each in town.ever}, steps


def _written_to() -> set[str]:
    """Return the addresses, as hashes, that questions and claims were mailed to."""
    asked = Question.objects.values_list("address_hash", flat=True)
    claims = Claim.objects.exclude(address_hash="")
    return {*asked, *claims.values_list("address_hash", flat=True)}


@pytest.mark.parametrize("kind", ["partner", "volunteering", "programme"])
@pytest.mark.parametrize(
    "to", ["hall@example.org", " HALL@example.org ", "Hall <hall@example.org>"]
)
def test_no_kind_of_mail_that_can_be_stopped_reaches_it(db, kind, to):
    hall = factories.AssetFactory(email="hall@example.org")

    for asset in (None, hall):
        with pytest.raises(NotApprovedError):
            post.send(
                kind=kind,
                to=to,
                subject="Hello",
                template="post/mail/with_footer.txt",
                context={},
                asset=asset,
            )
    assert not Mail.objects.exists()


def test_one_unapproved_place_among_others_stops_the_whole_mail(db, champion):
    club = factories.AssetFactory(email="club@example.org")
    hall = factories.AssetFactory(email="club@example.org")
    post.approve(asset=club, by=champion)

    with pytest.raises(NotApprovedError):
        post.send(
            kind=Kind.PARTNER,
            to="club@example.org",
            subject="Hello",
            template="post/mail/with_footer.txt",
            context={},
            asset=club,
            also=[hall],
        )
    assert not Mail.objects.exists()
