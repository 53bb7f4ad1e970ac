"""Rules of the tables."""

import pytest
from django.db import IntegrityError

from fans.research.models import Extract
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_study_has_a_name():
    with pytest.raises(IntegrityError, match="research_study_has_name"):
        factories.StudyFactory(name="")


def test_a_study_has_a_name_of_its_own():
    factories.StudyFactory(name="Ties")

    with pytest.raises(IntegrityError, match="name"):
        factories.StudyFactory(name="Ties")


@pytest.mark.parametrize("key", ["", "a" * 63, "Z" * 64])
def test_a_study_has_a_whole_key(key):
    with pytest.raises(IntegrityError, match="research_study_has_key"):
        factories.StudyFactory(key=key)


def test_an_extract_has_a_hash():
    study = factories.StudyFactory()

    with pytest.raises(IntegrityError, match="research_extract_has_hash"):
        Extract.objects.create(study=study, sha256="", counts={})
