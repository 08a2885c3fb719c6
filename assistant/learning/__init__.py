"""Learning from the documents: rules at a glance, modules, quizzes, and cases for a room. Knows no Streamlit."""
