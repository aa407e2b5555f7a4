-- Full-text search over sentences, and views for people who open the record in Datasette, pandas or sqlite3.

CREATE VIRTUAL TABLE sentence_fts USING fts5 (text, tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO sentence_fts (rowid, text)
  SELECT s.id, substr(a.text, s.start + 1, s.end - s.start) FROM sentence s JOIN article a ON a.id = s.article;

-- Documents that count, each with the article and the reading in force. The same bytes seen at several places
-- go by the first of them in alphabetical order, whichever was read first.
CREATE VIEW current_document AS
  SELECT d.id, d.number, d.capture, a.id AS article, r.id AS reading, d.first_run,
         coalesce(d.given_name,
           (SELECT g.name FROM sighting g WHERE g.document = d.id ORDER BY g.source LIMIT 1)) AS name,
         (SELECT min(g.source) FROM sighting g WHERE g.document = d.id) AS source, a.title, a.outlet, a.byline,
         a.url, coalesce(r.published, a.published) AS published,
         coalesce(r.published_precision, a.published_precision) AS published_precision,
         coalesce(r.published_from, a.published_from) AS published_from, r.kind, r.state, r.reader
  FROM document d
  LEFT JOIN article a ON a.document = d.id
    AND a.rowid = (SELECT max(x.rowid) FROM article x WHERE x.document = d.id)
  LEFT JOIN reading r ON r.article = a.id AND r.superseded_by IS NULL
  WHERE d.superseded_by IS NULL;

CREATE VIEW current_statement AS
  SELECT s.*, c.number, a.text AS article_text,
         (SELECT group_concat(substr(a.text, json_extract(j.value, '$[0]') + 1,
            json_extract(j.value, '$[1]') - json_extract(j.value, '$[0]')), ' ') FROM json_each(s.content) j) AS words
  FROM statement s JOIN current_document c ON c.reading = s.reading JOIN article a ON a.id = c.article;

CREATE VIEW current_event AS
  SELECT e.*, c.number, substr(a.text, e.start + 1, e.end - e.start) AS evidence
  FROM event e JOIN current_document c ON c.reading = e.reading JOIN article a ON a.id = c.article;

CREATE VIEW current_effect AS
  SELECT e.*, c.number, substr(a.text, e.start + 1, e.end - e.start) AS evidence
  FROM effect e JOIN current_document c ON c.reading = e.reading JOIN article a ON a.id = c.article;

CREATE VIEW open_problem AS
  SELECT p.*, d.number FROM problem p LEFT JOIN document d ON d.id = p.document WHERE p.resolved_run IS NULL;

CREATE VIEW current_timeline AS
  SELECT dispute, n, json_extract(body, '$.type') AS type, json_extract(body, '$.status') AS status,
         json_extract(body, '$.first') AS first, json_extract(body, '$.last') AS last,
         json_extract(body, '$.authority') AS authority, json_extract(body, '$.established') AS established,
         json_extract(body, '$.participants') AS participants, id
  FROM finding WHERE type = 'TimelineEntry' AND superseded_run IS NULL;

CREATE VIEW current_standing AS
  SELECT dispute, n, json_extract(body, '$.state') AS state, json_extract(body, '$.first') AS first,
         json_extract(body, '$.last') AS last, json_extract(body, '$.authority') AS authority,
         json_extract(body, '$.established') AS established, json_extract(body, '$.why') AS why
  FROM finding WHERE type = 'StandingInterval' AND superseded_run IS NULL;
