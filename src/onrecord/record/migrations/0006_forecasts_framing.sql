-- Every forecast that was made, as it was made. Nothing is changed or taken away: a ledger that forgets its
-- misses is worth nothing. No text of a document is in it.
CREATE TABLE forecast_made (
  id TEXT PRIMARY KEY,
  dispute TEXT NOT NULL,
  as_of TEXT NOT NULL,
  body TEXT NOT NULL,                  -- JSON: the forecast
  looking_back INTEGER NOT NULL,       -- made for a day before the record's latest document
  run INTEGER NOT NULL REFERENCES run  -- the latest run when it was made
);
CREATE INDEX forecast_made_dispute ON forecast_made (dispute, as_of);
CREATE TRIGGER forecast_made_stays BEFORE UPDATE ON forecast_made
BEGIN SELECT raise(ABORT, 'a forecast that was made is not changed'); END;
CREATE TRIGGER forecast_made_is_kept BEFORE DELETE ON forecast_made
BEGIN SELECT raise(ABORT, 'a forecast that was made is not taken away'); END;

-- Who credits or blames which side for what, in one document.
CREATE TABLE framing (
  reading TEXT NOT NULL REFERENCES reading ON DELETE CASCADE,
  document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  target TEXT NOT NULL,                -- as named there
  party TEXT, side TEXT NOT NULL,
  tone INTEGER NOT NULL,               -- 1 credit, -1 blame
  about TEXT NOT NULL,
  by_side TEXT,                        -- of who credits or blames
  statement TEXT,                      -- NULL: the document's own voice
  expectation INTEGER NOT NULL, ironic INTEGER NOT NULL, in_title INTEGER NOT NULL,
  PRIMARY KEY (reading, start, end, about)
) WITHOUT ROWID;
