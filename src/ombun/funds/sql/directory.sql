-- The directory of funds may be read by all; a fund's own row changes only inside that fund.
ALTER TABLE funds_fund ENABLE ROW LEVEL SECURITY;
ALTER TABLE funds_fund FORCE ROW LEVEL SECURITY;
CREATE POLICY directory ON funds_fund FOR SELECT USING (true);
CREATE POLICY new_fund ON funds_fund FOR INSERT WITH CHECK (true);
CREATE POLICY own_fund ON funds_fund FOR UPDATE USING (id = nullif(current_setting('app.fund_id', true), '')::bigint);
REVOKE DELETE, TRUNCATE ON funds_fund FROM ombun_app, ombun_loader;
-- What a fund began as stays; its name and place may be corrected, and its books close as below.
REVOKE UPDATE ON funds_fund FROM ombun_app, ombun_loader;
GRANT UPDATE (name, tambon_id, books_closed_until) ON funds_fund TO ombun_app, ombun_loader;

-- Closing a month moves the day until which the books are closed, month by month. Nothing else moves it, least of all back.
CREATE FUNCTION months_close() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  closing record;
BEGIN
  FOR closing IN SELECT fund_id, month FROM new_rows ORDER BY fund_id, month LOOP
    UPDATE funds_fund f SET books_closed_until = closing.month + interval '1 month' - interval '1 day'
      WHERE f.id = closing.fund_id AND date_trunc('month', f.books_closed_until + 1) = closing.month;
    IF NOT FOUND THEN
      RAISE EXCEPTION USING MESSAGE = 'months close one after the other',
        ERRCODE = 'check_violation', CONSTRAINT = 'months_close_in_order';
    END IF;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER month_closes AFTER INSERT ON funds_monthclose REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION months_close();
ALTER TABLE funds_monthclose ENABLE ALWAYS TRIGGER month_closes;
CREATE TRIGGER books_closed_by_closings BEFORE UPDATE OF books_closed_until ON funds_fund
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_writing_by_hand('books_closed_by_closings');
ALTER TABLE funds_fund ENABLE ALWAYS TRIGGER books_closed_by_closings;
