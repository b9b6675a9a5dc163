"""Addresses of this desk."""
from django.urls import path

from ombun.web.collect import views

app_name = "collect"
urlpatterns = [
    path("", views.home, name="home"),
    path("<int:moo>/", views.sheet, name="sheet"),
    path("day/<uuid:deed>/", views.day, name="day"),
]
