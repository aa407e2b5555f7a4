-- Revisions of what an address gives, visits to addresses, and what the captures' containers say.

ALTER TABLE article ADD COLUMN credit TEXT;    -- the agency whose text it is, as credited
ALTER TABLE article ADD COLUMN section TEXT;
ALTER TABLE document ADD COLUMN url TEXT;      -- the address that the bytes were fetched from
ALTER TABLE document ADD COLUMN told TEXT;     -- JSON: what the feed, list or archive says of it
CREATE INDEX document_url ON document (url) WHERE url IS NOT NULL;

-- Which document an address gave from which instant on, until its next row. The documents of one address have one
-- number; the one of the last row counts and supersedes the others, which stay.
CREATE TABLE revision (
  url TEXT NOT NULL,
  seen_at TEXT NOT NULL,
  document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  run INTEGER NOT NULL REFERENCES run,
  PRIMARY KEY (url, seen_at)
) WITHOUT ROWID;
CREATE INDEX revision_document ON revision (document);

-- The last visit to each address: what a conditional request needs, and when to ask again.
CREATE TABLE visit (
  url TEXT PRIMARY KEY,                -- as it was asked for
  status INTEGER NOT NULL,             -- of the last answer; 0: none came
  etag TEXT, last_modified TEXT,       -- as the server gave them
  first_at TEXT NOT NULL, visited_at TEXT NOT NULL, changed_at TEXT NOT NULL,
  via TEXT                             -- the feed or list that named it
) WITHOUT ROWID;
CREATE INDEX visit_via ON visit (via);

-- The last run whose changes onrecord watch has told.
CREATE TABLE watched (run INTEGER NOT NULL);  -- 0: before the first
