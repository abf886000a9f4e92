"""The bot in Slack: how it listens, what it says and how it looks, and the command line."""
