"""Questions with known answers, what each learner has answered, and when a question comes again.

`asking` makes the questions of the modules: `verdicts`, `conditions`, `documents` and `claims` each make one kind from
the statements that ingest found, and every question carries the quote that proves its answer. `tables` says how
progress is stored, `progress` keeps it, `cards` says when to ask again, `group` what an underviser sees of it, and
`certificate` writes the course certificate.
"""
