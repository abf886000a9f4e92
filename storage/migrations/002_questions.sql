-- Questions that nothing curated answers, each once, without who asked. `key` is the text as it is compared.
CREATE TABLE questions (
    workspace TEXT NOT NULL,
    key       TEXT NOT NULL,
    text      TEXT NOT NULL,
    times     INTEGER NOT NULL,
    first_at  TEXT NOT NULL,
    last_at   TEXT NOT NULL,
    PRIMARY KEY (workspace, key)
);

-- Whether a person found an answer helpful; the last word counts.
CREATE TABLE ratings (
    workspace TEXT NOT NULL,
    topic     TEXT NOT NULL,
    entry     TEXT NOT NULL,
    person    TEXT NOT NULL,
    helpful   INTEGER NOT NULL,
    rated_at  TEXT NOT NULL,
    PRIMARY KEY (workspace, entry, person)
);
