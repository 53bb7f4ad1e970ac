"""Pages of this part."""

from django.urls import path

from fans.connections.quick import views

app_name = "quick"
urlpatterns = [
    # Short: the shorter an address, the coarser its code, and the better a camera reads it.
    path("q/<str:token>/", views.open_code, name="open"),
    path("quick/", views.note, name="note"),
    path("quick/<uuid:client_uuid>/take-back/", views.take_back, name="take_back"),
    path("homes/<int:home_id>/sheets/", views.codes, name="codes"),
    path("homes/<int:home_id>/sheets/print/", views.sheet, name="sheet"),
    path("homes/<int:home_id>/sheets/print.pdf", views.sheet_pdf, name="sheet_pdf"),
    path("sheets/<int:pk>/end/", views.end, name="end"),
    path("sheets/<int:pk>/restore/", views.restore, name="restore"),
    path("homes/<int:home_id>/noted/", views.waiting, name="waiting"),
    path("noted/<int:pk>/", views.change, name="change"),
    path("noted/<int:pk>/undo/", views.undo, name="undo"),
]
