// The page: the form, the file that is dropped, and what follows from both. No
// answer leaves it: nothing here sends or stores anything.

const { release, texts, confidence, shown: spoken, axes } = JSON.parse(document.getElementById("release").textContent);
const asked = release.instrument;
const form = document.getElementById("answers"), results = document.getElementById("results"), told = document.getElementById("told"), wrong = document.getElementById("wrong");
const questions = [...form.querySelectorAll("select[data-question]")], attributes = [...form.querySelectorAll("select[data-attribute]")];

// entered is the sheet in the form.
function entered() {
  const sheet = emptySheet(asked);
  questions.forEach((select, i) => { if (select.value !== "") sheet.levels[i] = Number(select.value); });
  attributes.forEach((select, i) => { if (select.value !== "") sheet.attributes[asked.attributes[i].id] = select.value; });
  if (asked.blank === "lowest" && sheet.levels.some((l) => l >= 0)) sheet.levels = sheet.levels.map((l) => Math.max(l, 0)); // as the instrument counts blanks
  return sheet;
}

// enter puts a sheet into the form.
function enter(sheet) {
  questions.forEach((select, i) => { select.value = sheet.levels[i] < 0 ? "" : String(sheet.levels[i]); });
  attributes.forEach((select, i) => { select.value = sheet.attributes[asked.attributes[i].id] ?? ""; });
}

// refresh compares what the form holds.
function refresh() {
  const sheet = entered(), answered = questions.filter((s) => s.value !== "").length;
  for (const domain of form.querySelectorAll("details")) {
    const own = [...domain.querySelectorAll("select")];
    domain.querySelector(".count").replaceChildren(...set(say("form.count", { answered: own.filter((s) => s.value !== "").length, total: own.length })));
  }
  results.replaceChildren(...(answered ? parts(release, standing(release, sheet)).map(drawSection) : [element("p", {}, ...set(say("form.waiting")))]));
  document.body.classList.toggle("answered", answered > 0);
  return { answered, total: questions.length };
}

function tell(key, values, problems = []) {
  told.replaceChildren(...set(say(key, values)));
  wrong.replaceChildren(...problems.map((p) => {
    const expected = say(p.expected, p.values), values = { line: p.line, column: p.column, field: p.field, expected };
    return element("li", {}, ...set(p.line && p.column ? say(p.field ? "form.at-field" : "form.at-cell", values) : p.line ? say("form.at-line", values) : p.field ? say("form.at-name", values) : expected));
  }));
}

// take reads a file and enters it, if it can be read.
async function take(file) {
  const { sheet, problems } = readSheet(asked, file.name, await file.arrayBuffer());
  if (problems) return tell("form.unread", { file: file.name }, problems);
  enter(sheet);
  tell("form.read", { file: file.name, ...refresh() });
}

form.addEventListener("change", () => tell("form.entered", refresh()));
form.addEventListener("submit", (event) => event.preventDefault());
document.getElementById("clear").addEventListener("click", () => {
  form.reset();
  tell("form.entered", refresh());
});
document.getElementById("print").addEventListener("click", () => window.print());
document.getElementById("file").addEventListener("change", async (event) => {
  const [file] = event.target.files;
  if (file) await take(file);
  event.target.value = ""; // the same file can be chosen again
});
const drop = document.getElementById("drop");
addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
addEventListener("dragleave", () => drop.classList.remove("over"));
addEventListener("drop", async (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  const [file] = event.dataTransfer.files;
  if (file) await take(file);
});
form.reset();
refresh();
