-- Many finished assessments, three to a channel; `stored.py` fills the names in and runs one statement after the other.
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)
INSERT INTO dialogs (id, workspace, channel, thread, subject, subject_key, phase, running, starter, content_version,
                     began_at, finished_at, state)
SELECT printf('old%09x', i), 'T0BENCH', printf('C9%06d', i / 3), printf('16%08d.000100', i), 'model ' || (i % 3),
       'model' || (i % 3), 'finished', 0, 'U0ANA', '1', :at, :at,
       replace(replace(:state, 'THE-ID', printf('old%09x', i)), 'THE-CHANNEL', printf('C9%06d', i / 3))
FROM n;

WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count),
p (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM p WHERE k < :answers)
INSERT INTO answers (workspace, dialog, subject, turn, place, practice, choice, person, person_name, answered_at,
                     content_version)
SELECT 'T0BENCH', printf('old%09x', i), 'model', k, 1, 'M2-C-' || k, 'partly', 'U0ANA', 'Ana', :at, '1' FROM n, p;

WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count),
p (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM p WHERE k < :messages)
INSERT INTO messages (workspace, dialog, slot, channel, ts)
SELECT 'T0BENCH', printf('old%09x', i), 'q' || k, printf('C9%06d', i / 3), printf('16%08d.%06d', i, k) FROM n, p;

WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count)
INSERT INTO results (workspace, dialog, turn, channel, subject_key, finished_at, content_version, result)
SELECT 'T0BENCH', printf('old%09x', i), 9, printf('C9%06d', i / 3), 'model' || (i % 3), :at, '1', '{}' FROM n;

-- Sent messages, and the marks of events, are kept for a week only.
WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count),
p (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM p WHERE k < 2 * :messages)
INSERT INTO outbox (key, workspace, dialog, lane, channel, kind, slot, in_thread, broadcast, payload, status,
                    created_at, not_before, sent_at, ts)
SELECT printf('old%09x:%06d:001', i, k), 'T0BENCH', printf('old%09x', i), printf('old%09x', i),
       printf('C9%06d', i / 3), 'post', 'q' || k, 1, 0, '{}', 'sent', :at, :at, :at, '1.1'
FROM n, p WHERE i % :week = 0;

WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count),
p (k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM p WHERE k < :messages)
INSERT INTO inbox (workspace, key, received_at)
SELECT 'T0BENCH', printf('c:%d:%d', i, k), :at FROM n, p WHERE i % :week = 0;
