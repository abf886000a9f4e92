"""How we talk and judge: pure functions from what happened to what must follow. No clock, no I/O."""
