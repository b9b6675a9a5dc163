"""Addresses of this desk."""
from django.urls import path

from ombun.web.first_start.views import start

app_name = "first_start"
urlpatterns = [path("", start, name="start")]
