-- The books defend themselves, whoever writes. Statement triggers: one check for a sheet of any length.

CREATE FUNCTION ledger_entries_guarded() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  -- What old books tell is told of days before the fund's own books began, and of no other day.
  IF EXISTS (SELECT 1 FROM new_rows e JOIN funds_fund f ON f.id = e.fund_id
      WHERE CASE WHEN e.deed LIKE '%.history' THEN e.posted_on >= date_trunc('month', f.starts_on)
                 ELSE e.posted_on <= f.books_closed_until END) THEN
    RAISE EXCEPTION USING MESSAGE = 'an entry lies in a closed month',
      ERRCODE = 'check_violation', CONSTRAINT = 'entry_in_open_month';
  END IF;
  IF EXISTS (SELECT 1 FROM new_rows e WHERE NOT EXISTS (
      SELECT 1 FROM ledger_line l WHERE l.fund_id = e.fund_id AND l.entry_id = e.id)) THEN
    RAISE EXCEPTION USING MESSAGE = 'an entry has no lines; entry and lines are written in one statement',
      ERRCODE = 'check_violation', CONSTRAINT = 'entry_has_lines';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER entry_guarded AFTER INSERT ON ledger_entry REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_guarded();
ALTER TABLE ledger_entry ENABLE ALWAYS TRIGGER entry_guarded;

CREATE FUNCTION ledger_lines_guarded() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows GROUP BY fund_id, entry_id HAVING sum(amount_satang) <> 0) THEN
    RAISE EXCEPTION USING MESSAGE = 'an entry does not sum to zero',
      ERRCODE = 'check_violation', CONSTRAINT = 'entry_balances';
  END IF;
  IF EXISTS (SELECT 1 FROM (SELECT fund_id, entry_id, count(*) AS lines FROM new_rows GROUP BY fund_id, entry_id) n
      WHERE n.lines <> (SELECT count(*) FROM ledger_line l WHERE l.fund_id = n.fund_id AND l.entry_id = n.entry_id)) THEN
    RAISE EXCEPTION USING MESSAGE = 'lines were added to an entry that was already posted',
      ERRCODE = 'check_violation', CONSTRAINT = 'entry_written_once';
  END IF;
  IF EXISTS (SELECT 1 FROM (SELECT fund_id, entry_id, count(*) AS lines, sum(greatest(amount_satang, 0)) AS satang
                            FROM new_rows GROUP BY fund_id, entry_id) n
      WHERE (n.lines, n.satang) <> (SELECT e.line_count, e.total_satang FROM ledger_entry e
                                    WHERE e.fund_id = n.fund_id AND e.id = n.entry_id)) THEN
    RAISE EXCEPTION USING MESSAGE = 'the lines of an entry are not what its head says',
      ERRCODE = 'check_violation', CONSTRAINT = 'entry_says_its_lines';
  END IF;
  INSERT INTO ledger_balance AS kept (fund_id, account_id, month, debit_satang, credit_satang)
    SELECT n.fund_id, n.account_id, date_trunc('month', e.posted_on)::date,
           sum(greatest(n.amount_satang, 0)), sum(greatest(-n.amount_satang, 0))
    FROM new_rows n JOIN ledger_entry e ON e.fund_id = n.fund_id AND e.id = n.entry_id
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT (fund_id, account_id, month) DO UPDATE
    SET debit_satang = kept.debit_satang + excluded.debit_satang,
        credit_satang = kept.credit_satang + excluded.credit_satang;
  INSERT INTO ledger_total AS kept (fund_id, account_id, debit_satang, credit_satang)
    SELECT n.fund_id, n.account_id, sum(greatest(n.amount_satang, 0)), sum(greatest(-n.amount_satang, 0))
    FROM new_rows n GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT (fund_id, account_id) DO UPDATE
    SET debit_satang = kept.debit_satang + excluded.debit_satang,
        credit_satang = kept.credit_satang + excluded.credit_satang;
  RETURN NULL;
END $$;
CREATE TRIGGER line_guarded AFTER INSERT ON ledger_line REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_lines_guarded();
ALTER TABLE ledger_line ENABLE ALWAYS TRIGGER line_guarded;

ALTER TABLE ledger_balance SET (fillfactor = 50);
ALTER TABLE ledger_total SET (fillfactor = 50);

-- A month that closes remembers what its books held, whatever the one who closes it says.
CREATE FUNCTION month_counted() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  SELECT count(*), coalesce(sum(e.total_satang), 0) INTO NEW.entry_count, NEW.total_satang FROM ledger_entry e
    WHERE e.fund_id = NEW.fund_id AND e.posted_on >= NEW.month AND e.posted_on < NEW.month + interval '1 month';
  RETURN NEW;
END $$;
CREATE TRIGGER month_counted BEFORE INSERT ON funds_monthclose FOR EACH ROW EXECUTE FUNCTION month_counted();
ALTER TABLE funds_monthclose ENABLE ALWAYS TRIGGER month_counted;

-- Of a bank account only its end is written later, and once.
REVOKE UPDATE ON ledger_bankaccount FROM ombun_app, ombun_loader;
GRANT UPDATE (ended_on) ON ledger_bankaccount TO ombun_app, ombun_loader;
CREATE TRIGGER bank_account_ended AFTER UPDATE ON ledger_bankaccount
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_writing_again('bank_account_ended_once', 'ended_on');
ALTER TABLE ledger_bankaccount ENABLE ALWAYS TRIGGER bank_account_ended;

-- What the books have for a line of a bank statement, without what was taken back: just what the bank says, or nothing.
CREATE FUNCTION booked_for_line(fund bigint, line bigint) RETURNS bigint LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT coalesce(sum(d.amount_satang), 0)::bigint FROM ledger_statementmatch x
  JOIN ledger_statementline l ON l.fund_id = x.fund_id AND l.id = x.line_id
  JOIN ledger_line d ON d.fund_id = x.fund_id AND d.entry_id = x.entry_id AND d.account_id = l.account_id
  WHERE x.fund_id = fund AND x.line_id = line AND x.undone_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM ledger_entry r WHERE r.fund_id = x.fund_id AND r.reverses_id = x.entry_id) $$;

CREATE FUNCTION statement_matched() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  -- A fund that is made again brings matches that were undone, or whose entry was taken back; no line has too much.
  IF EXISTS (SELECT 1 FROM (
        SELECT DISTINCT n.fund_id, n.line_id, n.match_id, l.amount_satang, booked_for_line(n.fund_id, n.line_id) AS satang
        FROM new_rows n JOIN ledger_statementline l ON l.fund_id = n.fund_id AND l.id = n.line_id) n
      WHERE satang NOT BETWEEN least(amount_satang, 0) AND greatest(amount_satang, 0)
        OR satang <> amount_satang AND NOT EXISTS (
          SELECT 1 FROM ledger_statementmatch x
          LEFT JOIN ledger_entry r ON r.fund_id = x.fund_id AND r.reverses_id = x.entry_id
          WHERE x.fund_id = n.fund_id AND x.line_id = n.line_id AND x.match_id = n.match_id
            AND (x.undone_at IS NOT NULL OR r.id IS NOT NULL))) OR EXISTS (
      SELECT 1 FROM new_rows n JOIN ledger_statementline l ON l.fund_id = n.fund_id AND l.id = n.line_id
      WHERE NOT EXISTS (SELECT 1 FROM ledger_line d
        WHERE d.fund_id = n.fund_id AND d.entry_id = n.entry_id AND d.account_id = l.account_id)) THEN
    RAISE EXCEPTION USING MESSAGE = 'what is matched with a line of the bank is not what the bank says',
      ERRCODE = 'check_violation', CONSTRAINT = 'match_is_what_the_bank_says';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER statement_match_made AFTER INSERT ON ledger_statementmatch REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION statement_matched();
ALTER TABLE ledger_statementmatch ENABLE ALWAYS TRIGGER statement_match_made;

REVOKE UPDATE ON ledger_statementmatch, ledger_statementline FROM ombun_app, ombun_loader;
GRANT UPDATE (undone_at) ON ledger_statementmatch TO ombun_app, ombun_loader;
GRANT UPDATE (words) ON ledger_statementline TO ombun_app, ombun_loader;
CREATE TRIGGER statement_match_undone AFTER UPDATE ON ledger_statementmatch
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_writing_again('match_taken_back_once', 'undone_at');
ALTER TABLE ledger_statementmatch ENABLE ALWAYS TRIGGER statement_match_undone;

-- Of a bank's slip only the moment at which its hand-over was taken back is written later.
REVOKE UPDATE ON ledger_bankslip FROM ombun_app, ombun_loader;
GRANT UPDATE (void_at) ON ledger_bankslip TO ombun_app, ombun_loader;

-- Vouchers have numbers without a gap, and above what one person may pay alone by the resolution that was there, two.
CREATE FUNCTION vouchers_guarded() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT fund_id, way, year FROM new_rows) n
      JOIN ledger_voucher v ON v.fund_id = n.fund_id AND v.way = n.way AND v.year = n.year
      GROUP BY n.fund_id, n.way, n.year HAVING min(v.number) <> 1 OR max(v.number) <> count(*)) THEN
    RAISE EXCEPTION USING MESSAGE = 'a number is missing between vouchers',
      ERRCODE = 'check_violation', CONSTRAINT = 'voucher_leaves_no_gap';
  END IF;
  IF EXISTS (SELECT 1 FROM new_rows v WHERE v.second_id IS NULL AND paid_by_entry(v.fund_id, v.entry_id) > (
      SELECT p.limit_satang FROM ledger_paymentlimit p JOIN ledger_entry e ON e.fund_id = v.fund_id AND e.id = v.entry_id
      WHERE p.fund_id = v.fund_id AND p.from_on <= e.happened_on AND p.recorded_at <= v.recorded_at
      ORDER BY p.from_on DESC LIMIT 1)) THEN
    RAISE EXCEPTION USING MESSAGE = 'a payment above the voted amount stands on one person',
      ERRCODE = 'check_violation', CONSTRAINT = 'voucher_of_two_persons';
  END IF;
  RETURN NULL;
END $$;

-- How much left the hands and the bank by an entry, all of them together.
CREATE FUNCTION paid_by_entry(fund bigint, entry bigint) RETURNS bigint LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT -coalesce(sum(l.amount_satang), 0)::bigint FROM ledger_line l
  JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id AND a.holder_kind IS NOT NULL
  WHERE l.fund_id = fund AND l.entry_id = entry $$;
CREATE TRIGGER voucher_guarded AFTER INSERT ON ledger_voucher REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION vouchers_guarded();
ALTER TABLE ledger_voucher ENABLE ALWAYS TRIGGER voucher_guarded;

-- What is attached is what it was when it was sent, until it is taken off for good.
ALTER TABLE ledger_attachment ADD CONSTRAINT attachment_is_what_was_sent CHECK (
  CASE WHEN removed_at IS NULL THEN octet_length(content) >= 1 AND octet_length(content) <= 3000000
                                AND digest = encode(sha256(content), 'hex')
       ELSE octet_length(content) = 0 END);
ALTER TABLE ledger_attachment ALTER COLUMN content SET STORAGE EXTERNAL;
REVOKE UPDATE ON ledger_attachment FROM ombun_app, ombun_loader;
GRANT UPDATE (content, removed_at) ON ledger_attachment TO ombun_app, ombun_loader;
CREATE TRIGGER attachment_removed AFTER UPDATE ON ledger_attachment
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
  EXECUTE FUNCTION refuse_writing_again('attachment_removed_once', 'removed_at');
ALTER TABLE ledger_attachment ENABLE ALWAYS TRIGGER attachment_removed;

-- What was counted is what its notes and coins make: eleven kinds, from 1,000 baht to 25 satang.
ALTER TABLE ledger_cashcount ADD CONSTRAINT cash_count_adds_up CHECK (
  cardinality(pieces) = 11 AND array_position(pieces, NULL) IS NULL AND 0 <= ALL (pieces) AND counted_satang =
    pieces[1] * 100000::bigint + pieces[2] * 50000::bigint + pieces[3] * 10000::bigint + pieces[4] * 5000::bigint
    + pieces[5] * 2000::bigint + pieces[6] * 1000 + pieces[7] * 500 + pieces[8] * 200 + pieces[9] * 100
    + pieces[10] * 50 + pieces[11] * 25);

-- The parts of an account are the whole, so that sub-funds together are the fund.
CREATE FUNCTION shares_guarded() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT fund_id, vote_id, account FROM new_rows) n
      JOIN ledger_share s ON s.fund_id = n.fund_id AND s.vote_id = n.vote_id AND s.account = n.account
      GROUP BY n.fund_id, n.vote_id, n.account HAVING sum(s.thousandths) <> 1000) THEN
    RAISE EXCEPTION USING MESSAGE = 'the parts of an account are not the whole',
      ERRCODE = 'check_violation', CONSTRAINT = 'shares_are_the_whole';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER share_guarded AFTER INSERT ON ledger_share REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION shares_guarded();
ALTER TABLE ledger_share ENABLE ALWAYS TRIGGER share_guarded;
