"""The optional language model: it writes the prose of an answer that is found already, and is believed in nothing.

connect    the only module that knows a provider of models
calling    one call: deadline, retries, circuit breaker, faults in plain words
prompting  the prompts, with passages numbered and fenced
drafting   the model's text, sentence by sentence, as it comes
checking   whether one sentence may stand
writing    the whole: draft, check, strike, replace
rewriting  a follow-up as a question of its own
"""
