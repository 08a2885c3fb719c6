"""The guard: whether a claim says only what the texts it is said to rest on say."""

from assistant.guard.checking import check_claim, warm
from assistant.guard.verdict import Reason, Verdict

__all__ = ["Reason", "Verdict", "check_claim", "warm"]
