-- Functions that every room's tables lean on. Every trigger function names its search_path: whoever calls it cannot put
-- a table of their own in the place of one that it asks.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ': rows of this table stay as they are',
    ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0];
END $$;

-- Sums are written by the triggers that keep them, so never at the outermost level.
CREATE FUNCTION refuse_writing_by_hand() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ': these sums are kept by what they sum',
      ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0];
  END IF;
  RETURN NULL;
END $$;

-- What is written into a row later, such as its end, is written once. Of the trigger: the promise's name, the column.
CREATE FUNCTION refuse_writing_again() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM old_rows o JOIN new_rows n ON n.fund_id = o.fund_id AND n.id = o.id
      WHERE to_jsonb(o) -> TG_ARGV[1] <> 'null' AND to_jsonb(n) -> TG_ARGV[1] <> to_jsonb(o) -> TG_ARGV[1]) THEN
    RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ': ' || TG_ARGV[1] || ' is written once',
      ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0];
  END IF;
  RETURN NULL;
END $$;

-- The order of a Thai dictionary under COLLATE "C": leading vowels move behind their consonant, tone marks count last.
CREATE FUNCTION thai_key(written text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT translate(moved, '็่้๊๋์ํ๎', '') || E'\x01'
      || translate(regexp_replace(moved, '[^็่้๊๋์ํ๎]', '0', 'g'), '์็่้๊๋ํ๎', '12345678')
  FROM (SELECT regexp_replace(written, '([เแโใไ])([ก-ฮ])', '\2\1', 'g') AS moved) AS without_leading_vowels
$$;

-- The sound of a Thai name, step for step as `members/rules/sound.py` says it.
CREATE FUNCTION thai_sound(written text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT regexp_replace(translate(regexp_replace(
      replace(replace(replace(replace(replace(replace(replace(replace(regexp_replace(
        regexp_replace(written, '([ทตด]ร|[ก-ฮ])[ิุ]?์|[่้๊๋็ๆฯ. -]', '', 'g'),
        '([ัุิูา])ญ', '\1น', 'g'), 'รร', 'ั'), 'ัฐ', 'ัด'), 'ำ', 'ัม'), 'ฤ', 'ริ'), 'ทร', 'ซ'), 'ศร', 'ส'), 'สร', 'ส'), 'ซร', 'ส'),
      'ห([งญนมยรลว])', '\1', 'g'),
    'ศษซณญฎฏตฐฑฒถธฬรภผฝฃขฅฆฌฉีืูใABCDEFGHIJKLMNOPQRSTUVWXYZ',
    'สสสนยดดดทททททลลพพฟคคคคชชิึุไabcdefghijklmnopqrstuvwxyz'), '(.)\1+', '\1', 'g')
$$;

-- What the planner knows of these tables, at once: the server does it by itself, but a minute after many rows were
-- written, and until then joins of whole tables would go row by row. The application does not own the tables; who else
-- is at it just now does it for us.
CREATE FUNCTION fresh_statistics(tables text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  EXECUTE 'ANALYZE (SKIP_LOCKED) ' || (SELECT string_agg(quote_ident(t), ', ' ORDER BY t) FROM unnest(tables) AS t);
END $$;

-- Rows of a fund that came from another computer keep their numbers; what is numbered next goes on behind them.
CREATE FUNCTION numbers_go_on(tables text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE
  name text;
  sequence text;
  latest bigint;
BEGIN
  FOREACH name IN ARRAY tables LOOP
    sequence := pg_get_serial_sequence(quote_ident(name), 'id');
    EXECUTE format('SELECT max(id) FROM %I', name) INTO latest;
    IF latest > 1500000000 THEN
      RAISE EXCEPTION USING MESSAGE = 'a row has a number that leaves no room for others',
        ERRCODE = 'check_violation', CONSTRAINT = 'numbers_leave_room';
    END IF;
    PERFORM setval(sequence, latest) WHERE latest > coalesce(
      (SELECT s.last_value FROM pg_sequences s WHERE format('%I.%I', s.schemaname, s.sequencename) = sequence), 0);
  END LOOP;
END $$;
