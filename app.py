"""The chat page: `streamlit run app.py`."""

from assistant.ui import page

page.show()
