"""The page with the small assistant, as `streamlit run` and AppTest take it."""

from assistant.ui import page
from tests.page_assistant import PageAssistant

page.show(PageAssistant.open)
