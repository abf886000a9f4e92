-- Reminders, one of each subject; `state` is the whole of dialogs.reminder.Reminder as JSON, the other columns find it.
-- `due_at` is NULL while nothing is to come.
CREATE TABLE reminders (
    id          TEXT PRIMARY KEY,
    workspace   TEXT NOT NULL,
    channel     TEXT NOT NULL,
    subject_key TEXT NOT NULL,
    owner       TEXT NOT NULL,
    due_at      TEXT,
    state       TEXT NOT NULL,
    version     INTEGER NOT NULL DEFAULT 0
);
CREATE UNIQUE INDEX reminders_by_subject ON reminders (workspace, channel, subject_key);
CREATE INDEX reminders_due ON reminders (due_at, id) WHERE due_at IS NOT NULL;

-- When an assessment that has gone quiet is looked at; NULL while it rests.
ALTER TABLE dialogs ADD COLUMN nudge_at TEXT;
CREATE INDEX dialogs_to_nudge ON dialogs (nudge_at, id) WHERE nudge_at IS NOT NULL;

-- What a channel has set of its team's working time: an empty zone leaves it to people's profiles, a NULL country to
-- the zone, an empty one means no public holidays. `guests` is 1 where an admin lets guests take part.
CREATE TABLE teams (
    workspace TEXT NOT NULL,
    channel   TEXT NOT NULL,
    zone      TEXT NOT NULL,
    country   TEXT,
    guests    INTEGER NOT NULL DEFAULT 0,
    set_by    TEXT NOT NULL,
    set_at    TEXT NOT NULL,
    PRIMARY KEY (workspace, channel)
);
