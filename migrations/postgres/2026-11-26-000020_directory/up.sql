-- The directory in which customers find partners.

-- One a partner. What is published is whole: customers read a description, and what they write
-- arrives somewhere. `entry` is the public partner id, and names the row in the index of words. Two
-- copies save a look at every partner that a search finds: `name_folded`, for the order, and whether
-- the partner is suspended, which the trigger keeps.
CREATE TABLE directory_profiles (
  entry BIGINT PRIMARY KEY CHECK (entry > 0),
  partner_id UUID NOT NULL UNIQUE REFERENCES partners (id),
  state TEXT NOT NULL CHECK (state IN ('hidden', 'published')),
  suspended BOOLEAN NOT NULL,
  name_folded TEXT COLLATE "C" NOT NULL,
  description TEXT CHECK (length(description) BETWEEN 1 AND 1000),
  contact_email TEXT CHECK (length(contact_email) BETWEEN 3 AND 254),
  updated_at TIMESTAMPTZ NOT NULL,
  updated_by UUID NOT NULL REFERENCES memberships (id),
  published_at TIMESTAMPTZ,
  CHECK (state = 'hidden' OR description IS NOT NULL AND contact_email IS NOT NULL AND published_at IS NOT NULL)
);
CREATE INDEX directory_profiles_listed ON directory_profiles (name_folded, partner_id) WHERE state = 'published' AND suspended = FALSE;
CREATE FUNCTION directory_follows_suspension() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE directory_profiles SET suspended = NEW.suspended_at IS NOT NULL WHERE partner_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER directory_profiles_suspended AFTER UPDATE OF suspended_at ON partners
  FOR EACH ROW EXECUTE FUNCTION directory_follows_suspension();

CREATE TABLE directory_locations (
  partner_id UUID NOT NULL REFERENCES directory_profiles (partner_id),
  position INTEGER NOT NULL CHECK (position BETWEEN 0 AND 9),
  country TEXT NOT NULL CHECK (length(country) = 2),
  city TEXT NOT NULL CHECK (length(city) BETWEEN 1 AND 80),
  city_folded TEXT COLLATE "C" NOT NULL,
  PRIMARY KEY (partner_id, position),
  UNIQUE (partner_id, country, city_folded)
);

-- Sizes served, kinds of help, languages spoken, and keywords in the partner's own words.
CREATE TABLE directory_choices (
  partner_id UUID NOT NULL REFERENCES directory_profiles (partner_id),
  facet TEXT NOT NULL,
  position INTEGER NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (partner_id, facet, position),
  UNIQUE (partner_id, facet, value),
  CHECK (
    facet = 'size' AND position BETWEEN 0 AND 3 AND value IN ('1-49', '50-249', '250-999', '1000') OR
    facet = 'help' AND position BETWEEN 0 AND 3 AND value IN ('sells', 'manages', 'advises', 'builds_apps') OR
    facet = 'language' AND position BETWEEN 0 AND 39 AND value ~ '^[a-z][a-z]$' OR
    facet = 'keyword' AND position BETWEEN 0 AND 11 AND length(value) BETWEEN 1 AND 40
  )
);

-- Which words a published profile has. They are folded and told apart by us, so that both databases
-- find the same: no text parser of the database has a part in it. A mark like =helpsells stands
-- among the words and begins as none of them can.
CREATE TABLE directory_index (
  entry BIGINT PRIMARY KEY,
  words TSVECTOR NOT NULL
);
CREATE INDEX directory_index_words ON directory_index USING gin (words) WITH (fastupdate = off);
