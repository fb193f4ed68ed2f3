"""Columns by number and by letter: 28 is AB."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1024)
def column_letters(number: int) -> str:
    """列号转字母：1 → A，28 → AB。"""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=1024)
def column_number(letters: str) -> int:
    """字母转列号：AB → 28。"""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
