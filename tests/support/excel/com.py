"""COM as pywin32 serves it: members of a class become properties and methods with a type library; collections.

One more member of an object is a method `get_X`, `put_X` or `do_X(self, Name=None)`; nothing else to register.
"""

from __future__ import annotations

import collections
import inspect
import os
import random
import tempfile
import uuid

import pythoncom
import pywintypes
import winerror
from win32com.server import policy
from win32com.server.exception import COMException
from win32com.server.util import NewEnum

REJECTED = -2147418111  # RPC_E_CALL_REJECTED
ERRORS = {
    "#NULL!": 2000,
    "#DIV/0!": 2007,
    "#VALUE!": 2015,
    "#REF!": 2023,
    "#NAME?": 2029,
    "#NUM!": 2036,
    "#N/A": 2042,
}
NOT_GIVEN = -2147352572  # DISP_E_PARAMNOTFOUND
COUNT: collections.Counter[str] = collections.Counter()  # Invoke calls by member
SETTINGS = {"reject": 0.0, "random": random.Random(1), "excel2003": False, "rejected": 0}
CLSID = pywintypes.IID("{00024500-0000-0000-C000-000000000046}")


def refuse(text: str, scode: int = -2146827284) -> COMException:
    """运行时错误 1004。"""
    return COMException(description=text, source="Microsoft Excel", scode=scode)


# --- COM: Python methods get_X, put_X and do_X become properties and methods, with their arguments' names --------

DISPIDS: dict[str, int] = {"_NewEnum": pythoncom.DISPID_NEWENUM}
GUIDS = {
    "Application": "000208D5", "Workbooks": "000208DB", "Workbook": "000208DA", "Sheets": "000208D7",
    "Worksheet": "000208D8", "Range": "00020846", "Names": "000208B8", "Name": "000208B9",
}  # fmt: skip
CLASSES: list[type] = []


class Com:
    _default = None  # the member of DISPID 0

    def __init_subclass__(cls) -> None:
        CLASSES.append(cls)
        tail = "-0000-0000-C000-000000000046}"
        cls._guid = (
            "{" + GUIDS[cls.__name__] + tail
            if cls.__name__ in GUIDS
            else f"{{{uuid.uuid5(uuid.NAMESPACE_OID, cls.__name__)}}}"
        )
        cls._members = {}
        for name in dir(cls):
            kind, _, own = name.partition("_")
            if kind in ("get", "put", "do") and own:
                cls._members.setdefault(own.lower(), {})[kind] = name
                dispid = 0 if own == cls._default else DISPIDS.setdefault(own, 100 + len(DISPIDS))
                cls._members[own.lower()]["dispid"] = dispid
        cls._by_id = {m["dispid"]: (name, m) for name, m in cls._members.items()}

    def __getattr__(self, name: str):
        raise AttributeError(name)


def made(name: str, *given):
    """An object of a class that stands in a later module."""
    return next(one for one in CLASSES if one.__name__ == name)(*given)


class Policy(policy.BasicWrapPolicy):
    def _wrap_(self, thing) -> None:
        self._obj_, self._name_to_dispid_, self._com_interfaces_ = thing, {}, []

    def _query_interface_(self, iid):
        return 0

    def _getdispid_(self, name, fdex):
        member = self._obj_._members.get(name.lower())
        if member is None:
            raise COMException(scode=winerror.DISP_E_UNKNOWNNAME)
        return member["dispid"]

    def _gettypeinfocount_(self):
        return 1

    def _gettypeinfo_(self, index, lcid):
        return 0, typeinfo(type(self._obj_))

    def _GetTypeInfoCount_(self):
        return 1

    def _GetTypeInfo_(self, index, lcid):
        return 0, typeinfo(type(self._obj_))

    def _Invoke_(self, dispid, lcid, flags, args):
        return self._invoke_(dispid, lcid, flags, args)

    def _invoke_(self, dispid, lcid, flags, args):
        thing = self._obj_
        if dispid == pythoncom.DISPID_NEWENUM and hasattr(thing, "items"):
            COUNT[type(thing).__name__ + "._NewEnum"] += 1
            return 0, -1, NewEnum([outward(one) for one in thing.items()])
        _, member = thing._by_id.get(dispid, (None, None))
        if member is None:
            return winerror.DISP_E_MEMBERNOTFOUND, -1, None
        if flags & (pythoncom.DISPATCH_PROPERTYPUT | pythoncom.DISPATCH_PROPERTYPUTREF):
            kind = "put"
        else:
            kind = "do" if "do" in member and flags & pythoncom.DISPATCH_METHOD else "get"
        if kind not in member:
            return winerror.DISP_E_MEMBERNOTFOUND, -1, None
        COUNT[
            f"{type(thing).__name__}.{member[kind].partition('_')[2]}" + ("=" if kind == "put" else "")
        ] += 1
        if SETTINGS["reject"] and SETTINGS["random"].random() < SETTINGS["reject"]:
            SETTINGS["rejected"] += 1
            return REJECTED, -1, None
        given = [None if a == NOT_GIVEN else inward(a) for a in args]
        try:
            return 0, -1, outward(getattr(thing, member[kind])(*given))
        except COMException:
            raise
        except TypeError as error:
            if "positional argument" in str(error):
                return winerror.DISP_E_BADPARAMCOUNT, -1, None
            raise


_WRAPPED: dict[int, object] = {}


def outward(value):
    """Python 的值变成 COM 的：对象包起来，None 是空（VT_EMPTY）。"""
    if isinstance(value, Com):
        return pythoncom.WrapObject(Policy(value), pythoncom.IID_IDispatch, pythoncom.IID_IDispatch)
    if value is NOTHING:
        return None
    if value is None:
        return pythoncom.Empty
    if isinstance(value, tuple):
        return [outward(one) for one in value]  # pywin32 takes a tuple for a result and its out parameters
    return value


NOTHING = object()  # a null object (VBA's Nothing)


def inward(value):
    """传进来的：自己的对象拆开，别的照旧。"""
    if type(value).__name__ in ("PyIDispatch", "PyIUnknown"):
        return pythoncom.UnwrapObject(value)._obj_
    return value


_TYPES: dict[str, object] = {}


def typeinfo(cls: type):
    """这个类的类型信息：名字、参数的名字、哪些可以不给。"""
    if not _TYPES:
        handle, path = tempfile.mkstemp(suffix=".tlb")
        os.close(handle)
        library = pythoncom.CreateTypeLib2(3, path)
        library.SetGuid(pywintypes.IID("{00020813-0000-0000-C000-000000000046}"))
        library.SetVersion(1, 9)
        library.SetName("Excel")
        library.SetLcid(0)
        for one in {one.__name__: one for one in CLASSES}.values():
            made = library.CreateTypeInfo(one.__name__, pythoncom.TKIND_DISPATCH)
            made.SetGuid(pywintypes.IID(one._guid))
            made.SetTypeFlags(4096)  # TYPEFLAG_FDISPATCHABLE
            number = 0
            for member in one._members.values():
                for kind, invkind in (("get", 2), ("put", 4), ("do", 1)):
                    if kind not in member:
                        continue
                    arguments = list(inspect.signature(getattr(one, member[kind])).parameters.values())[1:]
                    desc = pythoncom.FUNCDESC()
                    desc.memid, desc.invkind, desc.funckind, desc.callconv = member["dispid"], invkind, 4, 4
                    many = any(p.kind is p.VAR_POSITIONAL for p in arguments)
                    count = 30 if many else len(arguments)  # Union takes thirty
                    optional = count - 1 if many else sum(p.default is not p.empty for p in arguments)
                    flags = [1 | (16 if n >= count - optional else 0) for n in range(count)]  # FIN | FOPT
                    desc.args = tuple((pythoncom.VT_VARIANT, flag, None) for flag in flags)
                    desc.cParamsOpt = optional
                    desc.rettype = (
                        pythoncom.VT_VARIANT if kind == "get" or kind == "do" else pythoncom.VT_VOID,
                        0,
                        None,
                    )
                    made.AddFuncDesc(number, desc)
                    names = [f"Arg{n + 1}" for n in range(count)] if many else [p.name for p in arguments]
                    if kind == "put":
                        names = names[:-1]  # the value has no name
                    made.SetFuncAndParamNames(number, (member[kind].partition("_")[2], *names))
                    number += 1
            made.LayOut()
        library.SaveAllChanges()
        library = pythoncom.LoadTypeLib(path)
        for one in CLASSES:
            _TYPES[one.__name__] = library.GetTypeInfoOfGuid(pywintypes.IID(one._guid))
    return _TYPES[cls.__name__]


class Items(Com):
    """一个集合：Count、Item（序号从 1 起，或名字）、逐个取。"""

    _default = "Item"

    def items(self) -> list:
        return []

    def key(self, one) -> str:
        return getattr(one, "name", "")

    def get_Count(self):
        return len(self.items())

    def get_Item(self, Index):
        found = self.items()
        if isinstance(Index, str):
            for one in found:
                if self.key(one).lower() == Index.lower():
                    return one
        elif isinstance(Index, int | float) and 1 <= Index <= len(found):
            return found[int(Index) - 1]
        raise refuse("下标越界", -2147352565)


# --- the model --------------------------------------------------------------------------------------------------


class Empties(Items):
    pass
