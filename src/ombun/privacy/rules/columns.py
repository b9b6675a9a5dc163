"""Where each table of a fund keeps what tells of a person: the one list that erasing, checks and handing out go by.

An architecture test holds the list to the models: a column of text that stands on neither side of it is a mistake.
"""
from collections.abc import Mapping
from dataclasses import dataclass, field


def _not(*emptied: str) -> str:
    """The condition that a column of `t` still says something: it is none of these SQL values."""
    return f"t.%s IS NOT NULL AND t.%s NOT IN ({', '.join(emptied)})"


_TEXT, _JSON, _KNOWN = _not("''"), _not("'{}'"), "t.%s IS NOT NULL"
_CELLS = """EXISTS (SELECT 1 FROM jsonb_array_elements(t.%s) AS reason WHERE reason ->> 'written' <> '–'
  OR EXISTS (SELECT 1 FROM jsonb_each_text(reason -> 'facts') AS fact WHERE fact.value NOT IN ('–', '[]')))"""

# Who paid by a line of the bank's statement; of several the first in the register.
_PAYER = """(SELECT min(p.member_id) FROM ledger_statementmatch x
  JOIN contributions_collection k ON k.fund_id = x.fund_id AND k.entry_id = x.entry_id
  JOIN contributions_contribution p ON p.fund_id = k.fund_id AND p.collection_id = k.id
  WHERE x.fund_id = t.fund_id AND x.line_id = t.id)"""

_GIVER = """(SELECT g.member_id FROM contributions_inkindcontribution g
  WHERE g.fund_id = t.fund_id AND g.id = t.given_id)"""
_OF_CLAIM = """(SELECT c.member_id FROM claims_claim c WHERE c.fund_id = t.fund_id AND c.id = t.claim_id)"""
_OF_RECOVERY = """(SELECT c.member_id FROM claims_recovery r
  JOIN claims_claim c ON c.fund_id = r.fund_id AND c.id = r.claim_id
  WHERE r.fund_id = t.fund_id AND r.id = t.recovery_id)"""


@dataclass(frozen=True, kw_only=True)
class Told:
    """How a table tells of members: whose each row is, which columns are personal, which name somebody else."""

    whose: str = "t.member_id"  # SQL: the entry of the register that a row is about
    personal: Mapping[str, str] = field(default_factory=dict)  # column → the condition that it still says something
    of_others: tuple[str, ...] = ()  # columns that may name other people: they are not handed out

    def says(self, column: str) -> str:
        """The SQL condition that a personal column still says something."""
        return self.personal[column].replace("%s", column)


OF_MEMBERS: Mapping[str, Told] = {
    "members_member": Told(whose="t.id", personal={
        **dict.fromkeys(("name_title", "first_name", "last_name", "house_no", "phone"), _TEXT),
        **dict.fromkeys(("national_id", "no_id_reason", "born_on", "kind", "stated_sex"), _KNOWN),
        "birth_precision": _not("'none'"), "questioned": _JSON}),
    "members_membership": Told(),
    "members_membershipevent": Told(personal={"reason": _TEXT}),
    "members_application": Told(personal={"person": _JSON, "turned_down_because": _not("''", "'–'")}),
    "members_beneficiary": Told(personal={"name": _TEXT, "relation": _TEXT, "phone": _TEXT}),
    "members_guardian": Told(whose="t.child_id", personal={"name": _TEXT, "relation": _TEXT, "phone": _TEXT}),
    "members_residence": Told(),
    "members_correction": Told(personal={"changes": _JSON}),
    "members_consent": Told(personal={"guardian_name": _TEXT}),
    "members_cardseen": Told(),
    "contributions_openingstanding": Told(),
    "contributions_exemption": Told(),
    "contributions_contribution": Told(),
    "contributions_inkindcontribution": Told(),
    "contributions_givenphoto": Told(whose=_GIVER, personal={"content": _KNOWN}, of_others=("content",)),
    "contributions_cancelled": Told(),
    "contributions_clearing": Told(),
    "contributions_transfernote": Told(),
    "contributions_pastpayment": Told(),
    "contributions_paidtotal": Told(),
    "claims_claim": Told(personal={
        "details": _JSON, "assessment": _JSON, "payee_name": _TEXT, "rejected_because": _not("''", "'–'")}),
    "claims_openinguse": Told(),
    "claims_firsthelp": Told(whose=_OF_CLAIM, personal={"payee_name": _TEXT}),
    "claims_look": Told(whose=_OF_CLAIM, personal={"because": _TEXT}),
    "claims_recovery": Told(whose=_OF_CLAIM, personal={"payer_name": _TEXT, "because": _TEXT}),
    "claims_repayment": Told(whose=_OF_RECOVERY),
    "claims_pastbenefit": Told(personal={"receiver": _TEXT, "words": _TEXT}),
    "imports_row": Told(personal={"row_values": _KNOWN, "changes": _JSON, "reasons": _CELLS, "written": _JSON},
                        of_others=("reasons", "booked")),
    "ledger_statementline": Told(whose=_PAYER, personal={"words": _TEXT}, of_others=("words",)),
    "funds_person": Told(),
}
