"""Pages of this part."""

from django.urls import URLPattern, path

from fans.connections.steps import views

app_name = "steps"
_HOME = "homes/<int:home_id>/start/"
urlpatterns: list[URLPattern] = [
    path(_HOME, views.start, name="start"),
    path(f"{_HOME}know/", views.know, name="know"),
    path(f"{_HOME}know/names/", views.names, name="names"),
    path(f"{_HOME}know/<int:pk>/", views.known, name="known"),
    path(f"{_HOME}know/<int:pk>/out/", views.out, name="out"),
    path(f"{_HOME}know/<int:pk>/back/", views.bring_back, name="bring_back"),
    path(f"{_HOME}like/", views.like, name="like"),
    path(f"{_HOME}like/pick/", views.pick_one, name="pick"),
    path(f"{_HOME}like/<int:pk>/off/", views.unpick, name="unpick"),
    path(f"{_HOME}ask/", views.ask, name="ask"),
    path(f"{_HOME}ask/<int:pk>/", views.card, name="card"),
    path(f"{_HOME}<slug:step>/done/", views.done, name="done"),
    path(f"{_HOME}<slug:step>/not-done/", views.not_done, name="not_done"),
]
