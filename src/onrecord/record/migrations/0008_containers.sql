-- Files of which documents are parts, where a part's own bytes are not a stretch of the file's; and addresses that
-- articles name, by which a file's text is known to be another revision of a page.

CREATE TABLE container (
  sha256 TEXT PRIMARY KEY,
  data BLOB NOT NULL,                  -- as they came, compressed with zlib
  size INTEGER NOT NULL,
  media_type TEXT NOT NULL
) WITHOUT ROWID;
ALTER TABLE document ADD COLUMN container TEXT REFERENCES container ON DELETE SET NULL;
CREATE INDEX document_container ON document (container) WHERE container IS NOT NULL;
CREATE INDEX article_url ON article (url) WHERE url IS NOT NULL;
