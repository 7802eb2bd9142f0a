-- How far the last checkpoint reached in each chain, for people to read. What it proves lies in the
-- checkpoint's file.
CREATE TABLE checkpointed (
  chain_id UUID PRIMARY KEY REFERENCES chains (id),
  number BIGINT NOT NULL CHECK (number >= 0),
  hash BYTEA NOT NULL CHECK (length(hash) = 32),
  at TIMESTAMPTZ NOT NULL,
  file_name TEXT COLLATE "C" NOT NULL
);
