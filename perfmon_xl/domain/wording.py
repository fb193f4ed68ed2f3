"""THE table of words that depend on who reads: one phrase a line, one reader a keyword (see domain/message.py).

A new front end is a member of `Reader`, an attribute of `Phrase` and its words here; where it has none, `plain` stands.
Nothing else in the program names a command, an option or a button (tests/repository/test_front_ends.py), except the front ends
themselves (`commands/`, `ribbon/`) and the guide that describes both.
"""

from __future__ import annotations

from perfmon_xl.domain.message import Phrase

# --- What a workbook and a report call differently -------------------------------------------------------------

ANALYSES = Phrase("指标分析", report="分析段落")
PROBLEMS = Phrase("“问题与措施”", report="“主要问题”")
PROGRESS = Phrase("项目进展", report="项目内容")
PROGRESS_STATE = Phrase("进展表的状态", report="正文里的说法")
REMARK = Phrase("备注", report="正文")
CELL = Phrase("单元格", report="格子")
OPINION = Phrase("处理意见", report="正文")

# --- Steps: a workbook -----------------------------------------------------------------------------------------

NEW_BOOK = Phrase(
    "请新建一个监控工作簿",
    command_line="请用 perfmon-xl new 新建一个工作簿",
    excel="请点“新建”做一个工作簿",
    page="请点“新建”做一个工作簿",
)
NEW_BLANK = Phrase("新建一个", command_line="perfmon-xl new 我的项目.xlsx", excel="点“新建”", page="点“新建”")
NEXT_PERIOD = Phrase(
    "接着它做下一期，请写明是哪一期，如 2024-10。",
    command_line="接着它做下一期，请加 --period，如 --period 2024-10。",
    excel="打开它，点“结转到下一期”。",
    page="选它，点“结转到下一期”。",
)
LATER_MONTH = Phrase("请写上一期之后的月份。", command_line="--period 请写上一期之后的月份。")
PERIOD_SAID = Phrase("要做的却是", command_line="--period 写的却是")
ALREADY_A_BOOK = Phrase(
    "直接检查它；接着做下一期，照它新建。",
    command_line='直接检查：perfmon-xl check "{path}"；接着做下一期：perfmon-xl new 新工作簿.xlsx --from "{path}"。',
    excel="打开它，点“检查”；接着做下一期，点“结转到下一期”。",
    page="选它，点“检查”；接着做下一期，点“结转到下一期”。",
)
FILL = Phrase("运行“填充”", command_line="运行 perfmon-xl fill", excel="点“填充”", page="点“填充”")
FILL_LEVELS = Phrase(
    "；同上一行一样的，运行“填充”会补上",
    command_line="；同上一行一样的，运行 perfmon-xl fill 会补上",
    excel="；同上一行一样的，点“填充”会补上",
    page="；同上一行一样的，点“填充”会补上",
    report="",
)
FILL_AGAIN = Phrase(
    "再填充一次", command_line='再运行 perfmon-xl fill "{path}"', excel="再点“填充”", page="再点“填充”"
)
CHECK_AGAIN = Phrase(
    "再检查一遍",
    command_line='再运行 perfmon-xl check "{path}" --write',
    excel="再点“检查”",
    page="再点“检查”",
)
READ_REPORT_IN = Phrase(
    "把它读进工作簿",
    command_line="把它读进工作簿：perfmon-xl import 报告.docx -o 项目.xlsx",
    excel="点“从数据新建”，选它",
    page="点“从数据新建”，选它",
)
CHECK_LISTS = Phrase(
    "检查一遍就列出来",
    command_line='perfmon-xl check "{path}"',
    excel="点“检查”",
    page="点“检查”",
)
OTHER_FILE = Phrase("，或写到另一个文件", command_line="，或用 -o 写到另一个文件", excel="")
ANOTHER_FILE = Phrase("请写到另一个文件。", command_line="请用 -o 写到另一个文件。")
OWN_ENGINE = Phrase("不用 openpyxl ", command_line="去掉 --engine openpyxl ")
OTHER_FOLDER = Phrase("请另选一个文件夹", command_line="请用 -o 另写一个文件夹")
EMPTY_FOLDER = Phrase("请另选一个空的或新的文件夹", command_line="请用 -o 另写一个空的或新的文件夹")
WAIT_OR_OTHER_FOLDER = Phrase(
    "请等它做完，或另选一个文件夹。", command_line="请等它做完，或用 -o 另写一个文件夹。"
)
BRING_BACK = Phrase(
    "请从备份把它复制回来，工作表、表头、名称照原来的；找不回来的，取出其余的内容另建一个。",
    command_line="请从备份把它复制回来，工作表、表头、名称照原来的；找不回来的，取出其余的内容另建一个："
    "perfmon-xl export 工作簿.xlsx -o 数据.json，再 perfmon-xl new 新的.xlsx --from 数据.json。",
    excel="请按 Ctrl+Z 撤销，或从备份把它复制回来，工作表、表头、名称照原来的。",
)
RULE_LIST = Phrase(
    "全部规则见规则目录。",
    command_line="运行 perfmon-xl rules 看全部规则。",
    excel="点“规则目录”看全部规则。",
    page="点“规则目录”看全部规则。",
)

# --- Steps: data and exported tables ---------------------------------------------------------------------------

SOURCE_MISSING = Phrase(
    "期间、对应文件和金额单位，要和来源一起给。",
    command_line="--period、--mapping、--money 要和 --from 一起用。",
)
NAME_SOURCE = Phrase("请写明从哪里来。", command_line="用 --from 写明从哪里来。")
ONLY_FOR_EXPORTS = Phrase(
    "对应文件和金额单位只用于别处来的表（.csv、.xlsx）。",
    command_line="--mapping 和 --money 只用于别处来的表（.csv、.xlsx）。",
)
DATA_FILE = Phrase(
    "请选项目数据（.json）。",
    command_line="数据的格式见 perfmon-xl schema；从已有工作簿取数用 perfmon-xl export。",
    excel="请选项目数据（.json）或导出的表（.csv、.xlsx）；已有的监控工作簿，打开它，点“结转到下一期”。",
    page="请选项目数据（.json）或导出的表（.csv、.xlsx）；已有的监控工作簿，选它，点“结转到下一期”。",
)
DATA_FORMAT = Phrase("请让给数据的人核对格式。", command_line="请对照 perfmon-xl schema 检查。")
NEW_FROM_TABLE = Phrase(
    "是导出的表或官方监控表的，先照它新建工作簿。",
    command_line="是导出的表或官方监控表的，先用 perfmon-xl new --from 建成工作簿。",
    excel="是导出的表或官方监控表的，先点“从数据新建”建成工作簿。",
    page="是导出的表或官方监控表的，先点“从数据新建”建成工作簿。",
)
NAME_COLUMNS = Phrase("请在原表里改成认得的叫法", command_line="请用 --mapping 写明对应")
OR_NAME_COLUMNS = Phrase("", command_line="，或用 --mapping 写明对应")
ONE_OF_TWO_COLUMNS = Phrase(
    "不要的那一栏，请在原表里删去，或换个叫法。",
    command_line="用 --mapping 写明，不要的那一栏写“{unused}”：对应.toml 里写 [columns]，"
    '下一行 "{header}" = "{unused}"。',
)
MONEY_UNIT = Phrase(
    "请在原表的表头里写明，如“金额（万元）”。",
    command_line="加 --money 元 或 --money 万元；各栏不一样的，用 --mapping 写明。",
)
MONEY_UNITS = Phrase("金额单位请写 元 或 万元。", command_line="--money 请写 元 或 万元。")

# --- Steps: reports and forms ----------------------------------------------------------------------------------

DRAFT = Phrase(
    "出征求意见稿",
    command_line="加 --draft 出征求意见稿",
    excel="点“草稿”出征求意见稿",
    page="点“草稿”出征求意见稿",
)
NO_ANNEX_WITH_ENGINE = Phrase(
    "请不附数据来源表，或不用 openpyxl。", command_line="请去掉 --sources，或去掉 --engine。"
)
OWN_TEMPLATE = Phrase(
    "用自己的模板，写出文件名，如 我的模板.docx。",
    command_line="用自己的模板，写出文件名，如 --template 我的模板.docx。",
)
OR_MONTH = Phrase("", command_line="，或加 --month 写明月份")
MONTHS = Phrase("月份请写 1 到 12。", command_line="--month 请写 1 到 12。")
COMMENTED_NAME = Phrase("请换一个文件名。", command_line="用 -o 换一个文件名，或不写 -o。")
REPORT_ALONE = Phrase("", command_line="；不写工作簿的，检查报告自己")
AREA_NAME = Phrase(
    "范围请写地区或单位的名称，如 全区、青禾县。",
    command_line="--name 请写地区或单位的名称，如 全区、青禾县。",
)
MEND_AND_AGAIN = Phrase(
    "先做什么：照各个工作簿的“检查结果”改原来的工作簿，再做一遍，只重做改过的。",
    command_line="先做什么：打开输出文件夹里同名的工作簿，看“检查结果”；改原来的工作簿，再运行同一条命令，只重做改过的。",
)
ONLY_LATEST = Phrase(
    "请只留最后定的一份，把别的移出文件夹，再运行一遍。",
    command_line="只算最后一份的，加 --same latest 再运行一遍；都要算的，加 --same all。",
)
OR_NO_PDF = Phrase("，或不转 PDF", command_line="，或去掉 --pdf")

# --- Steps: what is installed ----------------------------------------------------------------------------------

PACKAGE = Phrase(
    "请安装 Python 包 {name}。",
    command_line="运行 python -m pip install {name}。",
    excel="请装这个插件的人安装 Python 包 {name}。",
    desk="重新解压安装包，双击里面的“安装.cmd”。",
)
PACKAGE_AGAIN = Phrase(
    "重新安装 Python 包 {name}",
    command_line="运行 python -m pip install --force-reinstall {name}",
    excel="请装这个插件的人重新安装 Python 包 {name}",
    desk="重新解压安装包，双击里面的“安装.cmd”",
)
PACKAGE_AND_ADDIN = Phrase(
    "安装 Python 包 {name}，再装一次插件。",
    command_line="运行 python -m pip install {name}，再运行 perfmon-xl addin install。",
    excel="关掉 Excel，请装这个插件的人安装 Python 包 {name}，再装一次插件。",
    desk="重新解压安装包，双击里面的“安装.cmd”。",
)
ADDIN_AGAIN = Phrase(
    "再装一次插件。", command_line="再运行 perfmon-xl addin install。", desk="再双击一次“安装.cmd”。"
)
ADDIN_HERE = Phrase(
    "再装一次插件。", command_line="运行 perfmon-xl addin install。", desk="再双击一次“安装.cmd”。"
)
DO_AGAIN = Phrase(
    "照“检查结果”改好工作簿，再做一遍。",
    command_line='照“检查结果”改好工作簿，再运行 perfmon-xl do "{path}"',
    desk="照“检查结果”改好工作簿，存盘关掉，再拖到图标上一次。",
)
AUDIT_AFTER_WORD = Phrase(
    "在 Word 里改好报告；报出前同工作簿核对一遍。",
    command_line='在 Word 里改好报告；报出前核对一遍：perfmon-xl audit "{report}" "{path}"',
    desk="在 Word 里改好报告；报出前在选项卡或网页上点“核对报告”，同工作簿核对一遍。",
)
NO_LIBRARY = Phrase(
    "后台的 Python 没有开，每次点按钮会慢一两秒。",
    command_line="没有找到 xlwings 的 DLL，常驻 Python 没有开，每次点按钮会慢一两秒；详情见 perfmon-xl addin doctor。",
)
WARM_OFF = Phrase(
    "把 Python 和 xlwings=={version} 装在同一个虚拟环境里，再装一次插件。",
    command_line="把 Python 和 xlwings=={version} 装在同一个虚拟环境里，再运行 perfmon-xl addin install。",
    desk="不要紧，按钮照用。",
)
NO_WPS_TAB = Phrase(
    "没有看到的，诊断一下 WPS 的加载项。",
    command_line="没有看到的，运行 perfmon-xl addin doctor --wps。",
    desk="没有看到的，再双击一次“安装.cmd”，看窗口里列的各行。",
)
NOT_WINDOWS = Phrase(
    "请在装有 Excel 的 Windows 电脑上装。",
    command_line="请在装有 Excel 的 Windows 电脑上运行；只想看看会装些什么，加 --folder 文件夹。"
    "检查、填充、出报告在这里用命令行就行，见 perfmon-xl --help。",
)
OR_ADDIN_FOLDER = Phrase("", command_line="，或用 --folder 换个文件夹")
NO_DASK = Phrase("没有装 Dask，用不了集群。", command_line="没有装 Dask，用不了 --scheduler。")
CLUSTER_PACKAGE = Phrase(
    "请安装 Python 包 dask 和 distributed。",
    command_line='请运行 python -m pip install "dask[distributed]"。',
)
SERVICE_PACKAGES = Phrase(
    "请安装 Python 包 starlette 和 uvicorn。",
    command_line="请运行 python -m pip install starlette uvicorn。",
    desk="重新解压安装包，双击里面的“安装.cmd”。",
)
# The program itself is in no index: from its package, or from where its sources are.
OWN_PACKAGE = Phrase(
    "请用安装包装。",
    command_line='请用安装包装；有源码的，在源码的文件夹里运行 python -m pip install ".[excel]"。',
    desk="重新解压安装包，双击里面的“安装.cmd”。",
)
WPS_ADDIN = Phrase(
    "再装一次 WPS 的加载项。",
    command_line="运行 perfmon-xl addin install --wps。",
    desk="再双击一次“安装.cmd”。",
)
WPS_FOLDER = Phrase("", command_line="，或用 --folder 换个文件夹")
PYTHON_FOLDER = Phrase(
    "请用可以搬动的 Python（如 python-build-standalone）。",
    command_line="--python 请写可以搬动的 Python（如 python-build-standalone）解开的文件夹。",
)
