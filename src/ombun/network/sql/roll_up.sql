-- Every month of a fund (or of all funds) up to a day, from the kept balances, the spells of membership and the claims.
WITH months AS (
  SELECT f.id AS fund_id, f.books_closed_until, m::date AS month, (m + interval '1 month')::date AS until_on
  FROM funds_fund f CROSS JOIN generate_series(date_trunc('month', f.starts_on), %(on)s::date, interval '1 month') m
  WHERE %(fund_id)s::bigint IS NULL OR f.id = %(fund_id)s),
spells AS (
  SELECT s.fund_id, coalesce(m.merged_into, m.id) AS member_id, s.joined_on, CASE WHEN s.left_reason IS NULL THEN 'infinity' ELSE s.left_on END AS left_on
  FROM members_membership s JOIN members_member m ON m.fund_id = s.fund_id AND m.id = s.member_id
  WHERE (%(fund_id)s::bigint IS NULL OR s.fund_id = %(fund_id)s) AND s.joined_on IS NOT NULL
    AND m.withdrawn_by IS NULL),
people AS (
  SELECT k.fund_id, k.month, count(DISTINCT s.member_id) AS members_ever,
    count(DISTINCT s.member_id) FILTER (WHERE s.left_on >= k.until_on) AS members_current
  FROM months k JOIN spells s ON s.fund_id = k.fund_id AND s.joined_on < k.until_on GROUP BY 1, 2),
moved AS (
  SELECT b.fund_id, b.month,
    sum(b.credit_satang - b.debit_satang) FILTER (WHERE a.code IN ('4100', '4700')) AS in_members,
    sum(b.credit_satang - b.debit_satang) FILTER (WHERE a.code = '4400') AS in_local,
    sum(b.credit_satang - b.debit_satang) FILTER (WHERE a.code IN ('4200', '4300')) AS in_state,
    sum(b.credit_satang - b.debit_satang) FILTER (
      WHERE a.kind = 'INCOME' AND a.code NOT IN ('4100', '4200', '4300', '4400', '4700')) AS in_other,
    sum(b.debit_satang - b.credit_satang) FILTER (WHERE a.kind = 'EXPENSE' AND a.code LIKE '51%%') AS benefits,
    sum(b.debit_satang - b.credit_satang) FILTER (WHERE a.kind = 'EXPENSE' AND a.code NOT LIKE '51%%') AS costs,
    sum(b.credit_satang - b.debit_satang) FILTER (WHERE a.kind IN ('FUND', 'LIABILITY')) AS carried,
    sum(b.debit_satang - b.credit_satang) FILTER (WHERE a.kind = 'ASSET') AS money
  FROM ledger_balance b JOIN ledger_account a ON a.fund_id = b.fund_id AND a.id = b.account_id
  WHERE %(fund_id)s::bigint IS NULL OR b.fund_id = %(fund_id)s GROUP BY 1, 2),
helped AS (
  SELECT fund_id, date_trunc('month', paid_on)::date AS month, count(*) AS cases FROM claims_claim
  WHERE (%(fund_id)s::bigint IS NULL OR fund_id = %(fund_id)s) AND paid_on IS NOT NULL GROUP BY 1, 2),
figures AS (
  SELECT k.fund_id, k.month, coalesce(p.members_current, 0) AS members_current,
    coalesce(p.members_ever, 0) AS members_ever, coalesce(v.in_members, 0) AS in_members_satang,
    coalesce(v.in_local, 0) AS in_local_satang, coalesce(v.in_state, 0) AS in_state_satang,
    coalesce(v.in_other, 0) AS in_other_satang, coalesce(v.benefits, 0) AS benefits_satang,
    coalesce(h.cases, 0) AS benefit_cases, coalesce(v.costs, 0) AS costs_satang,
    coalesce(v.carried, 0) AS carried_satang,
    coalesce(sum(v.money) OVER (PARTITION BY k.fund_id ORDER BY k.month), 0) AS money_satang,
    k.until_on <= k.books_closed_until + 1 AS is_closed
  FROM months k
  LEFT JOIN people p USING (fund_id, month)
  LEFT JOIN moved v USING (fund_id, month)
  LEFT JOIN helped h USING (fund_id, month))
INSERT INTO network_fundmonth AS kept (fund_id, month, members_current, members_ever, in_members_satang, in_local_satang,
  in_state_satang, in_other_satang, benefits_satang, benefit_cases, costs_satang, carried_satang, money_satang, is_closed)
SELECT fund_id, month, members_current, members_ever, in_members_satang, in_local_satang, in_state_satang, in_other_satang,
  benefits_satang, benefit_cases, costs_satang, carried_satang, money_satang, is_closed FROM figures
ON CONFLICT (fund_id, month) DO UPDATE SET members_current = excluded.members_current,
  members_ever = excluded.members_ever, in_members_satang = excluded.in_members_satang,
  in_local_satang = excluded.in_local_satang, in_state_satang = excluded.in_state_satang,
  in_other_satang = excluded.in_other_satang, benefits_satang = excluded.benefits_satang,
  benefit_cases = excluded.benefit_cases, costs_satang = excluded.costs_satang,
  carried_satang = excluded.carried_satang, money_satang = excluded.money_satang, is_closed = excluded.is_closed
WHERE kept IS DISTINCT FROM excluded
