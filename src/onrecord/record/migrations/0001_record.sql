-- The record. Rows derived from one document belong to a reading and are only ever added; rows derived across
-- documents carry the run that first derived them and, once they no longer follow, the run that superseded them.
-- "start" and "end" are offsets in code points into article.text. Times are ISO 8601; instants are UTC.

CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  started_at TEXT NOT NULL,
  finished_at TEXT,                    -- NULL: running, or killed
  reader TEXT NOT NULL
);

-- Bytes as they came, compressed with zlib.
CREATE TABLE capture (
  sha256 TEXT PRIMARY KEY,
  data BLOB NOT NULL,
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL
) WITHOUT ROWID;

-- A capture with what the user said of it. The same bytes given for two outlets are two documents. A document of
-- which less was said than of another one with the same bytes is superseded by that one, and so is one of which
-- something else is said later, of the same source (a mended manifest); the successor takes over its number.
CREATE TABLE document (
  id TEXT PRIMARY KEY,
  number INTEGER NOT NULL,             -- the 2 of [2:14]; one among the documents that count, never given to others
  capture TEXT NOT NULL REFERENCES capture ON DELETE CASCADE,
  given_name TEXT, given_url TEXT, given_date TEXT, given_outlet TEXT, given_title TEXT, given_dispute TEXT,
  extractor TEXT,                      -- the last one that tried
  superseded_by TEXT REFERENCES document ON DELETE SET NULL,
  first_run INTEGER NOT NULL REFERENCES run
);
CREATE INDEX document_capture ON document (capture);

-- Where and when a document's bytes were seen.
CREATE TABLE sighting (
  document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  source TEXT NOT NULL,
  name TEXT NOT NULL,
  retrieved_at TEXT NOT NULL,
  run INTEGER NOT NULL REFERENCES run,
  PRIMARY KEY (document, source)
) WITHOUT ROWID;
CREATE TABLE number_used (last INTEGER NOT NULL);
INSERT INTO number_used VALUES (0);

-- A document as one extractor made it readable.
CREATE TABLE article (
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  extractor TEXT NOT NULL,
  text TEXT NOT NULL,
  text_sha256 TEXT NOT NULL,
  title TEXT, outlet TEXT, byline TEXT, dateline TEXT, url TEXT, dispute TEXT,
  published TEXT, published_precision TEXT NOT NULL, published_from TEXT NOT NULL,
  published_earliest TEXT, published_latest TEXT, published_why TEXT NOT NULL,
  published_start INTEGER, published_end INTEGER,
  modified TEXT, modified_precision TEXT NOT NULL, modified_from TEXT NOT NULL,
  known_from TEXT NOT NULL,            -- JSON: how title, outlet ... are known
  run INTEGER NOT NULL REFERENCES run,
  UNIQUE (document, extractor)
);
CREATE TABLE block (
  article TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
  n INTEGER NOT NULL, role TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  PRIMARY KEY (article, n)
) WITHOUT ROWID;
CREATE TABLE embed (                   -- announced, and not in the capture
  article TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL, what TEXT NOT NULL,
  PRIMARY KEY (article, start, end)
) WITHOUT ROWID;

-- The sentences a reference names. A number stays with its words: when another extractor changes the text,
-- sentences that stay keep their numbers and new ones get new numbers.
CREATE TABLE sentence (
  id INTEGER PRIMARY KEY,
  document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  n INTEGER NOT NULL,                  -- the 14 of [2:14]
  article TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
  role TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  UNIQUE (article, n)
);

-- What one version of the reader got out of an article.
CREATE TABLE reading (
  id TEXT PRIMARY KEY,
  document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  article TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
  reader TEXT NOT NULL,
  kind TEXT,
  published TEXT, published_precision TEXT NOT NULL, published_from TEXT NOT NULL,
  published_earliest TEXT, published_latest TEXT, published_why TEXT NOT NULL,
  published_start INTEGER, published_end INTEGER,
  state TEXT,                          -- where the talks stand by this text alone
  state_evidence TEXT NOT NULL,        -- JSON: [[start, end], ...]
  superseded_by TEXT REFERENCES reading ON DELETE SET NULL,
  run INTEGER NOT NULL REFERENCES run,
  UNIQUE (article, reader)
);
CREATE INDEX reading_document ON reading (document);

CREATE TABLE party (                   -- as named in one document
  reading TEXT NOT NULL REFERENCES reading ON DELETE CASCADE,
  id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, side TEXT, parent TEXT,
  aliases TEXT NOT NULL,               -- JSON
  PRIMARY KEY (reading, id)
) WITHOUT ROWID;
CREATE TABLE mention (
  reading TEXT NOT NULL REFERENCES reading ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL, party TEXT, why TEXT NOT NULL,
  PRIMARY KEY (reading, start, end)
) WITHOUT ROWID;
CREATE TABLE time_expression (
  reading TEXT NOT NULL REFERENCES reading ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  type TEXT NOT NULL, value TEXT, anchor TEXT NOT NULL, precision TEXT NOT NULL, why TEXT NOT NULL,
  clock TEXT,                          -- a time of day: 21:40, 00:01-07:00, MO AF EV NI
  PRIMARY KEY (reading, start, end)
) WITHOUT ROWID;
CREATE TABLE strike_count (            -- "day 142", "its 20th week"
  reading TEXT NOT NULL REFERENCES reading ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  n INTEGER NOT NULL, unit TEXT NOT NULL, counting TEXT NOT NULL,
  PRIMARY KEY (reading, start, end)
) WITHOUT ROWID;

CREATE TABLE attribution (             -- as found, before who speaks was resolved
  reading TEXT NOT NULL REFERENCES reading ON DELETE CASCADE,
  n INTEGER NOT NULL,
  source TEXT NOT NULL, cue TEXT NOT NULL, content TEXT NOT NULL, -- JSON: [[start, end], ...]
  PRIMARY KEY (reading, n)
) WITHOUT ROWID;
CREATE TABLE statement (
  reading TEXT NOT NULL REFERENCES reading ON DELETE CASCADE,
  id TEXT NOT NULL,
  document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  source TEXT, source_start INTEGER, source_end INTEGER,
  source_party TEXT, source_side TEXT, source_affiliation TEXT, source_why TEXT NOT NULL,
  cue_start INTEGER, cue_end INTEGER,
  content TEXT NOT NULL,               -- JSON: [[start, end], ...]
  quote TEXT NOT NULL, authority TEXT,
  via TEXT NOT NULL,                   -- JSON, innermost first
  certainty TEXT NOT NULL,
  likelihood TEXT,                     -- JSON: {low, high, source, start, end, horizon}
  missing INTEGER NOT NULL, in_title INTEGER NOT NULL,
  PRIMARY KEY (reading, id)
) WITHOUT ROWID;
CREATE INDEX statement_id ON statement (id);
CREATE TABLE event (
  reading TEXT NOT NULL REFERENCES reading ON DELETE CASCADE,
  id TEXT NOT NULL,
  document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  type TEXT NOT NULL, status TEXT NOT NULL,
  participants TEXT NOT NULL,          -- JSON: [{name, role, party}, ...]
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  happened TEXT,                       -- ISO day, month, year or interval
  happened_start INTEGER, happened_end INTEGER,
  statement TEXT, place TEXT,
  size TEXT,                           -- JSON: {low, high, unit, start, end}
  lockout INTEGER NOT NULL, in_title INTEGER NOT NULL,
  PRIMARY KEY (reading, id)
) WITHOUT ROWID;
CREATE INDEX event_id ON event (id);
CREATE TABLE effect (
  reading TEXT NOT NULL REFERENCES reading ON DELETE CASCADE,
  id TEXT NOT NULL,
  document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  bearer TEXT NOT NULL, bearer_start INTEGER NOT NULL, bearer_end INTEGER NOT NULL,
  kind TEXT NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
  amount TEXT, statement TEXT,
  PRIMARY KEY (reading, id)
) WITHOUT ROWID;
CREATE TABLE ahead (
  reading TEXT NOT NULL REFERENCES reading ON DELETE CASCADE,
  document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL, direction INTEGER NOT NULL,
  likelihood TEXT, horizon TEXT, statement TEXT, in_title INTEGER NOT NULL,
  PRIMARY KEY (reading, start, end)
) WITHOUT ROWID;

-- What could not be read or interpreted. "resolved_run": a later run read the same source.
CREATE TABLE problem (
  id TEXT PRIMARY KEY,
  stage TEXT NOT NULL, source TEXT NOT NULL, message TEXT NOT NULL, hint TEXT NOT NULL,
  document TEXT REFERENCES document ON DELETE CASCADE,
  start INTEGER, end INTEGER,
  first_run INTEGER NOT NULL REFERENCES run, last_run INTEGER NOT NULL REFERENCES run,
  resolved_run INTEGER REFERENCES run
);

-- Across documents.
CREATE TABLE dispute (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL, workers TEXT NOT NULL, employers TEXT NOT NULL, start TEXT, end TEXT,
  first_run INTEGER NOT NULL REFERENCES run, superseded_run INTEGER REFERENCES run
);
CREATE TABLE assignment (
  document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  dispute TEXT NOT NULL REFERENCES dispute,
  given INTEGER NOT NULL, score REAL NOT NULL, parts TEXT NOT NULL,
  first_run INTEGER NOT NULL REFERENCES run, superseded_run INTEGER REFERENCES run,
  PRIMARY KEY (document, dispute)
) WITHOUT ROWID;
-- Results across documents, one row each, as JSON of the dataclass of onrecord.model named by "type":
-- TimelineEntry, StandingInterval, StrikeClock, Claim, Forecast, Overreach. Views give them as columns.
CREATE TABLE finding (
  dispute TEXT NOT NULL REFERENCES dispute,
  type TEXT NOT NULL,
  id TEXT NOT NULL,
  n INTEGER NOT NULL,                  -- order within its type
  body TEXT NOT NULL,
  first_run INTEGER NOT NULL REFERENCES run, superseded_run INTEGER REFERENCES run,
  PRIMARY KEY (dispute, type, id)
) WITHOUT ROWID;
CREATE TABLE finding_evidence (
  dispute TEXT NOT NULL, type TEXT NOT NULL, finding TEXT NOT NULL,
  document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  PRIMARY KEY (dispute, type, finding, document, start, end),
  FOREIGN KEY (dispute, type, finding) REFERENCES finding ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX finding_evidence_document ON finding_evidence (document);
-- Which readings and judgements the findings follow from; another value means they are out of date.
CREATE TABLE synthesis (state TEXT NOT NULL, run INTEGER NOT NULL REFERENCES run);

-- What people ruled. Rows are never changed; a later row on the same target and field counts.
CREATE TABLE judgement (
  id INTEGER PRIMARY KEY,
  target TEXT NOT NULL, verdict TEXT NOT NULL, field TEXT, value TEXT,
  who TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL
);
CREATE INDEX judgement_target ON judgement (target);

-- What was forgotten: nothing of it stays but that it was, so that it is not taken up again unasked.
CREATE TABLE tombstone (
  capture TEXT PRIMARY KEY,            -- SHA-256 of the bytes
  numbers TEXT NOT NULL,               -- JSON: the document numbers that are now empty
  forgotten_at TEXT NOT NULL, why TEXT NOT NULL,
  compacted INTEGER NOT NULL           -- 0: traces may be left in the file
) WITHOUT ROWID;
