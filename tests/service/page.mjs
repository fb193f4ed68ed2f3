// The page from end to end, as a clerk walks it. BOOK and EDITED (a report of it with one figure changed) are given.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { acorn, browser, end, faults, home, picture, serve, started, step, tab, ticket, until } from "./walk.mjs";

const { BOOK, EDITED } = process.env;
const digest = (file) => createHash("sha256").update(fs.readFileSync(file)).digest("hex");
acorn().parse(fs.readFileSync(process.env.SCRIPT, "utf8"), { ecmaVersion: 2019 });

const service = serve("--no-browser");
const { port } = await started();
const own = `http://127.0.0.1:${port}/`;
const page = await tab();

async function drop(...files) {
  const given = files.map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64")]);
  const transfer = await page.evaluateHandle((all) => {
    const made = new DataTransfer();
    for (const [name, text] of all) made.items.add(new File([Uint8Array.from(atob(text), (c) => c.charCodeAt(0))], name));
    return made;
  }, given);
  await page.dispatchEvent("#drop", "drop", { dataTransfer: transfer });
  await page.waitForSelector("#working", { state: "hidden" });
}
const press = async (selector) => {
  await page.click(selector);
  await page.waitForSelector("#result:not([hidden])");
};
const verdict = () => page.textContent("#verdict");
async function downloaded(button) {
  const [one] = await Promise.all([page.waitForEvent("download"), page.click(button)]);
  return { name: one.suggestedFilename(), path: await one.path() };
}

await step("without a ticket the page says where to open it from", async () => {
  await page.goto(own);
  await page.waitForSelector("#result:not([hidden])");
  assert.match((await verdict()) + (await page.textContent("#next")), /钥匙[^]*图标/);
  assert.ok(await page.isDisabled('[data-action="check"]'));
});
const used = await ticket();
await step("a ticket opens it, and leaves the address at once", async () => {
  await page.goto("about:blank");
  await page.goto(own + "#ticket=" + used);
  await page.waitForFunction(() => sessionStorage.getItem("key"));
  assert.equal(page.url(), own);
  await picture(page, "page-start.png");
});
await step("a ticket is good once", async () => {
  const other = await tab();
  await other.goto(own + "#ticket=" + used);
  await other.waitForSelector("#result:not([hidden])");
  assert.match(await other.textContent("#verdict"), /只能用一次/);
  await other.context().close();
});
await step("a workbook is dropped", async () => {
  await drop(["示例项目.xlsx", fs.readFileSync(BOOK)]);
  assert.match(await page.textContent("#chosen"), /示例项目\.xlsx/);
  assert.ok(await page.isEnabled('[data-action="check"]'));
  assert.ok(await page.isDisabled('[data-action="audit"]'));
});
await step("fill: what was done, and the copy to save", async () => {
  await press('[data-action="fill"]');
  assert.match(await verdict(), /填充/);
  const made = await downloaded("#made button");
  assert.equal(made.name, "示例项目.xlsx");
});
await step("check: matters, the heavy ones first, with their cells; lights by word and sign; charts that can be read aloud", async () => {
  await press('[data-action="check"]');
  assert.match(await verdict(), /还不能出正式报告/);
  const levels = await page.$$eval(".matter .level", (all) => all.map((one) => one.textContent.replace(/[^\u4e00-\u9fff]/g, "")));
  assert.ok(levels.length > 5);
  const order = ["错误", "警告", "无法判断", "提示"];
  assert.deepEqual(levels, [...levels].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
  assert.match(await page.textContent(".where"), /^表\d .+![A-Z]+\d+$/);
  const lights = await page.$$eval(".light b", (all) => all.map((one) => one.textContent));
  assert.ok(lights.length > 2 && lights.every((one) => /^[▼◆●▲○] .+/.test(one)), lights.join());
  const charts = await page.$$eval("#charts img", (all) => all.map((one) => [one.alt, one.naturalWidth]));
  assert.ok(charts.length >= 2 && charts.every(([alt, width]) => alt.length > 20 && width > 100));
  await picture(page, "page-check.png");
  const lower = await page.$("#charts");
  await lower.scrollIntoViewIfNeeded();
  await picture(page, "page-charts.png");
});
await step("a level is shown alone, and all again", async () => {
  const all = await page.locator(".matter").count();
  await page.click('#filters [data-level="错误"]');
  const some = await page.locator(".matter").count();
  assert.ok(some > 0 && some < all);
  assert.equal(await page.getAttribute('#filters [data-level="错误"]', "aria-pressed"), "true");
  await page.click('#filters [data-level="错误"]');
  assert.equal(await page.locator(".matter").count(), all);
});
await step("nothing overflows at 1366 by 768", async () => {
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false);
});
await step("the marked copy is saved; the original is as it was", async () => {
  const before = digest(BOOK);
  await press('[data-action="mark"]');
  const made = await downloaded("#made button");
  assert.notEqual(digest(made.path), before);
  assert.equal(digest(BOOK), before);
});
await step("a final report with errors is refused, in the words of the page", async () => {
  await press('[data-action="report"]:not([data-option])');
  const said = (await verdict()) + (await page.textContent("#next")) + (await page.textContent("#notes"));
  assert.match(said, /不能出正式报告/);
  assert.match(said, /点“草稿”/);
  assert.ok((await page.$$(".matter .where")).length > 5); // shown as a check shows them: the addresses can be pressed
  assert.doesNotMatch(said, /perfmon-xl |--[a-z]/);
  await picture(page, "page-refused.png");
});
await step("a draft is made and saved", async () => {
  await press('[data-action="report"][data-option="draft"]');
  assert.match((await downloaded("#made button")).name, /报告\.docx$/);
});
await step("an edited report is audited, and the copy with comments saved", async () => {
  await drop(["改过的报告.docx", fs.readFileSync(EDITED)]);
  await press('[data-action="audit"]');
  assert.match(await verdict(), /处不同/);
  assert.match(await page.textContent(".matter"), /改/);
  assert.match((await downloaded("#made button")).name, /核对\.docx$/);
});
await step("several at once come back as one zip", async () => {
  const bytes = fs.readFileSync(BOOK);
  await drop(["甲.xlsx", bytes], ["乙.xlsx", bytes]);
  assert.match(await page.textContent("#chosen"), /2 个工作簿/);
  await press('[data-action="batch"]');
  assert.match(await verdict(), /2 个文件/);
  const made = await downloaded("#made button");
  assert.match(made.name, /\.zip$/);
  assert.equal(fs.readFileSync(made.path).subarray(0, 2).toString(), "PK");
});
await step("a folder is chosen: the workbooks of its folders, not the lock files", async () => {
  const top = path.join(home, "城东区");
  for (const name of ["甲局/项目.xlsx", "乙局/项目.xlsx", "乙局/~$项目.xlsx", "说明.txt"]) {
    fs.mkdirSync(path.dirname(path.join(top, name)), { recursive: true });
    fs.copyFileSync(BOOK, path.join(top, name));
  }
  await page.setInputFiles("#folder", top);
  await page.waitForSelector("#working", { state: "hidden" });
  assert.match(await page.textContent("#chosen"), /2 个工作簿/);
  await press('[data-action="batch"]');
  assert.match(await verdict(), /2 个文件/);
});
await step("a folder is dropped, as a file manager drops it: the workbooks in it and below", async () => {
  const top = path.join(home, "城西 区");
  for (const name of ["甲局/项目.xlsx", "乙局/下级/项目.xlsx", "乙局/~$项目.xlsx", "说明.txt"]) {
    fs.mkdirSync(path.dirname(path.join(top, name)), { recursive: true });
    fs.copyFileSync(BOOK, path.join(top, name));
  }
  const hand = await page.context().newCDPSession(page);
  await page.click("#chosen button"); // what the step before chose
  await page.evaluate(() => scrollTo(0, 0));
  const area = await page.locator("#drop").boundingBox();
  const at = { x: area.x + area.width / 2, y: area.y + area.height / 2 };
  for (const type of ["dragEnter", "dragOver", "drop"]) {
    await hand.send("Input.dispatchDragEvent", { type, ...at, data: { items: [], files: [top], dragOperationsMask: 1 } });
  }
  await until(async () => /2 个工作簿/.test(await page.textContent("#chosen")));
  await press('[data-action="batch"]');
  assert.match(await verdict(), /2 个文件/);
});
await step("a job is cancelled, and the next one works", async () => {
  const bytes = fs.readFileSync(BOOK);
  await drop(...[1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`项目${n}.xlsx`, bytes]));
  await page.click('[data-action="batch"]');
  await page.waitForSelector("#cancel:not([hidden])");
  await picture(page, "page-working.png");
  await page.click("#cancel");
  await page.waitForSelector("#result:not([hidden])");
  assert.match(await verdict(), /已取消/);
  await drop(["示例项目.xlsx", bytes]);
  await press('[data-action="check"]');
  assert.match(await verdict(), /事项/);
});
await step("a broken file is told in words, and the next one works", async () => {
  await drop(["坏的.xlsx", Buffer.from("PK\u0003\u0004 not a workbook")]);
  await press('[data-action="check"]');
  assert.match(await verdict(), /坏的\.xlsx/);
  assert.match(await page.textContent("#next"), /怎么办/);
  assert.doesNotMatch(await page.textContent("#result"), /Traceback|Error/);
});
await step("what is no workbook and no report is not taken", async () => {
  await drop(["图.png", Buffer.from("x")]);
  assert.match(await verdict(), /没有 \.xlsx/);
});
await step("a name with markup in it stays a name", async () => {
  await drop(["<img src=x onerror=alert(1)>.xlsx", fs.readFileSync(BOOK)]);
  assert.equal(await page.locator("#chosen img").count(), 0);
});
await step("the keyboard reaches everything, and focus is seen", async () => {
  await drop(["示例项目.xlsx", fs.readFileSync(BOOK)]);
  await page.focus("#pick");
  const seen = [];
  for (let n = 0; n < 16; n++) {
    seen.push(await page.evaluate(() => document.activeElement.textContent.trim()));
    await page.keyboard.press("Tab");
  }
  for (const name of ["选择文件…", "填充", "检查", "草稿", "正式报告", "官方监控表"]) assert.ok(seen.includes(name), name);
  await page.focus('[data-action="check"]');
  await page.keyboard.press("Enter");
  await page.waitForSelector("#result:not([hidden])");
  assert.equal(await page.evaluate(() => document.activeElement.id), "verdict");
  const outline = await page.evaluate(() => { document.querySelector("#pick").focus(); return getComputedStyle(document.querySelector("#pick")).outlineStyle; });
  assert.ok(outline);
});
await step("every control has a name for a screen reader, every picture a text, the language is said", async () => {
  const nameless = await page.$$eval("button, a, input:not([hidden]), img", (all) =>
    all.filter((one) => !(one.textContent.trim() || one.getAttribute("aria-label") || one.alt || (one.labels && one.labels.length))).map((one) => one.outerHTML));
  assert.deepEqual(nameless, []);
  assert.equal(await page.getAttribute("html", "lang"), "zh-CN");
});
await step("a file by its path: worked on in place, the report opened in the system's program", async () => {
  const book = path.join(home, "甲 乙#1.xlsx"), other = await tab();
  fs.copyFileSync(BOOK, book);
  await other.goto(own + "#ticket=" + (await ticket()) + "&path=" + encodeURIComponent(book));
  await other.waitForSelector('[data-action="report"]:enabled');
  await other.click('[data-action="report"][data-option="draft"]');
  await other.waitForSelector("#made button");
  assert.match(await other.textContent("#made button"), /^打开/);
  await other.click("#made button");
  await until(() => fs.existsSync(process.env.OPENED) && /甲 乙#1-绩效运行监控报告\.docx/.test(fs.readFileSync(process.env.OPENED, "utf8")));
  await other.context().close();
});
await step("the rules are pages of their own", async () => {
  const other = await tab();
  await other.goto(own + "rules/ZJ101");
  assert.match(await other.textContent("body"), /ZJ101/);
  await other.context().close();
});
await step("another site can neither read nor act, even with the key", async () => {
  const key = await page.evaluate(() => sessionStorage.getItem("key"));
  const evil = http.createServer((_, answer) => { answer.setHeader("content-type", "text/html"); answer.end("<p>x"); });
  await new Promise((done) => evil.listen(0, "127.0.0.1", done));
  const context = await browser.newContext(), other = await context.newPage();
  await other.goto(`http://localhost:${evil.address().port}/`);
  const tried = await other.evaluate(async ([to, token]) => {
    const out = [];
    for (const [where, options] of [["/", {}], ["/api/health", { headers: { "X-Perfmon-Token": token } }], ["/api/jobs", { method: "POST", mode: "no-cors", body: "{}" }]])
      out.push(await fetch(to + where, options).then((answer) => answer.type + answer.status, () => "blocked"));
    const frame = document.createElement("iframe");
    frame.src = to + "/";
    document.body.append(frame);
    await new Promise((done) => (frame.onload = done));
    out.push(frame.contentDocument ? "readable" : "sealed");
    return out;
  }, [own.slice(0, -1), key]);
  assert.deepEqual(tried, ["blocked", "blocked", "blocked", "sealed"]);
  await context.close();
  evil.close();
});
await step("the page is left, and the service ends", async () => {
  await page.click("#leave");
  await until(() => !fs.existsSync(path.join(home, ".perfmon_xl", "service.json")));
  await until(() => !fs.existsSync(path.join(home, ".perfmon_xl", "work")));
});
faults.splice(0, faults.length, ...faults.filter((one) => !/ERR_CONNECTION_REFUSED/.test(one)));
await end(service);
