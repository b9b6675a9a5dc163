-- A seal is reckoned by the database itself: entries and receipts are hashed into a tree (RFC 6962), and the tree's root
-- into a chain of heads. `contributions/queries/seals.py` reckons all of it again from the tables, in words of its own; the
-- two must agree. sha256() and uuid_send() are PostgreSQL's own, no extension is needed.

-- One leaf of the receipts: book and number, day, sum, and a salt that is on the paper, so that nobody can guess it.
CREATE FUNCTION receipt_leaf(book integer, number integer, day date, satang bigint, sheet_salt uuid) RETURNS bytea
  LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT sha256('\x00'::bytea || convert_to(concat_ws('|', 'receipt', book, number, to_char(day, 'YYYY-MM-DD'), satang,
    encode(substr(sha256(uuid_send(sheet_salt) || convert_to('|' || number, 'UTF8')), 1, 15), 'hex')), 'UTF8')) $$;

CREATE FUNCTION seal_reckoned() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  told ledger_seal := NEW;
  before ledger_seal;
  entries bigint[];
  sheets integer[];
  leaves bytea[];
  receipts bytea[];
BEGIN
  IF row_security_active('ledger_seal')
      AND NEW.fund_id IS DISTINCT FROM nullif(current_setting('app.fund_id', true), '')::bigint THEN
    RETURN NEW;  -- the wall between funds refuses it
  END IF;
  SELECT * INTO before FROM ledger_seal s WHERE s.fund_id = NEW.fund_id ORDER BY s.seal_no DESC LIMIT 1;
  NEW.seal_no := coalesce(before.seal_no, 0) + 1;
  entries := ARRAY(SELECT entries_to_seal(NEW.fund_id, NEW.seal_no, NEW.month, NEW.entries_until));
  leaves := ARRAY(SELECT entry_leaf(e) FROM ledger_entry e
    WHERE e.fund_id = NEW.fund_id AND e.id = ANY(entries) ORDER BY e.id);
  sheets := ARRAY(SELECT k.id FROM contributions_collection k WHERE k.fund_id = NEW.fund_id AND k.entry_id = ANY(entries));
  receipts := ARRAY(SELECT receipt_leaf(b.book_no, p.number, p.collected_on, p.amount_satang, k.salt)
    FROM contributions_contribution p
    JOIN contributions_collection k ON k.fund_id = p.fund_id AND k.id = p.collection_id
    JOIN contributions_receiptbook b ON b.fund_id = k.fund_id AND b.id = k.book_id
    WHERE p.fund_id = NEW.fund_id AND p.collection_id = ANY(sheets) ORDER BY b.book_no, p.number);
  NEW.entry_count := cardinality(leaves);
  NEW.receipt_count := cardinality(receipts);
  leaves := leaves || receipts;
  NEW.root := root_of(leaves);
  NEW.head := sha256('\x02'::bytea || coalesce(before.head, decode(repeat('00', 32), 'hex'))
    || convert_to(concat_ws('|', NEW.seal_no, to_char(NEW.month, 'YYYY-MM'), NEW.entry_count, NEW.receipt_count, ''), 'UTF8')
    || NEW.root);
  NEW.marks := coalesce((SELECT string_agg(substr(one, 1, 4), ''::bytea ORDER BY n)
    FROM unnest(leaves) WITH ORDINALITY AS u(one, n)), ''::bytea);
  IF told.head IS NOT NULL AND told IS DISTINCT FROM NEW THEN
    RAISE EXCEPTION USING MESSAGE = 'a seal is not what the books say',
      ERRCODE = 'check_violation', CONSTRAINT = 'seal_is_what_the_books_say';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER seal_reckoned BEFORE INSERT ON ledger_seal FOR EACH ROW EXECUTE FUNCTION seal_reckoned();
ALTER TABLE ledger_seal ENABLE ALWAYS TRIGGER seal_reckoned;
