"""Pages of this part."""

from django.urls import path

from fans.openness.respond import views

app_name = "respond"
urlpatterns = [
    path("waves/<int:pk>/codes/", views.codes, name="codes"),
    path("codes/<int:pk>/end/", views.end, name="end"),
    path("codes/<int:pk>/restore/", views.restore, name="restore"),
    path("waves/<int:pk>/sheets/<slug:group>/", views.sheet, name="sheet"),
    path("waves/<int:pk>/sheets/<slug:group>.pdf", views.sheet_pdf, name="sheet_pdf"),
    path("waves/<int:pk>/key-in/", views.key_in, name="key_in"),
    path("sheets/<uuid:client_uuid>/take-back/", views.take_back, name="take_back"),
    path("answer/", views.enter, name="enter"),
    path("answer/begin/", views.begin, name="begin"),
    path("answer/question/<int:number>/", views.question, name="question"),
    path("answer/check/", views.check, name="check"),
    path("answer/thanks/", views.thanks, name="thanks"),
    path("answer/stop/", views.stop, name="stop"),
    path("answer/return/", views.come_back, name="come_back"),
    # Short: the shorter an address, the coarser its code, and the better a camera reads it.
    path("answer/<str:code>/", views.start, name="start"),
]
