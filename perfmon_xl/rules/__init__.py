"""绩效运行监控的检查：一条规则一个文件，文件名以编号开头；规则的说明、例子和检查写在一起。

What every rule needs comes from here: `from perfmon_xl.rules import Problem, Severity, rule`.
"""

from perfmon_xl.domain.finding import Result, Severity
from perfmon_xl.rules.registry import Problem, rule, unsure

__all__ = ["Problem", "Result", "Severity", "rule", "unsure"]
