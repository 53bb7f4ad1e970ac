"""Pages of this room."""

from django.urls import include, path

from fans.people.views import account, demo, invitation, roles

app_name = "people"
urlpatterns = [
    path("account/", account.account, name="account"),
    path("demo/sign-in/", demo.demo_sign_in, name="demo_sign_in"),
    path("invitation/", invitation.invitation, name="invitation"),
    path("invitation/<str:token>/", invitation.open_invitation, name="open_invitation"),
    path("outbox/", include("fans.people.post.outbox_urls")),
    path("people/", roles.roles, name="roles"),
    path("people/invite/", roles.invite, name="invite"),
    path("people/invitations/<int:pk>/send-again/", roles.send_again, name="send_again"),
    path("people/invitations/<int:pk>/take-back/", roles.take_back, name="take_back"),
    path("people/roles/<int:pk>/end/", roles.end_role, name="end_role"),
    path("people/roles/<int:pk>/keep/", roles.keep_role, name="keep_role"),
    path("people/roles/<int:pk>/restore/", roles.restore_role, name="restore_role"),
    path("who-may-do-what/", demo.who_may_do_what, name="table"),
]
