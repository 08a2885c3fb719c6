"""Known answers, the measures taken on them, their reports, and the bench."""
