-- Functions that every room's tables lean on.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING MESSAGE = TG_TABLE_NAME || ': rows of this table stay as they are',
    ERRCODE = 'check_violation', CONSTRAINT = TG_ARGV[0];
END $$;

-- The order of a Thai dictionary under COLLATE "C": leading vowels move behind their consonant, tone marks count last.
CREATE FUNCTION thai_key(written text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
  SELECT translate(moved, '็่้๊๋์ํ๎', '') || E'\x01'
      || translate(regexp_replace(moved, '[^็่้๊๋์ํ๎]', '0', 'g'), '์็่้๊๋ํ๎', '12345678')
  FROM (SELECT regexp_replace(written, '([เแโใไ])([ก-ฮ])', '\2\1', 'g') AS moved) AS without_leading_vowels
$$;
