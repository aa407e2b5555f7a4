-- What a dispute is about, and more of each entry and state: findings of the types Position, StanceChange and ProfileFact are
-- JSON like the others. Findings that an earlier version derived lack the new fields; comparing (another version of the program) derives them anew.

DROP VIEW current_timeline;
CREATE VIEW current_timeline AS
  SELECT dispute, n, json_extract(body, '$.type') AS type, json_extract(body, '$.status') AS status,
         json_extract(body, '$.first') AS first, json_extract(body, '$.last') AS last,
         json_extract(body, '$.told') AS told, coalesce(json_extract(body, '$.minor'), 0) AS minor,
         coalesce(json_extract(body, '$.lockout'), 0) AS lockout,
         json_extract(body, '$.authority') AS authority, json_extract(body, '$.established') AS established,
         json_extract(body, '$.participants') AS participants, id
  FROM finding WHERE type = 'TimelineEntry' AND superseded_run IS NULL;

DROP VIEW current_standing;
CREATE VIEW current_standing AS
  SELECT dispute, n, json_extract(body, '$.state') AS state, json_extract(body, '$.first') AS first,
         json_extract(body, '$.last') AS last, json_extract(body, '$.seen') AS seen,
         json_extract(body, '$.parties') AS parties, coalesce(json_extract(body, '$.lockout'), 0) AS lockout,
         json_extract(body, '$.authority') AS authority,
         json_extract(body, '$.established') AS established, json_extract(body, '$.why') AS why
  FROM finding WHERE type = 'StandingInterval' AND superseded_run IS NULL;

CREATE VIEW current_position AS
  SELECT dispute, n, json_extract(body, '$.issue') AS issue, json_extract(body, '$.stance') AS stance,
         json_extract(body, '$.side') AS side, json_extract(body, '$.name') AS name,
         json_extract(body, '$.day') AS day, json_extract(body, '$.source') AS source,
         json_extract(body, '$.authority') AS authority, json_extract(body, '$.figures') AS figures, id
  FROM finding WHERE type = 'Position' AND superseded_run IS NULL;
