"""Pages of this part of the room."""

from django.urls import path

from fans.people.privacy import erasing_views, retention_views, views

app_name = "privacy"
urlpatterns = [
    path("account/my-data/", views.summary, name="my_data"),
    path("account/my-data/print/", views.as_page, name="my_page"),
    path("account/my-data/pack.json", views.as_json, name="my_json"),
    path("account/my-data/pack.pdf", views.as_pdf, name="my_pdf"),
    path("account/my-data/erase/", erasing_views.erase_me, name="erase_me"),
    path("erased/", erasing_views.erased, name="erased"),
    path("people/data/", views.find, name="find"),
    path("people/<int:pk>/data/", views.summary, name="person"),
    path("people/<int:pk>/data/print/", views.as_page, name="person_page"),
    path("people/<int:pk>/data/pack.json", views.as_json, name="person_json"),
    path("people/<int:pk>/data/pack.pdf", views.as_pdf, name="person_pdf"),
    path("people/<int:pk>/data/erase/", erasing_views.erase_person, name="erase_person"),
    path("retention/", retention_views.retention, name="retention"),
    path("retention/run/", retention_views.run_retention, name="run_retention"),
]
