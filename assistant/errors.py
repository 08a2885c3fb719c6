"""The one error tree. Every message says what failed, which item, and what to do about it.

AssistantError
├── SettingsError        a setting is unknown or out of bounds
├── SourceError          a document or sources.toml cannot be read
├── EmbeddingError       the embedding model is missing or does not fit the index
├── IndexStoreError      the index is missing, damaged or made by something else
│   └── IndexMissing     there is no index at all yet
├── QuestionError        the question cannot be taken as it is (empty, too long, ...)
├── ModelError           the language model is missing, misconfigured or failing
├── NotAllowed           the person's role does not give the right
├── RecordError          the record cannot be read or written
├── ReviewError          a feedback, a comment or a decision cannot be taken as it is
├── LearningError        a module of the course cannot be used as it is
└── WorkshopError        what is done in a workshop cannot be done as it is

Foreign errors are translated in the one module that knows their library.
"""


class AssistantError(Exception):
    """Base of all errors that this project raises on purpose; str() is fit to show to a user."""


class SettingsError(AssistantError):
    """A setting is unknown or out of bounds."""


class SourceError(AssistantError):
    """A document or sources.toml cannot be read; names the file, the cause and the remedy."""


class EmbeddingError(AssistantError):
    """The embedding model is missing, damaged or does not fit the index."""


class IndexStoreError(AssistantError):
    """The index is damaged, locked or made by something else."""


class IndexMissing(IndexStoreError):
    """There is no index yet."""


class QuestionError(AssistantError):
    """The question cannot be taken as it is (empty, too long, ...)."""


class ModelError(AssistantError):
    """The language model is missing, misconfigured or failing."""


class NotAllowed(AssistantError):
    """The person's role does not give the right to what was asked for."""


class RecordError(AssistantError):
    """The record cannot be read or written; says what to do."""


class ReviewError(AssistantError):
    """A feedback, a comment or a decision cannot be taken as it is; says what does not hold."""


class LearningError(AssistantError):
    """A module of the course cannot be used as it is; names the file and the item, and what to do."""


class WorkshopError(AssistantError):
    """What is done in a workshop cannot be done as it is: no such code, no such session, the answer is out."""
