"""The API."""

from typing import Final

ROUTES: Final[dict[str, str]] = {
    "api:schema": "site.view",
    "api:docs": "site.view",
    "api:geocode": "map.view",
    "api:homes-list": "homes.view",
    "api:homes-detail": "homes.view",
    "api:assets-list": "assets.view",
    "api:assets-detail": "assets.view",
    "api:categories-list": "assets.view",
    "api:categories-detail": "assets.view",
    "api:areas-list": "homes.view",
    "api:areas-detail": "homes.view",
    "api:wishes-list": "wishes.view",
    "api:wishes-detail": "wishes.view",
    "api:cohorts-list": "cohorts.view",
    "api:cohorts-detail": "cohorts.view",
    "api:waves-list": "openness.view_score",
    "api:waves-detail": "openness.view_score",
    "api:scores-list": "openness.view_score",
    "api:scores-detail": "openness.view_score",
    "api:partnerships-list": "connections.view",
    "api:partnerships-detail": "connections.view",
    "api:connections-list": "connections.view",
    "api:connections-detail": "connections.view",
    "api:volunteers-list": "volunteers.find",
    "api:volunteers-detail": "volunteers.find",
}
