"""The phones' page of a workshop, started by `make phones`.

It has a folder of its own, since Streamlit lets a script import from its own folder before any other.
"""

from assistant.ui import phones

phones.show()
