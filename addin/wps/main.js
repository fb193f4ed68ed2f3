/* The ribbon in WPS: saves the workbook, lets the local service work on the file, opens it again at the same cell.
   ES5, XMLHttpRequest, no promise, callbacks that return at once: WPS embeds old browsers.
   config.js, written at installation, says how the service is started (PERFMON_LAUNCH). */
var PERFMON_BUTTONS = {
  perfmonNewBlank: { page: "new" },
  perfmonNewData: { page: "" },
  perfmonNewRollover: { page: "rollover", book: true },
  perfmonFillRun: { action: "fill", writes: true },
  perfmonCheckRun: { action: "mark", writes: true },
  perfmonCheckNext: { action: "next", at: true, quiet: true },
  perfmonCheckClear: { action: "clear", writes: true },
  perfmonUndoLast: { action: "undo", writes: true },
  perfmonReportDraft: { action: "report", options: { draft: true }, open: true },
  perfmonReportFinal: { action: "report", open: true },
  perfmonReportAudit: { page: "audit", book: true },
  perfmonReportForm: { action: "form", open: true },
  perfmonReportPdf: { action: "report", options: { pdf: true }, open: true },
  perfmonBatchRun: { page: "" },
  perfmonHelpRules: { rules: true },
  perfmonHelpRule: { action: "rule", at: true, quiet: true },
  perfmonHelpDoctor: { action: "doctor", alone: true },
  perfmonHelpRestart: { restart: true },
  perfmonHelpAbout: { about: true }
};
var PERFMON_TRIES = 30, PERFMON_PAUSE = 500, PERFMON_POLL = 250, PERFMON_MOST_LINES = 24;
var perfmonBusy = false;

function OnAddinLoad(ribbonUI) {
  perfmonApp().ribbonUI = ribbonUI;
  return true;
}

function OnGetEnabled() { return true; }

function OnAction(control) {
  var what = PERFMON_BUTTONS[String(control.Id || control.id)];
  if (perfmonBusy) {
    perfmonSay("上一件事还没有做完，请等一等。");
    return true;
  }
  try {
    if (what) perfmonPress(what);
  } catch (error) {
    perfmonEnd("没有做成，工作簿没有改动：" + perfmonReason(error));
  }
  return true;
}

function perfmonApp() { return window.Application || window.wps.EtApplication(); }
/* In newer hosts the helpers hang on Application, in older ones on wps. */
function perfmonHelper(name) { return perfmonApp()[name] || window.wps[name]; }
function perfmonSay(text) { alert(text); }
function perfmonReason(error) { return error && error.message || String(error); }
function perfmonEnd(text) {
  perfmonBusy = false;
  if (text) perfmonSay(text);
}

function perfmonPress(what) {
  var path = "";
  if (what.action && !what.alone || what.book) {
    path = perfmonPath(what.writes);
    if (!path) return;
  } else if (what.page !== undefined && perfmonApp().ActiveWorkbook) path = perfmonLocal(perfmonApp().ActiveWorkbook);
  perfmonBusy = true;
  perfmonSession(function (session) {
    try {
      if (what.action) perfmonWork(session, what, path);
      else if (what.restart) perfmonRestart(session);
      else if (what.about) perfmonAbout(session);
      else perfmonPage(session, what, path);
    } catch (error) {
      perfmonEnd("没有做成，工作簿没有改动：" + perfmonReason(error));
    }
  }, perfmonEnd);
}

/* --- The workbook ------------------------------------------------------------------------------------------------ */

/* The place of a workbook on this machine; of a new or a cloud one there is none. */
function perfmonLocal(book) {
  var path = String(book.FullName);
  return /^([A-Za-z]:[\\\/]|[\\\/])/.test(path) ? path : "";
}

/* Where the workbook in front is saved; refused in words where it cannot be worked on. */
function perfmonPath(writes) {
  var book = perfmonApp().ActiveWorkbook, path;
  if (!book) perfmonSay("没有打开的工作簿。\n怎么办：请先打开一个监控工作簿，再点一次。");
  else if (!(path = perfmonLocal(book))) perfmonSay("工作簿不在这台电脑的文件夹里。\n怎么办：请另存到本机的文件夹（不是云文档），再点一次。");
  else if (!/\.xlsx$/i.test(path)) perfmonSay("工作簿不是 .xlsx 文件。\n怎么办：请另存为“Microsoft Excel 文件（*.xlsx）”，再点一次。");
  else if (writes && book.ReadOnly) perfmonSay("工作簿是以只读方式打开的，没有写入。\n怎么办：请关掉别处打开的同一个文件再重新打开，或另存一份，在新的一份里做。");
  else return path;
  return "";
}

/* What is on the screen becomes what is in the file, if the person agrees; looking only reads what was saved. */
function perfmonSaved(book, what) {
  if (book.Saved || what.quiet) return true;
  if (!confirm("工作簿有还没有存盘的改动。现在存盘，接着做吗？")) return false;
  book.Save();
  return true;
}

/* Closes the workbook, and remembers where the person was. An empty workbook keeps WPS, and this script, alive. */
function perfmonClose(app, book) {
  var back = { sheet: String(app.ActiveSheet.Name), cell: String(app.ActiveCell.Address(false, false)), empty: null };
  if (app.Workbooks.Count < 2) back.empty = app.Workbooks.Add();
  book.Close(false);
  return back;
}

function perfmonReopen(app, path, back) {
  try {
    var book = app.Workbooks.Open(path) || app.ActiveWorkbook;
    if (back.empty) back.empty.Close(false);
    perfmonGo(book, back.sheet, back.cell);
    return true;
  } catch (error) {
    perfmonSay("文件已经存好，但没有重新打开，请自己打开：" + path);
    return false;
  }
}

function perfmonGo(book, sheet, cell) {
  var there = book.Worksheets.Item(sheet);
  there.Activate();
  there.Range(cell).Select();
}

/* --- One piece of work ------------------------------------------------------------------------------------------- */

function perfmonWork(session, what, path) {
  var app = perfmonApp(), book = app.ActiveWorkbook, back = null, asked = { action: what.action, options: what.options || {}, reader: "wps" };
  if (!what.alone) {
    if (!book || perfmonLocal(book) !== path) return perfmonEnd("眼前的工作簿换了，没有做，请再点一次。");
    if (!perfmonSaved(book, what)) return perfmonEnd("");
    asked.book = { path: path };
    if (what.at) asked.options = { sheet: String(app.ActiveSheet.Name), cell: String(app.ActiveCell.Address(false, false)) };
    if (what.writes) back = perfmonClose(app, book);
  }
  function finish(text, job) {
    if (back && perfmonReopen(app, path, back) && job) perfmonAsk(session, "POST", "/api/jobs/" + job.id + "/reopened", {}, perfmonNothing, perfmonNothing);
    perfmonEnd(text);
  }
  perfmonAsk(session, "POST", "/api/jobs", asked, function follow(job) {
    if (job.state === "waiting" || job.state === "running") {
      perfmonStatus("绩效监控：" + job.step + "…");
      return setTimeout(function () { perfmonAsk(session, "GET", "/api/jobs/" + job.id, null, follow, finish); }, PERFMON_POLL);
    }
    perfmonStatus("");
    if (job.state !== "done") return finish(perfmonHint(job), job);
    if (job.place) {
      perfmonGo(app.ActiveWorkbook, job.place.sheet, job.place.cell);
      perfmonStatus(job.verdict);
      return finish("", job);
    }
    if (job.codes) {
      perfmonOpenUrl(session, "/rules/" + job.codes.join(","));
      return finish("", job);
    }
    if (what.open && job.files.length) perfmonAsk(session, "POST", "/api/jobs/" + job.id + "/files/" + job.files[0].id + "/open", {}, perfmonNothing, perfmonSay);
    finish(perfmonTold(job), job);
  }, finish);
}

function perfmonNothing() {}
function perfmonHint(told) { return (told.message || "服务出了错。") + (told.hint ? "\n怎么办：" + told.hint : ""); }

/* A dialog holds some two dozen lines: what is left out is said. */
function perfmonTold(job) {
  var lines = [job.verdict].concat(job.notes || []), wrong = job.matters || [], i;
  for (i = 0; i < wrong.length; i++) {
    if (wrong[i].level === "错误") lines.push("第 " + wrong[i].number + " 项　" + wrong[i].subject + "：" + wrong[i].cause + "　" + wrong[i].places);
  }
  if (lines.length > PERFMON_MOST_LINES) {
    i = lines.length - PERFMON_MOST_LINES;
    lines = lines.slice(0, PERFMON_MOST_LINES).concat(["……还有 " + i + " 行没有列出。"]);
  }
  if (job.next_step) lines.push("下一步：" + job.next_step);
  return lines.join("\n");
}

function perfmonStatus(text) {
  try { perfmonApp().StatusBar = text || false; } catch (error) { /* a host without one */ }
}

/* --- The page, the rules, the service itself ---------------------------------------------------------------------- */

function perfmonPage(session, what, path) {
  if (what.rules) {
    perfmonOpenUrl(session, "/rules");
    return perfmonEnd("");
  }
  perfmonAsk(session, "POST", "/api/tickets", {}, function (told) {
    var more = (path ? "&path=" + encodeURIComponent(path) : "") + (what.page ? "&do=" + what.page : "");
    perfmonOpenUrl(session, "/#ticket=" + told.ticket + more);
    perfmonEnd("");
  }, perfmonEnd);
}

function perfmonOpenUrl(session, where) { perfmonHelper("OAAssist").ShellExecute("http://127.0.0.1:" + session.port + where, ""); }

function perfmonAbout(session) {
  perfmonAsk(session, "GET", "/api/health", null, function (told) { perfmonEnd("绩效监控 perfmon-xl " + told.version + "\n许可：MIT。"); }, perfmonEnd);
}

function perfmonRestart(session) {
  perfmonAsk(session, "POST", "/api/leave", {}, function () {
    setTimeout(function () { perfmonSession(function () { perfmonEnd("服务已重新启动，可以接着用了。"); }, perfmonEnd); }, 2 * PERFMON_PAUSE);
  }, perfmonEnd);
}

/* Where the service is: a file that only this user can read. One that does not answer is started, once. */
function perfmonSession(then, otherwise, left) {
  var session = null;
  try { session = JSON.parse(perfmonHelper("FileSystem").ReadFile(perfmonHelper("Env").GetHomePath() + "/.perfmon_xl/service.json")); } catch (error) { /* not there */ }
  function absent() {
    var i, words = [];
    if (left === undefined) {
      if (!window.PERFMON_LAUNCH) return otherwise("绩效监控的服务没有在运行。\n怎么办：请从“绩效监控”图标打开（没有图标的，运行 perfmon-xl serve），再点一次。");
      for (i = 0; i < PERFMON_LAUNCH.arguments.length; i++) words.push('"' + PERFMON_LAUNCH.arguments[i] + '"');
      perfmonHelper("OAAssist").ShellExecute(PERFMON_LAUNCH.program, words.join(" "));
      left = PERFMON_TRIES;
    }
    if (left <= 0) return otherwise("绩效监控的服务没有启动起来。\n怎么办：请从“绩效监控”图标打开（没有图标的，运行 perfmon-xl serve），再点一次；还不行，请装这个加载项的人诊断一遍。");
    setTimeout(function () { perfmonSession(then, otherwise, left - 1); }, PERFMON_PAUSE);
  }
  if (!session || !session.port) return absent();
  perfmonAsk(session, "GET", "/api/health", null, function () { then(session); }, absent);
}

function perfmonAsk(session, method, where, body, then, otherwise) {
  var request = new XMLHttpRequest(), answered = false;
  function once(what, told) {
    if (answered) return;
    answered = true;
    what(told);
  }
  request.open(method, "http://127.0.0.1:" + session.port + where);
  request.setRequestHeader("X-Perfmon-Token", session.token);
  request.onload = function () {
    var told = {};
    try { told = JSON.parse(request.responseText); } catch (error) { /* not ours */ }
    if (request.status >= 200 && request.status < 300) once(then, told);
    else once(otherwise, perfmonHint(told));
  };
  request.onerror = request.ontimeout = function () { once(otherwise, "绩效监控的服务没有答应。\n怎么办：请再点一次。"); };
  request.timeout = 20000;
  request.send(body === null ? null : JSON.stringify(body));
}
