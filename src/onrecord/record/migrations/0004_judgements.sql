-- What people ruled on parties holds in one dispute or everywhere, and every ruling can be taken back by another row:
-- target "judgement:12", field "judgement". Which rulings are in force: onrecord.record.judgements.ledger.

ALTER TABLE judgement ADD COLUMN dispute TEXT; -- NULL: everywhere

-- What a second reader (a language model that the user named) proposed as statements. Kept apart: no finding follows
-- from these rows. A row in second_reading says that it has read the article, proposals or none.
CREATE TABLE second_reading (
  article TEXT NOT NULL REFERENCES article ON DELETE CASCADE,
  reader TEXT NOT NULL,
  document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  proposed INTEGER NOT NULL,
  dropped TEXT NOT NULL,               -- JSON: {why: how many}
  run INTEGER NOT NULL REFERENCES run,
  PRIMARY KEY (article, reader)
) WITHOUT ROWID;
CREATE TABLE proposal (
  article TEXT NOT NULL,
  reader TEXT NOT NULL,
  id TEXT NOT NULL,
  body TEXT NOT NULL,                  -- JSON of the dataclass Statement
  PRIMARY KEY (article, reader, id),
  FOREIGN KEY (article, reader) REFERENCES second_reading ON DELETE CASCADE
) WITHOUT ROWID;
CREATE VIEW current_proposal AS
  SELECT p.id, p.reader, c.id AS document, c.number, json_extract(p.body, '$.source.name') AS source,
         json_extract(p.body, '$.authority') AS authority, json_extract(p.body, '$.certainty') AS certainty,
         (SELECT group_concat(substr(a.text, json_extract(j.value, '$.start') + 1,
            json_extract(j.value, '$.end') - json_extract(j.value, '$.start')), ' ')
          FROM json_each(json_extract(p.body, '$.content')) j) AS words
  FROM proposal p JOIN current_document c ON c.article = p.article JOIN article a ON a.id = p.article;

-- Statements whose source people's rulings change, as they are for a dispute ('' : by the rulings that hold everywhere).
-- Derived anew with the findings; the machine's row in "statement" stays as it is.
CREATE TABLE ruled_statement (
  dispute TEXT NOT NULL,
  id TEXT NOT NULL,
  document TEXT NOT NULL REFERENCES document ON DELETE CASCADE,
  source TEXT, source_party TEXT, source_side TEXT, source_affiliation TEXT, authority TEXT,
  via TEXT NOT NULL,                   -- JSON, innermost first
  PRIMARY KEY (dispute, id)
) WITHOUT ROWID;
