-- Mail that is sent, invitations that are sent again, passwords that are set by a mailed link.

-- Who drains the outbox takes a lease, and finishes only what it still holds.
ALTER TABLE outgoing_mail ADD COLUMN lease UUID;
-- What is told once, whoever notices: the same words never stand twice.
ALTER TABLE outgoing_mail ADD COLUMN once TEXT COLLATE "C";
CREATE UNIQUE INDEX outgoing_mail_once ON outgoing_mail (once) WHERE once IS NOT NULL;
CREATE INDEX outgoing_mail_invitation ON outgoing_mail (invitation_id);
CREATE INDEX outgoing_mail_parked ON outgoing_mail (closed_at) WHERE state = 'parked';

-- When mail was first set up: what waited for longer than a day by then isn't sent.
CREATE TABLE mail_setups (
  transport TEXT PRIMARY KEY CHECK (transport IN ('smtp')),
  first_at TIMESTAMPTZ NOT NULL
);

-- Who made a link, which needn't be who made the invitation.
ALTER TABLE invitation_tokens ADD COLUMN created_by UUID REFERENCES memberships (id);
CREATE INDEX invitation_tokens_of ON invitation_tokens (invitation_id, created_at);
CREATE INDEX invitation_tokens_by ON invitation_tokens (created_by, created_at);

CREATE TABLE password_resets (
  id UUID PRIMARY KEY,
  person_id UUID NOT NULL REFERENCES people (id),
  token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  created_at TIMESTAMPTZ NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  closed_at TIMESTAMPTZ,
  CHECK (expires_at > created_at)
);
-- The newest link alone works.
CREATE UNIQUE INDEX password_resets_open ON password_resets (person_id) WHERE closed_at IS NULL;

CREATE INDEX grants_ending ON grants (ends_at) WHERE state = 'live';
