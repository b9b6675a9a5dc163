"""Addresses of the registrar's desk, under /f/<fund>/register/."""
from django.urls import path

from ombun.web.registrar.views import (
    applications,
    correcting,
    counts,
    deciding,
    enrolling,
    finding,
    imports,
    members,
    papers,
    questions,
)

app_name = "registrar"
urlpatterns = [
    path("", finding.members, name="members"),
    path("<int:member>/", members.member, name="member"),
    path("<int:member>/passbook.pdf", papers.printed_passbook, name="passbook"),
    path("<int:member>/card.pdf", papers.printed_card, name="card"),
    path("<int:member>/year.pdf", papers.printed_year, name="year"),
    path("<int:member>/application.pdf", papers.member_application, name="member_application"),
    path("card/<slug:token>/", papers.read_card, name="read_card"),
    path("applications/<uuid:application>/form.pdf", papers.filed_application, name="application_form"),
    path("papers/", papers.papers, name="papers"),
    path("papers/application.pdf", papers.blank_application, name="blank_application"),
    path("papers/<int:moo>/cards.pdf", papers.village_cards, name="village_cards"),
    path("papers/<int:moo>/passbooks.pdf", papers.village_passbooks, name="village_passbooks"),
    path("papers/<int:moo>/years.pdf", papers.village_years, name="village_years"),
    path("<int:member>/leave/", enrolling.leave, name="leave"),
    path("<int:member>/leave/take-back/", members.take_back_leaving, name="take_back_leaving"),
    path("<int:member>/correct/", correcting.correct, name="correct"),
    path("new/", enrolling.enrol, name="enrol"),
    path("applications/", applications.applications, name="applications"),
    path("applications/new/", applications.new, name="apply"),
    path("applications/resolve/", applications.resolve, name="resolve"),
    path("applications/<uuid:application>/", applications.one, name="application"),
    path("decide/<slug:kind>/", deciding.decide, name="decide"),
    path("questions/", questions.questions, name="questions"),
    path("counts/", counts.counts, name="counts"),
    path("imports/", imports.imports, name="imports"),
    path("imports/<uuid:batch>/", imports.batch, name="import"),
    path("imports/<uuid:batch>/commit/", imports.commit, name="commit"),
    path("imports/<uuid:batch>/undo/", imports.undo, name="undo"),
]
