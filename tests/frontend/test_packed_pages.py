import gzip

import pytest
from django.urls import reverse

from tests import factories

pytestmark = pytest.mark.django_db

ADDRESSES = [reverse("frontend:map"), reverse("frontend:map_list")]


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_visitor_is_sent_the_map_packed(client, address):
    for _ in range(3):
        factories.AssetFactory()

    answer = client.get(address, headers={"accept-encoding": "gzip"})

    assert answer["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in answer["Vary"]
    assert b"Canal Side Garden" in gzip.decompress(answer.content)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_length_of_a_page_tells_nobody_what_only_some_may_see(client, address):
    factories.AssetFactory(visibility="draft", published_on=None)
    client.force_login(factories.PersonFactory())

    answer = client.get(address, headers={"accept-encoding": "gzip"})

    assert answer.status_code == 200
    assert "Content-Encoding" not in answer


def test_who_takes_nothing_packed_gets_the_page_as_it_is(client):
    assert "Content-Encoding" not in client.get(ADDRESSES[0])
