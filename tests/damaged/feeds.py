"""Open Referral UK feeds damaged, as files of services."""

import json

from tests.damaged.kinds import damaged


def service(number: int = 1, **changes: object) -> dict[str, object]:
    """Return a service at one location."""
    location = {"id": f"l{number}", "latitude": 53.424, "longitude": -2.322}
    return {
        "id": f"s{number}",
        "name": f"Larch lunch club {number}",
        "status": "active",
        "service_at_locations": [{"location": location}],
    } | changes


def at(**changes: object) -> list[object]:
    """Return the locations of a service, the only one changed."""
    return [{"location": {"id": "l2", "latitude": 53.424, "longitude": -2.322} | changes}]


def page(*services: object, **members: object) -> str:
    return json.dumps({"total_pages": 1, "contents": list(services)} | members)


@damaged("oruk", "feed.json", says=r"feed\.json: the file is no list of services")
def an_envelope_without_contents() -> str:
    return json.dumps({"total_items": 0, "total_pages": 1})


@damaged("oruk", "feed.json", says=r"feed\.json: the file is no list of services")
def contents_that_are_a_word() -> str:
    return json.dumps({"total_pages": 1, "contents": "services"})


@damaged("oruk", "feed.json", says=r"feed\.json: the file holds no services")
def an_envelope_with_nothing_in_it() -> str:
    return page()


@damaged(
    "oruk", "feed.json", says=r"feed\.json, column \"total_pages\": this is one page of 40"
)
def one_page_of_forty() -> str:
    return page(service(), total_pages=40, page_number=1)


@damaged("oruk", "feed.json", says=r"feed\.json, row 2: this is no service")
def a_service_that_is_a_number() -> str:
    return page(service(), 5)


@damaged("oruk", "feed.json", says=r"row 2, latitude: it lies outside the UK", whole=False)
def latitude_one_hundred() -> str:
    return page(service(1), service(2, service_at_locations=at(latitude=100)))


@damaged("oruk", "feed.json", says=r"row 2, latitude: .*swapped", whole=False)
def latitude_and_longitude_swapped() -> str:
    places = at(latitude=-2.322, longitude=53.424)
    return page(service(1), service(2, service_at_locations=places))


@damaged("oruk", "feed.json", says=r"row 2, latitude: .*no numbers", whole=False)
def latitude_as_text() -> str:
    return page(service(1), service(2, service_at_locations=at(latitude="53.424")))


@damaged("oruk", "feed.json", says=r"row 2, latitude: .*outside the UK", whole=False)
def latitude_beyond_all_numbers() -> str:
    return page(service(1), service(2, service_at_locations=at(latitude=10**400)))


@damaged("oruk", "feed.json", says=r"row 2, id: it has no id", whole=False)
def a_service_without_an_id() -> str:
    return page(service(1), service(2, id=None))


@damaged("oruk", "feed.json", says=r"row 2, name: it has no name", whole=False)
def a_service_named_by_an_object() -> str:
    return page(service(1), service(2, name={"cy": "Clwb"}))


@damaged("oruk", "feed.json", says=r"row 2, column \"id\": the id s1/l1 stands twice")
def a_service_twice_with_other_contents() -> str:
    return page(service(1), service(1, name="Another club"))


@damaged("oruk", "feed.json", says=r"read 2, new 1.*refused 1", whole=False)
def members_of_every_wrong_type() -> str:
    wrong = dict.fromkeys(("schedules", "attributes", "contacts", "phones", "email"), 7)
    return page(
        service(1), service(2, service_at_locations={"a": 1}, cost_options="5", **wrong)
    )


@damaged("oruk", "feed.json", says=r"read 1, new 1", whole=False)
def times_in_impossible_formats() -> str:
    weekly = {"freq": "WEEKLY", "byday": "XX,,MO", "opens_at": "25:99", "closes_at": [9]}
    return page(service(schedules=[weekly, None, "daily"]))
