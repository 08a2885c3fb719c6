"""A workshop on paper and on the wall: the handout, the slides, the facilitator's key and the results."""
