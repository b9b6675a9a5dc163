-- Receipts for gifts are numbered from 1 without a gap; what was given in money stands in the books as such.
CREATE FUNCTION gifts_received() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n WHERE n.number <> 1 AND NOT EXISTS (
      SELECT 1 FROM givers_gift g WHERE g.fund_id = n.fund_id AND g.number = n.number - 1)) THEN
    RAISE EXCEPTION USING MESSAGE = 'a receipt for a gift leaves out a number',
      ERRCODE = 'check_violation', CONSTRAINT = 'gift_leaves_no_gap';
  END IF;
  IF EXISTS (SELECT 1 FROM new_rows n JOIN ledger_entry e ON e.fund_id = n.fund_id AND e.id = n.entry_id
      WHERE e.deed <> 'givers.gift' OR e.deed_id <> n.id OR e.total_satang <> n.amount_satang
        OR e.happened_on <> n.given_on) THEN
    RAISE EXCEPTION USING MESSAGE = 'a gift is not in the books as it was given',
      ERRCODE = 'check_violation', CONSTRAINT = 'gift_is_in_the_books';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER gift_received AFTER INSERT ON givers_gift REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION gifts_received();
ALTER TABLE givers_gift ENABLE ALWAYS TRIGGER gift_received;

-- Of a gift only its cancelling is written later, and once, with the entry that takes its money out again.
REVOKE UPDATE ON givers_gift FROM ombun_app, ombun_loader;
GRANT UPDATE (cancelled_on, cancelled_because, cancelling_entry_id) ON givers_gift TO ombun_app, ombun_loader;
CREATE FUNCTION gifts_cancelled() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM old_rows o JOIN new_rows n ON n.fund_id = o.fund_id AND n.id = o.id
      LEFT JOIN ledger_entry e ON e.fund_id = n.fund_id AND e.id = n.cancelling_entry_id
      WHERE (o.cancelled_on IS NOT NULL AND (o.cancelled_on, o.cancelled_because, o.cancelling_entry_id)
          IS DISTINCT FROM (n.cancelled_on, n.cancelled_because, n.cancelling_entry_id))
        OR e.reverses_id IS DISTINCT FROM CASE WHEN n.cancelled_on IS NOT NULL THEN n.entry_id END) THEN
    RAISE EXCEPTION USING MESSAGE = 'a gift is cancelled once, with the entry that takes its money out again',
      ERRCODE = 'check_violation', CONSTRAINT = 'gift_cancelled_once';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER gift_cancelled AFTER UPDATE ON givers_gift REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION gifts_cancelled();
ALTER TABLE givers_gift ENABLE ALWAYS TRIGGER gift_cancelled;
