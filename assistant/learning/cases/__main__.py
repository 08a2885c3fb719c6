"""`python -m assistant.learning.cases`: all cases that the documents give, counted; `--show` prints them."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

from assistant.engine import Assistant
from assistant.errors import AssistantError
from assistant.learning.cases.case import Case
from assistant.learning.cases.composing import every
from assistant.settings import load_settings


def main(arguments: Sequence[str]) -> int:
    """Compose, count and perhaps print; the exit code."""
    try:
        with_all = "--show" in arguments
        cases = every(Assistant.open(load_settings()), progress=_progress)
    except AssistantError as exc:
        print(exc, file=sys.stderr)
        return 1
    print(f"\n{counted(cases)}")
    for case in cases if with_all else ():
        print(f"\n{shown(case)}")
    return 0


def counted(cases: Sequence[Case]) -> str:
    """How many there are of what."""
    by = {
        "dom": Counter(case.verdict for case in cases),
        "sværhedsgrad": Counter(str(case.difficulty) for case in cases),
        "emne": Counter(case.topic or "uden emne" for case in cases),
    }
    lines = [f"{len(cases)} sager"]
    lines += [
        f"  {name}: {', '.join(f'{what} {n}' for what, n in sorted(count.items()))}" for name, count in by.items()
    ]
    return "\n".join(lines)


def shown(case: Case) -> str:
    """A case with its key, to be read."""
    lines = [f"[{case.key}] {case.topic} {case.difficulty}", case.situation, case.question]
    lines += [f"  {'*' if reason.right else '-'} {reason.text}" for reason in case.reasons]
    lines += [f"=> {case.verdict}: {case.answer['answer']}", *(f"  ? {each}" for each in case.discussion)]
    return "\n".join(lines)


def _progress(done: int, of: int) -> None:
    print(f"\r{done} af {of} afprøvet", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
