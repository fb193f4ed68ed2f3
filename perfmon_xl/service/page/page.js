/* The page: choose files, do one thing with them, read what came of it. ES2019, no library, no outside address.
   What a workbook or a service says goes into the page as text, never as markup. */
(function () {
  "use strict";
  const LEVELS = ["错误", "警告", "无法判断", "提示"];
  const SIGNS = { 错误: "✖", 警告: "！", 无法判断: "？", 提示: "·" };
  const POLL = 120, STEADY = 400;
  let key = "", running = null, reading = false, only = new Set(), shown = null;
  const chosen = { book: null, report: null, books: [] };

  const $ = (id) => document.getElementById(id);
  function made(tag, text, name) {
    const one = document.createElement(tag);
    if (text) one.textContent = text;
    if (name) one.className = name;
    return one;
  }
  const say = (text) => { $("said").textContent = text; };

  // --- The service -----------------------------------------------------------------------------------------------

  async function ask(method, path, body, raw) {
    let answer;
    try {
      answer = await fetch(path, {
        method, body: body === undefined || body instanceof Blob ? body : JSON.stringify(body),
        headers: { "X-Perfmon-Token": key }, cache: "no-store",
      });
    } catch (error) {
      throw { message: "服务没有在运行。", hint: "请从“绩效监控”图标重新打开，或再运行一次 perfmon-xl serve；这个窗口可以关掉。" };
    }
    if (answer.ok && raw) return answer.blob();
    let told = {};
    try { told = await answer.json(); } catch (error) { /* not ours */ }
    if (!answer.ok) throw { message: told.message || "服务出了错。", hint: told.hint || "" };
    return told;
  }

  /* The address brings a ticket (good once) or nothing; the key stays in this tab. */
  async function enter() {
    const brought = new URLSearchParams(location.hash.slice(1));
    history.replaceState(null, "", location.pathname);
    key = sessionStorage.getItem("key") || "";
    if (brought.get("ticket")) {
      key = (await ask("POST", "/api/session", { ticket: brought.get("ticket") })).token;
      sessionStorage.setItem("key", key);
    }
    const health = await ask("GET", "/api/health");
    $("pick-here").hidden = $("pick-folder-here").hidden = !health.dialogs;
    setInterval(() => ask("GET", "/api/health").catch(fail), 60000);
    if (brought.get("path")) choosePath(brought.get("path"));
    const wanted = { new: '[data-action="new"]', rollover: "#rollover", audit: "#pick" }[brought.get("do")];
    if (wanted && brought.get("do") !== "audit") document.querySelector(wanted).click();
    else if (wanted) $("drop-words").textContent = "把要核对的报告（.docx）拖到这里，再点“核对报告”；或者";
  }

  // --- Choosing --------------------------------------------------------------------------------------------------

  const baseName = (path) => path.split(/[\\/]/).pop();
  const choosePath = (path) => { keep({ path, name: baseName(path), note: "就在原文件上改：" + path }); };

  function keep(file) {
    if (/\.docx$/i.test(file.name)) chosen.report = file;
    else if (chosen.books.length) chosen.books.push(file);
    else chosen.book = file;
    list();
  }

  async function receive(files) {
    const taken = files.filter((f) => /\.(xlsx|docx)$/i.test(f.name) && !/^[.~]/.test(f.name));
    if (!taken.length) return fail({ message: "这里没有 .xlsx 工作簿，也没有 .docx 报告。", hint: "旧格式的，请在 WPS 或 Excel 里另存为 .xlsx、.docx。" });
    const books = taken.filter((f) => /\.xlsx$/i.test(f.name));
    if (books.length > 1) { chosen.book = null; chosen.books = []; }
    else if (books.length) chosen.books = [];
    hideResult();
    reading = true; // nothing is begun with half of what was dropped
    enable();
    try {
      for (let i = 0; i < taken.length; i++) {
        const file = taken[i], path = file.path_in_folder || file.webkitRelativePath || file.name;
        working(`正在读 ${file.name}（${i + 1}/${taken.length}）`);
        const told = await ask("PUT", "/api/uploads?name=" + encodeURIComponent(path), file);
        const one = { upload: told.upload, name: told.name, note: "您的原文件不动，做好的在下面下载" };
        if (books.length > 1 && /\.xlsx$/i.test(told.name)) chosen.books.push(one);
        else keep(one);
      }
    } catch (problem) { fail(problem); } finally { reading = false; working(""); list(); }
  }

  function list() {
    const place = $("chosen");
    place.textContent = "";
    $("how").hidden = Boolean(chosen.book || chosen.report || chosen.books.length || shown);
    const row = (words, note, drop) => {
      const line = made("li"), remove = made("button", "去掉", "plain");
      line.append(made("b", words), made("span", "　" + note, "quiet"), remove);
      remove.setAttribute("aria-label", "去掉 " + words);
      remove.onclick = () => { drop(); list(); $("pick").focus(); };
      place.append(line);
    };
    if (chosen.book) row("工作簿：" + chosen.book.name, chosen.book.note, () => { chosen.book = null; });
    if (chosen.books.length) {
      const folder = chosen.books[0].path && chosen.books.length === 1;
      const words = folder ? "文件夹：" + chosen.books[0].name : `${chosen.books.length} 个工作簿`;
      row(words, folder ? "结果放在它旁边" : chosen.books.slice(0, 6).map((b) => b.name).join("、") + (chosen.books.length > 6 ? "……" : "") + "；结果是一个压缩包", () => { chosen.books = []; });
    }
    if (chosen.report) row("报告：" + chosen.report.name, chosen.report.note, () => { chosen.report = null; });
    $("drop").className = place.childElementCount || shown ? "" : "empty";
    enable();
  }

  function enable() {
    const busy = running !== null || reading;
    for (const button of document.querySelectorAll("[data-action], #rollover, #new-data")) {
      const action = button.dataset.action || button.id;
      const can = action === "batch" ? chosen.books.length > 0
        : action === "audit" ? chosen.report !== null
        : ["new", "doctor", "new-data"].includes(action) || chosen.book !== null;
      button.disabled = busy || !can;
    }
    if (busy || !chosen.book) $("period").hidden = true;
  }

  /* A folder that is dropped comes as a tree; each entry is asked for its children. */
  async function dropped(transfer) {
    const entries = [...transfer.items].map((item) => item.webkitGetAsEntry && item.webkitGetAsEntry()).filter(Boolean);
    if (!entries.length) return [...transfer.files];
    const files = [];
    async function walk(entry) {
      if (entry.isFile) {
        const file = await new Promise((done, no) => entry.file(done, no));
        file.path_in_folder = entry.fullPath.replace(/^\//, "");
        files.push(file);
      } else {
        const reader = entry.createReader();
        for (;;) {
          const some = await new Promise((done, no) => reader.readEntries(done, no));
          if (!some.length) break;
          for (const one of some) await walk(one);
        }
      }
    }
    for (const entry of entries) await walk(entry);
    return files;
  }

  // --- Doing -----------------------------------------------------------------------------------------------------

  const named = (file) => (file.path ? { path: file.path } : { upload: file.upload });

  async function start(action, options, source) {
    if (running || reading) return;
    const asked = { action, options: options || {}, reader: "page" };
    if (action === "batch") asked.books = chosen.books.length === 1 && chosen.books[0].path ? named(chosen.books[0]) : chosen.books.map(named);
    else if (source) asked.source = named(source);
    else if (!["new", "doctor"].includes(action) && chosen.book) asked.book = named(chosen.book);
    if (action === "audit") asked.report = named(chosen.report);
    hideResult();
    running = { cancelled: false };
    working("正在开始");
    try {
      let job = await ask("POST", "/api/jobs", asked), pause = POLL;
      running.id = job.id;
      while (["waiting", "running"].includes(job.state)) {
        working(job.step + (job.seconds >= 2 ? `（${Math.floor(job.seconds)} 秒）` : ""));
        await new Promise((done) => setTimeout(done, pause));
        if (job.seconds > 2) pause = STEADY;
        job = await ask("GET", "/api/jobs/" + job.id);
      }
      running = null;
      working("");
      if (job.state === "done") show(job);
      else fail(job);
    } catch (problem) { running = null; working(""); fail(problem); }
  }

  function working(text) {
    $("working").hidden = !text;
    $("cancel").hidden = !(running && running.id);
    if ($("step").textContent !== text) $("step").textContent = text;
    enable();
  }

  function hideResult() { $("result").hidden = true; shown = null; }

  function fail(problem) {
    if (problem.state === undefined && !problem.message) problem = { message: "页面出了错：" + problem, hint: "请刷新页面再试。" };
    const [first, ...rest] = problem.message.split("\n");
    show({ verdict: first, next_step: problem.hint ? "怎么办：" + problem.hint : "", good: false, notes: rest.length ? rest.join("\n").split(/\n(?=第 \d+ 项)/) : [], files: [] });
  }

  // --- Showing ---------------------------------------------------------------------------------------------------

  function show(job) {
    shown = job;
    only = new Set();
    $("result").hidden = false;
    $("how").hidden = true;
    $("drop").className = "";
    $("verdict").textContent = job.verdict;
    $("verdict").className = job.good ? "good" : "bad";
    const step = job.next_step || "";
    $("next").textContent = step && !step.startsWith("怎么办") ? "下一步：" + step : step;
    $("next").hidden = !step;
    $("notes").textContent = "";
    for (const note of job.notes) $("notes").append(made("li", note));
    $("told").hidden = !job.notes.length;
    $("made").textContent = "";
    for (const file of job.files) $("made").append(fileRow(job, file));
    question(job.question);
    lights(job.lights || []);
    filters();
    matters();
    charts(job.charts || []);
    $("verdict").focus();
    say(job.verdict);
  }

  /* Something to be decided after the work: a choice without options lets it stand as it is. */
  function question(asked) {
    const place = $("question");
    place.textContent = "";
    place.hidden = !asked;
    if (!asked) return;
    for (const line of asked.text.split("\n")) place.append(made("p", line));
    for (const choice of asked.choices) {
      const button = made("button", choice.label);
      button.type = "button";
      button.onclick = () => (Object.keys(choice.options).length ? start(asked.action, choice.options) : (place.hidden = true));
      place.append(button);
    }
  }

  function fileRow(job, file) {
    const row = made("li"), path = `/api/jobs/${job.id}/files/${file.id}`;
    const button = made("button", job.copy ? "下载 " + file.name : "打开 " + file.name);
    button.onclick = () => (job.copy ? download(path, file.name) : ask("POST", path + "/open", {}).catch(problemBelow));
    row.append(button);
    return row;
  }

  async function download(path, name) {
    try {
      const link = made("a");
      link.href = URL.createObjectURL(await ask("GET", path, undefined, true));
      link.download = name;
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 60000);
      say("已下载 " + name);
    } catch (problem) { problemBelow(problem); }
  }
  function problemBelow(problem) {
    $("next").hidden = false;
    $("next").textContent = problem.message + (problem.hint ? "\n怎么办：" + problem.hint : "");
    say(problem.message);
  }

  function lights(all) {
    $("lights").textContent = "";
    for (const one of all) {
      const light = made("span", "", "light"), word = made("b", one.symbol + " " + one.light);
      word.style.background = one.fill;
      word.style.color = one.ink;
      light.setAttribute("role", "listitem");
      light.append(word, made("span", one.name + (one.value ? "　" + one.value : "")));
      $("lights").append(light);
    }
  }

  /* Matters of a check; of an audit every difference is a matter of its own. */
  function groups(job) {
    const findings = job.findings || [];
    if (job.matters) return job.matters.map((m) => ({ level: m.level, title: `第 ${m.number} 项　${m.subject}：${m.cause}`, findings: findings.filter((f) => f.matter === m.number) }));
    return findings.map((f) => ({ level: f.level, title: f.where || f.field || f.code, findings: [f] }));
  }

  function filters() {
    $("filters").textContent = "";
    const all = groups(shown);
    if (all.length < 2) return;
    for (const level of LEVELS) {
      const count = all.filter((one) => one.level === level).length;
      if (!count) continue;
      const button = made("button", `${SIGNS[level]} ${level} ${count}`, "plain");
      button.setAttribute("aria-pressed", String(only.has(level)));
      button.dataset.level = level;
      button.onclick = () => {
        if (!only.delete(level)) only.add(level);
        filters();
        matters();
        $("filters").querySelector(`[data-level="${level}"]`).focus();
      };
      $("filters").append(button);
    }
  }

  function matters() {
    $("matters").textContent = "";
    for (const one of groups(shown)) {
      if (only.size && !only.has(one.level)) continue;
      const box = made("article", "", "matter level-" + one.level), head = made("h3");
      head.append(made("span", `${SIGNS[one.level] || ""} ${one.level}`, "level"), made("span", one.title));
      const first = one.findings[0], rest = one.findings.slice(1);
      box.append(head, place(first));
      if (first.hint) box.append(made("p", "怎么改：" + first.hint));
      if (rest.length) {
        const more = made("details"), items = made("ul");
        more.append(made("summary", `还有 ${rest.length} 处`), items);
        for (const finding of rest) items.append(wrap(finding));
        box.append(more);
      }
      $("matters").append(box);
    }
  }
  function wrap(finding) {
    const item = made("li");
    item.append(place(finding));
    return item;
  }

  /* The address is a button: it goes to the clipboard, and Excel's and WPS's name box take it as it is. */
  function place(finding) {
    const line = made("p"), cell = finding.sheet && finding.cell;
    if (cell) {
      const address = `'${finding.sheet.replace(/'/g, "''")}'!${finding.cell}`;
      const button = made("button", `${finding.sheet}!${finding.cell}`, "where");
      button.title = "复制这个地址；粘贴到 Excel 或 WPS 左上角的名称框，按回车，就到这一格";
      button.onclick = () => copy(address);
      line.append(button);
    }
    line.append(made("span", (finding.field && cell ? finding.field + "：" : "") + finding.message), made("span", `（${finding.code}${finding.noted ? "，已说明" : ""}）`, "quiet"));
    return line;
  }

  async function copy(text) {
    try { await navigator.clipboard.writeText(text); } catch (error) {
      const field = made("textarea", text);
      document.body.append(field);
      field.select();
      document.execCommand("copy");
      field.remove();
    }
    say(`已复制 ${text}，粘贴到名称框，按回车。`);
  }

  function charts(all) {
    $("charts").textContent = "";
    for (const one of all) {
      const image = made("img");
      image.alt = one.text;
      image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(one.svg);
      const box = made("figure");
      box.append(made("figcaption", one.title + (one.note ? `（${one.note}）` : "")), image);
      $("charts").append(box);
    }
  }

  // --- Buttons ---------------------------------------------------------------------------------------------------

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-action]");
    if (!button) return;
    const option = button.dataset.option;
    start(button.dataset.action, option ? { [option]: true } : {});
  });
  $("pick").onclick = () => $("files").click();
  $("pick-folder").onclick = () => $("folder").click();
  $("files").onchange = $("folder").onchange = function () {
    const files = [...this.files];
    this.value = "";
    receive(files);
  };
  $("new-data").onclick = () => $("source").click();
  $("source").onchange = async function () {
    const file = this.files[0];
    this.value = "";
    if (!file) return;
    try {
      const told = await ask("PUT", "/api/uploads?name=" + encodeURIComponent(file.name), file);
      start("new", {}, { upload: told.upload });
    } catch (problem) { fail(problem); }
  };
  for (const [id, kind] of [["pick-here", "book"], ["pick-folder-here", "folder"]]) {
    $(id).onclick = async () => {
      try {
        const told = await ask("POST", "/api/choose", { kind });
        if (!told.path) return;
        if (kind === "book") { chosen.books = []; choosePath(told.path); }
        else { chosen.book = null; chosen.books = [{ path: told.path, name: baseName(told.path) }]; list(); }
      } catch (problem) { fail(problem); }
    };
  }
  $("rollover").onclick = () => { $("period").hidden = false; $("month").focus(); };
  $("period").onsubmit = (event) => {
    event.preventDefault();
    start("rollover", { period: $("month").value.trim() });
  };
  $("cancel").onclick = () => running && ask("POST", `/api/jobs/${running.id}/cancel`, {}).catch(fail);
  $("leave").onclick = async () => {
    try {
      await ask("POST", "/api/leave", {});
      document.querySelector("main").textContent = "已退出，可以关掉这个窗口。";
      document.querySelector("header nav").remove();
    } catch (problem) { fail(problem); }
  };
  for (const kind of ["dragenter", "dragover"]) {
    document.addEventListener(kind, (event) => { event.preventDefault(); $("drop").className = "over"; });
  }
  document.addEventListener("dragleave", () => { $("drop").className = ""; });
  document.addEventListener("drop", async (event) => {
    event.preventDefault();
    $("drop").className = "";
    if (running) return;
    receive(await dropped(event.dataTransfer));
  });

  list();
  enter().catch(fail);
})();
