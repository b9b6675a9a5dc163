-- Closed months as the lines of the entries tell them, beside what was rolled up, where the two differ.
SELECT k.fund_id, 'month:' || k.month AS about, k.in_satang AS rolled_in_satang, b.in_satang, k.out_satang AS rolled_out_satang,
  b.out_satang, k.carried_satang AS rolled_carried_satang, b.carried_satang, k.benefit_cases AS rolled_cases, b.cases
FROM (SELECT fund_id, month, in_members_satang + in_local_satang + in_state_satang + in_other_satang AS in_satang,
    benefits_satang + costs_satang AS out_satang, carried_satang, benefit_cases
  FROM network_fundmonth WHERE is_closed) k
CROSS JOIN LATERAL (
  SELECT coalesce(sum(-l.amount_satang) FILTER (WHERE a.kind = 'INCOME'), 0) AS in_satang,
    coalesce(sum(l.amount_satang) FILTER (WHERE a.kind = 'EXPENSE'), 0) AS out_satang,
    coalesce(sum(-l.amount_satang) FILTER (WHERE a.kind IN ('FUND', 'LIABILITY')), 0) AS carried_satang,
    count(DISTINCT e.id) FILTER (WHERE e.deed = 'claims.payment') AS cases
  FROM ledger_entry e
  JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_id = e.id
  JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
  WHERE e.fund_id = k.fund_id AND e.posted_on >= k.month AND e.posted_on < k.month + interval '1 month') b
WHERE (k.in_satang, k.out_satang, k.carried_satang, k.benefit_cases::bigint)
  IS DISTINCT FROM (b.in_satang, b.out_satang, b.carried_satang, b.cases)
