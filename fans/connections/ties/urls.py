"""Pages of this part."""

from django.urls import path

from fans.connections.ties.views import asking, doing, invited, lists, partners_own

app_name = "ties"
urlpatterns = [
    path("homes/<int:home_id>/ties/", lists.of_home, name="list"),
    path("ties/<int:pk>/", lists.tie, name="tie"),
    path("ties/<int:pk>/ask/", asking.ask, name="approach"),
    path("ties/asked/<int:pk>/answer/", asking.answered, name="answer"),
    path("ties/<int:pk>/about/", doing.about, name="about"),
    path("ties/<int:pk>/over/", doing.over, name="over"),
    path("ties/<int:pk>/do/", doing.do, name="do"),
    path("ties/steps/<int:pk>/undo/", doing.undo, name="undo"),
    # by a mailed link
    path("ties/invited/<str:token>/", invited.open_link, name="open_invitation"),
    path("ties/invited/", invited.invitation, name="invitation"),
    path("ties/answered/", invited.answered, name="answered"),
    # the partner's own people
    path("my-places/ties/", partners_own.mine, name="mine"),
    path("my-places/ties/<int:pk>/", partners_own.answer, name="own_answer"),
]
