-- Threads whose parent message was deleted: the assessment goes on under a new one, and answers here with a link.
CREATE TABLE left_threads (
    workspace TEXT NOT NULL,
    channel   TEXT NOT NULL,
    thread    TEXT NOT NULL,
    dialog    TEXT NOT NULL,
    PRIMARY KEY (workspace, channel, thread)
);
