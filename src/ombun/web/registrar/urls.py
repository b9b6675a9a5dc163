"""Addresses of the registrar's desk, under /f/<fund>/register/."""
from django.urls import path

from ombun.web.registrar.views import applications, correcting, counts, deciding, enrolling, imports, members, papers

app_name = "registrar"
urlpatterns = [
    path("", members.members, name="members"),
    path("<int:member>/", members.member, name="member"),
    path("<int:member>/passbook.pdf", papers.printed_passbook, name="passbook"),
    path("<int:member>/leave/", enrolling.leave, name="leave"),
    path("<int:member>/leave/take-back/", members.take_back_leaving, name="take_back_leaving"),
    path("<int:member>/correct/", correcting.correct, name="correct"),
    path("new/", enrolling.enrol, name="enrol"),
    path("applications/", applications.applications, name="applications"),
    path("applications/new/", applications.new, name="apply"),
    path("applications/resolve/", applications.resolve, name="resolve"),
    path("applications/<uuid:application>/", applications.one, name="application"),
    path("decide/<slug:kind>/", deciding.decide, name="decide"),
    path("counts/", counts.counts, name="counts"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<uuid:batch>/", imports.batch, name="import"),
    path("imports/<uuid:batch>/commit/", imports.commit, name="commit"),
    path("imports/<uuid:batch>/undo/", imports.undo, name="undo"),
]
