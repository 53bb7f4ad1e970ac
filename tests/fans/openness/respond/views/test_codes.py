"""The page of a wave's codes: made, shown, ended, and how many have answered."""

import pytest
from django.urls import reverse

from fans.openness.respond.letters import spaced
from fans.openness.respond.models import RespondCode
from tests import factories


def page(wave):
    return reverse("respond:codes", args=[wave.pk])


def text(response):
    return " ".join(response.content.decode().split())


def row(response, group):
    return text(response).partition(f'id="{group}"')[2].partition("</li>")[0]


def answer(wave, group, times, device=""):
    for _ in range(times):
        wave.assessments.create(group=group, device=device)


def test_a_code_is_made_and_shown_as_often_as_wanted(client, coordinator, wave):
    client.force_login(coordinator)

    made = client.post(page(wave), {"group": "staff"}, follow=True)

    code = RespondCode.objects.get()
    assert code.made_by == coordinator
    assert spaced(code.letters) in row(made, "staff")
    assert spaced(code.letters) in row(client.get(page(wave)), "staff")
    assert "no-store" in made["Cache-Control"]


@pytest.mark.parametrize("group", ["manager", "cooks", ""])
def test_a_group_without_codes_is_refused_in_words(client, coordinator, wave, group):
    client.force_login(coordinator)

    response = client.post(page(wave), {"group": group})

    assert response.status_code == 422
    assert "This group has no code: its members answer signed in." in text(response)


def test_a_code_is_ended_and_brought_back(client, coordinator, code, wave):
    client.force_login(coordinator)

    ended = client.post(reverse("respond:end", args=[code.pk]), follow=True)
    assert spaced(code.letters) not in row(ended, "relatives")
    assert reverse("respond:restore", args=[code.pk]) in text(ended)

    back = client.post(reverse("respond:restore", args=[code.pk]), follow=True)
    assert spaced(code.letters) in row(back, "relatives")


def test_another_homes_codes_are_not_there(client, code, wave):
    client.force_login(factories.member("manager", home=factories.HomeFactory(), name="Eve"))

    assert client.get(page(wave)).status_code == 404
    for name in ("end", "restore"):
        assert client.post(reverse(f"respond:{name}", args=[code.pk])).status_code == 404


def test_the_home_counts_its_sheets(client, coordinator, wave):
    answer(wave, "staff", 2)
    answer(wave, "residents", 1)
    client.force_login(coordinator)

    response = client.get(page(wave))

    assert "2 sheets so far" in row(response, "staff")
    assert "1 sheet so far" in row(response, "residents")
    assert "None yet" in row(response, "relatives")


def test_outside_the_home_fewer_than_three_are_not_counted_out(client, facilitator, wave):
    answer(wave, "staff", 2, device="a" * 64)
    answer(wave, "residents", 3)
    client.force_login(facilitator)

    response = client.get(page(wave))

    assert "Fewer than 3 sheets so far" in row(response, "staff")
    assert "Fewer than 3 sheets so far" in row(response, "relatives")
    assert "3 sheets so far" in row(response, "residents")
    assert "one device" not in row(response, "staff")


def test_several_sheets_from_one_device_are_pointed_out_and_called_fine(
    client, coordinator, wave
):
    answer(wave, "relatives", 3, device="a" * 64)
    answer(wave, "relatives", 2, device="b" * 64)
    answer(wave, "relatives", 1, device="c" * 64)
    answer(wave, "staff", 4)
    client.force_login(coordinator)

    response = client.get(page(wave))
    relatives = row(response, "relatives")

    assert "6 sheets so far" in relatives
    assert "3 of these sheets came from one device. If people share a tablet" in relatives
    assert "2 of these sheets came from one device." in relatives
    assert relatives.count("one device") == 2
    assert "one device" not in row(response, "staff")
    assert "a" * 64 not in text(response)
