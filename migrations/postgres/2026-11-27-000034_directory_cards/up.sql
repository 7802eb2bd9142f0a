-- What a search reads beside the index of words, so that it touches few pages: the order of all that
-- are listed, in rows as narrow as can be, and in one row all that is said of a partner. Both are
-- written with the index whenever a profile is saved, and say nothing that the profile doesn't.
-- `entry` is the public partner id. The words stand beside the order here, so that a search reads one
-- table.
CREATE TABLE directory_entries (
  entry BIGINT PRIMARY KEY REFERENCES directory_profiles (entry),
  name_folded TEXT COLLATE "C" NOT NULL,
  suspended BOOLEAN NOT NULL,
  words TSVECTOR NOT NULL DEFAULT ''
);
CREATE INDEX directory_entries_listed ON directory_entries (name_folded, entry, suspended) WHERE NOT suspended;
CREATE INDEX directory_entries_words ON directory_entries USING gin (words) WITH (fastupdate = off);

CREATE TABLE directory_cards (
  entry BIGINT PRIMARY KEY REFERENCES directory_entries (entry),
  card TEXT NOT NULL CHECK (card::json IS NOT NULL)
);

INSERT INTO directory_entries (entry, name_folded, suspended, words)
  SELECT entry, name_folded, suspended, coalesce(words, '')
  FROM directory_profiles LEFT JOIN directory_index USING (entry) WHERE state = 'published';
DROP TABLE directory_index;
INSERT INTO directory_cards (entry, card)
  SELECT profile.entry, json_build_object(
    'number', partner.number,
    'name', partner.name,
    'domain', partner.domain,
    'description', profile.description,
    'places', (SELECT coalesce(json_agg(json_build_array(country, city) ORDER BY position), '[]') FROM directory_locations WHERE partner_id = partner.id),
    'help', (SELECT coalesce(json_agg(value ORDER BY position), '[]') FROM directory_choices WHERE partner_id = partner.id AND facet = 'help'),
    'sizes', (SELECT coalesce(json_agg(value ORDER BY position), '[]') FROM directory_choices WHERE partner_id = partner.id AND facet = 'size'),
    'languages', (SELECT coalesce(json_agg(value ORDER BY position), '[]') FROM directory_choices WHERE partner_id = partner.id AND facet = 'language'),
    'keywords', (SELECT coalesce(json_agg(value ORDER BY position), '[]') FROM directory_choices WHERE partner_id = partner.id AND facet = 'keyword')
  )::text
  FROM directory_profiles profile JOIN partners partner ON partner.id = profile.partner_id
  WHERE profile.state = 'published';

-- The copies that the profile had for the same purpose.
DROP INDEX directory_profiles_listed;
ALTER TABLE directory_profiles DROP COLUMN suspended, DROP COLUMN name_folded;
CREATE OR REPLACE FUNCTION directory_follows_suspension() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE directory_entries SET suspended = NEW.suspended_at IS NOT NULL WHERE entry = CAST(NEW.number AS BIGINT);
  RETURN NULL;
END $$;
DROP TRIGGER directory_profiles_suspended ON partners;
CREATE TRIGGER directory_entries_suspended AFTER UPDATE OF suspended_at ON partners
  FOR EACH ROW EXECUTE FUNCTION directory_follows_suspension();
