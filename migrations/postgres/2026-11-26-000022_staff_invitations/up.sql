-- Who was asked to join a partner's staff: a row for each link. Sending it again makes another.
CREATE TABLE staff_invitations (
  id UUID PRIMARY KEY,
  partner_id UUID NOT NULL REFERENCES partners (id),
  created_by UUID NOT NULL REFERENCES memberships (id),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  email TEXT NOT NULL,
  email_folded TEXT COLLATE "C" NOT NULL,
  roles TEXT NOT NULL CHECK (roles IN ('admin_agent', 'sales_agent', 'helpdesk_agent', 'admin_agent sales_agent', 'admin_agent helpdesk_agent', 'sales_agent helpdesk_agent', 'admin_agent sales_agent helpdesk_agent')),
  token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  -- A link that somebody of the partner was shown proves nothing about the address.
  shown BOOLEAN NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'withdrawn', 'replaced', 'expired')),
  created_at TIMESTAMPTZ NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  closed_at TIMESTAMPTZ,
  closed_by UUID REFERENCES memberships (id),
  CHECK (expires_at > created_at),
  CHECK ((state = 'open') = (closed_at IS NULL)),
  CHECK ((state = 'open') = (closed_by IS NULL))
);
CREATE UNIQUE INDEX staff_invitations_open ON staff_invitations (partner_id, email_folded) WHERE state = 'open';
CREATE INDEX staff_invitations_made ON staff_invitations (partner_id, created_at);
