-- The index: what comparing documents computes once and keeps. It follows from readings and judgements alone; it is
-- no source of anything, and is built anew when it is lost or when another version of onrecord wrote it.

CREATE TABLE index_version (value TEXT NOT NULL); -- no row: lost

-- What is still to be done, so that a killed run is taken up where it stopped. No row: findings are up to date.
--   digest   id: a document with a reading (or none any longer) that the index does not know
--   assign   id: a family of documents whose disputes are to be derived
--   file     id: a document to be compared within a dispute, or to be taken out of it
--   claims   id: w:number of a wording or c:id of a claim, of which the claims are to be derived
--   findings of a dispute: chronology, standing, clock, forecast, overreach
CREATE TABLE due (
  step TEXT NOT NULL, dispute TEXT NOT NULL, id TEXT NOT NULL,
  PRIMARY KEY (step, dispute, id)
) WITHOUT ROWID;

-- What comparing needs of one document. Documents of one family may bear on each other's disputes.
CREATE TABLE digest (
  document TEXT PRIMARY KEY REFERENCES document ON DELETE CASCADE,
  reading TEXT NOT NULL REFERENCES reading ON DELETE CASCADE,
  family INTEGER NOT NULL,
  signals TEXT NOT NULL,               -- JSON: whom it names, when it was written
  tellings BLOB NOT NULL               -- JSON, compressed: what it may tell, and the links within it
);
CREATE INDEX digest_family ON digest (family);
CREATE INDEX digest_reading ON digest (reading);
CREATE TABLE family_tie (tie TEXT PRIMARY KEY, family INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX family_tie_family ON family_tie (family);

-- What is told, apart from where; tellings in the same words share it. "body" is JSON without document and place.
CREATE TABLE wording (
  id INTEGER PRIMARY KEY,
  dispute TEXT NOT NULL,
  digest TEXT NOT NULL,
  body TEXT NOT NULL,
  keys TEXT NOT NULL,                  -- JSON: the keys under which it is filed
  UNIQUE (dispute, digest)
);
CREATE TABLE wording_key (             -- two wordings that share no key are not the same claim
  key INTEGER NOT NULL, wording INTEGER NOT NULL,
  PRIMARY KEY (key, wording)
) WITHOUT ROWID;
CREATE TABLE telling (
  id INTEGER PRIMARY KEY,
  dispute TEXT NOT NULL,
  document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  start INTEGER NOT NULL, end INTEGER NOT NULL,
  place TEXT NOT NULL,                 -- JSON: what the wording leaves out
  wording INTEGER NOT NULL REFERENCES wording
);
CREATE INDEX telling_document ON telling (document, dispute);
CREATE INDEX telling_wording ON telling (wording);
-- A link between tellings of two documents in these wordings (also in one); with an outlet, of that outlet.
CREATE TABLE wording_link (
  a INTEGER NOT NULL REFERENCES wording ON DELETE CASCADE,
  b INTEGER NOT NULL REFERENCES wording ON DELETE CASCADE,
  a_outlet TEXT NOT NULL, b_outlet TEXT NOT NULL, -- '': any
  score REAL NOT NULL, parts TEXT NOT NULL,
  PRIMARY KEY (a, b, a_outlet, b_outlet)
) WITHOUT ROWID;
CREATE INDEX wording_link_b ON wording_link (b);
-- A link between two tellings of one document.
CREATE TABLE telling_link (
  a INTEGER NOT NULL REFERENCES telling ON DELETE CASCADE,
  b INTEGER NOT NULL REFERENCES telling ON DELETE CASCADE,
  score REAL NOT NULL, parts TEXT NOT NULL,
  PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX telling_link_b ON telling_link (b);
-- Two wordings that a person linked (same 1) or cut (same 0), from the judgements.
CREATE TABLE wording_ruling (
  a INTEGER NOT NULL REFERENCES wording ON DELETE CASCADE,
  b INTEGER NOT NULL REFERENCES wording ON DELETE CASCADE,
  same INTEGER NOT NULL, why TEXT NOT NULL,
  PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX wording_ruling_b ON wording_ruling (b);
-- The passages that two documents with linked tellings share; an empty list where they share none.
CREATE TABLE passage (
  a TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  b TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  spans TEXT NOT NULL,                 -- JSON: [[start, end, start, end, words], ...] in a and in b
  PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX passage_b ON passage (b);

CREATE INDEX assignment_dispute ON assignment (dispute);
DROP TABLE synthesis;
INSERT INTO due SELECT 'digest', '', id FROM document;

CREATE TRIGGER due_reading AFTER INSERT ON reading BEGIN
  INSERT OR IGNORE INTO due VALUES ('digest', '', NEW.document);
END;
CREATE TRIGGER due_article AFTER INSERT ON article BEGIN
  INSERT OR IGNORE INTO due VALUES ('digest', '', NEW.document);
END;
CREATE TRIGGER due_document AFTER UPDATE OF superseded_by ON document BEGIN
  INSERT OR IGNORE INTO due VALUES ('digest', '', NEW.id);
END;
-- A ruling on a link concerns its two tellings, one on a dispute its document, any other all documents; one that
-- takes another back (target "judgement:12") what that one concerned.
CREATE TRIGGER due_judgement AFTER INSERT ON judgement BEGIN
  INSERT OR IGNORE INTO due SELECT 'file', t.dispute, t.document FROM judgement o JOIN telling t ON t.document = o.target
    WHERE o.id = iif(NEW.field = 'judgement', CAST(substr(NEW.target, 11) AS INTEGER), NEW.id) AND o.field = 'link';
  INSERT OR IGNORE INTO due SELECT 'digest', '', d.id FROM judgement o JOIN document d
    ON coalesce(o.field, '') NOT IN ('link', 'dispute') OR (o.field = 'dispute' AND d.id = o.target)
    WHERE o.id = iif(NEW.field = 'judgement', CAST(substr(NEW.target, 11) AS INTEGER), NEW.id);
END;
CREATE TRIGGER due_judgement_gone AFTER DELETE ON judgement BEGIN
  INSERT OR IGNORE INTO due SELECT 'file', t.dispute, t.document FROM telling t
    WHERE OLD.field = 'link' AND t.document = OLD.target;
  INSERT OR IGNORE INTO due SELECT 'digest', '', d.id FROM document d
    WHERE coalesce(OLD.field, '') NOT IN ('link', 'dispute') OR (OLD.field = 'dispute' AND d.id = OLD.target);
END;
