"""Pages of this part, and the photos themselves."""

from django.urls import URLPattern, path, re_path

from fans.connections.pictures import views

app_name = "pictures"
urlpatterns: list[URLPattern] = [
    path("connections/<int:connection_id>/photos/", views.entry, name="entry"),
    path("log-photos/<int:pk>/", views.picture, name="picture"),
    path("log-photos/<int:pk>/hide/", views.hide, name="hide"),
    path("log-photos/<int:pk>/take-off/", views.take_off, name="take_off"),
    path("log-photos/<int:pk>/put-back/", views.put_back, name="put_back"),
    re_path(
        r"^log-photos/(?P<pk>\d{1,18})/(?P<size>large|small)\.jpg$", views.file, name="file"
    ),
]
