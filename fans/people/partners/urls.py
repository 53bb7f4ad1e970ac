"""Pages of this part."""

from django.urls import path

from fans.people.partners.views import answer, approving, claim, keeping, queue

app_name = "partners"
urlpatterns = [
    # by a mailed link
    path("places/answer/<str:purpose>/<str:token>/", answer.open_link, name="open"),
    path("places/answer/<str:purpose>/", answer.answer, name="answer"),
    path("places/claim/<str:token>/", claim.open_claim, name="open_claim"),
    path("places/claim/", claim.claim_answer, name="claim_answer"),
    path("places/claims/own/<str:token>/", claim.open_own, name="open_own"),
    path("places/claims/own/", claim.own_claim, name="own_claim"),
    # anybody
    path("places/<int:pk>/claim/", claim.claim, name="claim"),
    # champions
    path("places/<int:pk>/mail/", approving.mail, name="mail"),
    path("places/word/", queue.word, name="word"),
    path("places/claims/<int:pk>/", queue.decide, name="decide"),
    path("places/keepers/<int:pk>/end/", queue.end, name="end"),
    path("places/endings/<int:pk>/undo/", queue.take_back, name="take_back"),
    # the place's own people
    path("my-places/", keeping.mine, name="mine"),
    path("my-places/<int:pk>/", keeping.keep, name="keep"),
]
