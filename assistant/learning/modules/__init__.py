"""Onboarding modules: data of the corpus folder, each paragraph bound to words that stand in a document.

`module` reads them, `binding` finds their quotes in the index and tells which ones no longer stand as they did, and
`noted` keeps where they stood when an author last read them.
"""
