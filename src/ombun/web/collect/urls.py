"""Addresses of this desk."""
from django.urls import path

from ombun.web.collect import cancelling, papers, views

app_name = "collect"
urlpatterns = [
    path("", views.home, name="home"),
    path("<int:moo>/", views.sheet, name="sheet"),
    path("<int:moo>/sheet.pdf", papers.sheet, name="paper"),
    path("day/<uuid:deed>/", views.day, name="day"),
    path("day/<uuid:deed>/cancel/", cancelling.cancel, name="cancel"),
    path("day/<uuid:deed>/receipts.pdf", papers.receipts, name="receipts"),
    path("day/<uuid:deed>/<int:number>.pdf", papers.receipt, name="receipt"),
]
