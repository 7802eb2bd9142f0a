-- What customers write to partners that they found in the directory.

-- What was written, once for all partners that it went to. Its id comes with the form, so that a
-- form that is sent twice writes once. Erasing takes away what is personal and leaves that
-- somebody wrote.
CREATE TABLE contact_messages (
  id UUID PRIMARY KEY,
  tenant_id UUID REFERENCES tenants (id),
  membership_id UUID REFERENCES memberships (id),
  language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
  need TEXT CHECK (length(need) BETWEEN 1 AND 2000),
  name TEXT CHECK (length(name) BETWEEN 1 AND 120),
  email TEXT,
  email_folded TEXT COLLATE "C",
  phone TEXT,
  organization TEXT CHECK (length(organization) BETWEEN 1 AND 120),
  size TEXT NOT NULL CHECK (size IN ('1-49', '50-249', '250-999', '1000')),
  start TEXT NOT NULL CHECK (start IN ('soon', 'within_3_months', 'later')),
  created_at TIMESTAMPTZ NOT NULL,
  erased_at TIMESTAMPTZ,
  CHECK ((tenant_id IS NULL) = (membership_id IS NULL)),
  CHECK (tenant_id IS NULL OR organization IS NULL),
  CHECK (erased_at IS NOT NULL OR (need IS NOT NULL AND name IS NOT NULL AND email IS NOT NULL AND email_folded IS NOT NULL)),
  CHECK (erased_at IS NOT NULL OR tenant_id IS NOT NULL OR organization IS NOT NULL),
  CHECK (erased_at IS NULL OR (need IS NULL AND name IS NULL AND email IS NULL AND email_folded IS NULL AND phone IS NULL AND organization IS NULL))
);

-- One for each partner. The tenant is the message's, repeated for its list.
CREATE TABLE contact_requests (
  id UUID PRIMARY KEY,
  message_id UUID NOT NULL REFERENCES contact_messages (id),
  partner_id UUID NOT NULL REFERENCES partners (id),
  tenant_id UUID REFERENCES tenants (id),
  state TEXT NOT NULL CHECK (state IN ('new', 'answered', 'declined', 'expired')),
  created_at TIMESTAMPTZ NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  closed_at TIMESTAMPTZ,
  closed_by UUID REFERENCES memberships (id),
  decline_reason TEXT CHECK (length(decline_reason) BETWEEN 1 AND 2000),
  invitation_id UUID UNIQUE REFERENCES invitations (id),
  UNIQUE (message_id, partner_id),
  CHECK (expires_at > created_at),
  CHECK ((state = 'new') = (closed_at IS NULL)),
  CHECK ((state IN ('answered', 'declined')) = (closed_by IS NOT NULL)),
  CHECK ((state = 'answered') = (invitation_id IS NOT NULL)),
  CHECK ((state = 'declined') = (decline_reason IS NOT NULL))
);
CREATE INDEX contact_requests_partner ON contact_requests (partner_id, created_at, id);
CREATE INDEX contact_requests_tenant ON contact_requests (tenant_id, created_at, id) WHERE tenant_id IS NOT NULL;
CREATE INDEX contact_requests_new ON contact_requests (partner_id, expires_at) WHERE state = 'new';
