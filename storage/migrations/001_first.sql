-- What each event was, so that a repeated one takes no effect. Kept for a week.
CREATE TABLE inbox (
    workspace   TEXT NOT NULL,
    key         TEXT NOT NULL,
    received_at TEXT NOT NULL,
    PRIMARY KEY (workspace, key)
);
CREATE INDEX inbox_by_time ON inbox (received_at);

-- One assessment of one subject; `state` is the whole of dialogs.state.State as JSON, the other columns find it.
CREATE TABLE dialogs (
    id              TEXT PRIMARY KEY,
    workspace       TEXT NOT NULL,
    channel         TEXT NOT NULL,
    thread          TEXT,
    subject         TEXT NOT NULL,
    subject_key     TEXT NOT NULL,
    phase           TEXT NOT NULL,
    running         INTEGER NOT NULL,
    starter         TEXT NOT NULL,
    content_version TEXT NOT NULL,
    began_at        TEXT NOT NULL,
    finished_at     TEXT,
    state           TEXT NOT NULL,
    version         INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX one_running_per_subject ON dialogs (workspace, channel, subject_key) WHERE running = 1;
CREATE INDEX dialogs_by_channel ON dialogs (workspace, channel, subject_key, began_at);
CREATE INDEX dialogs_by_thread ON dialogs (workspace, channel, thread);

-- Append-only: a changed mind is a new row. `place` is the row's place within its turn.
CREATE TABLE answers (
    workspace       TEXT NOT NULL,
    dialog          TEXT NOT NULL REFERENCES dialogs (id),
    subject         TEXT NOT NULL,
    turn            INTEGER NOT NULL,
    place           INTEGER NOT NULL,
    practice        TEXT NOT NULL,
    choice          TEXT NOT NULL,
    note            TEXT,
    person          TEXT NOT NULL,
    person_name     TEXT NOT NULL,
    answered_at     TEXT NOT NULL,
    content_version TEXT NOT NULL,
    PRIMARY KEY (dialog, turn, place)
);
-- The same for facts about a team; `value` is JSON, NULL where it was left open on purpose.
CREATE TABLE facts (
    workspace       TEXT NOT NULL,
    dialog          TEXT NOT NULL REFERENCES dialogs (id),
    subject         TEXT NOT NULL,
    turn            INTEGER NOT NULL,
    place           INTEGER NOT NULL,
    fact            TEXT NOT NULL,
    value           TEXT,
    person          TEXT NOT NULL,
    person_name     TEXT NOT NULL,
    given_at        TEXT NOT NULL,
    content_version TEXT NOT NULL,
    PRIMARY KEY (dialog, turn, place)
);

-- Finished results as snapshots.
CREATE TABLE results (
    workspace       TEXT NOT NULL,
    dialog          TEXT NOT NULL REFERENCES dialogs (id),
    turn            INTEGER NOT NULL,
    channel         TEXT NOT NULL,
    subject_key     TEXT NOT NULL,
    finished_at     TEXT NOT NULL,
    content_version TEXT NOT NULL,
    result          TEXT NOT NULL,
    PRIMARY KEY (dialog, turn)
);
CREATE INDEX results_by_subject ON results (workspace, channel, subject_key, finished_at);

-- Where each message of an assessment stands in Slack.
CREATE TABLE messages (
    workspace TEXT NOT NULL,
    dialog    TEXT NOT NULL,
    slot      TEXT NOT NULL,
    channel   TEXT NOT NULL,
    ts        TEXT NOT NULL,
    PRIMARY KEY (dialog, slot)
);

-- What the bot owes Slack. `status`: waiting, sent, failed, superseded. `lane` keeps the order: an assessment's id, or
-- the key itself for messages that belong to none.
CREATE TABLE outbox (
    key           TEXT PRIMARY KEY,
    workspace     TEXT NOT NULL,
    dialog        TEXT,
    lane          TEXT NOT NULL,
    channel       TEXT NOT NULL,
    kind          TEXT NOT NULL,
    slot          TEXT,
    in_thread     INTEGER NOT NULL,
    thread        TEXT,
    broadcast     INTEGER NOT NULL,
    payload       TEXT NOT NULL,
    status        TEXT NOT NULL,
    attempts      INTEGER NOT NULL DEFAULT 0,
    created_at    TEXT NOT NULL,
    not_before    TEXT NOT NULL,
    claimed_by    TEXT,
    claimed_until TEXT,
    tried_at      TEXT,
    sent_at       TEXT,
    ts            TEXT,
    error         TEXT
);
CREATE INDEX outbox_waiting ON outbox (lane, key) WHERE status = 'waiting';
CREATE INDEX outbox_done ON outbox (sent_at) WHERE status <> 'waiting';

-- The waiting rows that only time holds back, with the time from which they may be claimed: a lease or a delay is over.
-- A post waits for the earlier posts and joins of its assessment, a reply for its parent, an edit for its message and
-- for the earlier edits of the same message. A direct message waits for nobody.
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
  AND (o.kind <> 'update' OR EXISTS (SELECT 1 FROM messages m WHERE m.dialog = o.dialog AND m.slot = o.slot))
  AND NOT EXISTS (
    SELECT 1 FROM outbox e
    WHERE e.lane = o.lane AND e.status = 'waiting' AND e.key < o.key
      AND ((o.kind IN ('post', 'join') AND e.kind IN ('post', 'join')) OR (o.kind = 'update' AND e.slot = o.slot))
  );
