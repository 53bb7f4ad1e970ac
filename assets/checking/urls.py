"""Pages of this part."""

from django.urls import URLPattern, path

from assets.checking import check_views

app_name = "checking"
urlpatterns: list[URLPattern] = [
    path("places/<int:pk>/check/", check_views.check, name="check"),
    path("places/<int:pk>/check/<str:checks>/undo/", check_views.undo, name="undo"),
]
