"""The phones' page of a workshop: `streamlit run phones.py`."""

from assistant.ui import phones

phones.show()
