-- What a search reads beside the index of words, so that it touches few pages: the order of all that
-- are listed, in rows as narrow as can be, and in one row all that is said of a partner. Both are
-- written with the index whenever a profile is saved, and say nothing that the profile doesn't.
-- `entry` is the public partner id.
CREATE TABLE directory_entries (
  entry INTEGER PRIMARY KEY REFERENCES directory_profiles (entry),
  name_folded TEXT NOT NULL,
  suspended INTEGER NOT NULL CHECK (suspended IN (0, 1))
) STRICT;
CREATE INDEX directory_entries_listed ON directory_entries (name_folded, entry, suspended) WHERE NOT suspended;

CREATE TABLE directory_cards (
  entry INTEGER PRIMARY KEY REFERENCES directory_entries (entry),
  card TEXT NOT NULL CHECK (json_valid(card))
) STRICT;

INSERT INTO directory_entries (entry, name_folded, suspended)
  SELECT entry, name_folded, suspended FROM directory_profiles WHERE state = 'published';
INSERT INTO directory_cards (entry, card)
  SELECT profile.entry, json_object(
    'number', partner.number,
    'name', partner.name,
    'domain', partner.domain,
    'description', profile.description,
    'places', json((SELECT json_group_array(json_array(country, city)) FROM (SELECT country, city FROM directory_locations WHERE partner_id = partner.id ORDER BY position))),
    'help', json((SELECT json_group_array(value) FROM (SELECT value FROM directory_choices WHERE partner_id = partner.id AND facet = 'help' ORDER BY position))),
    'sizes', json((SELECT json_group_array(value) FROM (SELECT value FROM directory_choices WHERE partner_id = partner.id AND facet = 'size' ORDER BY position))),
    'languages', json((SELECT json_group_array(value) FROM (SELECT value FROM directory_choices WHERE partner_id = partner.id AND facet = 'language' ORDER BY position))),
    'keywords', json((SELECT json_group_array(value) FROM (SELECT value FROM directory_choices WHERE partner_id = partner.id AND facet = 'keyword' ORDER BY position)))
  )
  FROM directory_profiles profile JOIN partners partner ON partner.id = profile.partner_id
  WHERE profile.state = 'published';

-- The copies that the profile had for the same purpose.
DROP TRIGGER directory_profiles_suspended;
DROP INDEX directory_profiles_listed;
ALTER TABLE directory_profiles DROP COLUMN suspended;
ALTER TABLE directory_profiles DROP COLUMN name_folded;
CREATE TRIGGER directory_entries_suspended AFTER UPDATE OF suspended_at ON partners BEGIN
  UPDATE directory_entries SET suspended = NEW.suspended_at IS NOT NULL WHERE entry = CAST(NEW.number AS INTEGER);
END;
