"""Addresses of this desk."""
from django.urls import path

from ombun.web.committee.views import (
    claim,
    claims,
    draft_clause,
    drafts,
    filing,
    looking_back,
    meeting,
    papers,
    questions,
    rule_book,
)

app_name = "committee"
urlpatterns = [
    path("claims/", claims.claims, name="claims"),
    path("claims/file/", filing.who, name="file"),
    path("claims/file/<int:member_id>/", filing.which, name="which"),
    path("claims/file/<int:member_id>/<slug:benefit>/", filing.file, name="file_benefit"),
    path("claims/questions/", questions.questions, name="questions"),
    path("claims/meeting/", meeting.meeting, name="meeting"),
    path("claims/meeting/list.pdf", meeting.agenda, name="agenda"),
    path("claims/meeting/<uuid:list_id>/", meeting.decided, name="meeting_list"),
    path("claims/meeting/<uuid:list_id>/list.pdf", meeting.decided_paper, name="meeting_paper"),
    path("claims/<uuid:claim_id>/", claim.claim, name="claim"),
    path("claims/<uuid:claim_id>/voucher.pdf", papers.voucher, name="voucher"),
    path("claims/<uuid:claim_id>/letter.pdf", papers.letter, name="letter"),
    path("rules/", rule_book.rule_book, name="rule_book"),
    path("rules/what-if/", looking_back.what_if, name="what_if"),
    path("rules/back-test/", looking_back.back_test, name="back_test"),
    path("rules/first/", rule_book.begin, name="rule_book_first"),
    path("rules/show-others/", rule_book.show_others, name="show_others"),
    path("rules/compare/", drafts.compare, name="compare"),
    path("rules/drafts/", drafts.drafts, name="drafts"),
    path("rules/drafts/<uuid:draft_id>/", drafts.draft, name="draft"),
    path("rules/drafts/<uuid:draft_id>/library/", draft_clause.library, name="draft_library"),
    path("rules/drafts/<uuid:draft_id>/regulations.pdf", drafts.draft_paper, name="draft_paper"),
    path("rules/versions/<uuid:version_id>/regulations.pdf", drafts.version_paper, name="version_paper"),
    path("rules/drafts/<uuid:draft_id>/adopt/", drafts.adopt, name="draft_adopt"),
    path("rules/drafts/<uuid:draft_id>/clauses/<uuid:clause_id>/", draft_clause.clause, name="draft_clause"),
]
