"""The pages: `streamlit run app.py`."""

from assistant.ui import frame

frame.show()
