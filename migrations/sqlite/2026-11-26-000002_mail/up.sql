-- Mail that is sent, invitations that are sent again, passwords that are set by a mailed link.

-- Who drains the outbox takes a lease, and finishes only what it still holds.
ALTER TABLE outgoing_mail ADD COLUMN lease BLOB CHECK (length(lease) = 16);
-- What is told once, whoever notices: the same words never stand twice.
ALTER TABLE outgoing_mail ADD COLUMN once TEXT;
CREATE UNIQUE INDEX outgoing_mail_once ON outgoing_mail (once) WHERE once IS NOT NULL;
CREATE INDEX outgoing_mail_invitation ON outgoing_mail (invitation_id);
CREATE INDEX outgoing_mail_parked ON outgoing_mail (closed_at) WHERE state = 'parked';

-- When mail was first set up: what waited for longer than a day by then isn't sent.
CREATE TABLE mail_setups (
  transport TEXT PRIMARY KEY CHECK (transport IN ('smtp')),
  first_at TEXT NOT NULL CHECK (first_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;

-- Who made a link, which needn't be who made the invitation.
ALTER TABLE invitation_tokens ADD COLUMN created_by BLOB REFERENCES memberships (id);
CREATE INDEX invitation_tokens_of ON invitation_tokens (invitation_id, created_at);
CREATE INDEX invitation_tokens_by ON invitation_tokens (created_by, created_at);

CREATE TABLE password_resets (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  person_id BLOB NOT NULL REFERENCES people (id),
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z'),
  expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-??T??:??:??.??????Z'),
  closed_at TEXT CHECK (closed_at GLOB '????-??-??T??:??:??.??????Z'),
  CHECK (expires_at > created_at)
) STRICT;
-- The newest link alone works.
CREATE UNIQUE INDEX password_resets_open ON password_resets (person_id) WHERE closed_at IS NULL;

CREATE INDEX grants_ending ON grants (ends_at) WHERE state = 'live';
