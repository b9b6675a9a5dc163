"""Whatever is said in Thai is said in English, with the same facts; every code of a refusal has its sentences."""
import re
from collections import defaultdict

import pytest

from tests.architecture.spoken import (
    NOTHING,
    PACKAGE,
    ROOMS,
    THAI,
    catalogue,
    codes,
    facts_given,
    placeholders,
    texts,
)

WEB = PACKAGE / "web"
APPS = sorted({p.parents[2] for p in PACKAGE.glob("**/locale/*/LC_MESSAGES/django.po") for p in [p.parent]})


def home_of(code):
    """Where the sentences of a code live."""
    room = code.partition(".")[0]
    return PACKAGE / room if room in ROOMS else WEB / room


def test_enough_was_found_for_these_tests_to_mean_something():
    assert len({t.msgid for t in texts()}) > 500
    assert len({c.msgid for c in codes()}) > 100
    assert {"web.missing", "members.member_no_taken", "regulations.not_yet_member"} <= {c.msgid for c in codes()}
    assert {"ลืมรหัสผ่าน", "%(office)s ม.%(moo)s", "จ่ายสวัสดิการ %(count)s ราย"} <= {t.msgid for t in texts()}


def test_every_thai_text_has_english_words():
    missing = []
    for text in texts():
        own, shared = catalogue(text.app, "en"), catalogue(WEB, "en") if text.app.parent == WEB else {}
        if THAI.search(text.msgid) and not all(own.get(text.msgid, shared.get(text.msgid, NOTHING)).words):
            missing.append(f"{text.place}  {text.msgid}")
    assert missing == [], "\n".join(missing)


def test_every_code_has_thai_and_english_sentences():
    missing = sorted({f"{language}  {code.msgid}  {code.place}" for code in codes() for language in ("th", "en")
                      if not all(catalogue(home_of(code.msgid), language).get(code.msgid, NOTHING).words)})
    assert missing == [], "\n".join(missing)


@pytest.mark.parametrize("app", APPS, ids=lambda app: str(app.relative_to(PACKAGE)))
def test_a_translation_names_the_same_facts(app):
    thai, english = catalogue(app, "th"), catalogue(app, "en")
    assert set(thai) <= set(english), sorted(set(thai) - set(english))
    wrong = []
    for msgid, said in english.items():
        *singular, last = said.words
        named = placeholders((thai[msgid].words if msgid in thai else said.texts)[-1])
        if not last or placeholders(last) != named or any(placeholders(one) - named for one in singular):
            wrong.append(f"{msgid}\n    {last}")
        elif msgid in thai and "lone %" in named:  # facts are filled into every sentence of a code
            wrong.append(f"{msgid} has a % that names nothing")
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("app", APPS, ids=lambda app: str(app.relative_to(PACKAGE)))
def test_a_thai_sentence_goes_on_after_a_fact_with_a_space(app):
    """A month ends in the figures of its year, and nobody reads "2569ยังไม่จบ"."""
    said = [words for found in catalogue(app, "th").values() for words in found.words]
    said += [text for found in catalogue(app, "en").values() for text in found.texts]
    assert [words for words in said if re.search(r"%\(\w+\)s[ก-๛]", words)] == []


def test_a_sentence_names_only_facts_that_the_refusal_brings():
    wrong = sorted({f"{code.place}  {code.msgid} names {sorted(named - facts)}"
                    for code, facts in facts_given() for language in ("th", "en")
                    for sentence in catalogue(home_of(code.msgid), language).get(code.msgid, NOTHING).words
                    for named in [placeholders(sentence)] if named - facts})
    assert wrong == [], "\n".join(wrong)


def test_no_two_catalogues_disagree():
    """Django merges all catalogues into one: of two translations of the same text only one is ever seen."""
    said = defaultdict(dict)
    for app in APPS:
        for msgid, (_, words) in catalogue(app, "en").items():
            said[msgid][words] = app.relative_to(PACKAGE)
    twice = [f"{msgid}: " + " / ".join(f"{app} says {words}" for words, app in ways.items())
             for msgid, ways in said.items() if len(ways) > 1]
    assert twice == [], "\n".join(twice)


def test_a_file_is_called_by_one_thai_word():
    written = [PACKAGE.parents[1] / "ombun", *(p for kind in ("py", "html", "js", "po", "toml")
                                               for p in PACKAGE.rglob(f"*.{kind}"))]
    assert [str(p.relative_to(PACKAGE.parents[1])) for p in written
            if "ไฟล์" in p.read_text("utf-8").replace("โปรไฟล์", "")] == []  # so an iPhone calls what it took in
