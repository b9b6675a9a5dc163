-- Claims defend themselves, whoever writes. Statement triggers: one check for a list of any length.

ALTER TABLE claims_signature RENAME CONSTRAINT claims_signature_pkey TO claim_signed_once_per_person;

-- Who asked for what, when, with which papers and under which number never changes; what was decided is guarded below.
REVOKE UPDATE ON claims_claim FROM ombun_app, ombun_loader;
GRANT UPDATE (details, clause_id, state, assessed_satang, assessed_units, assessment, certified_on,
  decided_on, approved_satang, rejected_because, resolution_id, list_id, paid_on, paid_satang, payee_name, entry_id,
  paid_from_id, voucher_year, voucher_no)
  ON claims_claim TO ombun_app, ombun_loader;

-- What a claim was certified, decided and paid on stays. Personal words may be emptied ('', '{}', a dash for a reason).
CREATE FUNCTION claims_moved() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM old_rows o JOIN new_rows n ON n.fund_id = o.fund_id AND n.id = o.id
      WHERE n.state <> o.state AND (o.state, n.state) NOT IN (
        ('FILED', 'CERTIFIED'), ('FILED', 'REJECTED'), ('CERTIFIED', 'APPROVED'), ('CERTIFIED', 'REJECTED'),
        ('APPROVED', 'PAID'))) THEN
    RAISE EXCEPTION USING MESSAGE = 'a claim cannot move from that state to this one',
      ERRCODE = 'check_violation', CONSTRAINT = 'claim_moves_as_allowed';
  END IF;
  IF EXISTS (SELECT 1 FROM old_rows o JOIN new_rows n ON n.fund_id = o.fund_id AND n.id = o.id
      WHERE n.details NOT IN (o.details, '{}')
      OR (o.certified_on IS NOT NULL AND o.certified_on IS DISTINCT FROM n.certified_on)
      OR (o.decided_on IS NOT NULL
          AND ((o.clause_id, o.assessed_satang, o.assessed_units, o.approved_satang, o.decided_on, o.resolution_id, o.list_id)
            IS DISTINCT FROM (n.clause_id, n.assessed_satang, n.assessed_units, n.approved_satang, n.decided_on,
              n.resolution_id, n.list_id)
            OR n.assessment NOT IN (o.assessment, '{}') OR n.rejected_because NOT IN (o.rejected_because, '–')))
      OR (o.paid_on IS NOT NULL AND ((o.paid_on, o.paid_satang, o.entry_id, o.paid_from_id, o.voucher_year, o.voucher_no)
            IS DISTINCT FROM (n.paid_on, n.paid_satang, n.entry_id, n.paid_from_id, n.voucher_year, n.voucher_no)
            OR n.payee_name NOT IN (o.payee_name, '')))) THEN
    RAISE EXCEPTION USING MESSAGE = 'what was certified, decided or paid stays as it was',
      ERRCODE = 'check_violation', CONSTRAINT = 'claim_decision_stays';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER claim_moved AFTER UPDATE ON claims_claim REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION claims_moved();
ALTER TABLE claims_claim ENABLE ALWAYS TRIGGER claim_moved;

-- What was handed over at once of a claim.
CREATE FUNCTION helped_satang(fund bigint, claim uuid) RETURNS bigint LANGUAGE sql STABLE
  SET search_path = public, pg_temp AS $$
  SELECT coalesce((SELECT amount_satang FROM claims_firsthelp WHERE fund_id = fund AND claim_id = claim), 0) $$;

CREATE FUNCTION claims_signed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n WHERE n.state IN ('CERTIFIED', 'APPROVED', 'PAID')
      AND (SELECT count(*) FROM claims_signature s
           WHERE s.fund_id = n.fund_id AND s.claim_id = n.id AND s.act = 'CERTIFY') < 3) THEN
    RAISE EXCEPTION USING MESSAGE = 'a claim is certified by three people',
      ERRCODE = 'check_violation', CONSTRAINT = 'claim_certified_by_three';
  END IF;
  IF EXISTS (SELECT 1 FROM new_rows n
      CROSS JOIN (VALUES ('APPROVED', 'APPROVE'), ('PAID', 'APPROVE'), ('PAID', 'PAY'), ('REJECTED', 'REJECT'))
        AS needed(state, act)
      WHERE n.state = needed.state AND NOT EXISTS (SELECT 1 FROM claims_signature s
        WHERE s.fund_id = n.fund_id AND s.claim_id = n.id AND s.act = needed.act)) THEN
    RAISE EXCEPTION USING MESSAGE = 'a claim is decided and paid under somebody''s name',
      ERRCODE = 'check_violation', CONSTRAINT = 'claim_decided_under_a_name';
  END IF;
  IF EXISTS (SELECT 1 FROM new_rows n JOIN regulations_clause c ON c.fund_id = n.fund_id AND c.id = n.clause_id
      WHERE c.benefit <> n.benefit) THEN
    RAISE EXCEPTION USING MESSAGE = 'the clause of a claim grants another benefit',
      ERRCODE = 'check_violation', CONSTRAINT = 'claim_under_its_clause';
  END IF;
  IF EXISTS (SELECT 1 FROM new_rows n JOIN claims_firsthelp h ON h.fund_id = n.fund_id AND h.claim_id = n.id
      WHERE n.state = 'REJECTED' OR n.approved_satang < h.amount_satang) THEN
    RAISE EXCEPTION USING MESSAGE = 'what was handed over at once is approved',
      ERRCODE = 'check_violation', CONSTRAINT = 'claim_approves_first_help';
  END IF;
  IF EXISTS (SELECT 1 FROM new_rows n JOIN members_resolution r ON r.fund_id = n.fund_id AND r.id = n.resolution_id
      WHERE n.decided_on IS DISTINCT FROM r.met_on OR NOT EXISTS (SELECT 1 FROM claims_signature s
        WHERE s.fund_id = n.fund_id AND s.claim_id = n.id AND s.person_id = r.signed_by_id
          AND s.act IN ('APPROVE', 'REJECT'))) THEN
    RAISE EXCEPTION USING MESSAGE = 'a claim on a meeting''s list is decided on its day, under the name that signed it',
      ERRCODE = 'check_violation', CONSTRAINT = 'claim_decided_at_the_meeting';
  END IF;
  IF EXISTS (SELECT 1 FROM new_rows n WHERE n.state = 'PAID' AND NOT EXISTS (
      SELECT 1 FROM ledger_entry e
      JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_id = e.id AND l.amount_satang = n.paid_satang
      JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id
      JOIN regulations_clause c ON c.fund_id = n.fund_id AND c.id = n.clause_id AND c.account_code = a.code
      WHERE e.fund_id = n.fund_id AND e.id = n.entry_id AND e.deed = 'claims.payment' AND e.deed_id = n.id
        AND (n.paid_satang = helped_satang(n.fund_id, n.id) OR EXISTS (SELECT 1 FROM ledger_line out
          LEFT JOIN ledger_bankaccount b ON b.fund_id = n.fund_id AND b.id = n.paid_from_id
          JOIN ledger_account o ON o.fund_id = out.fund_id AND o.id = out.account_id
            AND (o.id = b.account_id OR n.paid_from_id IS NULL AND o.holder_kind = 'TREASURER')
          WHERE out.fund_id = e.fund_id AND out.entry_id = e.id
            AND out.amount_satang = helped_satang(n.fund_id, n.id) - n.paid_satang)))) THEN
    RAISE EXCEPTION USING MESSAGE = 'a claim is paid by the entry that books just that sum for it',
      ERRCODE = 'check_violation', CONSTRAINT = 'claim_paid_as_posted';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER claim_signed_when_filed AFTER INSERT ON claims_claim REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION claims_signed();
CREATE TRIGGER claim_signed_when_moved AFTER UPDATE ON claims_claim REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION claims_signed();
ALTER TABLE claims_claim ENABLE ALWAYS TRIGGER claim_signed_when_filed;
ALTER TABLE claims_claim ENABLE ALWAYS TRIGGER claim_signed_when_moved;

CREATE FUNCTION claims_signatures_guarded() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n
      JOIN claims_claim c ON c.fund_id = n.fund_id AND c.id = n.claim_id
      JOIN funds_person p ON p.fund_id = n.fund_id AND p.id = n.person_id
      JOIN members_member asks ON asks.fund_id = c.fund_id AND asks.id = c.member_id
      JOIN members_member signs ON signs.fund_id = p.fund_id AND signs.id = p.member_id
      WHERE coalesce(asks.merged_into, asks.id) = coalesce(signs.merged_into, signs.id)) THEN
    RAISE EXCEPTION USING MESSAGE = 'nobody signs their own claim',
      ERRCODE = 'check_violation', CONSTRAINT = 'claim_not_signed_by_its_member';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER signature_guarded AFTER INSERT ON claims_signature REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION claims_signatures_guarded();
ALTER TABLE claims_signature ENABLE ALWAYS TRIGGER signature_guarded;

-- What was rejected is asked again as a claim of its own, for the same event of the same member.
CREATE FUNCTION claims_appealed() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n JOIN claims_claim o ON o.fund_id = n.fund_id AND o.id = n.appeal_of_id
      WHERE o.state <> 'REJECTED' OR (o.member_id, o.benefit, o.happened_on)
        IS DISTINCT FROM (n.member_id, n.benefit, n.happened_on)) THEN
    RAISE EXCEPTION USING MESSAGE = 'an appeal is about the same event as a claim that was rejected',
      ERRCODE = 'check_violation', CONSTRAINT = 'claim_appeals_a_rejected_one';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER claim_appealed AFTER INSERT ON claims_claim REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION claims_appealed();
ALTER TABLE claims_claim ENABLE ALWAYS TRIGGER claim_appealed;

-- What comes back of a benefit: no more than was paid, booked just so; no more than was agreed.
CREATE FUNCTION claims_recovered() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n JOIN claims_claim c ON c.fund_id = n.fund_id AND c.id = n.claim_id
      WHERE c.state <> 'PAID' OR n.amount_satang > c.paid_satang OR n.agreed_on < c.paid_on) THEN
    RAISE EXCEPTION USING MESSAGE = 'no more comes back than was paid', ERRCODE = 'check_violation',
      CONSTRAINT = 'recovery_not_above_payment';
  END IF;
  IF EXISTS (SELECT 1 FROM new_rows n WHERE NOT EXISTS (
      SELECT 1 FROM ledger_entry e
      JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_id = e.id AND l.amount_satang = n.amount_satang
      JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id AND a.code = '1500'
      WHERE e.fund_id = n.fund_id AND e.id = n.entry_id AND e.deed = 'claims.recovery' AND e.deed_id = n.id)) THEN
    RAISE EXCEPTION USING MESSAGE = 'an agreement stands in the books with just its sum',
      ERRCODE = 'check_violation', CONSTRAINT = 'recovery_as_posted';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER recovery_guarded AFTER INSERT ON claims_recovery REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION claims_recovered();
ALTER TABLE claims_recovery ENABLE ALWAYS TRIGGER recovery_guarded;

CREATE FUNCTION claims_helped() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n JOIN claims_claim c ON c.fund_id = n.fund_id AND c.id = n.claim_id
      JOIN regulations_clause k ON k.fund_id = c.fund_id AND k.id = c.clause_id
      WHERE n.helped_on > c.decided_on OR n.amount_satang > coalesce((k.rule->'at_once'->>'limit_satang')::bigint, 0)) THEN
    RAISE EXCEPTION USING MESSAGE = 'help at once is for what its clause names, up to its limit',
      ERRCODE = 'check_violation', CONSTRAINT = 'first_help_within_its_limit';
  END IF;
  IF EXISTS (SELECT 1 FROM new_rows n WHERE NOT EXISTS (
      SELECT 1 FROM ledger_entry e
      JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_id = e.id AND l.amount_satang = n.amount_satang
      JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id AND a.code = '1600'
      WHERE e.fund_id = n.fund_id AND e.id = n.entry_id AND e.deed = 'claims.first_help' AND e.deed_id = n.id)) THEN
    RAISE EXCEPTION USING MESSAGE = 'help at once stands in the books with just its sum',
      ERRCODE = 'check_violation', CONSTRAINT = 'first_help_as_posted';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER first_help_guarded AFTER INSERT ON claims_firsthelp REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION claims_helped();
ALTER TABLE claims_firsthelp ENABLE ALWAYS TRIGGER first_help_guarded;

CREATE FUNCTION first_helps_emptied() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM old_rows o JOIN new_rows n ON n.fund_id = o.fund_id AND n.id = o.id
      WHERE n.payee_name NOT IN (o.payee_name, '')) THEN
    RAISE EXCEPTION USING MESSAGE = 'who was helped stays as it was', ERRCODE = 'check_violation',
      CONSTRAINT = 'first_help_words_stay';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER first_help_emptied AFTER UPDATE ON claims_firsthelp
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION first_helps_emptied();
ALTER TABLE claims_firsthelp ENABLE ALWAYS TRIGGER first_help_emptied;

-- What an auditor saw may be emptied for good, never rewritten.
CREATE FUNCTION looks_emptied() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM old_rows o JOIN new_rows n ON n.fund_id = o.fund_id AND n.id = o.id
      WHERE n.because NOT IN (o.because, '')) THEN
    RAISE EXCEPTION USING MESSAGE = 'what was seen stays as it was', ERRCODE = 'check_violation',
      CONSTRAINT = 'look_words_stay';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER look_emptied AFTER UPDATE ON claims_look
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION looks_emptied();
ALTER TABLE claims_look ENABLE ALWAYS TRIGGER look_emptied;

-- Words of an agreement may be emptied for good, never rewritten.
CREATE FUNCTION recoveries_emptied() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM old_rows o JOIN new_rows n ON n.fund_id = o.fund_id AND n.id = o.id
      WHERE n.payer_name NOT IN (o.payer_name, '') OR n.because NOT IN (o.because, '')) THEN
    RAISE EXCEPTION USING MESSAGE = 'what was agreed stays as it was', ERRCODE = 'check_violation',
      CONSTRAINT = 'recovery_words_stay';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER recovery_emptied AFTER UPDATE ON claims_recovery
  REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION recoveries_emptied();
ALTER TABLE claims_recovery ENABLE ALWAYS TRIGGER recovery_emptied;

CREATE FUNCTION claims_repaid() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM claims_recovery r JOIN claims_repayment p ON p.fund_id = r.fund_id AND p.recovery_id = r.id
      WHERE (r.fund_id, r.id) IN (SELECT fund_id, recovery_id FROM new_rows)
      GROUP BY r.fund_id, r.id, r.amount_satang HAVING sum(p.amount_satang) > r.amount_satang) THEN
    RAISE EXCEPTION USING MESSAGE = 'no more comes back than was agreed', ERRCODE = 'check_violation',
      CONSTRAINT = 'repayment_not_above_agreement';
  END IF;
  IF EXISTS (SELECT 1 FROM new_rows n WHERE NOT EXISTS (
      SELECT 1 FROM ledger_entry e
      JOIN ledger_line l ON l.fund_id = e.fund_id AND l.entry_id = e.id AND l.amount_satang = -n.amount_satang
      JOIN ledger_account a ON a.fund_id = l.fund_id AND a.id = l.account_id AND a.code = '1500'
      WHERE e.fund_id = n.fund_id AND e.id = n.entry_id AND e.deed = 'claims.repayment' AND e.deed_id = n.id)) THEN
    RAISE EXCEPTION USING MESSAGE = 'what came back stands in the books with just its sum',
      ERRCODE = 'check_violation', CONSTRAINT = 'repayment_as_posted';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER repayment_guarded AFTER INSERT ON claims_repayment REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION claims_repaid();
ALTER TABLE claims_repayment ENABLE ALWAYS TRIGGER repayment_guarded;

-- Who signed stays who they were: the name under a claim, and once it is known, which member that is.
CREATE FUNCTION signers_stay() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM old_rows o JOIN new_rows n ON n.fund_id = o.fund_id AND n.id = o.id
      WHERE (n.name <> o.name OR (o.member_id IS NOT NULL AND n.member_id IS DISTINCT FROM o.member_id))
      AND EXISTS (SELECT 1 FROM claims_signature s WHERE s.fund_id = o.fund_id AND s.person_id = o.id)) THEN
    RAISE EXCEPTION USING MESSAGE = 'somebody who signed a claim stays who they were',
      ERRCODE = 'check_violation', CONSTRAINT = 'signer_stays_the_same';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER signer_stays AFTER UPDATE ON funds_person REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION signers_stay();
ALTER TABLE funds_person ENABLE ALWAYS TRIGGER signer_stays;

-- An office does not end before the day on which its holder signed a claim, unless they held another one that day.
CREATE FUNCTION offices_cover_signatures() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM new_rows n JOIN claims_signature s
        ON s.fund_id = n.fund_id AND s.person_id = n.person_id AND s.signed_on >= n.until_on
      WHERE NOT EXISTS (SELECT 1 FROM funds_officeholder h WHERE h.fund_id = s.fund_id AND h.person_id = s.person_id
        AND daterange(h.from_on, h.until_on) @> s.signed_on)) THEN
    RAISE EXCEPTION USING MESSAGE = 'an office ends after the day on which its holder signed a claim',
      ERRCODE = 'check_violation', CONSTRAINT = 'office_covers_signatures';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER office_covers_signatures AFTER UPDATE ON funds_officeholder REFERENCING NEW TABLE AS new_rows
  FOR EACH STATEMENT EXECUTE FUNCTION offices_cover_signatures();
ALTER TABLE funds_officeholder ENABLE ALWAYS TRIGGER office_covers_signatures;
