"""What was said: the database, its one SQL text, the outbox. Imports dialogs' types only."""
