"""A wording that changes."""

import json

import pytest

from fans.people.consent import wordings
from tests import factories


@pytest.fixture
def new_wording(tmp_path, monkeypatch):
    """Publish a further version of a purpose: ``new_wording("photo", stands=False)``."""

    def publish(slug, *, stands, published_on="2026-11-02", text="You may do even more."):
        given = json.loads(wordings.FILE.read_text())
        row = next(row for row in given["purposes"] if row["slug"] == slug)
        row["versions"].append(
            {
                "version": len(row["versions"]) + 1,
                "text": text,
                "published_on": published_on,
                "reviewed_on": published_on,
                "earlier_yes_stands": stands,
            }
        )
        file = tmp_path / "wordings.json"
        file.write_text(json.dumps(given))
        monkeypatch.setattr(wordings, "FILE", file)
        wordings.purposes.cache_clear()

    yield publish
    monkeypatch.undo()
    wordings.purposes.cache_clear()


@pytest.fixture
def volunteer(db):
    """Vi holds the role of a volunteer."""
    return factories.member("volunteer", name="Vi")


@pytest.fixture
def lead(db):
    """Lee looks after the volunteers around Sale."""
    return factories.member("volunteer_lead", area=factories.AreaFactory(), name="Lee")
