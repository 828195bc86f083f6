// Opens every page at three widths, light and dark, and on paper, and lists
// what is wrong with it. The first argument is the folder that relative paths
// start from.
import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { forms } from "./forms.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const [base, ...files] = process.argv.slice(2);
const keep = process.env.KEEP;
const problems = [];

// Two pages are looked at side by side, each in a browser of its own; the longest first.
const queue = files.map((file) => resolve(base, file));
for (const path of queue) if (!existsSync(path)) throw new Error(`no file ${path}`);
queue.sort((a, b) => statSync(b).size - statSync(a).size);
await Promise.all([0, 1].map(async (n) => {
  const browser = await chromium.launchPersistentContext(`${process.env.PROFILE}-${n}`, {
    executablePath: process.env.CHROMIUM,
    headless: true,
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
      "--disable-background-networking", "--disable-component-update", "--disable-sync"],
  });
  for (let path; (path = queue.shift());) await inspect(browser, path);
  await browser.close();
}));
if (problems.length) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`${files.length} pages are fine`);

// inspect looks at one page. What depends on the colours does not depend on
// the width, so each width is judged in one of the two modes.
async function inspect(browser, path) {
  const name = basename(path, ".html");
  const page = await browser.newPage();
  let at = name;
  const report = (text) => problems.push(`${at}: ${text}`);
  const answers = path.replace(/html$/, "sheets.json");
  page.on("console", (message) => { if (["error", "warning"].includes(message.type())) report(`console: ${message.text()}`); });
  page.on("pageerror", (error) => report(`script: ${error}`));
  page.on("request", (request) => { if (!/^(file|data):/.test(request.url())) report(`asks for ${request.url()}`); });
  await page.goto(pathToFileURL(path).href);
  for (const link of await page.evaluate(() => [...document.querySelectorAll('a:not([href^="#"])')].map((a) => a.getAttribute("href")))) {
    if (/:/.test(link) || !existsSync(resolve(dirname(path), link))) report(`${link} leads nowhere`);
  }
  for (const [width, colorScheme] of [[360, "light"], [1024, "dark"], [1920, "light"]]) {
    at = `${name} at ${width}, ${colorScheme}`;
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ media: "screen", colorScheme });
    (await page.evaluate(look)).forEach(report);
    (await page.evaluate(overflow)).forEach(report);
    if (keep) await page.screenshot({ path: `${keep}/${name}-${width}-${colorScheme}.png`, fullPage: true });
    (await violations(page)).forEach(report);
  }
  if (existsSync(answers)) {
    at = `${name}, answered`;
    await forms(page, pathToFileURL(path).href, answers, report, async () => {
      for (const [width, colorScheme] of [[360, "light"], [1024, "dark"], [1920, "light"]]) {
        at = `${name} at ${width}, ${colorScheme}, answered`;
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ media: "screen", colorScheme });
        (await page.evaluate(overflow)).forEach(report);
        (await violations(page)).forEach(report);
        if (keep) await page.screenshot({ path: `${keep}/${name}-${width}-${colorScheme}-answered.png`, fullPage: true });
      }
      await page.emulateMedia({ media: "print" });
      await page.setViewportSize({ width: 672, height: 986 });
      (await page.evaluate(overflow)).forEach(report);
      (await violations(page)).forEach(report);
      if (keep) await page.pdf({ preferCSSPageSize: true, printBackground: true, path: `${keep}/${name}-answered.pdf` });
      await page.emulateMedia({ media: "screen", colorScheme: "light" });
    });
  }
  at = `${name}, keyboard`;
  await page.goto(pathToFileURL(path).href);
  await page.keyboard.press("Tab");
  if (await page.evaluate(() => document.activeElement.getAttribute("href")) !== "#report") report("the first stop is not the link to the report");
  const numbers = page.locator(".numbers a").first();
  if (await numbers.count()) {
    await numbers.focus();
    await page.keyboard.press("Enter");
    if (!await page.evaluate(() => document.querySelector(":target")?.matches("table"))) report("Enter does not lead to the numbers of a figure");
  }
  at = `${name} at 1280`;
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.goto(pathToFileURL(path).href);
  const screens = await page.evaluate(() => (document.getElementById("appendices")?.getBoundingClientRect().top || 0) / 900);
  if (screens > ({ report: 10, "report-017": 2, "report-300": 14 }[name] ?? 16)) report(`${screens.toFixed(1)} screens before the appendices`);
  at = `${name}, printed`;
  // A4 between the margins of the page, at 96 pixels an inch.
  await page.setViewportSize({ width: 672, height: 986 });
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  (await page.evaluate(look)).forEach(report);
  (await page.evaluate(overflow)).forEach(report);
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true, ...(keep ? { path: `${keep}/${name}.pdf` } : {}) });
  const sheets = (pdf.toString("latin1").match(/\/Type\s*\/Page\b/g) || []).length;
  if (pdf.length < 10000 || !sheets) report("the PDF is nearly empty");
  if (sheets > 2 && await page.evaluate(() => document.body.matches(".brief:has(.board)"))) report(`${sheets} sheets for a report without chapters`);
  if (sheets > 1 && await page.evaluate(() => document.body.matches(".summary"))) report(`${sheets} sheets for the first page alone`);
  (await violations(page)).forEach(report);
  await page.close();
}

// violations are those of axe. Its time grows with what is in sight, so rows that
// are marked up like another one of their table and the shapes of drawings, which
// are images to it, are hidden meanwhile.
async function violations(page) {
  if (!await page.evaluate(() => "axe" in window)) await page.evaluate(axe);
  await page.evaluate(() => {
    for (const table of document.querySelectorAll("tbody")) {
      const seen = new Set();
      [...table.rows].forEach((row, i) => {
        const made = `${i % 2}${row.innerHTML.replace(/>[^<]+/g, ">.").replace(/href="[^"]*"/g, "href")}`;
        row.toggleAttribute("data-alike", seen.has(made));
        seen.add(made);
      });
    }
    const sheet = new CSSStyleSheet();
    sheet.replaceSync("svg > :not(title, desc), [data-alike] { display: none !important; }");
    document.adoptedStyleSheets = [sheet];
  });
  const found = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  await page.evaluate(() => { document.adoptedStyleSheets = []; });
  return found.violations.map((v) => `axe ${v.id}: ${v.help}: ${v.nodes[0].target} (${v.nodes.length})`);
}

// look finds labels that are cut off or run into each other, figures without a
// table, a title or a description, links to nowhere, headings without an id, and
// heads of columns that break inside of a word.
function look() {
  const found = [];
  if (document.querySelector("script") && !document.querySelector('meta[http-equiv="Content-Security-Policy"]')) found.push("there is a script");
  const levels = [...document.querySelectorAll("h1,h2,h3,h4")].map((h) => +h.tagName[1]);
  if (levels[0] !== 1) found.push("the first heading is no h1");
  levels.forEach((l, i) => { if (i && l > levels[i - 1] + 1) found.push("a heading skips a level"); });
  for (const a of document.querySelectorAll('a[href^="#"]')) {
    if (!document.getElementById(a.getAttribute("href").slice(1))) found.push(`${a.getAttribute("href")} leads nowhere`);
  }
  if (!document.title || !document.documentElement.lang) found.push("the page has no title or no language");
  for (const h of document.querySelectorAll("h1,h2,h3,h4")) if (!h.id) found.push(`"${h.textContent}" has no id`);
  for (const head of document.querySelectorAll("thead th")) {
    const texts = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const word of texts.currentNode.data.matchAll(/[^\s-]+/g)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        const lines = new Set([...range.getClientRects()].map((r) => Math.round(r.top)));
        if (lines.size > 1 && !word[0].includes("\u00ad") && !/[\u3000-\uffdc]/.test(word[0])) found.push(`the head "${word[0]}" breaks inside`);
      }
    }
  }
  for (const figure of document.querySelectorAll("figure")) {
    const numbers = figure.querySelector(".numbers a");
    if (!numbers || !document.querySelectorAll(`${numbers.getAttribute("href")} tbody tr`).length) found.push(`${figure.id} has no table`);
    const shown = [...figure.querySelectorAll("svg")].filter((s) => s.getBoundingClientRect().width > 0);
    if (shown.length !== 1) found.push(`${figure.id} shows ${shown.length} drawings`);
    for (const svg of shown) {
      const named = (key) => (document.getElementById(svg.getAttribute(key)) || {}).textContent;
      if (svg.getAttribute("role") !== "img" || !named("aria-labelledby") || !named("aria-describedby")) found.push(`${figure.id} has no name`);
      const frame = svg.viewBox.baseVal;
      const scale = svg.getBoundingClientRect().width / frame.width;
      const texts = [...svg.querySelectorAll("text")].map((t) => [t, t.getBBox()]);
      for (const [t, b] of texts) {
        if (b.x < -2 || b.y < -1 || b.x + b.width > frame.width + 2 || b.y + b.height > frame.height + 1) found.push(`${figure.id}: "${t.textContent}" is cut off`);
        if (scale * parseFloat(t.getAttribute("font-size")) < 6) found.push(`${figure.id}: "${t.textContent}" is too small`);
      }
      texts.forEach(([t, a], i) => texts.slice(i + 1).forEach(([u, b]) => {
        const wide = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
        const high = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
        if (wide > 1 && high > 4) found.push(`${figure.id}: "${t.textContent}" runs into "${u.textContent}"`);
      }));
    }
  }
  return found.slice(0, 20);
}

// overflow finds what is wider than the page, scrolling tables aside.
function overflow() {
  const found = [];
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
  for (const e of document.querySelectorAll("body *:not(.skip)")) {
    if (e.closest("svg") && e.tagName !== "svg" || e.closest(".scroll") && getComputedStyle(e.closest(".scroll")).overflowX === "auto" && !e.matches(".scroll")) continue;
    const r = e.getBoundingClientRect();
    if (r.width && (r.right > width + 1 || r.left < -1)) found.push(`<${e.tagName.toLowerCase()}> ${(e.textContent || "").trim().slice(0, 40)} sticks out`);
  }
  return found.slice(0, 10);
}
