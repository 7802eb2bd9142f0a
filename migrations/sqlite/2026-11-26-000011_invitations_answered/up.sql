-- Most invitations were answered by nobody yet. An index over those that were lets the planner ask
-- each of the ways in which an invitation is a tenant's by an index of its own.
DROP INDEX invitations_answered;
CREATE INDEX invitations_answered ON invitations (answered_tenant_id, created_at) WHERE answered_tenant_id IS NOT NULL;
