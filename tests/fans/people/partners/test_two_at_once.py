"""Two presses in the same moment: one counts, the other is told that the link is over."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core import mail
from django.db import connection

from assets.models import FactCheck
from assets.proposals.models import Proposal
from fans.people.models import Invitation
from fans.people.partners.errors import AlreadyDecidedError, LinkIsOverError
from fans.people.partners.models import Claim, Question
from fans.people.partners.services import answering, claiming
from fans.people.partners.services.asking import ask_tonight
from fans.people.post import services as post
from tests import factories
from tests.fans.people.partners.conftest import claim_link, links


def together(*acts: Callable[[], object]) -> list[str]:
    """Do all at once; return the names of what was refused, "" where it was done."""
    start = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        try:
            start.wait(timeout=10)
            act()
        except (AlreadyDecidedError, LinkIsOverError) as error:
            return type(error).__name__
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def token_of(link: str) -> str:
    return link.rstrip("/").rsplit("/", 1)[1]


@pytest.mark.django_db(transaction=True)
def test_of_two_presses_at_once_one_counts():
    champion = factories.member("champion", area=factories.AreaFactory())
    club = factories.AssetFactory(email="club@example.org", phone="0161 496 0111")
    post.approve(asset=club, by=champion)

    # the night's run, twice
    assert together(ask_tonight, ask_tonight) == ["", ""]
    assert len(mail.outbox) == 1
    assert Question.objects.count() == 1

    # right and gone, from two windows
    right, gone = (token_of(links()[purpose]) for purpose in ("right", "gone"))
    refused = together(
        lambda: answering.say_right(token=right),
        lambda: answering.say_right(token=right),
        lambda: answering.say_gone(token=gone),
    )
    assert refused == ["", "LinkIsOverError", "LinkIsOverError"]
    assert (FactCheck.objects.count() == 3) != (Proposal.objects.count() == 1)

    # the yes of the place, and the word of a champion
    claiming.claim(asset=club, name="Dele", role="warden")
    row, yes = Claim.objects.get(), token_of(claim_link())
    refused = together(
        lambda: claiming.say_yes(token=yes),
        lambda: claiming.say_yes(token=yes),
        lambda: claiming.vouch(claim=row, by=champion, email="dele@example.org"),
        lambda: claiming.refuse(claim=row, by=champion, words="No."),
    )
    assert refused.count("") == 1
    assert Invitation.objects.count() <= 1
    row.refresh_from_db()
    assert row.state in {"approved", "refused"}
