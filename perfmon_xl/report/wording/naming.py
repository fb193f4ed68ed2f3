"""Names, counts and lists as they stand in a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from perfmon_xl.domain.text_keys import name_key

INNER_QUOTES = str.maketrans("“”", "‘’")
MOST_NAMED = 5
_DIGITS = "零一两三四五六七八九十"


def quoted(names: Sequence[str], count: str = "") -> str:
    """几个名称加引号连着写，最多五个，再多的“等几个”；count 是个数带记号的写法。

    >>> quoted(["甲", "乙"]), quoted(list("甲乙丙丁戊己")), quoted(["“三公”经费"])
    ('“甲”“乙”', '“甲”“乙”“丙”“丁”“戊”等6个', '“‘三公’经费”')
    """
    listed = "".join(f"“{name.translate(INNER_QUOTES)}”" for name in names[:MOST_NAMED])
    return listed + (f"等{count or len(names)}个" if len(names) > MOST_NAMED else "")


def few(count: int) -> str:
    """十以内的个数写汉字：两个、三项。

    >>> few(2), few(12)
    ('两', '12')
    """
    return _DIGITS[count] if 0 <= count < len(_DIGITS) else str(count)


def name_with_amount(name: str, amount: str, *, plain: str = "") -> str:
    """名称和金额连着写；名称以数字结尾的隔开，免得“二期2”和“500元”读成“二期2500元”。plain 是没有记号的名称。"""
    return f"{name}{'为' if (plain or name)[-1:].isdigit() else ''}{amount}"


def pieces_shared(one: str, other: str, generic: Sequence[str] = ()) -> set[str]:
    """两段文字共有的两个字的片段，泛泛的词不算。"""

    def pieces(text: str) -> set[str]:
        bare_text = name_key(text)
        for word in generic:
            bare_text = bare_text.replace(word, " ")
        return {
            bare_text[i : i + 2]
            for i in range(len(bare_text) - 1)
            if " " not in bare_text[i : i + 2]
            and all("\u4e00" <= c <= "\u9fff" for c in bare_text[i : i + 2])
        }

    return pieces(one) & pieces(other)
