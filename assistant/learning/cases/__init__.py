"""Fictional citizens' cases for workshops, with the key that the engine computes from the documents."""
