-- What partners say of their customers: that somebody accepted the agreement elsewhere. Nothing
-- follows from it; an administrator of the customer confirms it by accepting, or dismisses it.
CREATE TABLE agreement_claims (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  tenant_id BLOB NOT NULL REFERENCES tenants (id),
  partner_id BLOB NOT NULL REFERENCES partners (id),
  relationship_id BLOB NOT NULL REFERENCES relationships (id),
  version_id BLOB NOT NULL REFERENCES agreement_versions (id),
  accepted_on TEXT NOT NULL CHECK (accepted_on GLOB '????-??-??'),
  claimed_at TEXT NOT NULL CHECK (claimed_at GLOB '????-??-??T??:??:??.??????Z'),
  claimed_by BLOB NOT NULL REFERENCES memberships (id),
  state TEXT NOT NULL CHECK (state IN ('new', 'confirmed', 'dismissed')),
  closed_at TEXT CHECK (closed_at GLOB '????-??-??T??:??:??.??????Z'),
  closed_by BLOB REFERENCES memberships (id),
  CHECK ((state = 'new') = (closed_at IS NULL)),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL))
) STRICT;
CREATE UNIQUE INDEX agreement_claims_open ON agreement_claims (tenant_id, partner_id) WHERE state = 'new';
CREATE UNIQUE INDEX agreement_claims_once ON agreement_claims (tenant_id, partner_id, version_id);
CREATE INDEX agreement_claims_by ON agreement_claims (claimed_by);

-- Whom a claim names, and the note beside it. Erasing leaves the row and nothing that was typed.
CREATE TABLE agreement_claim_words (
  claim_id BLOB PRIMARY KEY REFERENCES agreement_claims (id),
  name TEXT CHECK (length(name) BETWEEN 1 AND 120),
  name_folded TEXT,
  note TEXT CHECK (length(note) BETWEEN 1 AND 2000),
  erased_at TEXT CHECK (erased_at GLOB '????-??-??T??:??:??.??????Z'),
  CHECK ((erased_at IS NULL) = (name IS NOT NULL)),
  CHECK ((name IS NULL) = (name_folded IS NULL)),
  CHECK (erased_at IS NULL OR note IS NULL)
) STRICT;
