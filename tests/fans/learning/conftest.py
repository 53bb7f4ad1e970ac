"""A home with its people, and a plan of theirs."""

import pytest

from fans.learning import services
from tests import factories


@pytest.fixture
def home():
    return factories.HomeFactory()


@pytest.fixture
def helen(home):
    return factories.member("manager", home=home, name="Helen Barlow")


@pytest.fixture
def grace(home):
    return factories.member("coordinator", home=home, name="Grace Adeyemi")


@pytest.fixture
def plan(home, helen):
    return services.start(
        by=helen, home=home, topic="coming_and_going", title="Who feels welcome?", signs=["A3"]
    )


@pytest.fixture
def action(plan, helen, grace):
    return services.plan_action(
        plan=plan,
        by=helen,
        what="Open the garden gate on Sundays",
        first_step="Ask the handyman for the key",
        how_known="Visitors come through it without ringing",
        owner=grace,
    )
