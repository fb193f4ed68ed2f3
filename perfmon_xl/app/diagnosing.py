"""Add-in diagnostics (`perfmon-xl addin doctor`): one check a line, each with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PureWindowsPath

from perfmon_xl.app.bundle_setup import versions
from perfmon_xl.app.diagnosing_policies import policies
from perfmon_xl.app.diagnosis import CheckState, Diagnosis, diagnosis
from perfmon_xl.app.installing import (
    XLWINGS,
    Places,
    addin_bytes,
    encodable,
    from_store,
    places,
    settings_of,
    warm_failed,
    warm_library,
)
from perfmon_xl.app.wps_addin import has_wps
from perfmon_xl.domain.wording import (
    ADDIN_AGAIN,
    ADDIN_HERE,
    OWN_PACKAGE,
    PACKAGE,
    PACKAGE_AGAIN,
    PACKAGE_AND_ADDIN,
    WARM_OFF,
)
from perfmon_xl.system.windows import Machine, ThisMachine
from perfmon_xl.system.writers import find_writers

FONTS = {"仿宋": "仿宋_GB2312", "楷体": "楷体_GB2312", "黑体": "黑体", "小标宋": "方正小标宋简体"}
_FONT_NAMES = {  # how Windows registers them; a Chinese font has both names
    "仿宋": ("仿宋", "FangSong"),
    "楷体": ("楷体", "KaiTi"),
    "黑体": ("黑体", "SimHei"),
    "小标宋": ("小标宋", "FZXiaoBiaoSong"),
}
_OFFICE = r"Software\Microsoft\Office\16.0\Excel\Security"
_POLICY = r"Software\Policies\Microsoft\Office\16.0\Excel\Security"
_LONGEST_COMMAND = 2047  # of the warm process: the DLL has room for 2048 bytes
_COMMAND_AROUND = 260  # what stands around the interpreter's path in it


def doctor(into: Path | None = None, *, machine: Machine | None = None) -> list[Diagnosis]:
    """逐项检查；不是 Windows 又没有指定文件夹的，客气地说做不了。"""
    machine = machine or ThisMachine()
    at = places(machine, into)
    diagnoses = [*_python(machine), *_installed(machine, at), *_path(machine)]
    if machine.is_windows():
        diagnoses += [*_excel(machine), *_trust(machine), *policies(machine, at.addin), *_onedrive(machine)]
    return [*diagnoses, *_report(machine)]


def _python(machine: Machine) -> Iterator[Diagnosis]:
    version, bits = machine.python()
    if from_store(machine):
        yield diagnosis(
            "Python", CheckState.BAD, "是从 Microsoft Store 装的，Excel 启动不了它。",
            "请用安装包，或者从 python.org 装的 Python，再装一次插件。",
        )  # fmt: skip
    else:
        yield diagnosis("Python", CheckState.GOOD, f"{version}，{bits} 位，{machine.interpreter()}")
    own = machine.installed("perfmon-xl")
    yield (
        diagnosis("perfmon-xl", CheckState.GOOD, own)
        if own
        else diagnosis("perfmon-xl", CheckState.BAD, "没有装进这个 Python。", OWN_PACKAGE)
    )
    xlwings = machine.installed("xlwings")
    if xlwings is None:
        yield diagnosis("xlwings", CheckState.BAD, "没有安装。", PACKAGE(name=f"xlwings=={XLWINGS}"))
    elif xlwings != XLWINGS:
        yield diagnosis(
            "xlwings", CheckState.BAD, f"装的是 {xlwings}，插件用的是 {XLWINGS}，常驻 Python 起不来。",
            PACKAGE_AND_ADDIN(name=f"xlwings=={XLWINGS}"),
        )  # fmt: skip
    else:
        yield diagnosis("xlwings", CheckState.GOOD, xlwings)
    if machine.is_windows() and machine.installed("pywin32") is None:
        yield diagnosis("pywin32", CheckState.BAD, "没有安装。", PACKAGE(name="pywin32"))


def _installed(machine: Machine, at: Places) -> Iterator[Diagnosis]:
    remedy = "先关掉 Excel，" + ADDIN_AGAIN
    if not machine.exists(at.addin):
        yield diagnosis("插件", CheckState.BAD, f"{at.addin} 不存在。", remedy)
    elif at.addin.read_bytes() != addin_bytes():
        yield diagnosis("插件", CheckState.CARE, f"{at.addin} 和程序不是同一版，有的按钮会做不成。", remedy)
    else:
        yield diagnosis("插件", CheckState.GOOD, str(at.addin))
    settings = settings_of(at.config, machine.ansi())
    named = settings.get("INTERPRETER_WIN", "")
    same = {str(machine.interpreter()).lower(), str(machine.short_path(machine.interpreter())).lower()}
    if not settings:
        yield diagnosis("设置文件", CheckState.BAD, f"{at.config} 不存在。", remedy)
    elif not machine.exists(Path(named)):
        yield diagnosis("设置文件", CheckState.BAD, f"里面写的 Python（{named}）不在了。", remedy)
    elif named.lower() not in same:
        yield diagnosis(
            "设置文件",
            CheckState.CARE,
            f"插件用的是另一个 Python：{named}。",
            "要改用现在这个的，" + ADDIN_HERE,
        )
    else:
        yield diagnosis("设置文件", CheckState.GOOD, str(at.config))
    if present := versions(machine):
        used = [name for name in present if name in PureWindowsPath(named).parts]
        others = [name for name in present if name not in used]
        yield diagnosis(
            "安装包的版本", CheckState.GOOD,
            f"用的是 {used[0] if used else '别处的 Python'}"
            + (f"；还留着 {'、'.join(others)}，要换回去的，双击那个文件夹里的“安装.cmd”。" if others else "。"),
        )  # fmt: skip
    warm = settings.get("USE UDF SERVER", "false").lower() == "true"
    library = warm_library(machine, office_bits(machine))
    if warm and library is None and machine.is_windows():
        yield diagnosis(
            "常驻 Python", CheckState.BAD, "设置里开着，但找不到 xlwings 的 DLL。",
            PACKAGE_AGAIN(name=f"xlwings=={XLWINGS}") + "，再装一次插件。",
        )  # fmt: skip
    elif warm_failed(settings):
        yield diagnosis(
            "常驻 Python", CheckState.CARE, "上次没有起来，改成了每次点按钮现启动，会慢一两秒。",
            "先照这里别的各行改好；要再试一次，" + ADDIN_AGAIN,
        )  # fmt: skip
    elif warm:
        yield from _tried(machine)
    else:
        yield diagnosis(
            "常驻 Python", CheckState.CARE, "没有开，每点一次按钮都要重新启动 Python，会慢一两秒。",
            WARM_OFF(version=XLWINGS),
        )  # fmt: skip


def _tried(machine: Machine) -> Iterator[Diagnosis]:
    """设置里开着：真的启动一次看看。这个 Python 装得进的 DLL，位数同它一样。"""
    library = warm_library(machine, machine.python()[1])
    if library is None:
        yield diagnosis("常驻 Python", CheckState.UNKNOWN, "开着；这个 Python 和 DLL 的位数不一样，没有试。")
    elif trouble := machine.warm_trouble(library):
        yield diagnosis(
            "常驻 Python", CheckState.BAD, f"开着，试着启动，没有起来：{trouble}。",
            "按钮会改成每次现启动，慢一两秒；安全软件拦住的，请管理员放行那个 python.exe，" + ADDIN_AGAIN,
        )  # fmt: skip
    else:
        yield diagnosis("常驻 Python", CheckState.GOOD, f"开着，试过了，起得来（{library}）。")


def _path(machine: Machine) -> Iterator[Diagnosis]:
    path, codec = str(machine.interpreter()), machine.ansi()
    if not encodable(path, codec):
        short = str(machine.short_path(machine.interpreter()))
        if encodable(short, codec):
            yield diagnosis("Python 的路径", CheckState.CARE, f"有 {codec} 写不下的字，已用短路径 {short}。")
        else:
            yield diagnosis(
                "Python 的路径", CheckState.BAD, f"{path} 里有 {codec} 写不下的字，插件找不到 Python。",
                r"把 Python 装到只有英文字母的文件夹，如 C:\Python。",
            )  # fmt: skip
        return
    if len(path.encode(codec)) + _COMMAND_AROUND > _LONGEST_COMMAND:
        yield diagnosis(
            "Python 的路径",
            CheckState.BAD,
            f"太长（{len(path)} 个字符）。",
            r"把 Python 装到短一点的文件夹。",
        )
    elif any(c in path for c in "%&^!"):
        yield diagnosis(
            "Python 的路径",
            CheckState.BAD,
            f"{path} 里有 % & ^ ! 之一，命令行会读错。",
            "换一个没有这些字符的文件夹。",
        )
    elif not path.isascii():
        yield diagnosis(
            "Python 的路径", CheckState.CARE, f"{path} 里有中文。现在能用；把 Windows 的语言改成英文后会找不到。",
            r"想稳妥，就把 Python 装到只有英文字母的文件夹。",
        )  # fmt: skip
    else:
        blank = "有空格，不要紧。" if " " in path else "没有问题。"
        yield diagnosis("Python 的路径", CheckState.GOOD, blank)


def office_bits(machine: Machine) -> int | None:
    """Office 的位数；查不到的是 None。"""
    click = machine.values("HKLM", r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration").get("Platform")
    outlook = machine.values("HKLM", r"SOFTWARE\Microsoft\Office\16.0\Outlook").get("Bitness")
    return {"x64": 64, "x86": 32}.get(str(click or outlook))


def _excel(machine: Machine) -> Iterator[Diagnosis]:
    key = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
    place = str(machine.values("HKLM", key).get("") or machine.values("HKCU", key).get("") or "")
    if not place:
        yield diagnosis(
            "Excel", CheckState.CARE if has_wps(machine) else CheckState.BAD, "没有找到 Excel。",
            "要用 Excel 里的选项卡，请安装 Excel 2016 以上的桌面版；用 WPS 的不用管这一行。",
        )  # fmt: skip
        return
    if "WindowsApps" in place:
        yield diagnosis(
            "Excel", CheckState.BAD, "是从 Microsoft Store 装的，它不让插件启动常驻的 Python。",
            "卸载后从 office.com 下载桌面版；或在设置文件里把 USE UDF SERVER 改成 false。",
        )  # fmt: skip
    else:
        yield diagnosis("Excel", CheckState.GOOD, place)
    bits = office_bits(machine)
    if bits is None:
        yield diagnosis(
            "Excel 的位数",
            CheckState.UNKNOWN,
            "查不到。",
            "不影响使用；按钮没反应时，在 Excel 的“文件→账户→关于”里看。",
        )
    elif warm_library(machine) is None:  # said above
        yield diagnosis("Excel 的位数", CheckState.GOOD, f"{bits} 位。")
    elif warm_library(machine, bits) is None:
        yield diagnosis(
            "Excel 的位数", CheckState.CARE, f"Excel 是 {bits} 位，没有找到 {bits} 位的 xlwings DLL。",
            PACKAGE_AGAIN(name=f"xlwings=={XLWINGS}") + "。",
        )  # fmt: skip
    else:
        yield diagnosis("Excel 的位数", CheckState.GOOD, f"{bits} 位，DLL 相符（和 Python 的位数不必相同）。")


def _trust(machine: Machine) -> Iterator[Diagnosis]:
    policy, own = machine.values("HKCU", _POLICY), machine.values("HKCU", _OFFICE)
    locations = {
        **machine.values("HKCU", _OFFICE + r"\Trusted Locations"),
        **machine.values("HKCU", _POLICY + r"\Trusted Locations"),
    }
    settings = {**own, **policy}
    admin = "这是单位统一设的，请联系管理员。" if policy else ""
    if settings.get("RequireAddinSig") == 1:
        yield diagnosis(
            "宏的信任", CheckState.BAD, "Excel 只许加载有签名的插件，本插件没有签名。",
            admin or "文件→选项→信任中心→信任中心设置→加载项，去掉“要求……签署”。",
        )  # fmt: skip
    elif locations.get("AllLocationsDisabled") == 1:
        yield diagnosis(
            "宏的信任", CheckState.BAD, "受信任位置被全部停用，插件里的宏不会运行。",
            admin or "文件→选项→信任中心→信任中心设置→受信任位置，去掉“禁用所有受信任位置”。",
        )  # fmt: skip
    elif settings.get("VBAWarnings") == 4:
        yield diagnosis(
            "宏的信任",
            CheckState.CARE,
            "宏默认禁用；XLSTART 是受信任位置，一般不受影响。",
            "点按钮没反应时，"
            + (admin or "看“插件使用说明”（addin/README.md）里的“装不上、没有反应、宏被拦住”。"),
        )
    else:
        yield diagnosis("宏的信任", CheckState.GOOD, "没有看到会拦住插件的设置。")


def _onedrive(machine: Machine) -> Iterator[Diagnosis]:
    names = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
    mounts = {machine.environment(n) for n in names} - {""}
    interpreter = PureWindowsPath(machine.interpreter())
    inside = [m for m in mounts if interpreter.is_relative_to(PureWindowsPath(m))]
    if inside:
        yield diagnosis(
            "OneDrive", CheckState.BAD, f"Python 装在 OneDrive 的文件夹里（{inside[0]}），文件可能只在网上。",
            r"把 Python 装到本机文件夹，如 C:\Python。",
        )  # fmt: skip
    elif mounts:
        yield diagnosis(
            "OneDrive", CheckState.CARE, f"本机有 OneDrive 文件夹：{'、'.join(sorted(mounts))}。里面的工作簿在 Excel 里是网址。",
            "插件认不出工作簿所在的文件夹时，把它另存到本机文件夹再用。",
        )  # fmt: skip
    else:
        yield diagnosis("OneDrive", CheckState.GOOD, "没有。")


def _report(machine: Machine) -> Iterator[Diagnosis]:
    converters = [writer.name for writer in find_writers(machine)]
    converters += [f"LibreOffice（{office}）"] if (office := machine.office()) else []
    yield (
        diagnosis("PDF", CheckState.GOOD, f"由 {'；不成的，由 '.join(converters)} 转。")
        if converters
        else diagnosis(
            "PDF",
            CheckState.CARE,
            "没有 Word、WPS 或 LibreOffice，转不了 PDF，其余不受影响。",
            "要 PDF 的，装其中一个，或把报告拿到有 Word 的电脑上另存为 PDF。",
        )
    )
    missing = missing_fonts(machine)
    if missing is None:
        yield diagnosis(
            "字体", CheckState.UNKNOWN, "这个系统上查不了。", f"报告用 {'、'.join(FONTS.values())}。"
        )
        return
    yield (
        diagnosis(
            "字体", CheckState.CARE, f"缺 {'、'.join(missing)}，Word 会用别的字体代替。",
            "有字体文件的，右键→安装；没有的，报告照出，版面略有不同。",
        )
        if missing
        else diagnosis("字体", CheckState.GOOD, "报告用的字体都有。")
    )  # fmt: skip


def missing_fonts(machine: Machine | None = None) -> list[str] | None:
    """报告用的字体里缺的；查不了的是 None。"""
    fonts = (machine or ThisMachine()).fonts()
    if fonts is None:
        return None
    everything = "\n".join(fonts)
    return [FONTS[f] for f, names in _FONT_NAMES.items() if not any(n in everything for n in names)]


def service_doctor(*, machine: Machine | None = None) -> list[Diagnosis]:
    """不用 Excel 的那一半：Python、LibreOffice、字体。"""
    machine = machine or ThisMachine()
    version, bits = machine.python()
    return [
        diagnosis("Python", CheckState.GOOD, f"{version}，{bits} 位，{machine.interpreter()}"),
        *_report(machine),
    ]
