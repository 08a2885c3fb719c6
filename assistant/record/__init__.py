"""The record: every answer that somebody was shown, and all that became of it, in one unbroken chain.

`chain` says how entries are linked, `tables` how they are stored, `database` opens SQLite or PostgreSQL and puts its
faults in plain words, `journal` appends and reads, `verifying` looks for the first broken link, `exporting` and
`purging` are the auditor's and the archivist's. `projecting` keeps the tables that queues and charts are read from:
they follow from the entries and can be made from them anew. `reopening` suspends the approvals that the documents no
longer bear: `corpora` keeps what the index held when, `affected` compares. `overview` counts, `sheets` writes tables.
"""
