-- The membership that acts, beside the state that says so: a session and who asks by it are read
-- together.
ALTER TABLE sessions ADD COLUMN membership_id BLOB REFERENCES memberships (id);
UPDATE sessions SET membership_id = (
  SELECT id FROM memberships WHERE memberships.person_id = sessions.person_id
    AND instr(sessions.state, lower(substr(hex(id), 1, 8) || '-' || substr(hex(id), 9, 4) || '-'
      || substr(hex(id), 13, 4) || '-' || substr(hex(id), 17, 4) || '-' || substr(hex(id), 21))) > 0);
