-- Entente's tables. What a constraint can hold is one. Nothing is deleted: rows end.

CREATE TABLE tenants (
  id UUID PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('organization', 'school')),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  name_folded TEXT COLLATE "C" NOT NULL,
  country TEXT NOT NULL CHECK (length(country) = 2),
  language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
  time_zone TEXT NOT NULL,
  billing_may_accept_roles BOOLEAN NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ
);

CREATE TABLE partners (
  id UUID PRIMARY KEY,
  number TEXT NOT NULL UNIQUE CHECK (length(number) BETWEEN 6 AND 12),
  name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
  name_folded TEXT COLLATE "C" NOT NULL,
  domain TEXT,
  country TEXT NOT NULL CHECK (length(country) = 2),
  city TEXT,
  contact_name TEXT,
  contact_email TEXT,
  contact_phone TEXT,
  created_at TIMESTAMPTZ NOT NULL,
  suspended_at TIMESTAMPTZ
);

CREATE TABLE people (
  id UUID PRIMARY KEY,
  name TEXT,
  name_folded TEXT COLLATE "C",
  email TEXT,
  email_folded TEXT COLLATE "C",
  email_verified_at TIMESTAMPTZ,
  email_verified_by TEXT CHECK (email_verified_by IN ('operator', 'mail')),
  password_hash TEXT,
  password_changed_at TIMESTAMPTZ,
  language TEXT CHECK (language IN ('en', 'fr')),
  created_at TIMESTAMPTZ NOT NULL,
  disabled_at TIMESTAMPTZ,
  erased_at TIMESTAMPTZ,
  CHECK ((email_verified_at IS NULL) = (email_verified_by IS NULL)),
  CHECK (erased_at IS NOT NULL OR (name IS NOT NULL AND email IS NOT NULL AND email_folded IS NOT NULL)),
  CHECK (erased_at IS NULL OR (name IS NULL AND email IS NULL AND email_folded IS NULL AND password_hash IS NULL))
);
CREATE UNIQUE INDEX people_email ON people (email_folded) WHERE erased_at IS NULL;

CREATE TABLE memberships (
  id UUID PRIMARY KEY,
  person_id UUID NOT NULL REFERENCES people (id),
  side TEXT NOT NULL CHECK (side IN ('tenant', 'partner', 'operator')),
  tenant_id UUID REFERENCES tenants (id),
  partner_id UUID REFERENCES partners (id),
  for_partner_id UUID REFERENCES partners (id),
  created_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ,
  ended_by UUID REFERENCES memberships (id),
  CHECK ((side = 'tenant') = (tenant_id IS NOT NULL)),
  CHECK ((side = 'partner') = (partner_id IS NOT NULL)),
  CHECK (for_partner_id IS NULL OR side = 'tenant')
);
CREATE UNIQUE INDEX memberships_tenant ON memberships (person_id, tenant_id) WHERE ended_at IS NULL AND side = 'tenant';
CREATE UNIQUE INDEX memberships_partner ON memberships (person_id, partner_id) WHERE ended_at IS NULL AND side = 'partner';
CREATE UNIQUE INDEX memberships_operator ON memberships (person_id) WHERE ended_at IS NULL AND side = 'operator';
CREATE INDEX memberships_of_person ON memberships (person_id) WHERE ended_at IS NULL;
CREATE INDEX memberships_of_tenant ON memberships (tenant_id) WHERE ended_at IS NULL;
CREATE INDEX memberships_of_partner ON memberships (partner_id) WHERE ended_at IS NULL;

CREATE TABLE membership_roles (
  id UUID PRIMARY KEY,
  membership_id UUID NOT NULL REFERENCES memberships (id),
  role TEXT NOT NULL CHECK (role IN ('global_administrator', 'billing_administrator', 'user_administrator', 'helpdesk_administrator', 'admin_agent', 'sales_agent', 'helpdesk_agent', 'operator')),
  created_at TIMESTAMPTZ NOT NULL,
  created_by UUID REFERENCES memberships (id),
  ended_at TIMESTAMPTZ,
  ended_by UUID REFERENCES memberships (id)
);
CREATE UNIQUE INDEX membership_roles_held ON membership_roles (membership_id, role) WHERE ended_at IS NULL;

CREATE TABLE tenant_domains (
  id UUID PRIMARY KEY,
  tenant_id UUID NOT NULL REFERENCES tenants (id),
  domain TEXT COLLATE "C" NOT NULL,
  created_at TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX tenant_domains_owned ON tenant_domains (domain) WHERE ended_at IS NULL;
CREATE INDEX tenant_domains_tenant ON tenant_domains (tenant_id);

CREATE TABLE agreements (
  id UUID PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('customer')),
  country TEXT CHECK (length(country) = 2),
  created_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX agreements_country ON agreements (kind, country) WHERE country IS NOT NULL;
CREATE UNIQUE INDEX agreements_default ON agreements (kind) WHERE country IS NULL;

CREATE TABLE agreement_versions (
  id UUID PRIMARY KEY,
  agreement_id UUID NOT NULL REFERENCES agreements (id),
  number INTEGER NOT NULL CHECK (number >= 1),
  dated TEXT NOT NULL CHECK (length(dated) = 10),
  state TEXT NOT NULL CHECK (state IN ('draft', 'published', 'superseded')),
  material BOOLEAN NOT NULL,
  earlier_suffices_until TIMESTAMPTZ,
  note TEXT,
  created_at TIMESTAMPTZ NOT NULL,
  published_at TIMESTAMPTZ,
  superseded_at TIMESTAMPTZ,
  CHECK ((state = 'draft') = (published_at IS NULL)),
  CHECK ((state = 'superseded') = (superseded_at IS NOT NULL)),
  UNIQUE (agreement_id, number)
);
CREATE UNIQUE INDEX agreement_versions_in_force ON agreement_versions (agreement_id) WHERE state = 'published';

CREATE TABLE agreement_texts (
  id UUID PRIMARY KEY,
  version_id UUID NOT NULL REFERENCES agreement_versions (id),
  language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
  title TEXT NOT NULL,
  source TEXT NOT NULL,
  media_type TEXT NOT NULL,
  body BYTEA NOT NULL,
  sha256 BYTEA NOT NULL CHECK (length(sha256) = 32),
  words INTEGER NOT NULL CHECK (words >= 0),
  UNIQUE (version_id, language)
);

CREATE TABLE invitations (
  id UUID PRIMARY KEY,
  partner_id UUID NOT NULL REFERENCES partners (id),
  created_by UUID NOT NULL REFERENCES memberships (id),
  relationship_type TEXT NOT NULL CHECK (relationship_type IN ('reseller', 'delegated_administrator', 'reseller_and_delegated_administrator', 'partner', 'advisor', 'mpsa_partner', 'line_of_business_partner')),
  addressee TEXT COLLATE "C" NOT NULL,
  addressed_tenant_id UUID REFERENCES tenants (id),
  email TEXT,
  email_folded TEXT COLLATE "C",
  email_domain TEXT COLLATE "C",
  language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
  message TEXT,
  reference TEXT,
  days INTEGER CHECK (days IN (90, 180, 365, 730)),
  state TEXT NOT NULL CHECK (state IN ('open', 'accepted', 'declined', 'withdrawn', 'expired')),
  created_at TIMESTAMPTZ NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL,
  answered_tenant_id UUID REFERENCES tenants (id),
  closed_at TIMESTAMPTZ,
  closed_by UUID REFERENCES memberships (id),
  decline_reason TEXT,
  CHECK (expires_at > created_at),
  CHECK ((addressed_tenant_id IS NULL) = (email_folded IS NOT NULL)),
  CHECK ((email_folded IS NULL) = (email_domain IS NULL)),
  CHECK ((state = 'open') = (closed_at IS NULL)),
  CHECK ((state IN ('accepted', 'declined')) = (answered_tenant_id IS NOT NULL)),
  CHECK (state NOT IN ('accepted', 'declined') OR closed_by IS NOT NULL)
);
CREATE UNIQUE INDEX invitations_open ON invitations (partner_id, addressee, relationship_type) WHERE state = 'open';
CREATE INDEX invitations_tenant ON invitations (addressed_tenant_id, created_at);
CREATE INDEX invitations_domain ON invitations (email_domain, created_at);
CREATE INDEX invitations_email ON invitations (email_folded, created_at);
CREATE INDEX invitations_answered ON invitations (answered_tenant_id, created_at);
CREATE INDEX invitations_partner ON invitations (partner_id, created_at);

CREATE TABLE invitation_roles (
  invitation_id UUID NOT NULL REFERENCES invitations (id),
  role TEXT NOT NULL CHECK (role IN ('global_administrator', 'helpdesk_administrator')),
  PRIMARY KEY (invitation_id, role)
);

CREATE TABLE invitation_people (
  invitation_id UUID NOT NULL REFERENCES invitations (id),
  person_id UUID NOT NULL REFERENCES people (id),
  PRIMARY KEY (invitation_id, person_id)
);

CREATE TABLE invitation_tokens (
  id UUID PRIMARY KEY,
  invitation_id UUID NOT NULL REFERENCES invitations (id),
  token_hash BYTEA NOT NULL UNIQUE CHECK (length(token_hash) = 32),
  created_at TIMESTAMPTZ NOT NULL,
  killed_at TIMESTAMPTZ
);
CREATE UNIQUE INDEX invitation_tokens_alive ON invitation_tokens (invitation_id) WHERE killed_at IS NULL;

CREATE TABLE renewal_requests (
  invitation_id UUID PRIMARY KEY REFERENCES invitations (id),
  tenant_id UUID NOT NULL REFERENCES tenants (id),
  requested_by UUID NOT NULL REFERENCES memberships (id),
  requested_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE relationships (
  id UUID PRIMARY KEY,
  tenant_id UUID NOT NULL REFERENCES tenants (id),
  partner_id UUID NOT NULL REFERENCES partners (id),
  relationship_type TEXT NOT NULL CHECK (relationship_type IN ('reseller', 'delegated_administrator', 'reseller_and_delegated_administrator', 'partner', 'advisor', 'mpsa_partner', 'line_of_business_partner')),
  state TEXT NOT NULL CHECK (state IN ('active', 'ended')),
  since TIMESTAMPTZ NOT NULL,
  ended_at TIMESTAMPTZ,
  ended_by UUID REFERENCES memberships (id),
  -- Copies for the list, written with every change of the partner's name or the grants.
  -- Authority never reads them.
  sort_name TEXT COLLATE "C" NOT NULL,
  search_text TEXT COLLATE "C" NOT NULL,
  had_roles BOOLEAN NOT NULL,
  global_until TIMESTAMPTZ,
  helpdesk_until TIMESTAMPTZ,
  sort_end TEXT COLLATE "C" NOT NULL,
  roles_left_at TIMESTAMPTZ,
  CHECK ((state = 'ended') = (ended_at IS NOT NULL))
);
CREATE UNIQUE INDEX relationships_active ON relationships (tenant_id, partner_id, relationship_type) WHERE state = 'active';
CREATE INDEX relationships_by_name ON relationships (tenant_id, sort_name, id);
CREATE INDEX relationships_by_end ON relationships (tenant_id, sort_end, id);
CREATE INDEX relationships_of_partner ON relationships (partner_id, tenant_id);

CREATE TABLE chains (
  id UUID PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  tenant_id UUID UNIQUE REFERENCES tenants (id),
  head_number BIGINT NOT NULL CHECK (head_number >= 0),
  head_hash BYTEA NOT NULL CHECK (length(head_hash) = 32),
  CHECK ((tenant_id IS NULL) = (name = 'installation'))
);

CREATE TABLE events (
  id UUID PRIMARY KEY,
  chain_id UUID NOT NULL REFERENCES chains (id),
  number BIGINT NOT NULL CHECK (number >= 1),
  at TIMESTAMPTZ NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'denied')),
  tenant_id UUID REFERENCES tenants (id),
  partner_id UUID REFERENCES partners (id),
  relationship_id UUID REFERENCES relationships (id),
  invitation_id UUID REFERENCES invitations (id),
  person_id UUID REFERENCES people (id),
  canonical TEXT NOT NULL,
  previous BYTEA NOT NULL CHECK (length(previous) = 32),
  hash BYTEA NOT NULL CHECK (length(hash) = 32),
  UNIQUE (chain_id, number)
);
CREATE INDEX events_of_partner ON events (chain_id, partner_id, number);
CREATE INDEX events_of_person ON events (chain_id, person_id, number);
CREATE INDEX events_of_relationship ON events (relationship_id, number);
CREATE INDEX events_partner_side ON events (partner_id, at);

CREATE TABLE personal_data (
  id UUID PRIMARY KEY,
  owner_id UUID NOT NULL,
  owner_kind TEXT NOT NULL CHECK (owner_kind IN ('event', 'acceptance', 'authorization')),
  label TEXT NOT NULL CHECK (label IN ('actor', 'subject', 'text')),
  person_id UUID REFERENCES people (id),
  data TEXT,
  salt BYTEA CHECK (length(salt) = 32),
  commitment BYTEA NOT NULL CHECK (length(commitment) = 32),
  erased_at TIMESTAMPTZ,
  CHECK ((data IS NULL) = (erased_at IS NOT NULL)),
  CHECK ((salt IS NULL) = (erased_at IS NOT NULL)),
  UNIQUE (owner_id, label)
);
CREATE INDEX personal_data_person ON personal_data (person_id);

CREATE TABLE acceptances (
  id UUID PRIMARY KEY,
  tenant_id UUID NOT NULL REFERENCES tenants (id),
  agreement_id UUID NOT NULL REFERENCES agreements (id),
  version_id UUID NOT NULL REFERENCES agreement_versions (id),
  text_id UUID NOT NULL REFERENCES agreement_texts (id),
  membership_id UUID NOT NULL REFERENCES memberships (id),
  invitation_id UUID REFERENCES invitations (id),
  event_id UUID NOT NULL UNIQUE REFERENCES events (id),
  accepted_at TIMESTAMPTZ NOT NULL,
  record TEXT NOT NULL,
  record_sha256 BYTEA NOT NULL CHECK (length(record_sha256) = 32)
);
CREATE UNIQUE INDEX acceptances_once ON acceptances (tenant_id, version_id);
CREATE INDEX acceptances_agreement ON acceptances (tenant_id, agreement_id);

CREATE TABLE authorizations (
  id UUID PRIMARY KEY,
  tenant_id UUID NOT NULL REFERENCES tenants (id),
  invitation_id UUID NOT NULL UNIQUE REFERENCES invitations (id),
  relationship_id UUID NOT NULL REFERENCES relationships (id),
  acceptance_id UUID NOT NULL REFERENCES acceptances (id),
  membership_id UUID NOT NULL REFERENCES memberships (id),
  event_id UUID NOT NULL UNIQUE REFERENCES events (id),
  authorized_at TIMESTAMPTZ NOT NULL,
  record TEXT NOT NULL,
  record_sha256 BYTEA NOT NULL CHECK (length(record_sha256) = 32)
);
CREATE INDEX authorizations_relationship ON authorizations (relationship_id);

CREATE TABLE grants (
  id UUID PRIMARY KEY,
  tenant_id UUID NOT NULL REFERENCES tenants (id),
  partner_id UUID NOT NULL REFERENCES partners (id),
  relationship_id UUID NOT NULL REFERENCES relationships (id),
  authorization_id UUID NOT NULL REFERENCES authorizations (id),
  role TEXT NOT NULL CHECK (role IN ('global_administrator', 'helpdesk_administrator')),
  starts_at TIMESTAMPTZ NOT NULL,
  ends_at TIMESTAMPTZ NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('live', 'removed', 'replaced', 'expired')),
  closed_at TIMESTAMPTZ,
  closed_by UUID REFERENCES memberships (id),
  CHECK (ends_at > starts_at),
  CHECK (ends_at <= starts_at + INTERVAL '17520 hours'),
  CHECK ((state = 'live') = (closed_at IS NULL)),
  CHECK ((state = 'removed') = (closed_by IS NOT NULL))
);
CREATE UNIQUE INDEX grants_live ON grants (relationship_id, role) WHERE state = 'live';
CREATE INDEX grants_between ON grants (tenant_id, partner_id, state);

CREATE TABLE outgoing_mail (
  id UUID PRIMARY KEY,
  kind TEXT NOT NULL,
  recipient TEXT,
  language TEXT NOT NULL CHECK (language IN ('en', 'fr')),
  tenant_id UUID REFERENCES tenants (id),
  partner_id UUID REFERENCES partners (id),
  invitation_id UUID REFERENCES invitations (id),
  relationship_id UUID REFERENCES relationships (id),
  person_id UUID REFERENCES people (id),
  facts TEXT NOT NULL,
  sealed_link BYTEA,
  state TEXT NOT NULL CHECK (state IN ('queued', 'handed_over', 'parked', 'obsolete')),
  message_id TEXT NOT NULL UNIQUE,
  attempts INTEGER NOT NULL CHECK (attempts >= 0),
  run_at TIMESTAMPTZ NOT NULL,
  leased_until TIMESTAMPTZ,
  last_error TEXT,
  created_at TIMESTAMPTZ NOT NULL,
  closed_at TIMESTAMPTZ,
  CHECK ((state = 'queued') = (closed_at IS NULL)),
  CHECK (state = 'queued' OR sealed_link IS NULL)
);
CREATE INDEX outgoing_mail_due ON outgoing_mail (run_at) WHERE state = 'queued';

CREATE TABLE sessions (
  id UUID PRIMARY KEY,
  key_hash BYTEA NOT NULL UNIQUE CHECK (length(key_hash) = 32),
  person_id UUID REFERENCES people (id),
  state TEXT NOT NULL,
  user_agent TEXT,
  client_address TEXT,
  created_at TIMESTAMPTZ NOT NULL,
  last_seen_at TIMESTAMPTZ NOT NULL,
  renew BOOLEAN NOT NULL,
  expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sessions_person ON sessions (person_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);

CREATE TABLE sign_in_failures (
  account_hash BYTEA PRIMARY KEY CHECK (length(account_hash) = 32),
  failures INTEGER NOT NULL CHECK (failures >= 0),
  window_ends_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE denials (
  person_id UUID NOT NULL REFERENCES people (id),
  route TEXT NOT NULL,
  minute TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (person_id, route, minute)
);

-- Evidence is appended, never changed. Beside these triggers the serving role has no right to
-- update or delete it where a separate owner runs migrations.
CREATE FUNCTION entente_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
CREATE FUNCTION entente_erase_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.data IS NOT NULL OR OLD.data IS NULL
    OR (NEW.id, NEW.owner_id, NEW.owner_kind, NEW.label, NEW.person_id, NEW.commitment)
      IS DISTINCT FROM (OLD.id, OLD.owner_id, OLD.owner_kind, OLD.label, OLD.person_id, OLD.commitment) THEN
    RAISE EXCEPTION 'personal data can only be erased' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE FUNCTION entente_text_of_draft() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM agreement_versions WHERE state <> 'draft' AND
    ((TG_OP <> 'DELETE' AND id = NEW.version_id) OR (TG_OP <> 'INSERT' AND id = OLD.version_id))) THEN
    RAISE EXCEPTION 'a published agreement never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION entente_version_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state <> 'draft' AND (TG_OP = 'DELETE' OR NOT (OLD.state = 'published' AND NEW.state = 'superseded'
    AND (NEW.id, NEW.agreement_id, NEW.number, NEW.dated, NEW.material, NEW.earlier_suffices_until, NEW.note, NEW.created_at, NEW.published_at)
      IS NOT DISTINCT FROM (OLD.id, OLD.agreement_id, OLD.number, OLD.dated, OLD.material, OLD.earlier_suffices_until, OLD.note, OLD.created_at, OLD.published_at))) THEN
    RAISE EXCEPTION 'a published agreement never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION entente_refuse();
CREATE TRIGGER acceptances_append_only BEFORE UPDATE OR DELETE ON acceptances FOR EACH ROW EXECUTE FUNCTION entente_refuse();
CREATE TRIGGER authorizations_append_only BEFORE UPDATE OR DELETE ON authorizations FOR EACH ROW EXECUTE FUNCTION entente_refuse();
CREATE TRIGGER events_no_truncate BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION entente_refuse();
CREATE TRIGGER acceptances_no_truncate BEFORE TRUNCATE ON acceptances FOR EACH STATEMENT EXECUTE FUNCTION entente_refuse();
CREATE TRIGGER authorizations_no_truncate BEFORE TRUNCATE ON authorizations FOR EACH STATEMENT EXECUTE FUNCTION entente_refuse();
CREATE TRIGGER personal_data_no_truncate BEFORE TRUNCATE ON personal_data FOR EACH STATEMENT EXECUTE FUNCTION entente_refuse();
CREATE TRIGGER agreement_texts_no_truncate BEFORE TRUNCATE ON agreement_texts FOR EACH STATEMENT EXECUTE FUNCTION entente_refuse();
CREATE TRIGGER agreement_versions_no_truncate BEFORE TRUNCATE ON agreement_versions FOR EACH STATEMENT EXECUTE FUNCTION entente_refuse();
CREATE TRIGGER personal_data_no_delete BEFORE DELETE ON personal_data FOR EACH ROW EXECUTE FUNCTION entente_refuse();
CREATE TRIGGER personal_data_erase_only BEFORE UPDATE ON personal_data FOR EACH ROW EXECUTE FUNCTION entente_erase_only();
CREATE TRIGGER agreement_texts_of_draft BEFORE INSERT OR UPDATE OR DELETE ON agreement_texts FOR EACH ROW EXECUTE FUNCTION entente_text_of_draft();
CREATE TRIGGER agreement_versions_fixed BEFORE UPDATE OR DELETE ON agreement_versions FOR EACH ROW EXECUTE FUNCTION entente_version_fixed();
