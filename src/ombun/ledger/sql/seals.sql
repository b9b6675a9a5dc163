-- A month that closes is sealed by the database itself, whoever closes it. What a seal is reckoned from beside the entries,
-- and the head, stand where receipts are known: contributions/sql/seals.sql.

-- One leaf of the books: what was done, when, under which accounts and with which words; never who a member is.
CREATE FUNCTION entry_leaf(e ledger_entry) RETURNS bytea LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT sha256('\x00'::bytea || convert_to(concat_ws('|', 'entry', e.deed, e.deed_id,
    to_char(e.happened_on, 'YYYY-MM-DD'), to_char(e.posted_on, 'YYYY-MM-DD'),
    to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
    coalesce((SELECT r.deed || ' ' || r.deed_id FROM ledger_entry r
              WHERE r.fund_id = e.fund_id AND r.id = e.reverses_id), '-'),
    (SELECT string_agg(a.code || ' ' || l.amount_satang, ',' ORDER BY l.line_no) FROM ledger_line l
     JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
     WHERE l.fund_id = e.fund_id AND l.entry_id = e.id), e.memo), 'UTF8')) $$;

-- The root of a tree over these hashes: level after level, two by two; the last one of an odd level goes up as it is.
CREATE FUNCTION root_of(leaves bytea[]) RETURNS bytea LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
DECLARE
  level bytea[] := leaves;
BEGIN
  IF cardinality(level) = 0 THEN
    RETURN sha256(''::bytea);
  END IF;
  WHILE cardinality(level) > 1 LOOP
    level := (SELECT array_agg(hashed ORDER BY pair) FROM (
      SELECT (n - 1) / 2 AS pair, CASE count(*) WHEN 1 THEN string_agg(one, ''::bytea)
        ELSE sha256('\x01'::bytea || string_agg(one, ''::bytea ORDER BY n)) END AS hashed
      FROM unnest(level) WITH ORDINALITY AS u(one, n) GROUP BY 1) pairs);
  END LOOP;
  RETURN level[1];
END $$;

-- Which entries a seal holds: posted until the end of its month, there when it was made, and in no seal before it.
CREATE FUNCTION entries_to_seal(fund bigint, no integer, until date, last_entry bigint) RETURNS SETOF bigint
  LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT e.id FROM ledger_entry e JOIN (
    SELECT m.month, coalesce((SELECT max(s.entries_until) FROM ledger_seal s
      WHERE s.fund_id = fund AND s.seal_no < no AND s.month >= m.month), 0) AS sealed_until
    FROM (SELECT DISTINCT date_trunc('month', posted_on)::date AS month FROM ledger_entry
          WHERE fund_id = fund AND posted_on < until + interval '1 month') m) m
    ON m.month = date_trunc('month', e.posted_on)::date AND e.id > m.sealed_until
  WHERE e.fund_id = fund AND e.posted_on < until + interval '1 month' AND e.id <= last_entry ORDER BY e.id $$;

-- A fund that comes from another computer brings its seals along; they are reckoned again and have to be the same.
CREATE FUNCTION months_sealed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO ledger_seal (fund_id, close_id, month, entries_until)
    SELECT n.fund_id, n.id, n.month, coalesce((SELECT max(e.id) FROM ledger_entry e WHERE e.fund_id = n.fund_id), 0)
    FROM new_rows n WHERE NOT EXISTS (
      SELECT 1 FROM ledger_seal s WHERE s.fund_id = n.fund_id AND s.close_id = n.id)
    ORDER BY n.fund_id, n.month;
  RETURN NULL;
END $$;
CREATE TRIGGER month_sealed AFTER INSERT ON funds_monthclose REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION months_sealed();
ALTER TABLE funds_monthclose ENABLE ALWAYS TRIGGER month_sealed;
