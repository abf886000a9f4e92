-- What an answer rests on: links as a JSON list, and the day when what it is about last ran, where somebody said so.
ALTER TABLE answers ADD COLUMN evidence TEXT NOT NULL DEFAULT '[]';
ALTER TABLE answers ADD COLUMN last_run TEXT;

-- Each finished result in few bytes, for the trend, the history and the portfolio: nobody is named, nothing is judged
-- anew. `up_to` is how far the overall level could still rise; `more` holds dimensions, google, risks as JSON.
CREATE TABLE standings (
    workspace   TEXT NOT NULL,
    dialog      TEXT NOT NULL REFERENCES dialogs (id),
    turn        INTEGER NOT NULL,
    channel     TEXT NOT NULL,
    subject     TEXT NOT NULL,
    subject_key TEXT NOT NULL,
    finished_at TEXT NOT NULL,
    overall     INTEGER NOT NULL,
    up_to       INTEGER NOT NULL,
    target      INTEGER NOT NULL,
    more        TEXT NOT NULL,
    PRIMARY KEY (dialog, turn)
);
CREATE INDEX standings_by_subject ON standings (workspace, channel, subject_key, finished_at, turn);
INSERT INTO standings
SELECT workspace, dialog, turn, channel, json_extract(result, '$.subject'), subject_key, finished_at,
  json_extract(result, '$.overall'), json_extract(result, '$.ceiling.overall'), json_extract(result, '$.target'),
  json_object('dimensions', json_extract(result, '$.dimensions'), 'google', json_extract(result, '$.google'),
    'provisional', json(CASE json_extract(result, '$.provisional') WHEN 1 THEN 'true' ELSE 'false' END),
    'open_target', json(CASE WHEN EXISTS (SELECT 1 FROM json_each(result, '$.target_missing') WHERE value = 'stage')
      THEN 'true' ELSE 'false' END),
    'risks', json_extract(result, '$.risks'))
FROM results;

-- What a team decided about a next step: who does it by when, or that it is not its turn now. One row a practice.
CREATE TABLE plans (
    workspace   TEXT NOT NULL,
    channel     TEXT NOT NULL,
    subject_key TEXT NOT NULL,
    practice    TEXT NOT NULL,
    owner       TEXT NOT NULL,
    owner_name  TEXT NOT NULL,
    due         TEXT,
    later       INTEGER NOT NULL,
    set_by      TEXT NOT NULL,
    set_at      TEXT NOT NULL,
    PRIMARY KEY (workspace, channel, subject_key, practice)
);

-- Who was greeted in the Messages tab, so that it happens once.
CREATE TABLE greetings (
    workspace  TEXT NOT NULL,
    person     TEXT NOT NULL,
    greeted_at TEXT NOT NULL,
    PRIMARY KEY (workspace, person)
);

-- What the admins of a workspace set for all of it. `ranking` is 1 where the portfolio may rank.
CREATE TABLE policies (
    workspace TEXT PRIMARY KEY,
    ranking   INTEGER NOT NULL,
    set_by    TEXT NOT NULL,
    set_at    TEXT NOT NULL
);

-- As before, but an upload waits for the earlier posts and uploads of its assessment, and no post waits for it.
DROP VIEW deliverable;
CREATE VIEW deliverable AS
SELECT
    o.key AS key,
    o.created_at AS created_at,
    CASE o.kind WHEN 'update' THEN 1 WHEN 'upload' THEN 1 ELSE 0 END AS may_lag,
    CASE WHEN o.claimed_until IS NOT NULL AND o.claimed_until > o.not_before THEN o.claimed_until
         ELSE o.not_before END AS ready_at
FROM outbox o
WHERE o.status = 'waiting'
  AND (o.in_thread = 0 OR EXISTS (SELECT 1 FROM dialogs d WHERE d.id = o.dialog AND d.thread IS NOT NULL))
  AND (o.kind <> 'update' OR (o.dialog IS NULL AND o.thread IS NOT NULL)
       OR EXISTS (SELECT 1 FROM messages m WHERE m.dialog = o.dialog AND m.slot = o.slot))
  AND NOT EXISTS (
    SELECT 1 FROM outbox e
    WHERE e.lane = o.lane AND e.status = 'waiting' AND e.key < o.key
      AND ((o.kind IN ('post', 'join') AND e.kind IN ('post', 'join')) OR (o.kind = 'update' AND e.slot = o.slot)
           OR (o.kind = 'upload' AND e.kind IN ('post', 'join', 'upload')))
  );
