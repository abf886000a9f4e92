-- What was deleted for good, without saying what; `wiped` is 1 once nothing of it lies in the database's file any more.
CREATE TABLE erasures (
    workspace TEXT NOT NULL,
    key       TEXT NOT NULL,
    erased_at TEXT NOT NULL,
    wiped     INTEGER NOT NULL,
    PRIMARY KEY (workspace, key)
);

-- As before, but an edit may also be of a message that belongs to no assessment (any more): then `thread` is its ts.
DROP VIEW deliverable;
CREATE VIEW deliverable AS
SELECT
    o.key AS key,
    o.created_at AS created_at,
    CASE o.kind WHEN 'update' THEN 1 ELSE 0 END AS may_lag,
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
      AND ((o.kind IN ('post', 'join') AND e.kind IN ('post', 'join')) OR (o.kind = 'update' AND e.slot = o.slot))
  );
