"""Approved answers: when a question is the one that a jurist approved an answer to, in whatever wording."""
