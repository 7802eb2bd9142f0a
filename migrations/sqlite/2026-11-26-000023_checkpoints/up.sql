-- How far the last checkpoint reached in each chain, for people to read. What it proves lies in the
-- checkpoint's file.
CREATE TABLE checkpointed (
  chain_id BLOB PRIMARY KEY CHECK (length(chain_id) = 16) REFERENCES chains (id),
  number INTEGER NOT NULL CHECK (number >= 0),
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  at TEXT NOT NULL CHECK (at GLOB '????-??-??T??:??:??.??????Z'),
  file_name TEXT NOT NULL
) STRICT;
