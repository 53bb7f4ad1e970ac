"""The API describes itself without a warning, and the page that shows it loads nothing else."""

import re

import pytest
import yaml
from django.core.management import call_command
from django.urls import reverse

from fans.people.table import ROUTES


@pytest.fixture(scope="module")
def schema(tmp_path_factory) -> dict:
    """The description as the command writes it, refusing any warning."""
    path = tmp_path_factory.mktemp("api") / "schema.yml"
    call_command("spectacular", file=str(path), fail_on_warn=True, validate=True)
    return yaml.safe_load(path.read_text())


def test_the_description_is_valid_and_without_a_warning(schema):
    assert schema["info"]["title"] == "Care Home Friends and Neighbours"


def test_every_address_of_the_api_is_described(schema):
    lists = {
        f"/api/v1/{route.removeprefix('api:').removesuffix('-list')}/"
        for route in ROUTES
        if route.startswith("api:") and route.endswith("-list")
    }

    assert lists <= set(schema["paths"])


def test_anybody_reads_it_and_its_page(client, db):
    assert client.get(reverse("api:schema")).status_code == 200
    assert client.get(reverse("api:docs")).status_code == 200


def test_the_page_loads_from_here_alone_and_writes_no_script_of_its_own(client, db):
    page = client.get(reverse("api:docs")).content.decode()
    loaded = re.findall(r'(?:src|href)="([^"]+)"', page)

    assert loaded
    assert all(address.startswith("/") for address in loaded)
    assert not re.search(r"<script(?![^>]*\bsrc=)", page)
    assert not re.search(r"<style(?![^>]*\bnonce=\"[^\"]+\")", page)
