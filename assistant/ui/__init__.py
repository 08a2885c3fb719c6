"""The pages. What each of the four groups sees on it:

The caseworker asks in own words and sees first a verdict in colour and word, then one to four sentences, the
conditions, and what to look out for. Under them stand the quotes, each with its document, date and section;
one click opens the document beside the chat at the marked words. The answer can be copied for the case file.

The newcomer meets questions to start from and questions to go on with, kinds and dates in plain words, and a
switch to English.

The facilitator has one calm column to project, "Ny samtale" between groups, and a link that reopens the
conversation after a reload.

The jurist reads the quote as it stands in its own document with nothing altered, and folds out "Hvorfor dette
svar?": how the question was read, which statements were weighed, the rule applied, and every version.

`frame` stands around every page, `pages` lists them, `login` finds out who is there. `chat_page` describes the chat,
`session` keeps what lives between reruns, `conversation` and `reading` know no Streamlit, `cards` and `viewer` draw,
`wording` holds the texts of both languages.
"""
