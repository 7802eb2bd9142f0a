-- What an operator is writing. Nobody accepted it and nobody can, so it changes and goes; what is
-- published is copied to where nothing changes.
CREATE TABLE agreement_drafts (
  id UUID PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('customer')),
  country TEXT CHECK (length(country) = 2),
  dated TEXT NOT NULL CHECK (length(dated) = 10),
  material BOOLEAN NOT NULL,
  earlier_suffices_until TIMESTAMPTZ,
  note TEXT CHECK (length(note) BETWEEN 1 AND 500),
  -- Grows with every change, so that what is published is what was looked at.
  revision INTEGER NOT NULL CHECK (revision >= 1),
  changed_at TIMESTAMPTZ NOT NULL,
  CHECK (material OR earlier_suffices_until IS NULL)
);
CREATE UNIQUE INDEX agreement_drafts_country ON agreement_drafts (kind, country) WHERE country IS NOT NULL;
CREATE UNIQUE INDEX agreement_drafts_default ON agreement_drafts (kind) WHERE country IS NULL;

CREATE TABLE agreement_draft_texts (
  draft_id UUID NOT NULL REFERENCES agreement_drafts (id),
  language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
  source TEXT NOT NULL,
  changes TEXT CHECK (length(changes) BETWEEN 1 AND 2000),
  PRIMARY KEY (draft_id, language)
);
