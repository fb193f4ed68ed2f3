// What the walks share: a browser, a page whose faults are kept, steps that are told one by one.
// playwright-core stands in the folder that NODE_MODULES names; the browser is the system's.
import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const need = createRequire(path.join(process.env.NODE_MODULES, "x.js"));
export const acorn = () => need("acorn");
const { chromium } = need("playwright-core");

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
export const home = process.env.HOME;
export const session = () => JSON.parse(fs.readFileSync(path.join(home, ".perfmon_xl", "service.json"), "utf8"));

export function serve(...more) {
  const service = spawn(process.env.PYTHON, ["-m", "perfmon_xl", "serve", ...more], { stdio: "ignore" });
  process.on("exit", () => service.kill());
  return service;
}
export async function until(what, seconds = 30) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await what();
    if (found) return found;
    if (Date.now() > end) throw new Error("waited in vain for " + what);
    await sleep(50);
  }
}
export async function started() {
  return until(() => { try { return session(); } catch { return null; } });
}
export async function told(method, where, body) {
  const { port, token } = session();
  const answer = await fetch(`http://127.0.0.1:${port}${where}`, { method, body, headers: { "X-Perfmon-Token": token } });
  return answer.json();
}
export const ticket = async () => (await told("POST", "/api/tickets")).ticket;

export const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
export const faults = [];
export async function tab(viewport = { width: 1366, height: 768 }) {
  const context = await browser.newContext({ viewport, acceptDownloads: true });
  const page = await context.newPage();
  page.setDefaultTimeout(60000);
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (line) => line.type() === "error" && !/status of 4\d\d/.test(line.text()) && faults.push(line.text()));
  return page;
}
export const picture = (page, name) => process.env.PICTURES ? page.screenshot({ path: path.join(process.env.PICTURES, name), fullPage: false }) : null;

let failed = 0, passed = 0;
export async function step(name, run) {
  try { await run(); passed++; console.log("ok  ", name); }
  catch (error) { failed++; console.log("FAIL", name); console.log(error); }
}
export async function end(service) {
  for (const one of faults) { failed++; console.log("FAIL in the browser:", one); }
  await browser.close();
  service.kill();
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed ? 1 : 0);
}
