"""Pages of this room."""

from django.urls import path

from fans.openness import views
from fans.openness.another_version import would_say
from fans.openness.respond.views import assess

app_name = "openness"
urlpatterns = [
    path("homes/<int:pk>/openness/", views.home_openness, name="home"),
    path("homes/<int:pk>/openness/<slug:code>/", views.rows_behind, name="behind"),
    path("waves/<int:pk>/another-version/", would_say, name="would_say"),
    path("waves/<int:pk>/assess/", assess, name="assess"),
]
