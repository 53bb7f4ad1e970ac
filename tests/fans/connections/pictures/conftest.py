"""Photos of tests lie in a folder of their own."""

import pytest
from django.utils import timezone

from tests import factories


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def folder(settings):
    """Return the names of all files that are kept."""
    return lambda: {path.name for path in settings.MEDIA_ROOT.rglob("*.jpg")}


@pytest.fixture
def connection(home):
    """An entry in the log of Larkfield House, of today."""
    tie = factories.PartnershipFactory(home=home)
    return factories.ConnectionFactory(partnership=tie, happened_on=timezone.localdate())
