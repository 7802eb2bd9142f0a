-- What partners say of their customers: that somebody accepted the agreement elsewhere. Nothing
-- follows from it; an administrator of the customer confirms it by accepting, or dismisses it.
CREATE TABLE agreement_claims (
  id UUID PRIMARY KEY,
  tenant_id UUID NOT NULL REFERENCES tenants (id),
  partner_id UUID NOT NULL REFERENCES partners (id),
  relationship_id UUID NOT NULL REFERENCES relationships (id),
  version_id UUID NOT NULL REFERENCES agreement_versions (id),
  accepted_on TEXT NOT NULL CHECK (length(accepted_on) = 10),
  claimed_at TIMESTAMPTZ NOT NULL,
  claimed_by UUID NOT NULL REFERENCES memberships (id),
  state TEXT NOT NULL CHECK (state IN ('new', 'confirmed', 'dismissed')),
  closed_at TIMESTAMPTZ,
  closed_by UUID REFERENCES memberships (id),
  CHECK ((state = 'new') = (closed_at IS NULL)),
  CHECK ((closed_at IS NULL) = (closed_by IS NULL))
);
CREATE UNIQUE INDEX agreement_claims_open ON agreement_claims (tenant_id, partner_id) WHERE state = 'new';
CREATE UNIQUE INDEX agreement_claims_once ON agreement_claims (tenant_id, partner_id, version_id);
CREATE INDEX agreement_claims_by ON agreement_claims (claimed_by);

-- Whom a claim names, and the note beside it. Erasing leaves the row and nothing that was typed.
CREATE TABLE agreement_claim_words (
  claim_id UUID PRIMARY KEY REFERENCES agreement_claims (id),
  name TEXT CHECK (length(name) BETWEEN 1 AND 120),
  name_folded TEXT COLLATE "C",
  note TEXT CHECK (length(note) BETWEEN 1 AND 2000),
  erased_at TIMESTAMPTZ,
  CHECK ((erased_at IS NULL) = (name IS NOT NULL)),
  CHECK ((name IS NULL) = (name_folded IS NULL)),
  CHECK (erased_at IS NULL OR note IS NULL)
);
