"""Addresses of this desk."""
from django.urls import path

from ombun.web.treasurer.views import (
    arrears,
    books,
    closing,
    copying,
    handover,
    home,
    logins,
    opening,
    opening_benefits,
    papers,
    people,
    settings,
    taking_out,
    voucher,
)

app_name = "treasurer"
urlpatterns = [
    path("", home.home, name="home"),
    path("books/", books.trial_balance, name="books"),
    path("books/income/", books.income, name="income"),
    path("books/cash/", books.cash, name="cash"),
    path("books/days/", books.day_book, name="day_book"),
    path("books/print/<slug:statement>.pdf", papers.statement, name="statement"),
    path("books/entry/<int:entry_id>/", voucher.entry, name="entry"),
    path("books/entry/<int:entry_id>/take-back/", voucher.take_back, name="take_back"),
    path("books/voucher/<slug:way>/", voucher.voucher, name="voucher"),
    path("books/handover/", handover.handover, name="handover"),
    path("books/close/", closing.close, name="close"),
    path("opening/", opening.opening, name="opening"),
    path("opening/money/", opening.opening_money, name="opening_money"),
    path("opening/benefits/", opening_benefits.opening_benefits, name="opening_benefits"),
    path("opening/benefits/<int:member_id>/", opening_benefits.opening_benefits_of, name="opening_benefits_of"),
    path("opening/<int:moo>/", opening.opening_village, name="opening_village"),
    path("settings/", settings.settings, name="settings"),
    path("settings/people/", people.people, name="people"),
    path("settings/logins/", logins.logins, name="logins"),
    path("settings/receipts/", settings.receipt_books, name="receipt_books"),
    path("settings/dues/", settings.plan, name="plan"),
    path("settings/arrears/", arrears.clause, name="arrears_clause"),
    path("arrears/", arrears.arrears, name="arrears"),
    path("settings/copy/", copying.copy, name="copy"),
    path("settings/take-out/", taking_out.take_out, name="take_out"),
]
