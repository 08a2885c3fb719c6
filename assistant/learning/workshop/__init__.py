"""Workshops for a room: a facilitator's session, participants who join by a code, and their votes.

Of a participant nothing is kept but a nickname and the votes; a session and all that is in it is deleted together.
`rooms` reads sessions, `hosting` is what a facilitator does, `joining` what a participant does, `counting` counts.
"""
