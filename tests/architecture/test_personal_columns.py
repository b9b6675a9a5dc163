"""Every column of a fund's table that can hold words is on one side: it tells of a person, or of nobody."""
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db.models import GeneratedField, JSONField, TextField

from ombun.primitives.tables import FundTable
from ombun.privacy.rules.columns import OF_MEMBERS

IMPERSONAL = {table: set(columns.split()) for table, columns in {
    # Names of people who hold an office stay with what they signed, like every name under the books.
    "funds_person": "name",
    # A member's number is how papers point to a person who was forgotten; it alone names nobody.
    "members_member": "member_no",
    "members_membership": "left_reason",
    "members_membershipevent": "kind clause",
    "members_application": "state clause",
    "members_beneficiary": "told_how",
    "members_household": "house_no",  # of a house, whoever lives there
    "members_correction": "settled",
    "members_consent": "purpose how",
    "members_merge": "taken",
    "claims_claim": "benefit documents_seen state",
    "claims_signature": "act",
    "claims_look": "kind",
    "claims_openinguse": "benefit",
    "claims_pastbenefit": "benefit",
    # What a row of other books tells is of members by their id; whom nobody knows is kept as a mark.
    "imports_row": "file sheet kind verdict booked queued",
    "imports_batch": "file_names digest state years sheets posted",
    # A workbook as it was sent is erased as a whole after some weeks, and at once when somebody in it is forgotten.
    "imports_keptfile": "name",
    "imports_meaning": "of written meaning",
    "audit_event": "role action subject facts",
    "contributions_arrearsclause": "clause_no words",
    # A giver's name stands on a receipt, like every name under the books; who wants none kept gives quietly.
    "givers_gift": "kind giver_kind giver_name things into_account cancelled_because",
    "contributions_exemption": "ground",
    "contributions_exchangerate": "item unit",
    "contributions_inkindcontribution": "photo_digest",  # the mark of a photo that may be gone
    "contributions_collection": "digest",
    "contributions_cancelled": "doubts",
    "contributions_spoiled": "why",
    "contributions_transfernote": "slip",  # a bank's own number
    "funds_villagecentre": "name address",
    "funds_officeholder": "office",
    # Whose account it is stands on papers and pages, with the resolution that named it.
    "ledger_bankaccount": "bank account_no owner_name promptpay_kind promptpay_no resolution_no",
    "ledger_statement": "digest columns",
    "ledger_bankslip": "slip_no",
    "ledger_cashlimit": "resolution_no",
    "ledger_paymentlimit": "resolution_no",
    "ledger_voucher": "way",
    "ledger_earmark": "accounts words",
    "ledger_sharevote": "resolution_no",
    "ledger_share": "account sub_fund",
    "ledger_attachment": "media digest",  # its picture can be taken off, with whatever it shows
    # A reason says what happened to money, without names: the page asks for it so.
    "ledger_cashcount": "pieces because",
    "funds_monthclose": "left_open because",
    "funds_monthreopening": "reason",
    "ledger_statementline": "mark",
    "ledger_account": "code name_th name_en kind holder_kind",
    "ledger_entry": "deed memo",
    "regulations_regulationversion": "title meeting resolution digest",
    "regulations_clause": "clause_no benefit title_th title_en text_th rule account_code",
    "regulations_provision": "chapter clause_no title_th text_th",
    "regulations_draft": "title",
    "regulations_draftclause": "chapter clause_no benefit title_th title_en text_th rule account_code",
}.items()}


def tables():
    """The models whose rows belong to a fund."""
    return {model._meta.db_table: model for model in apps.get_models()
            if any(isinstance(one, FundTable) for one in model._meta.constraints)}


def words_of(model):
    """The columns that can hold words, without those that the database works out itself."""
    return {field.column for field in model._meta.local_fields
            if isinstance(field, TextField | JSONField | ArrayField) and not isinstance(field, GeneratedField)}


def test_every_column_of_words_is_personal_or_of_nobody():
    undeclared, twice, stale = [], [], []
    for table, model in tables().items():
        personal = set(OF_MEMBERS[table].personal) if table in OF_MEMBERS else set()
        nobodys = IMPERSONAL.get(table, set())
        undeclared += [f"{table}.{column}" for column in words_of(model) - personal - nobodys]
        twice += [f"{table}.{column}" for column in personal & nobodys]
        stale += [f"{table}.{column}" for column in (personal | nobodys) - {f.column for f in model._meta.local_fields}]
    assert (undeclared, twice, stale) == ([], [], [])
    assert set(OF_MEMBERS) | set(IMPERSONAL) <= set(tables())


def test_every_table_that_points_to_a_member_is_on_the_list_and_says_whose_its_rows_are():
    pointing = {table for table, model in tables().items()
                if "member_id" in {field.column for field in model._meta.local_fields}}
    assert pointing - set(OF_MEMBERS) == set()
    assert len(pointing) > 12


def test_nothing_personal_is_written_where_rows_can_never_be_emptied():
    """What is only ever added to holds no words of people: the audit trail, signatures, the books."""
    from ombun.primitives.tables import AppendOnly

    kept = [table for table, model in tables().items()
            if any(isinstance(one, AppendOnly) for one in model._meta.constraints)]
    assert "audit_event" in kept and "ledger_entry" in kept
    assert [table for table in kept if table in OF_MEMBERS and OF_MEMBERS[table].personal] == []
