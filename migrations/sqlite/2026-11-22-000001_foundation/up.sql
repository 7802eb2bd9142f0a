-- Entente's tables. What a constraint can hold is one. Nothing is deleted: rows end.

CREATE TABLE tenants (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  public_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('organization', 'school')),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  name_folded TEXT NOT NULL,
  country TEXT NOT NULL CHECK (length(country) = 2),
  language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
  time_zone TEXT NOT NULL,
  billing_may_accept_roles INTEGER NOT NULL CHECK (billing_may_accept_roles IN (0, 1)),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z'),
  ended_at TEXT CHECK (ended_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;

CREATE TABLE partners (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  number TEXT NOT NULL UNIQUE CHECK (length(number) BETWEEN 6 AND 12),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  name_folded TEXT NOT NULL,
  domain TEXT,
  country TEXT NOT NULL CHECK (length(country) = 2),
  city TEXT,
  contact_name TEXT,
  contact_email TEXT,
  contact_phone TEXT,
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z'),
  suspended_at TEXT CHECK (suspended_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;

CREATE TABLE people (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  name TEXT,
  name_folded TEXT,
  email TEXT,
  email_folded TEXT,
  email_verified_at TEXT CHECK (email_verified_at GLOB '????-??-??T??:??:??.??????Z'),
  email_verified_by TEXT CHECK (email_verified_by IN ('operator', 'mail')),
  password_hash TEXT,
  password_changed_at TEXT CHECK (password_changed_at GLOB '????-??-??T??:??:??.??????Z'),
  language TEXT CHECK (language IN ('en', 'fr')),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z'),
  disabled_at TEXT CHECK (disabled_at GLOB '????-??-??T??:??:??.??????Z'),
  erased_at TEXT CHECK (erased_at GLOB '????-??-??T??:??:??.??????Z'),
  CHECK ((email_verified_at IS NULL) = (email_verified_by IS NULL)),
  CHECK (erased_at IS NOT NULL OR (name IS NOT NULL AND email IS NOT NULL AND email_folded IS NOT NULL)),
  CHECK (erased_at IS NULL OR (name IS NULL AND email IS NULL AND email_folded IS NULL AND password_hash IS NULL))
) STRICT;
CREATE UNIQUE INDEX people_email ON people (email_folded) WHERE erased_at IS NULL;

CREATE TABLE memberships (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  person_id BLOB NOT NULL REFERENCES people (id),
  side TEXT NOT NULL CHECK (side IN ('tenant', 'partner', 'operator')),
  tenant_id BLOB REFERENCES tenants (id),
  partner_id BLOB REFERENCES partners (id),
  for_partner_id BLOB REFERENCES partners (id),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z'),
  ended_at TEXT CHECK (ended_at GLOB '????-??-??T??:??:??.??????Z'),
  ended_by BLOB REFERENCES memberships (id),
  CHECK ((side = 'tenant') = (tenant_id IS NOT NULL)),
  CHECK ((side = 'partner') = (partner_id IS NOT NULL)),
  CHECK (for_partner_id IS NULL OR side = 'tenant')
) STRICT;
CREATE UNIQUE INDEX memberships_tenant ON memberships (person_id, tenant_id) WHERE ended_at IS NULL AND side = 'tenant';
CREATE UNIQUE INDEX memberships_partner ON memberships (person_id, partner_id) WHERE ended_at IS NULL AND side = 'partner';
CREATE UNIQUE INDEX memberships_operator ON memberships (person_id) WHERE ended_at IS NULL AND side = 'operator';
CREATE INDEX memberships_of_person ON memberships (person_id) WHERE ended_at IS NULL;
CREATE INDEX memberships_of_tenant ON memberships (tenant_id) WHERE ended_at IS NULL;
CREATE INDEX memberships_of_partner ON memberships (partner_id) WHERE ended_at IS NULL;

CREATE TABLE membership_roles (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  membership_id BLOB NOT NULL REFERENCES memberships (id),
  role TEXT NOT NULL CHECK (role IN ('global_administrator', 'billing_administrator', 'user_administrator', 'helpdesk_administrator', 'admin_agent', 'sales_agent', 'helpdesk_agent', 'operator')),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z'),
  created_by BLOB REFERENCES memberships (id),
  ended_at TEXT CHECK (ended_at GLOB '????-??-??T??:??:??.??????Z'),
  ended_by BLOB REFERENCES memberships (id)
) STRICT;
CREATE UNIQUE INDEX membership_roles_held ON membership_roles (membership_id, role) WHERE ended_at IS NULL;

CREATE TABLE tenant_domains (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  tenant_id BLOB NOT NULL REFERENCES tenants (id),
  domain TEXT NOT NULL,
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z'),
  ended_at TEXT CHECK (ended_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;
CREATE UNIQUE INDEX tenant_domains_owned ON tenant_domains (domain) WHERE ended_at IS NULL;
CREATE INDEX tenant_domains_tenant ON tenant_domains (tenant_id);

CREATE TABLE agreements (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  kind TEXT NOT NULL CHECK (kind IN ('customer')),
  country TEXT CHECK (length(country) = 2),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;
CREATE UNIQUE INDEX agreements_country ON agreements (kind, country) WHERE country IS NOT NULL;
CREATE UNIQUE INDEX agreements_default ON agreements (kind) WHERE country IS NULL;

CREATE TABLE agreement_versions (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  agreement_id BLOB NOT NULL REFERENCES agreements (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  dated TEXT NOT NULL CHECK (length(dated) = 10),
  state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'superseded')),
  material INTEGER NOT NULL CHECK (material IN (0, 1)),
  earlier_suffices_until TEXT CHECK (earlier_suffices_until GLOB '????-??-??T??:??:??.??????Z'),
  note TEXT,
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z'),
  published_at TEXT CHECK (published_at GLOB '????-??-??T??:??:??.??????Z'),
  superseded_at TEXT CHECK (superseded_at GLOB '????-??-??T??:??:??.??????Z'),
  CHECK ((state = 'draft') = (published_at IS NULL)),
  CHECK ((state = 'superseded') = (superseded_at IS NOT NULL)),
  UNIQUE (agreement_id, number)
) STRICT;
CREATE UNIQUE INDEX agreement_versions_in_force ON agreement_versions (agreement_id) WHERE state = 'published';

CREATE TABLE agreement_texts (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  version_id BLOB NOT NULL REFERENCES agreement_versions (id),
  language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  media_type TEXT NOT NULL,
  body BLOB NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  words INTEGER NOT NULL CHECK (words >= 0),
  UNIQUE (version_id, language)
) STRICT;

CREATE TABLE invitations (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  partner_id BLOB NOT NULL REFERENCES partners (id),
  created_by BLOB NOT NULL REFERENCES memberships (id),
  relationship_type TEXT NOT NULL CHECK (relationship_type IN ('reseller', 'delegated_administrator', 'reseller_and_delegated_administrator', 'partner', 'advisor', 'mpsa_partner', 'line_of_business_partner')),
  addressee TEXT NOT NULL,
  addressed_tenant_id BLOB REFERENCES tenants (id),
  email TEXT,
  email_folded TEXT,
  email_domain TEXT,
  language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
  message TEXT,
  reference TEXT,
  days INTEGER CHECK (days IN (90, 180, 365, 730)),
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn', 'expired')),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z'),
  expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-??T??:??:??.??????Z'),
  answered_tenant_id BLOB REFERENCES tenants (id),
  closed_at TEXT CHECK (closed_at GLOB '????-??-??T??:??:??.??????Z'),
  closed_by BLOB REFERENCES memberships (id),
  decline_reason TEXT,
  CHECK (expires_at > created_at),
  CHECK ((addressed_tenant_id IS NULL) = (email_folded IS NOT NULL)),
  CHECK ((email_folded IS NULL) = (email_domain IS NULL)),
  CHECK ((state = 'open') = (closed_at IS NULL)),
  CHECK ((state IN ('accepted', 'declined')) = (answered_tenant_id IS NOT NULL)),
  CHECK (state NOT IN ('accepted', 'declined') OR closed_by IS NOT NULL)
) STRICT;
CREATE UNIQUE INDEX invitations_open ON invitations (partner_id, addressee, relationship_type) WHERE state = 'open';
CREATE INDEX invitations_tenant ON invitations (addressed_tenant_id, created_at);
CREATE INDEX invitations_domain ON invitations (email_domain, created_at);
CREATE INDEX invitations_email ON invitations (email_folded, created_at);
CREATE INDEX invitations_answered ON invitations (answered_tenant_id, created_at);
CREATE INDEX invitations_partner ON invitations (partner_id, created_at);

CREATE TABLE invitation_roles (
  invitation_id BLOB NOT NULL REFERENCES invitations (id),
  role TEXT NOT NULL CHECK (role IN ('global_administrator', 'helpdesk_administrator')),
  PRIMARY KEY (invitation_id, role)
) STRICT;

CREATE TABLE invitation_people (
  invitation_id BLOB NOT NULL REFERENCES invitations (id),
  person_id BLOB NOT NULL REFERENCES people (id),
  PRIMARY KEY (invitation_id, person_id)
) STRICT;

CREATE TABLE invitation_tokens (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  invitation_id BLOB NOT NULL REFERENCES invitations (id),
  token_hash BLOB NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z'),
  killed_at TEXT CHECK (killed_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;
CREATE UNIQUE INDEX invitation_tokens_alive ON invitation_tokens (invitation_id) WHERE killed_at IS NULL;

CREATE TABLE renewal_requests (
  invitation_id BLOB PRIMARY KEY REFERENCES invitations (id),
  tenant_id BLOB NOT NULL REFERENCES tenants (id),
  requested_by BLOB NOT NULL REFERENCES memberships (id),
  requested_at TEXT NOT NULL CHECK (requested_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;

CREATE TABLE relationships (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  tenant_id BLOB NOT NULL REFERENCES tenants (id),
  partner_id BLOB NOT NULL REFERENCES partners (id),
  relationship_type TEXT NOT NULL CHECK (relationship_type IN ('reseller', 'delegated_administrator', 'reseller_and_delegated_administrator', 'partner', 'advisor', 'mpsa_partner', 'line_of_business_partner')),
  state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
  since TEXT NOT NULL CHECK (since GLOB '????-??-??T??:??:??.??????Z'),
  ended_at TEXT CHECK (ended_at GLOB '????-??-??T??:??:??.??????Z'),
  ended_by BLOB REFERENCES memberships (id),
  -- Copies for the list, written with every change of the partner's name or the grants.
  -- Authority never reads them.
  sort_name TEXT NOT NULL,
  search_text TEXT NOT NULL,
  had_roles INTEGER NOT NULL CHECK (had_roles IN (0, 1)),
  global_until TEXT CHECK (global_until GLOB '????-??-??T??:??:??.??????Z'),
  helpdesk_until TEXT CHECK (helpdesk_until GLOB '????-??-??T??:??:??.??????Z'),
  sort_end TEXT NOT NULL,
  roles_left_at TEXT CHECK (roles_left_at GLOB '????-??-??T??:??:??.??????Z'),
  CHECK ((state = 'ended') = (ended_at IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX relationships_active ON relationships (tenant_id, partner_id, relationship_type) WHERE state = 'active';
CREATE INDEX relationships_by_name ON relationships (tenant_id, sort_name, id);
CREATE INDEX relationships_by_end ON relationships (tenant_id, sort_end, id);
CREATE INDEX relationships_of_partner ON relationships (partner_id, tenant_id);

CREATE TABLE chains (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  name TEXT NOT NULL UNIQUE,
  tenant_id BLOB UNIQUE REFERENCES tenants (id),
  head_number INTEGER NOT NULL CHECK (head_number >= 0),
  head_hash BLOB NOT NULL CHECK (length(head_hash) = 32),
  CHECK ((tenant_id IS NULL) = (name = 'installation'))
) STRICT;

CREATE TABLE events (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  chain_id BLOB NOT NULL REFERENCES chains (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.??????Z'),
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'denied')),
  tenant_id BLOB REFERENCES tenants (id),
  partner_id BLOB REFERENCES partners (id),
  relationship_id BLOB REFERENCES relationships (id),
  invitation_id BLOB REFERENCES invitations (id),
  person_id BLOB REFERENCES people (id),
  canonical TEXT NOT NULL,
  previous BLOB NOT NULL CHECK (length(previous) = 32),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  UNIQUE (chain_id, number)
) STRICT;
CREATE INDEX events_of_partner ON events (chain_id, partner_id, number);
CREATE INDEX events_of_person ON events (chain_id, person_id, number);
CREATE INDEX events_of_relationship ON events (relationship_id, number);
CREATE INDEX events_partner_side ON events (partner_id, at);

CREATE TABLE personal_data (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  owner_id BLOB NOT NULL,
  owner_kind TEXT NOT NULL CHECK (owner_kind IN ('event', 'acceptance', 'authorization')),
  label TEXT NOT NULL CHECK (label IN ('actor', 'subject', 'text')),
  person_id BLOB REFERENCES people (id),
  data TEXT,
  salt BLOB CHECK (length(salt) = 32),
  commitment BLOB NOT NULL CHECK (length(commitment) = 32),
  erased_at TEXT CHECK (erased_at GLOB '????-??-??T??:??:??.??????Z'),
  CHECK ((data IS NULL) = (erased_at IS NOT NULL)),
  CHECK ((salt IS NULL) = (erased_at IS NOT NULL)),
  UNIQUE (owner_id, label)
) STRICT;
CREATE INDEX personal_data_person ON personal_data (person_id);

CREATE TABLE acceptances (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  tenant_id BLOB NOT NULL REFERENCES tenants (id),
  agreement_id BLOB NOT NULL REFERENCES agreements (id),
  version_id BLOB NOT NULL REFERENCES agreement_versions (id),
  text_id BLOB NOT NULL REFERENCES agreement_texts (id),
  membership_id BLOB NOT NULL REFERENCES memberships (id),
  invitation_id BLOB REFERENCES invitations (id),
  event_id BLOB NOT NULL UNIQUE REFERENCES events (id),
  accepted_at TEXT NOT NULL CHECK (accepted_at GLOB '????-??-??T??:??:??.??????Z'),
  record TEXT NOT NULL,
  record_sha256 BLOB NOT NULL CHECK (length(record_sha256) = 32)
) STRICT;
CREATE UNIQUE INDEX acceptances_once ON acceptances (tenant_id, version_id);
CREATE INDEX acceptances_agreement ON acceptances (tenant_id, agreement_id);

CREATE TABLE authorizations (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  tenant_id BLOB NOT NULL REFERENCES tenants (id),
  invitation_id BLOB NOT NULL UNIQUE REFERENCES invitations (id),
  relationship_id BLOB NOT NULL REFERENCES relationships (id),
  acceptance_id BLOB NOT NULL REFERENCES acceptances (id),
  membership_id BLOB NOT NULL REFERENCES memberships (id),
  event_id BLOB NOT NULL UNIQUE REFERENCES events (id),
  authorized_at TEXT NOT NULL CHECK (authorized_at GLOB '????-??-??T??:??:??.??????Z'),
  record TEXT NOT NULL,
  record_sha256 BLOB NOT NULL CHECK (length(record_sha256) = 32)
) STRICT;
CREATE INDEX authorizations_relationship ON authorizations (relationship_id);

CREATE TABLE grants (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  tenant_id BLOB NOT NULL REFERENCES tenants (id),
  partner_id BLOB NOT NULL REFERENCES partners (id),
  relationship_id BLOB NOT NULL REFERENCES relationships (id),
  authorization_id BLOB NOT NULL REFERENCES authorizations (id),
  role TEXT NOT NULL CHECK (role IN ('global_administrator', 'helpdesk_administrator')),
  starts_at TEXT NOT NULL CHECK (starts_at GLOB '????-??-??T??:??:??.??????Z'),
  ends_at TEXT NOT NULL CHECK (ends_at GLOB '????-??-??T??:??:??.??????Z'),
  state TEXT NOT NULL CHECK (state IN ('live', 'removed', 'replaced', 'expired')),
  closed_at TEXT CHECK (closed_at GLOB '????-??-??T??:??:??.??????Z'),
  closed_by BLOB REFERENCES memberships (id),
  CHECK (ends_at > starts_at),
  CHECK (julianday(ends_at) - julianday(starts_at) <= 730.0000001),
  CHECK ((state = 'live') = (closed_at IS NULL)),
  CHECK ((state = 'removed') = (closed_by IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX grants_live ON grants (relationship_id, role) WHERE state = 'live';
CREATE INDEX grants_between ON grants (tenant_id, partner_id, state);

CREATE TABLE outgoing_mail (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  kind TEXT NOT NULL,
  recipient TEXT,
  language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
  tenant_id BLOB REFERENCES tenants (id),
  partner_id BLOB REFERENCES partners (id),
  invitation_id BLOB REFERENCES invitations (id),
  relationship_id BLOB REFERENCES relationships (id),
  person_id BLOB REFERENCES people (id),
  facts TEXT NOT NULL,
  sealed_link BLOB,
  state TEXT NOT NULL CHECK (state IN ('queued', 'handed_over', 'parked', 'obsolete')),
  message_id TEXT NOT NULL UNIQUE,
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  run_at TEXT NOT NULL CHECK (run_at GLOB '????-??-??T??:??:??.??????Z'),
  leased_until TEXT CHECK (leased_until GLOB '????-??-??T??:??:??.??????Z'),
  last_error TEXT,
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z'),
  closed_at TEXT CHECK (closed_at GLOB '????-??-??T??:??:??.??????Z'),
  CHECK ((state = 'queued') = (closed_at IS NULL)),
  CHECK (state = 'queued' OR sealed_link IS NULL)
) STRICT;
CREATE INDEX outgoing_mail_due ON outgoing_mail (run_at) WHERE state = 'queued';

CREATE TABLE sessions (
  id BLOB PRIMARY KEY CHECK (length(id) = 16),
  key_hash BLOB NOT NULL UNIQUE CHECK (length(key_hash) = 32),
  person_id BLOB REFERENCES people (id),
  state TEXT NOT NULL,
  user_agent TEXT,
  client_address TEXT,
  created_at TEXT NOT NULL CHECK (created_at GLOB '????-??-??T??:??:??.??????Z'),
  last_seen_at TEXT NOT NULL CHECK (last_seen_at GLOB '????-??-??T??:??:??.??????Z'),
  renew INTEGER NOT NULL CHECK (renew IN (0, 1)),
  expires_at TEXT NOT NULL CHECK (expires_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;
CREATE INDEX sessions_person ON sessions (person_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE sign_in_failures (
  account_hash BLOB PRIMARY KEY CHECK (length(account_hash) = 32),
  failures INTEGER NOT NULL CHECK (failures >= 0),
  window_ends_at TEXT NOT NULL CHECK (window_ends_at GLOB '????-??-??T??:??:??.??????Z')
) STRICT;

CREATE TABLE denials (
  person_id BLOB NOT NULL REFERENCES people (id),
  route TEXT NOT NULL,
  minute TEXT NOT NULL CHECK (minute GLOB '????-??-??T??:??:??.??????Z'),
  PRIMARY KEY (person_id, route, minute)
) STRICT;

-- Evidence is appended, never changed. These triggers stop the application and mistakes made by
-- hand; whoever owns the file can drop them, which is why checkpoints are exported.
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER acceptances_no_update BEFORE UPDATE ON acceptances BEGIN SELECT RAISE(ABORT, 'acceptances are append-only'); END;
CREATE TRIGGER acceptances_no_delete BEFORE DELETE ON acceptances BEGIN SELECT RAISE(ABORT, 'acceptances are append-only'); END;
CREATE TRIGGER authorizations_no_update BEFORE UPDATE ON authorizations BEGIN SELECT RAISE(ABORT, 'authorizations are append-only'); END;
CREATE TRIGGER authorizations_no_delete BEFORE DELETE ON authorizations BEGIN SELECT RAISE(ABORT, 'authorizations are append-only'); END;
CREATE TRIGGER personal_data_no_delete BEFORE DELETE ON personal_data BEGIN SELECT RAISE(ABORT, 'personal data is blanked, not deleted'); END;
CREATE TRIGGER personal_data_erase_only BEFORE UPDATE ON personal_data
WHEN NEW.data IS NOT NULL OR NEW.id IS NOT OLD.id OR NEW.owner_id IS NOT OLD.owner_id OR NEW.owner_kind IS NOT OLD.owner_kind
  OR NEW.label IS NOT OLD.label OR NEW.person_id IS NOT OLD.person_id OR NEW.commitment IS NOT OLD.commitment OR OLD.data IS NULL
BEGIN SELECT RAISE(ABORT, 'personal data can only be erased'); END;
CREATE TRIGGER agreement_texts_no_insert BEFORE INSERT ON agreement_texts
WHEN (SELECT state FROM agreement_versions WHERE id = NEW.version_id) <> 'draft' BEGIN SELECT RAISE(ABORT, 'a published agreement never changes'); END;
CREATE TRIGGER agreement_texts_no_update BEFORE UPDATE ON agreement_texts
WHEN NEW.id IS NOT OLD.id OR EXISTS (SELECT 1 FROM agreement_versions WHERE id IN (OLD.version_id, NEW.version_id) AND state <> 'draft') BEGIN SELECT RAISE(ABORT, 'a published agreement never changes'); END;
CREATE TRIGGER agreement_texts_no_delete BEFORE DELETE ON agreement_texts
WHEN (SELECT state FROM agreement_versions WHERE id = OLD.version_id) <> 'draft' BEGIN SELECT RAISE(ABORT, 'a published agreement never changes'); END;
CREATE TRIGGER agreement_versions_no_update BEFORE UPDATE ON agreement_versions
WHEN OLD.state <> 'draft' AND NOT (OLD.state = 'published' AND NEW.state = 'superseded' AND NEW.id IS OLD.id AND NEW.agreement_id IS OLD.agreement_id
  AND NEW.number IS OLD.number AND NEW.dated IS OLD.dated AND NEW.material IS OLD.material AND NEW.earlier_suffices_until IS OLD.earlier_suffices_until
  AND NEW.note IS OLD.note AND NEW.created_at IS OLD.created_at AND NEW.published_at IS OLD.published_at)
BEGIN SELECT RAISE(ABORT, 'a published agreement never changes'); END;
CREATE TRIGGER agreement_versions_no_delete BEFORE DELETE ON agreement_versions
WHEN OLD.state <> 'draft' BEGIN SELECT RAISE(ABORT, 'a published agreement never changes'); END;

-- REPLACE takes the row in its way out without asking the triggers on deleting. So whoever inserts
-- what is there already is refused first, whichever key it has in common.
CREATE TRIGGER events_no_replace BEFORE INSERT ON events
WHEN EXISTS (SELECT 1 FROM events WHERE id = NEW.id OR (chain_id = NEW.chain_id AND number = NEW.number))
BEGIN SELECT RAISE(ABORT, 'events are append-only'); END;
CREATE TRIGGER acceptances_no_replace BEFORE INSERT ON acceptances
WHEN EXISTS (SELECT 1 FROM acceptances WHERE id = NEW.id OR event_id = NEW.event_id OR (tenant_id = NEW.tenant_id AND version_id = NEW.version_id))
BEGIN SELECT RAISE(ABORT, 'acceptances are append-only'); END;
CREATE TRIGGER authorizations_no_replace BEFORE INSERT ON authorizations
WHEN EXISTS (SELECT 1 FROM authorizations WHERE id = NEW.id OR event_id = NEW.event_id OR invitation_id = NEW.invitation_id)
BEGIN SELECT RAISE(ABORT, 'authorizations are append-only'); END;
CREATE TRIGGER personal_data_no_replace BEFORE INSERT ON personal_data
WHEN EXISTS (SELECT 1 FROM personal_data WHERE id = NEW.id OR (owner_id = NEW.owner_id AND label = NEW.label))
BEGIN SELECT RAISE(ABORT, 'personal data is blanked, not deleted'); END;
CREATE TRIGGER chains_no_replace BEFORE INSERT ON chains
WHEN EXISTS (SELECT 1 FROM chains WHERE id = NEW.id OR name = NEW.name OR tenant_id = NEW.tenant_id)
BEGIN SELECT RAISE(ABORT, 'chains are never replaced'); END;
CREATE TRIGGER chains_no_delete BEFORE DELETE ON chains BEGIN SELECT RAISE(ABORT, 'chains are never replaced'); END;
CREATE TRIGGER chains_go_on BEFORE UPDATE ON chains
WHEN NEW.id IS NOT OLD.id OR NEW.name IS NOT OLD.name OR NEW.tenant_id IS NOT OLD.tenant_id
BEGIN SELECT RAISE(ABORT, 'chains are never replaced'); END;
CREATE TRIGGER agreement_texts_no_replace BEFORE INSERT ON agreement_texts
WHEN EXISTS (SELECT 1 FROM agreement_texts t JOIN agreement_versions v ON v.id = t.version_id
  WHERE (t.id = NEW.id OR (t.version_id = NEW.version_id AND t.language = NEW.language)) AND v.state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'a published agreement never changes'); END;
CREATE TRIGGER agreement_versions_no_replace BEFORE INSERT ON agreement_versions
WHEN EXISTS (SELECT 1 FROM agreement_versions WHERE state <> 'draft' AND (id = NEW.id
  OR (agreement_id = NEW.agreement_id AND (number = NEW.number OR (NEW.state = 'published' AND state = 'published')))))
BEGIN SELECT RAISE(ABORT, 'a published agreement never changes'); END;
CREATE TRIGGER agreement_versions_no_replacing_update BEFORE UPDATE ON agreement_versions
WHEN NEW.id IS NOT OLD.id OR EXISTS (SELECT 1 FROM agreement_versions WHERE id <> OLD.id AND state <> 'draft' AND agreement_id = NEW.agreement_id
  AND (number = NEW.number OR (NEW.state = 'published' AND state = 'published')))
BEGIN SELECT RAISE(ABORT, 'a published agreement never changes'); END;
