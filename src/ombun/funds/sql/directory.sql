-- The directory of funds may be read by all; a fund's own row changes only inside that fund.
ALTER TABLE funds_fund ENABLE ROW LEVEL SECURITY;
ALTER TABLE funds_fund FORCE ROW LEVEL SECURITY;
CREATE POLICY directory ON funds_fund FOR SELECT USING (true);
CREATE POLICY new_fund ON funds_fund FOR INSERT WITH CHECK (true);
CREATE POLICY own_fund ON funds_fund FOR UPDATE USING (id = nullif(current_setting('app.fund_id', true), '')::bigint);
REVOKE DELETE, TRUNCATE ON funds_fund FROM ombun_app, ombun_loader;
