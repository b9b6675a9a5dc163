-- A clause is booked to an account that the fund's books have.
ALTER TABLE regulations_clause ADD CONSTRAINT clause_account
  FOREIGN KEY (fund_id, account_code) REFERENCES ledger_account (fund_id, code);

-- Of a version only the day on which the next one took over may be written later.
REVOKE UPDATE ON regulations_regulationversion FROM ombun_app, ombun_loader;
GRANT UPDATE (in_force_until) ON regulations_regulationversion TO ombun_app, ombun_loader;

-- Published clauses may be read by all, like the directory of funds; they are written and withdrawn only inside the fund.
ALTER TABLE regulations_publishedclause ENABLE ROW LEVEL SECURITY;
ALTER TABLE regulations_publishedclause FORCE ROW LEVEL SECURITY;
CREATE POLICY directory ON regulations_publishedclause FOR SELECT USING (true);
CREATE POLICY own_new ON regulations_publishedclause FOR INSERT
  WITH CHECK (fund_id = nullif(current_setting('app.fund_id', true), '')::bigint);
CREATE POLICY own_gone ON regulations_publishedclause FOR DELETE
  USING (fund_id = nullif(current_setting('app.fund_id', true), '')::bigint);
REVOKE UPDATE, TRUNCATE ON regulations_publishedclause FROM ombun_app, ombun_loader;
