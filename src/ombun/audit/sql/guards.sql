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

-- The order of a Thai dictionary under COLLATE "C": leading vowels move behind their consonant, tone marks count last.
CREATE FUNCTION thai_key(written text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT translate(moved, '็่้๊๋์ํ๎', '') || E'\x01'
      || translate(regexp_replace(moved, '[^็่้๊๋์ํ๎]', '0', 'g'), '์็่้๊๋ํ๎', '12345678')
  FROM (SELECT regexp_replace(written, '([เแโใไ])([ก-ฮ])', '\2\1', 'g') AS moved) AS without_leading_vowels
$$;
