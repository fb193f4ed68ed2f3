// The add-in of WPS, from its folder, against a stand-in for WPS: it logs every call, holds a lock file while a workbook
// is open, reads files, starts programs. ADDIN is the installed folder, BOOK a workbook of ours.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { acorn, browser, end, faults, home, session, sleep, step, until } from "./walk.mjs";

const { ADDIN, BOOK, OPENED } = process.env;
acorn().parse(fs.readFileSync(path.join(ADDIN, "main.js"), "utf8"), { ecmaVersion: 5 });
acorn().parse(fs.readFileSync(path.join(ADDIN, "config.js"), "utf8"), { ecmaVersion: 5 });

const started = [], opened = [];
let mayStart = true, service = null;
const lock = (file) => path.join(path.dirname(file), ".~" + path.basename(file));
const helper = http.createServer(async (request, answer) => {
  let body = "";
  for await (const part of request) body += part;
  const [what, ...given] = body ? JSON.parse(body) : [];
  answer.setHeader("access-control-allow-origin", "*");
  answer.setHeader("access-control-allow-headers", "*");
  try {
    if (what === "read") answer.end(fs.readFileSync(given[0], "utf8"));
    else if (what === "open") { fs.writeFileSync(lock(given[0]), ""); answer.end(); }
    else if (what === "close") { fs.rmSync(lock(given[0]), { force: true }); answer.end(); }
    else if (what === "run") {
      started.push(given);
      if (/^http:/.test(given[0])) opened.push(given[0]);
      else if (mayStart) service = spawn(`"${given[0]}" ${given[1]}`, { shell: true, stdio: "ignore", cwd: home, detached: true });
      answer.end();
    } else answer.end();
  } catch { answer.statusCode = 404; answer.end(); }
});
await new Promise((done) => helper.listen(0, "127.0.0.1", done));

const context = await browser.newContext(), page = await context.newPage();
page.on("pageerror", (error) => faults.push(String(error)));
await page.addInitScript(([to, homePath]) => {
  window.calls = [];
  window.told = [];
  window.agreed = true;
  window.alert = (text) => { window.told.push(text); };
  window.confirm = (text) => { window.told.push("? " + text); return window.agreed; };
  function ask(...what) {
    const request = new XMLHttpRequest();
    request.open("POST", to, false);
    request.send(JSON.stringify(what));
    if (request.status !== 200) throw new Error("no such file");
    return request.responseText;
  }
  const log = (name, ...given) => window.calls.push(name + "(" + given.map((one) => JSON.stringify(one)).join(",") + ")");
  class Sheet {
    constructor(name) { this.Name = name; }
    Activate() { log("Activate", this.Name); app.ActiveSheet = this; }
    Range(cell) { return { Select() { log("Select", cell); at = cell; }, Address: () => cell }; }
  }
  let at = "C5";
  class Book {
    constructor(file) { this.FullName = file; this.ReadOnly = false; this.Saved = true; this.Worksheets = { Item: (name) => new Sheet(name) }; }
    Save() { log("Save"); if (this.fails) throw new Error("磁盘满了"); this.Saved = true; }
    Close(save) {
      log("Close", save);
      books.splice(books.indexOf(this), 1);
      if (/xlsx$/.test(this.FullName)) ask("close", this.FullName);
      app.ActiveWorkbook = books[books.length - 1] || null;
    }
  }
  const books = [];
  const app = (window.Application = {
    ActiveWorkbook: null, ActiveSheet: new Sheet("项目信息"), StatusBar: "",
    get ActiveCell() { return { Address: (row, column) => { log("Address", row, column); return at; } }; },
    Workbooks: {
      get Count() { return books.length; },
      Add() { log("Add"); const made = new Book("Book1"); books.push(made); return made; },
      Open(file) { log("Open"); ask("open", file); const made = new Book(file); books.push(made); app.ActiveWorkbook = made; return made; },
    },
    FileSystem: { ReadFile: (file) => ask("read", file) },
    Env: { GetHomePath: () => homePath },
    OAAssist: { ShellExecute: (file, more) => { ask("run", file, more); } },
  });
  window.stand = (file, more) => {
    books.length = 0;
    if (file) Object.assign(app.Workbooks.Open(file), more || {});
    else app.ActiveWorkbook = null;
    app.ActiveSheet = new Sheet("项目信息");
    at = "C5";
    window.calls.length = window.told.length = 0;
  };
}, [`http://127.0.0.1:${helper.address().port}/`, home]);
await page.goto(pathToFileURL(path.join(ADDIN, "index.html")).href);

const book = path.join(home, "甲 乙#1.xlsx");
const fresh = () => { fs.copyFileSync(BOOK, book); fs.rmSync(lock(book), { force: true }); };
const stand = (file = book, more = {}) => page.evaluate(([f, m]) => window.stand(f, m), [file, more]);
async function press(id) {
  await page.evaluate((one) => { OnAction({ Id: one }); }, id);
  await page.waitForFunction(() => !window.perfmonBusy, null, { timeout: 60000 });
  return page.evaluate(() => ({ calls: window.calls.slice(), told: window.told.join("\n"), status: window.Application.StatusBar }));
}
const WRITING = ["Address(false,false)", "Add()", "Close(false)", "Open()", "Close(false)", 'Activate("项目信息")', 'Select("C5")'];

await step("the service that does not run is started by the button, and what was pressed is done", async () => {
  fresh();
  await stand();
  const { calls, told } = await press("perfmonFillRun");
  assert.match(told, /填充/);
  assert.deepEqual(calls, WRITING);
  assert.equal(started.length, 1);
});
await step("check: written into the workbook, opened again at the same cell, the errors told", async () => {
  fresh();
  await stand();
  const before = fs.readFileSync(book);
  const { calls, told } = await press("perfmonCheckRun");
  assert.deepEqual(calls, WRITING);
  assert.match(told, /还不能出正式报告[^]*第 1 项[^]*下一步/);
  assert.ok(told.split("\n").length < 30);
  assert.ok(!before.equals(fs.readFileSync(book)));
});
await step("the next finding is walked to, nothing is saved or closed", async () => {
  await stand();
  const first = await press("perfmonCheckNext");
  const went = first.calls.filter((one) => /^(Activate|Select)/.test(one));
  assert.equal(went.length, 2);
  assert.ok(!first.calls.some((one) => /Save|Close/.test(one)));
  assert.equal(first.told, "");
  assert.match(first.status, /第 \d+\/\d+ 处/);
  await page.evaluate(() => { window.calls.length = 0; });
  const second = await press("perfmonCheckNext");
  assert.notDeepEqual(second.calls.filter((one) => /^(Activate|Select)/.test(one)), went);
});
await step("the rule of the finding there is opened as a page", async () => {
  await press("perfmonHelpRule");
  assert.match(opened.pop(), /\/rules\/[A-Z]{2}\d+/);
});
await step("the marks go, one step back brings them again", async () => {
  await stand();
  const marked = fs.readFileSync(book);
  await press("perfmonCheckClear");
  assert.ok(!marked.equals(fs.readFileSync(book)));
  const { calls } = await press("perfmonUndoLast");
  assert.ok(marked.equals(fs.readFileSync(book)));
  assert.ok(calls.includes("Open()"));
});
await step("a draft: nothing is closed, and it is opened in the system's program", async () => {
  await stand();
  const { calls, told } = await press("perfmonReportDraft");
  assert.deepEqual(calls, []);
  assert.match(told, /草稿/);
  await until(() => fs.existsSync(OPENED) && /报告\.docx/.test(fs.readFileSync(OPENED, "utf8")));
});
await step("a final report with errors is refused in the words of the ribbon", async () => {
  await stand();
  const { told } = await press("perfmonReportFinal");
  assert.match(told, /不能出正式报告[^]*点“草稿”/);
  assert.doesNotMatch(told, /perfmon-xl [a-z]|--[a-z]/);
});
await step("unsaved changes: asked; with a no nothing is done, with a yes it is saved first", async () => {
  await stand(book, { Saved: false });
  await page.evaluate(() => { window.agreed = false; });
  const no = await press("perfmonFillRun");
  assert.deepEqual(no.calls, []);
  assert.match(no.told, /^\? .*没有存盘/);
  await page.evaluate(() => { window.agreed = true; });
  const yes = await press("perfmonFillRun");
  assert.deepEqual(yes.calls, ["Save()", ...WRITING]);
});
await step("a save that fails: told, nothing closed", async () => {
  await stand(book, { Saved: false, fails: true });
  const { calls, told } = await press("perfmonFillRun");
  assert.deepEqual(calls, ["Save()"]);
  assert.match(told, /没有改动：磁盘满了/);
});
for (const [name, file, more, words] of [
  ["read-only", book, { ReadOnly: true }, /只读/],
  ["in the cloud", book, { FullName: "https://kdocs.example/l/x" }, /不在这台电脑/],
  ["never saved", book, { FullName: "Book1" }, /不在这台电脑/],
  ["of another kind", book, { FullName: "/tmp/a.et" }, /不是 \.xlsx/],
  ["none", null, {}, /没有打开/],
]) {
  await step(`a workbook that is ${name} is told in words, nothing is done`, async () => {
    await stand(file, more);
    const { calls, told } = await press("perfmonCheckRun");
    assert.deepEqual(calls, []);
    assert.match(told, words);
    assert.match(told, /怎么办/);
  });
}
await step("a workbook that is not ours: told, and open again", async () => {
  fresh();
  const other = path.join(home, "别的.xlsx");
  fs.copyFileSync(process.env.FOREIGN, other);
  await stand(other);
  const before = fs.readFileSync(other);
  const { calls, told } = await press("perfmonFillRun");
  assert.deepEqual(calls, WRITING);
  assert.match(told, /不是|没有/);
  assert.ok(before.equals(fs.readFileSync(other)));
});
await step("a second click while one is at work is refused", async () => {
  fresh();
  await stand();
  await page.evaluate(() => { OnAction({ Id: "perfmonFillRun" }); OnAction({ Id: "perfmonCheckRun" }); });
  await page.waitForFunction(() => !window.perfmonBusy);
  const told = await page.evaluate(() => window.told.join("\n"));
  assert.match(told, /上一件事还没有做完/);
  assert.equal((await page.evaluate(() => window.calls)).filter((one) => one === "Open()").length, 1);
});
await step("what needs more than a click goes to the page, with a ticket, the workbook and the wish", async () => {
  await stand();
  for (const [id, wish] of [["perfmonNewBlank", "new"], ["perfmonNewRollover", "rollover"], ["perfmonReportAudit", "audit"], ["perfmonBatchRun", ""]]) {
    await press(id);
    const address = opened.pop();
    assert.match(address, /#ticket=[\w-]+/);
    assert.ok(!address.includes(session().token));
    assert.ok(wish ? address.endsWith("&do=" + wish) : !address.includes("&do="), address);
    assert.ok(address.includes(encodeURIComponent(book)));
  }
  await press("perfmonHelpRules");
  assert.match(opened.pop(), /\/rules$/);
});
await step("about, doctor, and the service started anew", async () => {
  await stand();
  assert.match((await press("perfmonHelpAbout")).told, /perfmon-xl \d/);
  assert.match((await press("perfmonHelpDoctor")).told, /Python/);
  const first = session().pid;
  await press("perfmonHelpRestart");
  assert.notEqual(session().pid, first);
});
await step("WPS that closed with its last workbook: the service opens the file", async () => {
  fresh();
  await stand();
  fs.rmSync(OPENED, { force: true });
  await page.evaluate(() => { window.perfmonReopen = function () { return false; }; OnAction({ Id: "perfmonFillRun" }); });
  await until(() => fs.existsSync(OPENED) && fs.readFileSync(OPENED, "utf8").includes("甲 乙#1.xlsx"), 25);
  await page.waitForFunction(() => !window.perfmonBusy);
});
await step("a service that does not start is told, with what to do; the workbook was not closed", async () => {
  await page.reload();
  process.kill(session().pid);
  await until(() => !fs.existsSync(path.join(home, ".perfmon_xl", "service.json")));
  mayStart = false;
  await page.evaluate(() => { window.PERFMON_TRIES = 2; window.PERFMON_PAUSE = 50; });
  await stand();
  const { calls, told } = await press("perfmonFillRun");
  assert.deepEqual(calls, []);
  assert.match(told, /没有启动起来[^]*怎么办/);
});
await step("each button of the ribbon does something", async () => {
  const ribbon = fs.readFileSync(path.join(ADDIN, "ribbon.xml"), "utf8");
  assert.ok(ribbon.startsWith("<customUI"));
  const ids = [...ribbon.matchAll(/<button id="(\w+)"/g)].map((one) => one[1]);
  assert.deepEqual(ids, await page.evaluate(() => Object.keys(PERFMON_BUTTONS)));
});
helper.close();
await sleep(50);
await end({ kill() { try { process.kill(session().pid); } catch { /* ended */ } } });
