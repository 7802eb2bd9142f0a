-- All grants of a relationship, whatever became of them: read whenever one of them changes, and for
-- its history. Without it, each reads the grants of everybody.
CREATE INDEX grants_of_relationship ON grants (relationship_id);
