-- The membership that acts, beside the state that says so: a session and who asks by it are read
-- together.
ALTER TABLE sessions ADD COLUMN membership_id UUID REFERENCES memberships (id);
UPDATE sessions SET membership_id = memberships.id FROM memberships
  WHERE memberships.person_id = sessions.person_id
    AND position(memberships.id::text IN sessions.state) > 0;
