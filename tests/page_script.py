"""The pages with the small assistant, as `streamlit run` and AppTest take it."""

from assistant.ui import frame
from tests.page_assistant import PageAssistant

frame.show(PageAssistant.open)
