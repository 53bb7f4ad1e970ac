"""Pages of this part, and the photos themselves."""

from django.urls import URLPattern, path, re_path

from assets.photos import views

app_name = "photos"
urlpatterns: list[URLPattern] = [
    path("photos/add/", views.add, name="add"),
    path("photos/waiting/", views.waiting, name="waiting"),
    path("photos/<int:pk>/", views.photo, name="photo"),
    path("photos/<int:pk>/undo/", views.undo, name="undo"),
    path("photos/<int:pk>/first/", views.first, name="first"),
    path("photos/<int:pk>/delete/", views.delete, name="delete"),
    re_path(r"^photos/(?P<pk>\d{1,18})/(?P<size>large|small)\.jpg$", views.file, name="file"),
]
