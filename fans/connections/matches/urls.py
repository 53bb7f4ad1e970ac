"""Pages of this part."""

from django.urls import path

from fans.connections.matches.views import home, lead, match, mine

app_name = "matches"
urlpatterns = [
    path("homes/<int:home_id>/volunteers/", home.home, name="home"),
    path("homes/<int:home_id>/volunteers/ask/", home.ask, name="ask"),
    path("homes/<int:home_id>/volunteers/propose/", home.propose, name="propose"),
    path("matches/", lead.listing, name="list"),
    path("matches/<int:pk>/", match.match, name="match"),
    path("matches/<int:pk>/answer/", match.answer, name="answer"),
    path("matches/<int:pk>/go/", match.go, name="go"),
    path("matches/<int:pk>/lead/", match.lead, name="lead"),
    path("matches/<int:pk>/lead/do/", match.lead_do, name="lead_do"),
    path("matches/steps/<int:pk>/undo/", match.undo, name="undo"),
    path("volunteer/me/homes/", mine.mine, name="mine"),
    path("volunteer/me/homes/ask/", mine.ask, name="mine_ask"),
    path("volunteer/me/homes/do/", mine.do, name="mine_do"),
]
