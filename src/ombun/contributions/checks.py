"""What must always hold of sheets, receipts and what members have paid."""
from ombun.contributions.queries.seals import verified
from ombun.funds.queries import directory
from ombun.primitives.findings import Finding, findings, plain


def collections_that_differ_from_their_entry(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Collection days that the books do not show as they were counted: sum, day, whose hands, or the deed itself."""
    return findings(check="contributions.collections_that_differ_from_their_entry", fund_id=fund_id, sql="""
        SELECT c.fund_id, 'collection:' || c.deed_id AS about, c.entry_id, c.total_satang AS counted_satang,
          booked.satang AS booked_satang
        FROM contributions_collection c
        JOIN ledger_entry e ON e.fund_id = c.fund_id AND e.id = c.entry_id
        LEFT JOIN (
          SELECT l.fund_id, l.entry_id, a.holder_id, sum(l.amount_satang) AS satang
          FROM ledger_line l JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
          WHERE a.holder_kind IN ('COLLECTOR', 'TREASURER') OR a.holder_kind = 'BANK' AND EXISTS (
            SELECT 1 FROM ledger_statementmatch x WHERE x.fund_id = l.fund_id AND x.entry_id = l.entry_id)
          OR a.code = '2900' AND EXISTS (
            SELECT 1 FROM contributions_clearing z WHERE z.fund_id = l.fund_id AND z.entry_id = l.entry_id)
          GROUP BY 1, 2, 3) booked
          ON booked.fund_id = c.fund_id AND booked.entry_id = c.entry_id AND (booked.holder_id = c.collected_by_id
            OR booked.holder_id IS NULL AND EXISTS (
              SELECT 1 FROM ledger_statementmatch x WHERE x.fund_id = c.fund_id AND x.entry_id = c.entry_id)
            OR booked.holder_id IS NULL AND EXISTS (
              SELECT 1 FROM contributions_clearing z WHERE z.fund_id = c.fund_id AND z.entry_id = c.entry_id)
            OR booked.holder_id IS NULL AND EXISTS (
              SELECT 1 FROM funds_officeholder o
              WHERE o.fund_id = c.fund_id AND o.person_id = c.collected_by_id AND o.office = 'TREASURER'
                AND daterange(o.from_on, o.until_on) @> c.collected_on))
        WHERE e.deed <> 'contributions.collection' OR e.deed_id <> c.deed_id OR e.happened_on <> c.collected_on
          OR booked.satang IS DISTINCT FROM c.total_satang""")


def contributions_booked_without_a_sheet(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Entries that book members' contributions (account 4100) although neither a collection day nor cancelled receipts
    stand behind them."""
    return findings(check="contributions.contributions_booked_without_a_sheet", fund_id=fund_id, sql="""
        SELECT l.fund_id, 'entry:' || l.entry_id AS about, sum(-l.amount_satang) AS booked_satang
        FROM ledger_line l JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id AND a.code = '4100'
        JOIN ledger_entry e ON e.fund_id = l.fund_id AND e.id = l.entry_id AND e.deed <> 'contributions.history'
        WHERE NOT EXISTS (SELECT 1 FROM contributions_collection c
                          WHERE c.fund_id = l.fund_id AND c.entry_id = l.entry_id)
          AND NOT EXISTS (SELECT 1 FROM contributions_cancelled x
                          WHERE x.fund_id = l.fund_id AND x.entry_id = l.entry_id)
        GROUP BY l.fund_id, l.entry_id""")


def cancellations_that_differ_from_their_entry(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Receipts taken back or set aside that the books do not show as such: the sum, the day, the deed, or whose hands
    the money left; or that were never written."""
    return findings(check="contributions.cancellations_that_differ_from_their_entry", fund_id=fund_id, sql="""
        SELECT x.fund_id, 'cancellation:' || x.cancellation_id AS about, x.entry_id, x.satang AS receipts_satang,
          -booked.satang AS booked_satang
        FROM (
          SELECT c.fund_id, c.cancellation_id, c.entry_id, c.collection_id, c.doubts <> '{}' AS is_set_aside,
            sum(p.amount_satang) AS satang, count(*) FILTER (WHERE p.member_id IS NULL) AS unwritten
          FROM contributions_cancelled c LEFT JOIN contributions_contribution p
            ON p.fund_id = c.fund_id AND p.member_id = c.member_id AND p.collection_id = c.collection_id
          GROUP BY 1, 2, 3, 4, 5) x
        JOIN contributions_collection k ON k.fund_id = x.fund_id AND k.id = x.collection_id
        JOIN ledger_entry e ON e.fund_id = x.fund_id AND e.id = x.entry_id
        JOIN ledger_line counted ON counted.fund_id = k.fund_id AND counted.entry_id = k.entry_id
          AND counted.amount_satang > 0
        LEFT JOIN LATERAL (SELECT sum(l.amount_satang) AS satang FROM ledger_line l
          JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
          WHERE l.fund_id = e.fund_id AND l.entry_id = e.id
            AND CASE WHEN x.is_set_aside THEN a.code = '2900' ELSE a.id = counted.account_id END) booked ON true
        WHERE x.unwritten > 0 OR booked.satang IS DISTINCT FROM -x.satang
          OR e.deed <> CASE WHEN x.is_set_aside THEN 'contributions.set_aside' ELSE 'contributions.cancellation' END
          OR e.deed_id <> x.cancellation_id OR e.happened_on < k.collected_on""")


def collections_that_differ_from_their_receipts(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Collection days whose receipts do not add up to the sheet: sum, count, days, numbers missing or used twice."""
    return findings(check="contributions.collections_that_differ_from_their_receipts", fund_id=fund_id, sql="""
        SELECT c.fund_id, 'collection:' || c.deed_id AS about, c.total_satang AS counted_satang,
          r.satang AS receipts_satang, c.written_satang, c.last_number - c.first_number + 1 AS counted,
          coalesce(r.receipts, 0) AS receipts
        FROM contributions_collection c LEFT JOIN (
          SELECT fund_id, collection_id, sum(amount_satang) AS satang, count(*) AS receipts,
            count(DISTINCT number) AS numbers, min(number) AS first_number, max(number) AS last_number,
            min(collected_on) AS earliest, max(collected_on) AS latest
          FROM contributions_contribution GROUP BY 1, 2) r ON r.fund_id = c.fund_id AND r.collection_id = c.id
        WHERE (c.total_satang, c.total_satang, c.first_number, c.last_number, c.collected_on, c.collected_on)
            IS DISTINCT FROM (r.satang, c.written_satang, r.first_number, r.last_number, r.earliest, r.latest)
          OR r.receipts <> r.numbers OR r.receipts <> c.last_number - c.first_number + 1""")


def receipt_numbers_missing(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Receipt books with numbers that neither a sheet nor a spoiling accounts for, or two of them do."""
    return findings(check="contributions.receipt_numbers_missing", fund_id=fund_id, sql="""
        SELECT fund_id, 'book:' || book_no AS about, from_number, until_number
        FROM (
          SELECT b.fund_id, b.book_no, s.last_number + 1 AS from_number,
            lead(s.first_number, 1, b.next_number)
              OVER (PARTITION BY b.fund_id, b.id ORDER BY s.first_number) AS until_number
          FROM contributions_receiptbook b JOIN (
            SELECT fund_id, book_id, first_number, last_number FROM contributions_collection
            UNION ALL SELECT fund_id, book_id, first_number, last_number FROM contributions_spoiled
            UNION ALL SELECT fund_id, id, first_number - 1, first_number - 1 FROM contributions_receiptbook) s
            ON s.fund_id = b.fund_id AND s.book_id = b.id) used
        WHERE from_number <> until_number""")


def receipts_without_a_sheet(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Receipts whose sheet or whose member is not there."""
    return findings(check="contributions.receipts_without_a_sheet", fund_id=fund_id, sql="""
        SELECT p.fund_id, 'receipt:' || p.number AS about, p.collection_id, p.member_id, p.amount_satang
        FROM contributions_contribution p
        WHERE NOT EXISTS (
            SELECT 1 FROM contributions_collection c WHERE c.fund_id = p.fund_id AND c.id = p.collection_id)
          OR NOT EXISTS (SELECT 1 FROM members_member m WHERE m.fund_id = p.fund_id AND m.id = p.member_id)""")


def paid_totals_that_differ(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Members whose kept total or last day is not what their receipts and things given say; cancelled ones count
    for nothing."""
    return findings(check="contributions.paid_totals_that_differ", fund_id=fund_id, sql="""
        SELECT fund_id, 'member:' || member_id AS about, t.paid_satang AS kept_satang, r.paid_satang AS receipts_satang
        FROM contributions_paidtotal t FULL JOIN (
          SELECT fund_id, member_id, sum(satang) AS paid_satang, max(day) AS last_paid_on FROM (
            SELECT fund_id, member_id, CASE WHEN entry_id IS NULL THEN amount_satang ELSE 0 END AS satang,
              CASE WHEN entry_id IS NULL THEN collected_on END AS day
            FROM contributions_contribution LEFT JOIN contributions_cancelled USING (fund_id, member_id, collection_id)
            UNION ALL SELECT fund_id, member_id, credit_satang, NULL FROM contributions_inkindcontribution
            WHERE credit_satang <> 0) given
          GROUP BY 1, 2) r USING (fund_id, member_id)
        WHERE (t.paid_satang, t.last_paid_on) IS DISTINCT FROM (r.paid_satang, r.last_paid_on)""")


def things_that_differ_from_the_books(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Days on which things were given whose books do not show what they count, on the account for it."""
    return findings(check="contributions.things_that_differ_from_the_books", fund_id=fund_id, sql="""
        SELECT fund_id, 'entry:' || entry_id AS about, given.satang AS given_satang, booked.satang AS booked_satang
        FROM (SELECT fund_id, entry_id, sum(credit_satang) AS satang FROM contributions_inkindcontribution
          WHERE entry_id IS NOT NULL GROUP BY 1, 2) given
        FULL JOIN (SELECT l.fund_id, l.entry_id, -sum(l.amount_satang) AS satang FROM ledger_line l
          JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id AND a.code = '4150'
          GROUP BY 1, 2) booked
          USING (fund_id, entry_id)
        WHERE given.satang IS DISTINCT FROM booked.satang""")


def photos_that_do_not_fit_their_line(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Photos of things given that are not the ones taken in with their line."""
    return findings(check="contributions.photos_that_do_not_fit_their_line", fund_id=fund_id, sql="""
        SELECT f.fund_id, 'thing:' || f.given_id AS about, i.received_on
        FROM contributions_givenphoto f
        JOIN contributions_inkindcontribution i ON i.fund_id = f.fund_id AND i.id = f.given_id
        WHERE i.photo_digest IS DISTINCT FROM encode(sha256(f.content), 'hex')""")


def receipts_of_withdrawn_people(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """People who were taken out of the register with an import although they had paid."""
    return findings(check="contributions.receipts_of_withdrawn_people", fund_id=fund_id, sql="""
        SELECT t.fund_id, 'member:' || t.member_id AS about, t.paid_satang
        FROM contributions_paidtotal t JOIN members_member m ON m.fund_id = t.fund_id AND m.id = t.member_id
        WHERE m.withdrawn_by IS NOT NULL""")


def openings_of_people_who_joined_later(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """People who joined after the books began here, yet are said to have paid for the time before."""
    return findings(check="contributions.openings_of_people_who_joined_later", fund_id=fund_id, sql="""
        SELECT o.fund_id, 'member:' || o.member_id AS about, o.paid_until, min(s.joined_on) AS joined_on, f.starts_on
        FROM contributions_openingstanding o JOIN funds_fund f ON f.id = o.fund_id
        JOIN members_membership s ON s.fund_id = o.fund_id AND s.member_id = o.member_id
        GROUP BY o.fund_id, o.member_id, o.paid_until, f.starts_on
        HAVING bool_and(s.joined_on IS NOT NULL AND s.joined_on > f.starts_on)""")


def past_payments_that_differ_from_the_books(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Months before the fund's own books in which the lists of members and the entries made of them differ."""
    return findings(check="contributions.past_payments_that_differ_from_the_books", fund_id=fund_id, sql="""
        SELECT fund_id, 'month:' || month AS about, coalesce(p.satang, 0) AS listed_satang,
          coalesce(b.satang, 0) AS booked_satang
        FROM (SELECT fund_id, month, sum(amount_satang) AS satang FROM contributions_pastpayment GROUP BY 1, 2) p
        FULL JOIN (
          SELECT l.fund_id, date_trunc('month', e.posted_on)::date AS month, -sum(l.amount_satang) AS satang
          FROM ledger_entry e JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_id = e.id
          JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id AND a.code = '4100'
          WHERE e.deed = 'contributions.history' GROUP BY 1, 2) b USING (fund_id, month)
        WHERE coalesce(p.satang, 0) <> coalesce(b.satang, 0)""")


def receipts_cleared_that_differ_from_their_entry(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Receipts that were set aside and cleared, whose entry does not take just their money out of "to be clarified"."""
    return findings(check="contributions.receipts_cleared_that_differ_from_their_entry", fund_id=fund_id, sql="""
        SELECT z.fund_id, 'clearing:' || z.clearing_id AS about, z.entry_id, p.amount_satang AS receipt_satang,
          booked.satang AS booked_satang
        FROM contributions_clearing z
        JOIN contributions_contribution p USING (fund_id, collection_id, member_id)
        JOIN contributions_cancelled c USING (fund_id, collection_id, member_id)
        LEFT JOIN LATERAL (SELECT sum(l.amount_satang) AS satang FROM ledger_line l
          JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id AND a.code = '2900'
          WHERE l.fund_id = z.fund_id AND l.entry_id = z.entry_id) booked ON true
        WHERE booked.satang IS DISTINCT FROM p.amount_satang OR c.doubts = '{}'""")


def seals_that_do_not_fit(*, fund_id: int | None = None) -> tuple[Finding, ...]:
    """Sealed months whose entries or receipts are no longer what they were, seals out of their chain, and closed months
    that have none: the first such place of every seal."""
    return tuple(
        Finding(check="contributions.seals_that_do_not_fit", fund_id=fund, about=f"month:{one.month}",
                facts=plain(facts={"why": one.code, **one.facts}))
        for fund in ([fund_id] if fund_id is not None else [card.id for card in directory()])
        for one in verified(fund_id=fund, using="loader").misfits)
