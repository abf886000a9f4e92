-- What waits is looked through at every claim: with all that is asked of it in the index, no row itself has to be read.
DROP INDEX outbox_waiting;
CREATE INDEX outbox_waiting ON outbox (
    lane, key, kind, slot, in_thread, dialog, thread, created_at, not_before, claimed_until, status
) WHERE status = 'waiting';
