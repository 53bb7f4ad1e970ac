"""Pages of this part."""

from django.urls import path

from fans.connections.grid import paper_views, views

app_name = "grid"
urlpatterns = [
    path("homes/<int:home_id>/month/", views.month, name="month"),
    path("homes/<int:home_id>/month/paper/", paper_views.paper, name="paper"),
    path("homes/<int:home_id>/month/paper.pdf", paper_views.paper_pdf, name="paper_pdf"),
    path("month-saves/<int:save_id>/undo/", views.undo, name="undo"),
]
