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

-- Closings and reopenings alone move the day until which the books are closed. A closing stands until it is reopened;
-- the standing ones make a row without a gap from the first month on, and each month has one at most.
CREATE FUNCTION months_close() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  fund record;
BEGIN
  PERFORM 1 FROM funds_fund f WHERE f.id IN (SELECT fund_id FROM new_rows) ORDER BY f.id FOR UPDATE;
  FOR fund IN SELECT f.id, f.starts_on, count(c.month) AS closed, count(DISTINCT c.month) AS months,
      min(c.month) AS first_month, max(c.month) AS last_month
    FROM funds_fund f LEFT JOIN funds_monthclose c ON c.fund_id = f.id AND NOT EXISTS (
      SELECT 1 FROM funds_monthreopening r WHERE r.fund_id = c.fund_id AND r.close_id = c.id)
    WHERE f.id IN (SELECT fund_id FROM new_rows) GROUP BY f.id, f.starts_on ORDER BY f.id
  LOOP
    IF fund.closed <> fund.months THEN
      RAISE EXCEPTION USING MESSAGE = 'a month is closed once until it is reopened',
        ERRCODE = 'unique_violation', CONSTRAINT = 'month_close_once';
    END IF;
    IF fund.closed > 0 AND (fund.first_month <> date_trunc('month', fund.starts_on)
        OR fund.last_month <> (fund.first_month + (fund.months - 1) * interval '1 month')::date) THEN
      RAISE EXCEPTION USING MESSAGE = 'months close one after the other, and open again the newest first',
        ERRCODE = 'check_violation', CONSTRAINT = 'months_close_in_order';
    END IF;
    UPDATE funds_fund SET books_closed_until = coalesce(
      (fund.last_month + interval '1 month' - interval '1 day')::date, fund.starts_on - 1) WHERE id = fund.id;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER month_closes AFTER INSERT ON funds_monthclose REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION months_close();
ALTER TABLE funds_monthclose ENABLE ALWAYS TRIGGER month_closes;
CREATE TRIGGER month_reopens AFTER INSERT ON funds_monthreopening REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION months_close();
ALTER TABLE funds_monthreopening ENABLE ALWAYS TRIGGER month_reopens;
CREATE TRIGGER books_closed_by_closings BEFORE UPDATE OF books_closed_until ON funds_fund
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_writing_by_hand('books_closed_by_closings');
ALTER TABLE funds_fund ENABLE ALWAYS TRIGGER books_closed_by_closings;
