"""Addresses of this desk."""
from django.urls import URLPattern

app_name = "first_start"
urlpatterns: list[URLPattern] = []
