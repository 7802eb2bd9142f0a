-- The partner's list of invitations is searched by whom they are for and by its own reference,
-- folded by us like every text that is searched.
ALTER TABLE invitations ADD COLUMN search_text TEXT NOT NULL DEFAULT '';
UPDATE invitations SET search_text = trim(coalesce(
  (SELECT lower(public_id) FROM tenants WHERE tenants.id = invitations.addressed_tenant_id),
  email_folded) || ' ' || lower(coalesce(reference, '')));

-- What happened to one invitation.
CREATE INDEX events_of_invitation ON events (invitation_id, at) WHERE invitation_id IS NOT NULL;
