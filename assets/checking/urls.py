"""Pages of this part."""

from django.urls import URLPattern, path

from assets.checking import check_views, question_views

app_name = "checking"
urlpatterns: list[URLPattern] = [
    path("places/<int:pk>/check/", check_views.check, name="check"),
    path("places/<int:pk>/check/<str:checks>/undo/", check_views.undo, name="undo"),
    path("questions/places/", question_views.source_questions, name="source_questions"),
    path("questions/places/<int:pk>/undo/", question_views.undo_answer, name="undo_answer"),
]
