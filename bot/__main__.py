"""`python -m bot` is `maturity-bot`."""

from bot.cli import main

main()
