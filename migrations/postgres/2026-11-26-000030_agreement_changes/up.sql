-- What changed since the version before, in the words of the operator, for those who accept anew.
-- Like the text beside it, it never changes once published: the triggers look at whole rows.
ALTER TABLE agreement_texts ADD COLUMN changes TEXT CHECK (length(changes) BETWEEN 1 AND 2000);
