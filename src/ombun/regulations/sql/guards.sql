-- A clause is booked to an account that the fund's books have.
ALTER TABLE regulations_clause ADD CONSTRAINT clause_account
  FOREIGN KEY (fund_id, account_code) REFERENCES ledger_account (fund_id, code);

-- Of a version only the day on which the next one took over may be written later.
REVOKE UPDATE ON regulations_regulationversion FROM ombun_app, ombun_loader;
GRANT UPDATE (in_force_until) ON regulations_regulationversion TO ombun_app, ombun_loader;
