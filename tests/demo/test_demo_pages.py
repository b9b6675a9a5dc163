"""Every page of the demo fund that links lead to, from every desk, as a browser meets them."""
import pytest
from django.test import override_settings
from django.urls import get_resolver

from ombun.access.door import GUARDED
from ombun.jobs.demo.sign_ins import PASSWORD, SIGN_INS
from tests.benchmarks.crawling import Visitor

FIRST_PAGES = {"collector": "/f/demo/collect/", "member": "/f/demo/me/", "province": "/province/99/"}
NOT_BY_LINKS = {
    "registrar:import", "registrar:import_row", "registrar:import_sheet", "registrar:import_doubted",  # nothing came in
    "registrar:questions", "registrar:compare",  # no doubt is left, nobody is in the register twice
    "registrar:application", "registrar:application_form", "registrar:resolve",  # nobody asks to join
    "registrar:read_card",  # behind a code on paper
    "treasurer:opening_money", "committee:rule_book_first",  # done already
    "treasurer:opening_benefits_of",  # behind a search
    "registrar:printed_booklet",  # behind a form
    "committee:meeting_list", "committee:meeting_paper",  # no meeting has decided a list yet
    "treasurer:earmark",  # behind a form
    "collect:printing", "collect:printed_part",  # no receipts were made for printing
    "collect:waiting", "collect:clear",  # no receipt is doubtful
    "collect:thing_photo",  # a picture on the page of a thing
    "collect:offline_worker", "collect:offline_signed_in"}  # asked for by a script


@pytest.fixture(scope="module")
def walks(demo, address):
    """By desk: where one comes to after signing in, the pages met by their views' names, the links that failed."""
    found = {}
    with override_settings(OMBUN_IS_DEMO=True):
        for one in SIGN_INS:
            visitor = Visitor(address)
            first = visitor.sign_in(one.username, PASSWORD)
            found[one.username] = first, visitor.pages(first), visitor.broken
    return found


@pytest.mark.parametrize("desk", [one.username for one in SIGN_INS])
def test_every_link_leads_somewhere_and_to_nothing_that_is_forbidden(walks, desk):
    first, pages, broken = walks[desk]
    assert first == FIRST_PAGES.get(desk, "/f/demo/register/" if desk == "registrar" else "/f/demo/")
    assert broken == [], "\n".join(broken)
    assert len(pages) > 1


def test_no_page_of_a_desk_is_out_of_reach(walks):
    """A page that no link leads to is a page nobody finds. What is only sent to has no page."""
    met = {view for _, pages, _ in walks.values() for view in pages}
    desks = {name: found.url_patterns for name, (_, found) in get_resolver().namespace_dict.items()}
    every = {f"{name}:{pattern.name}" for name, patterns in desks.items() for pattern in patterns
             if name not in ("first_start", "public") and GUARDED[pattern.callback][1] != {"POST"}}
    missed, found = sorted(every - met - NOT_BY_LINKS), sorted(NOT_BY_LINKS - (every - met))
    assert (missed, found) == ([], [])
