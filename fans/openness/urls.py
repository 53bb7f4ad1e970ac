"""Pages of this room."""

from django.urls import path

from fans.openness import views

app_name = "openness"
urlpatterns = [
    path("homes/<int:pk>/openness/", views.home_openness, name="home"),
    path("homes/<int:pk>/openness/<slug:code>/", views.rows_behind, name="behind"),
    path("waves/<int:pk>/assess/", views.assess, name="assess"),
]
