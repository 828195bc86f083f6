// Drops sheets on a page where companies compare themselves, and holds what it says
// to what package compare says; with the network cut, and nothing kept afterwards.
import { readFileSync } from "node:fs";

// forms tests a page with the sheets of a file; report takes what is wrong.
export async function forms(page, url, sheets, report, judge) {
  const cases = JSON.parse(readFileSync(sheets, "utf8"));
  await page.context().setOffline(true);
  const other = await page.context().newPage(); // the tries leave a page behind that waits
  await other.goto(url);
  await silent(other, report);
  await other.close();
  await page.goto(url);
  for (const c of cases) {
    await page.setInputFiles("#file", { name: c.name, mimeType: "text/plain", buffer: Buffer.from(c.data) });
    await page.waitForFunction(() => document.getElementById("told").textContent !== "");
    await same(page, c, "dropped", (text) => report(`${c.name}: ${text}`));
    await page.evaluate(() => document.getElementById("told").replaceChildren());
  }
  const full = cases.find((c) => c.name === "skipped.csv");
  await typed(page, full, (text) => report(`typed: ${text}`));
  await dragged(page, full, (text) => report(`dragged: ${text}`));
  await judge();
  await kept(page, report);
  await page.click("#clear");
  if (await page.evaluate(() => document.querySelectorAll("#results section").length)) report("cleared answers leave results");
  await page.setInputFiles("#file", { name: full.name, mimeType: "text/plain", buffer: Buffer.from(full.data) });
  await page.waitForFunction(() => document.querySelector("#results section"));
  await page.reload();
  if (await page.evaluate(() => document.querySelectorAll("#results section").length || [...document.querySelectorAll("select")].some((s) => s.value))) report("answers are there after a reload");
  await page.context().setOffline(false);
  return full;
}

// same compares the page with what is expected of a sheet.
async function same(page, c, how, report) {
  const found = await page.evaluate(async ([name, data]) => {
    const read = readSheet(asked, name, new TextEncoder().encode(data));
    return { problems: read.problems?.map((p) => [p.line, p.column, p.field]), standing: read.sheet && standing(release, entered()), shown: document.getElementById("wrong").children.length };
  }, [c.name, c.data]);
  if (c.problems) {
    const where = JSON.stringify(/csv$/.test(c.name) ? c.problems : c.problems.length);
    const got = JSON.stringify(/csv$/.test(c.name) ? found.problems : found.problems?.length);
    if (where !== got) report(`problems ${got}, want ${where}`);
    if (found.shown !== c.problems.length) report(`${found.shown} problems are shown, want ${c.problems.length}`);
    return;
  }
  if (found.problems) return report(`problems ${JSON.stringify(found.problems)}`);
  if (tidy(found.standing) !== tidy(c.standing)) report(`${how}: ${tidy(found.standing)}, want ${tidy(c.standing)}`);
  const words = await page.evaluate(() => [...document.querySelectorAll("#results :is(h2, h3, p, li, th, td)")].map((e) => e.textContent.replace(/\s+/g, " ").trim()));
  const at = c.words.findIndex((w, i) => w !== words[i]);
  if (at >= 0 || words.length !== c.words.length) report(`${how}: says "${words[at]}", want "${c.words[at]}" (${words.length} and ${c.words.length} texts)`);
}

// tidy spells a standing, whatever the order of its keys and however empty lists
// are spelt.
function tidy(value) {
  if (Array.isArray(value)) return value.length ? `[${value.map(tidy)}]` : "null";
  if (value && typeof value === "object") {
    return `{${Object.keys(value).sort().map((k) => [k, tidy(value[k])]).filter(([, v]) => v !== "null").map(([k, v]) => `${k}:${v}`)}}`;
  }
  return JSON.stringify(value ?? null);
}

// typed enters a sheet by hand.
async function typed(page, c, report) {
  await page.click("#clear");
  const sheet = await page.evaluate(([name, data]) => readSheet(asked, name, new TextEncoder().encode(data)).sheet, [c.name, c.data]);
  for (const [i, level] of sheet.levels.entries()) await page.selectOption(`#question-${i}`, level < 0 ? "" : String(level));
  const ids = await page.evaluate(() => asked.attributes.map((a) => a.id));
  for (const [i, id] of ids.entries()) await page.selectOption(`#attribute-${i}`, sheet.attributes[id] ?? "");
  await same(page, c, "typed", report);
}

// dragged drops a sheet from a file manager.
async function dragged(page, c, report) {
  await page.click("#clear");
  await page.evaluate(([name, data]) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([data], name));
    document.getElementById("drop").dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
  }, [c.name, c.data]);
  await page.waitForFunction(() => document.querySelector("#results section"));
  await same(page, c, "dragged", report);
}

// silent tries to send something, as a script that somebody planted might; the
// policy of the page must refuse, also where there is a network.
async function silent(page, report) {
  const refused = await page.evaluate(async () => {
    const violations = [];
    addEventListener("securitypolicyviolation", (event) => violations.push(event.effectiveDirective));
    const tries = [
      () => fetch("http://127.0.0.1:9/"), () => navigator.sendBeacon("http://127.0.0.1:9/", "x"), () => new WebSocket("ws://127.0.0.1:9/"),
      () => { const i = new Image(); i.src = "http://127.0.0.1:9/"; }, () => { const s = document.createElement("script"); s.textContent = "window.planted = 1"; document.body.append(s); },
      () => { const f = document.createElement("form"); f.action = "http://127.0.0.1:9/"; document.body.append(f); f.submit(); f.remove(); },
    ];
    for (const attempt of tries) try { await attempt(); } catch { /* refused */ }
    const wanted = ["connect-src", "img-src", "script-src-elem", "form-action"];
    for (let waits = 0; waits < 100 && !wanted.every((w) => violations.includes(w)); waits++) await new Promise((done) => setTimeout(done, 100));
    await new Promise((done) => setTimeout(done, 200));
    return { violations, planted: "planted" in window };
  });
  for (const directive of ["connect-src", "img-src", "script-src-elem", "form-action"]) if (!refused.violations.includes(directive)) report(`the policy lets ${directive} pass: ${refused.violations}`);
  if (refused.planted) report("a planted script ran");
}

// kept looks for anything that the page left in the browser.
async function kept(page, report) {
  const left = await page.evaluate(async () => ({
    local: localStorage.length, session: sessionStorage.length, cookie: document.cookie, databases: (await indexedDB.databases()).length,
    caches: "caches" in window ? (await caches.keys()).length : 0, workers: (await navigator.serviceWorker?.getRegistrations().catch(() => []) || []).length, address: location.href.includes("#") || location.search !== "",
  }));
  if (left.local || left.session || left.cookie || left.databases || left.caches || left.workers || left.address) report(`something is kept: ${JSON.stringify(left)}`);
  if ((await page.context().cookies()).length) report("a cookie is kept");
}
