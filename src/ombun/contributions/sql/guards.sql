-- The contribution table carries no row foreign keys; one check a statement gives the same guarantee (docs/decisions/0001):
-- its sheet is found and filled exactly, and its member gets a paid total, which has a foreign key of its own.
-- Sheets and members are never deleted and never change their key, so what was true when a row came in stays true.

CREATE FUNCTION contributions_guarded() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  sheet record;
BEGIN
  FOR sheet IN
    SELECT fund_id, collection_id, sum(amount_satang) AS satang, min(number) AS first_number, max(number) AS last_number,
      count(*) AS receipts, count(DISTINCT number) AS numbers, min(collected_on) AS earliest, max(collected_on) AS latest
    FROM new_rows GROUP BY fund_id, collection_id ORDER BY fund_id, collection_id
  LOOP
    UPDATE contributions_collection c SET written_satang = c.written_satang + sheet.satang
      WHERE c.fund_id = sheet.fund_id AND c.id = sheet.collection_id
        AND c.written_satang + sheet.satang = c.total_satang
        AND c.first_number = sheet.first_number AND c.last_number = sheet.last_number
        AND c.last_number - c.first_number + 1 = sheet.receipts AND sheet.numbers = sheet.receipts
        AND c.collected_on = sheet.earliest AND c.collected_on = sheet.latest;
    IF NOT FOUND THEN
      RAISE EXCEPTION USING MESSAGE = 'the lines of a sheet are not what its head says, or it has no head in this fund',
        ERRCODE = 'check_violation', CONSTRAINT = 'contribution_fits_its_sheet';
    END IF;
  END LOOP;
  INSERT INTO contributions_paidtotal AS kept (fund_id, member_id, paid_satang, last_paid_on)
    SELECT fund_id, member_id, sum(amount_satang), max(collected_on) FROM new_rows GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (fund_id, member_id) DO UPDATE
    SET paid_satang = kept.paid_satang + excluded.paid_satang,
        last_paid_on = greatest(kept.last_paid_on, excluded.last_paid_on);
  RETURN NULL;
END $$;
CREATE TRIGGER contribution_guarded AFTER INSERT ON contributions_contribution REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION contributions_guarded();
ALTER TABLE contributions_contribution ENABLE ALWAYS TRIGGER contribution_guarded;

-- A receipt is taken back with its money: the entry behind a cancellation is the cancelled receipts of one sheet, and
-- the other way round; what the members have paid is what stands.
CREATE FUNCTION receipts_cancelled() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n WHERE NOT EXISTS (SELECT 1 FROM contributions_contribution p
      WHERE p.fund_id = n.fund_id AND p.member_id = n.member_id AND p.collection_id = n.collection_id)) THEN
    RAISE EXCEPTION USING MESSAGE = 'a receipt is cancelled that was never written',
      ERRCODE = 'check_violation', CONSTRAINT = 'cancelled_receipt_is_there';
  END IF;
  IF EXISTS (
      SELECT 1 FROM (SELECT DISTINCT fund_id, cancellation_id FROM new_rows) n
      JOIN contributions_cancelled c ON c.fund_id = n.fund_id AND c.cancellation_id = n.cancellation_id
      JOIN contributions_contribution p
        ON p.fund_id = c.fund_id AND p.member_id = c.member_id AND p.collection_id = c.collection_id
      JOIN contributions_collection k ON k.fund_id = c.fund_id AND k.id = c.collection_id
      JOIN ledger_entry e ON e.fund_id = c.fund_id AND e.id = c.entry_id
      GROUP BY c.fund_id, c.cancellation_id
      HAVING min(c.collection_id) <> max(c.collection_id) OR min(e.id) <> max(e.id)
        OR sum(p.amount_satang) <> min(e.total_satang) OR bool_or(e.deed_id <> c.cancellation_id)
        OR bool_or(e.deed <> CASE c.doubts WHEN '{}' THEN 'contributions.cancellation' ELSE 'contributions.set_aside' END)
        OR bool_or(e.happened_on < k.collected_on) OR bool_or(e.reverses_id IS DISTINCT FROM
          CASE WHEN e.total_satang = k.total_satang AND c.doubts = '{}' THEN k.entry_id END)) THEN
    RAISE EXCEPTION USING MESSAGE = 'a cancellation is not in the books as the receipts that it takes back',
      ERRCODE = 'check_violation', CONSTRAINT = 'cancellation_is_in_the_books';
  END IF;
  IF EXISTS (SELECT 1 FROM new_rows n
      JOIN contributions_collection k ON k.fund_id = n.fund_id AND k.id = n.collection_id
      JOIN ledger_statementmatch x ON x.fund_id = k.fund_id AND x.entry_id = k.entry_id AND x.undone_at IS NULL
      JOIN ledger_entry e ON e.fund_id = n.fund_id AND e.id = n.entry_id
      WHERE e.reverses_id IS DISTINCT FROM k.entry_id) THEN
    RAISE EXCEPTION USING MESSAGE = 'of what the bank says only a part is taken back',
      ERRCODE = 'check_violation', CONSTRAINT = 'transfer_is_cancelled_whole';
  END IF;
  UPDATE contributions_paidtotal t SET paid_satang = stands.satang, last_paid_on = stands.latest
  FROM (
    SELECT p.fund_id, p.member_id, max(p.collected_on) FILTER (WHERE c.entry_id IS NULL) AS latest,
      coalesce(sum(p.amount_satang) FILTER (WHERE c.entry_id IS NULL), 0) + (
        SELECT coalesce(sum(i.credit_satang), 0) FROM contributions_inkindcontribution i
        WHERE i.fund_id = p.fund_id AND i.member_id = p.member_id) AS satang
    FROM (SELECT DISTINCT fund_id, member_id FROM new_rows) n
    JOIN contributions_contribution p ON p.fund_id = n.fund_id AND p.member_id = n.member_id
    LEFT JOIN contributions_cancelled c
      ON c.fund_id = p.fund_id AND c.member_id = p.member_id AND c.collection_id = p.collection_id
    GROUP BY 1, 2) stands
  WHERE t.fund_id = stands.fund_id AND t.member_id = stands.member_id;
  RETURN NULL;
END $$;
CREATE TRIGGER receipt_cancelled AFTER INSERT ON contributions_cancelled REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION receipts_cancelled();
ALTER TABLE contributions_cancelled ENABLE ALWAYS TRIGGER receipt_cancelled;

-- What is not money counts as the fund voted, stands in the books as what it counts, and enters what members have paid.
-- A row that is taken back is answered by its mirror.
CREATE FUNCTION things_given() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
      SELECT 1 FROM new_rows n JOIN contributions_exchangerate r ON r.fund_id = n.fund_id AND r.id = n.rate_id
      LEFT JOIN contributions_inkindcontribution o ON o.fund_id = n.fund_id AND o.id = n.reverses_id
      WHERE CASE WHEN n.reverses_id IS NULL
        THEN n.credit_satang <> coalesce((n.thousandths * r.worth_satang + 500) / 1000, 0) OR r.from_on > n.received_on
        ELSE o.reverses_id IS NOT NULL OR (n.member_id, n.rate_id, n.thousandths, n.credit_satang)
          IS DISTINCT FROM (o.member_id, o.rate_id, -o.thousandths, -o.credit_satang) END) THEN
    RAISE EXCEPTION USING MESSAGE = 'what was given does not count as the fund voted, or is no mirror of what it takes back',
      ERRCODE = 'check_violation', CONSTRAINT = 'in_kind_counts_as_voted';
  END IF;
  IF EXISTS (
      SELECT 1 FROM (SELECT DISTINCT fund_id, deed_id FROM new_rows) n
      JOIN contributions_inkindcontribution i ON i.fund_id = n.fund_id AND i.deed_id = n.deed_id
      LEFT JOIN ledger_entry e ON e.fund_id = i.fund_id AND e.id = i.entry_id
      GROUP BY i.fund_id, i.deed_id
      HAVING abs(sum(i.credit_satang)) <> coalesce(max(e.total_satang), 0) OR count(DISTINCT i.received_on) > 1
        OR bool_or(e.deed <> CASE WHEN i.reverses_id IS NULL THEN 'contributions.in_kind'
          ELSE 'contributions.in_kind_taken_back' END OR e.deed_id <> i.deed_id OR e.happened_on <> i.received_on)) THEN
    RAISE EXCEPTION USING MESSAGE = 'what was given is not in the books as what it counts',
      ERRCODE = 'check_violation', CONSTRAINT = 'in_kind_is_in_the_books';
  END IF;
  INSERT INTO contributions_paidtotal AS kept (fund_id, member_id, paid_satang, last_paid_on)
    SELECT fund_id, member_id, sum(credit_satang), NULL FROM new_rows WHERE credit_satang <> 0
    GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (fund_id, member_id) DO UPDATE SET paid_satang = kept.paid_satang + excluded.paid_satang;
  RETURN NULL;
END $$;
CREATE TRIGGER in_kind_guarded AFTER INSERT ON contributions_inkindcontribution REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION things_given();
ALTER TABLE contributions_inkindcontribution ENABLE ALWAYS TRIGGER in_kind_guarded;

-- A receipt number is used once in its book.
ALTER TABLE contributions_collection ADD CONSTRAINT receipt_number_used_once
  EXCLUDE USING gist (fund_id WITH =, book_id WITH =, int4range(first_number, last_number, '[]') WITH &&);

-- A receipt that was set aside is cleared once: out of the account "to be clarified" goes just what it was.
ALTER TABLE contributions_clearing ADD CONSTRAINT clearing_of_a_receipt_taken_back
  FOREIGN KEY (fund_id, collection_id, member_id) REFERENCES contributions_cancelled (fund_id, collection_id, member_id);
CREATE FUNCTION receipts_cleared() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
      SELECT 1 FROM new_rows n
      JOIN contributions_cancelled c USING (fund_id, collection_id, member_id)
      JOIN contributions_contribution p USING (fund_id, collection_id, member_id)
      JOIN ledger_entry e ON e.fund_id = n.fund_id AND e.id = n.entry_id
      WHERE c.doubts = '{}' OR e.deed_id <> n.clearing_id OR e.total_satang <> p.amount_satang
        OR e.deed NOT IN ('contributions.clearing', 'contributions.collection') OR NOT EXISTS (
          SELECT 1 FROM ledger_line l JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
          WHERE l.fund_id = e.fund_id AND l.entry_id = e.id AND a.code = '2900'
            AND l.amount_satang = p.amount_satang)) THEN
    RAISE EXCEPTION USING MESSAGE = 'a receipt set aside is not cleared in the books by what it was',
      ERRCODE = 'check_violation', CONSTRAINT = 'clearing_is_in_the_books';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER receipt_cleared AFTER INSERT ON contributions_clearing REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION receipts_cleared();
ALTER TABLE contributions_clearing ENABLE ALWAYS TRIGGER receipt_cleared;

-- Spoiled numbers are the next ones of their book, which moves on over them; no receipt has them.
CREATE FUNCTION numbers_spoiled() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (
      SELECT 1 FROM new_rows n
      WHERE NOT EXISTS (SELECT 1 FROM contributions_receiptbook b WHERE b.fund_id = n.fund_id AND b.id = n.book_id
          AND b.next_number > n.last_number AND b.first_number <= n.first_number)
        OR EXISTS (SELECT 1 FROM contributions_collection c WHERE c.fund_id = n.fund_id AND c.book_id = n.book_id
          AND int4range(c.first_number, c.last_number, '[]') && int4range(n.first_number, n.last_number, '[]'))) THEN
    RAISE EXCEPTION USING MESSAGE = 'numbers are spoiled that a receipt has, or that their book does not count',
      ERRCODE = 'check_violation', CONSTRAINT = 'spoiled_numbers_are_nobodys';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER number_spoiled AFTER INSERT ON contributions_spoiled REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION numbers_spoiled();
ALTER TABLE contributions_spoiled ENABLE ALWAYS TRIGGER number_spoiled;
ALTER TABLE contributions_spoiled ADD CONSTRAINT number_spoiled_once
  EXCLUDE USING gist (fund_id WITH =, book_id WITH =, int4range(first_number, last_number, '[]') WITH &&);

-- Of a device only the moment of its wiping is written later, and once.
REVOKE UPDATE ON contributions_device FROM ombun_app, ombun_loader;
GRANT UPDATE (wiped_at) ON contributions_device TO ombun_app, ombun_loader;

-- Of a collection only the running total may change, and only the trigger above changes it.
REVOKE UPDATE ON contributions_collection FROM ombun_app, ombun_loader;
GRANT UPDATE (written_satang) ON contributions_collection TO ombun_app, ombun_loader;
CREATE TRIGGER collection_written_by_receipts BEFORE UPDATE OF written_satang ON contributions_collection
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_writing_by_hand('collection_written_by_receipts');
ALTER TABLE contributions_collection ENABLE ALWAYS TRIGGER collection_written_by_receipts;

ALTER TABLE contributions_paidtotal SET (fillfactor = 50);

-- A receipt book is used from its first number to its last.
CREATE FUNCTION receipt_books_go_on() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM old_rows o JOIN new_rows n ON n.fund_id = o.fund_id AND n.id = o.id
      WHERE n.next_number < o.next_number) THEN
    RAISE EXCEPTION USING MESSAGE = 'a receipt book does not go back to a number that it has given away',
      ERRCODE = 'check_violation', CONSTRAINT = 'receipt_book_goes_on';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER receipt_book_moved AFTER UPDATE ON contributions_receiptbook
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION receipt_books_go_on();
ALTER TABLE contributions_receiptbook ENABLE ALWAYS TRIGGER receipt_book_moved;

-- A receipt book has no gaps: a sheet has as many receipts as numbers, and goes on where the one before it ended.
CREATE FUNCTION collections_guarded() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  sheet record;
BEGIN
  FOR sheet IN SELECT * FROM new_rows ORDER BY fund_id, first_number LOOP
    PERFORM 1 FROM contributions_receiptbook b
      WHERE b.fund_id = sheet.fund_id AND b.id = sheet.book_id AND b.next_number > sheet.last_number
        AND (b.first_number = sheet.first_number OR EXISTS (
          SELECT 1 FROM contributions_collection c WHERE c.fund_id = sheet.fund_id AND c.book_id = sheet.book_id
            AND int4range(c.first_number, c.last_number, '[]') @> sheet.first_number - 1) OR EXISTS (
          SELECT 1 FROM contributions_spoiled s WHERE s.fund_id = sheet.fund_id AND s.book_id = sheet.book_id
            AND s.last_number = sheet.first_number - 1));
    IF NOT FOUND THEN
      RAISE EXCEPTION USING MESSAGE = 'a sheet leaves out receipt numbers, or its book has not moved on',
        ERRCODE = 'check_violation', CONSTRAINT = 'collection_leaves_no_gap';
    END IF;
    IF EXISTS (SELECT 1 FROM contributions_spoiled s WHERE s.fund_id = sheet.fund_id AND s.book_id = sheet.book_id
        AND int4range(s.first_number, s.last_number, '[]') && int4range(sheet.first_number, sheet.last_number, '[]')) THEN
      RAISE EXCEPTION USING MESSAGE = 'a receipt has a number that was told to be spoiled',
        ERRCODE = 'check_violation', CONSTRAINT = 'collection_without_spoiled_numbers';
    END IF;
    PERFORM 1 FROM ledger_entry e
      WHERE e.fund_id = sheet.fund_id AND e.id = sheet.entry_id AND e.deed = 'contributions.collection'
        AND e.deed_id = sheet.deed_id AND e.total_satang = sheet.total_satang AND e.happened_on = sheet.collected_on;
    IF NOT FOUND THEN
      RAISE EXCEPTION USING MESSAGE = 'a sheet is not in the books as it was counted',
        ERRCODE = 'check_violation', CONSTRAINT = 'collection_is_in_the_books';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER collection_guarded AFTER INSERT ON contributions_collection REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION collections_guarded();
ALTER TABLE contributions_collection ENABLE ALWAYS TRIGGER collection_guarded;

-- What members pay is not changed for months whose books are closed. The first plan of a fund holds since its founding.
CREATE FUNCTION plans_voted() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n JOIN funds_fund f ON f.id = n.fund_id AND n.from_on <= f.books_closed_until
      WHERE EXISTS (SELECT 1 FROM contributions_contributionplan p WHERE p.fund_id = n.fund_id AND p.id <> n.id)) THEN
    RAISE EXCEPTION USING MESSAGE = 'what members pay does not change in months whose books are closed',
      ERRCODE = 'check_violation', CONSTRAINT = 'plan_in_open_months';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER plan_voted AFTER INSERT ON contributions_contributionplan REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION plans_voted();
ALTER TABLE contributions_contributionplan ENABLE ALWAYS TRIGGER plan_voted;

-- Of a plan only the day on which it was taken back is written later, and once.
REVOKE UPDATE ON contributions_contributionplan FROM ombun_app, ombun_loader;
GRANT UPDATE (taken_back_on) ON contributions_contributionplan TO ombun_app, ombun_loader;
CREATE TRIGGER plan_taken_back AFTER UPDATE ON contributions_contributionplan
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_writing_again('plan_taken_back_once', 'taken_back_on');
ALTER TABLE contributions_contributionplan ENABLE ALWAYS TRIGGER plan_taken_back;

-- Of an exemption only its end is written later, and once.
REVOKE UPDATE ON contributions_exemption FROM ombun_app, ombun_loader;
GRANT UPDATE (until_on) ON contributions_exemption TO ombun_app, ombun_loader;
CREATE TRIGGER exemption_ended AFTER UPDATE ON contributions_exemption
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_writing_again('exemption_ended_once', 'until_on');
ALTER TABLE contributions_exemption ENABLE ALWAYS TRIGGER exemption_ended;

-- An office does not end before the day on which its holder collected, unless they held another one that day.
CREATE FUNCTION offices_cover_collections() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n JOIN contributions_collection c
        ON c.fund_id = n.fund_id AND c.collected_by_id = n.person_id AND c.collected_on >= n.until_on
      WHERE NOT EXISTS (SELECT 1 FROM funds_officeholder h WHERE h.fund_id = c.fund_id
        AND h.person_id = c.collected_by_id AND daterange(h.from_on, h.until_on) @> c.collected_on)) THEN
    RAISE EXCEPTION USING MESSAGE = 'an office ends after the day on which its holder collected',
      ERRCODE = 'check_violation', CONSTRAINT = 'office_covers_collections';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER office_covers_collections AFTER UPDATE ON funds_officeholder REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION offices_cover_collections();
ALTER TABLE funds_officeholder ENABLE ALWAYS TRIGGER office_covers_collections;

-- Of what somebody said of a transfer only two things are written later: that it was taken back, and which line told it.
REVOKE UPDATE ON contributions_transfernote FROM ombun_app, ombun_loader;
GRANT UPDATE (match_id, taken_back_at) ON contributions_transfernote TO ombun_app, ombun_loader;
