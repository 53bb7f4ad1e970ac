"""Somebody with a name that nobody else has, and files that no test but this one reads."""

import pytest

from fans.people import services
from tests import factories

NAME = "Zelda O'Quimberley"
EMAIL = "zelda.quimberley@example.org"
PHONE = "07700 900461"


@pytest.fixture(autouse=True)
def state(settings, tmp_path):
    """The folder of this test's installation."""
    folder = tmp_path / "state"
    folder.mkdir()
    settings.STATE_DIR = folder
    settings.MEDIA_ROOT = folder / "media"
    settings.ERASURE_PATHS = [str(folder)]
    # Mail waits in the queue, as it does on a site.
    settings.EMAIL_BACKEND = "fans.people.post.backend.QueueBackend"
    return folder


@pytest.fixture
def zelda(db):
    """Zelda has an account whose address is confirmed, and nothing else."""
    person = factories.PersonFactory(name=NAME, email=EMAIL)
    services.confirm_address(person=person)
    return person
