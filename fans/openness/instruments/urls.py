"""Pages of this part."""

from django.urls import path

from fans.openness.instruments import views

app_name = "instruments"
urlpatterns = [
    path("instruments/", views.listing, name="list"),
    path("instruments/import/", views.import_version, name="import"),
    path("instruments/compare/", views.compare_versions, name="compare"),
    path("instruments/<slug:version>/", views.read_version, name="version"),
    path("instruments/<slug:version>/json/", views.export, name="json"),
    path("instruments/<slug:version>/draft/", views.draft, name="draft"),
    path("instruments/<slug:version>/edit/", views.edit, name="edit"),
    path("instruments/<slug:version>/edit/<slug:code>/", views.edit_sign, name="edit_sign"),
    path("instruments/<slug:version>/add/<slug:side>/", views.add_sign, name="add_sign"),
    path(
        "instruments/<slug:version>/leave-out/<slug:code>/", views.leave_out, name="leave_out"
    ),
    path("instruments/<slug:version>/undo/", views.undo, name="undo"),
    path("instruments/<slug:version>/publish/", views.publish, name="publish"),
    path("instruments/<slug:version>/withdraw/", views.withdraw, name="withdraw"),
    path("instruments/<slug:version>/put-back/", views.put_back, name="put_back"),
    path("instruments/<slug:version>/choose/", views.choose, name="choose"),
]
