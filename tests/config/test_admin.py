"""The admin site's own way to a record's page."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from pghistory.models import Events

from homes.models import Home

pytestmark = pytest.mark.django_db


def page_of(model, pk):
    kind = ContentType.objects.get_for_model(model)
    return reverse("admin:view_on_site", args=[kind.pk, pk])


def test_leads_to_a_home_s_page(client, administrator, home):
    client.force_login(administrator)

    response = client.get(page_of(Home, home.pk))

    assert response.status_code == 302
    assert response["Location"].endswith(reverse("frontend:home", args=[home.pk]))


def test_answers_not_found_for_what_has_no_table(client, administrator):
    client.force_login(administrator)

    assert client.get(page_of(Events, 1)).status_code == 404


def test_answers_not_found_for_a_kind_that_is_none(client, administrator):
    client.force_login(administrator)

    url = reverse("admin:view_on_site", args=[987_654, 1])

    assert client.get(url).status_code == 404
