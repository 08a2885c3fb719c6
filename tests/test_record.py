"""The record: what is kept of an answer, and that nothing of it can be altered unseen."""
