"""Addresses of this desk."""
from django.urls import path

from ombun.web.collect import cancelling, clearing, devices, offline, papers, printing, things, views

app_name = "collect"
urlpatterns = [
    path("", views.home, name="home"),
    path("<int:moo>/", views.sheet, name="sheet"),
    path("<int:moo>/typed-in/", views.typed_in, name="typed_in"),
    path("<int:moo>/sheet.pdf", papers.sheet, name="paper"),
    path("<int:moo>/things/", things.things, name="things"),
    path("<int:moo>/things/<uuid:thing>/", things.thing, name="thing"),
    path("<int:moo>/things/<uuid:thing>/photo.jpg", things.photo, name="thing_photo"),
    path("day/<uuid:deed>/", views.day, name="day"),
    path("day/<uuid:deed>/cancel/", cancelling.cancel, name="cancel"),
    path("day/<uuid:deed>/receipts.pdf", papers.receipts, name="receipts"),
    path("day/<uuid:deed>/<int:number>.pdf", papers.receipt, name="receipt"),
    path("receipts/", printing.home, name="printings"),
    path("receipts/<uuid:printing>/", printing.shown, name="printing"),
    path("receipts/<uuid:printing>/<int:place>.pdf", printing.part, name="printed_part"),
    path("waiting/", clearing.waiting, name="waiting"),
    path("waiting/<uuid:deed>/<int:number>/", clearing.clear, name="clear"),
    path("devices/", devices.home, name="devices"),
    path("devices/rescued/", devices.rescued, name="rescued"),
    path("offline/", offline.home, name="offline"),
    path("offline/worker.js", offline.worker, name="offline_worker"),
    path("offline/signed-in/", offline.signed_in, name="offline_signed_in"),
    path("offline/village/<int:moo>/", offline.village, name="offline_village"),
    path("offline/sheets/", offline.sheets, name="offline_sheets"),
]
