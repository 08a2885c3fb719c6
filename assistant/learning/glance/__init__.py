"""The rules at a glance: what the documents say, as a table; editions side by side; the glossary."""
