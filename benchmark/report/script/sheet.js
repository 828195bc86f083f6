// The answer sheet of one company, from the file that it handed in: what
// compare.Parse reads.

// readSheet reads a file by its name: {sheet} or {problems}.
function readSheet(asked, name, bytes) {
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return { problems: [problem(0, 0, "", "expected.text")] };
  }
  if (/^(PK\u0003\u0004|\u00d0\u00cf|%PDF)/.test(text) || text.slice(0, 512).includes("\0")) return { problems: [problem(1, 0, "", "expected.text")] };
  if (/\.csv$/i.test(name)) return readTable(asked, text);
  if (/\.(json|jsonl|ndjson)$/i.test(name)) return readObject(asked, text);
  return { problems: [problem(0, 0, "", "expected.ending")] };
}

// emptySheet has no answers.
function emptySheet(asked) {
  return { attributes: {}, levels: asked.domains.flatMap((d) => d.questions).map(() => -1) };
}

// columnsOf finds columns by their names: ids, titles and texts.
function columnsOf(asked) {
  const exact = new Map(), texts = new Map(), titles = new Map();
  const add = (column, title) => {
    if (!exact.has(column.name)) exact.set(column.name, column);
    unique(texts, label(column.name), column);
    if (title) unique(titles, label(title), column);
  };
  add({ kind: "company", name: "company" });
  asked.attributes.forEach((a, i) => add({ kind: "attribute", index: i, name: a.id }, a.title));
  asked.domains.flatMap((d) => d.questions).forEach((q, i) => add({ kind: "question", index: i, name: q.id }, q.text));
  implied(texts, titles);
  return { known: [...exact.values()], find: (name) => exact.get(name) || texts.get(label(name)) || null };
}

// readHeader finds the columns of a table: all of the instrument's, once each.
function readHeader(asked, row) {
  if (row.problem) return { problems: [row.problem] };
  if (row.cells.join().includes("\r")) return { problems: [problem(row.line, 0, "", "expected.lines")] };
  if (row.cells.length === 1 && /[;\t|]/.test(row.cells[0])) return { problems: [problem(row.line, 0, "", "expected.commas")] };
  const { known, find } = columnsOf(asked);
  const columns = row.cells.map((cell) => find(cell.trim())), seen = new Set(), problems = [];
  columns.forEach((column, i) => {
    if (!column) problems.push(problem(row.line, i + 1, "", "expected.column"));
    else if (seen.has(column.name)) problems.push(problem(row.line, i + 1, column.name, "expected.once"));
    if (column) seen.add(column.name);
  });
  if (!seen.size) return { problems: [problem(row.line, 0, "", "expected.header")] };
  const missing = (column) => {
    if (!seen.has(column.name)) problems.push(problem(row.line, 0, column.name, "expected.name", { name: column.name }));
  };
  const [questions, others] = [known.filter((c) => c.kind === "question"), known.filter((c) => c.kind !== "question")];
  others.forEach(missing);
  if (questions.some((c) => seen.has(c.name))) questions.forEach(missing);
  else problems.push(problem(row.line, 0, "", "expected.wide"));
  problems.sort((a, b) => a.column - b.column);
  return problems.length ? { problems } : { columns };
}

// readTable reads a table with one row.
function readTable(asked, text) {
  const rows = csvRows(text);
  if (!rows.length) return { problems: [problem(1, 0, "", "expected.header")] };
  const { columns, problems } = readHeader(asked, rows[0]);
  if (problems) return { problems };
  const read = rows.slice(1).map((row) => readRow(asked, columns, row));
  const wrong = read.find((r) => r.problems);
  if (wrong) return wrong;
  return read.length === 1 ? read[0] : { problems: [problem(0, 0, "", "expected.one")] };
}

// readRow reads the sheet in a row.
function readRow(asked, columns, row) {
  if (row.problem) return { problems: [row.problem] };
  if (row.cells.length !== columns.length) return { problems: [problem(row.line, 0, "", "expected.cells", { columns: columns.length })] };
  const form = fill(asked);
  columns.forEach((column, i) => form.put(column, row.cells[i], row.lines[i], i + 1));
  return form.done(row.line);
}

// fill fills a sheet, text by text.
function fill(asked) {
  const sheet = emptySheet(asked), problems = [];
  const values = asked.attributes.map((a) => valueTexts(a.values)), of = domainOf(asked);
  const answers = asked.domains.map((_, d) => answerTexts(levelsOf(asked, d)));
  return {
    note(...place) { problems.push(problem(...place)); },
    put(column, text, line, at) {
      if (column.kind === "question") {
        const scale = levelsOf(asked, of[column.index]), level = answers[of[column.index]](text);
        const [low, high] = [scale[0].level, scale.at(-1).level];
        if (level === null) problems.push(problem(line, at, column.name, "expected.level", { low, high }));
        else sheet.levels[column.index] = level;
      } else if (column.kind === "attribute") {
        const attribute = asked.attributes[column.index], value = values[column.index](text);
        if (value === null) problems.push(problem(line, at, column.name, "expected.value", { values: attribute.values.map((v) => v.id).join(", ") }));
        else if (value >= 0) sheet.attributes[attribute.id] = attribute.values[value].id;
      } else if (label(text) === "") problems.push(problem(line, at, "company", "expected.company"));
    },
    done(line) {
      if (!problems.length && sheet.levels.every((l) => l < 0)) problems.push(problem(line, 0, "", "expected.answer"));
      return problems.length ? { problems } : { sheet };
    },
  };
}

// readObject reads one JSON object.
function readObject(asked, text) {
  let object;
  try {
    object = JSON.parse(text.replace(/^\ufeff/, ""));
  } catch {
    return { problems: [problem(0, 0, "", "expected.json")] };
  }
  const isObject = (o) => typeof o === "object" && o !== null && !Array.isArray(o);
  if (!isObject(object) || typeof object.company !== "string") return { problems: [problem(0, 0, "", "expected.json")] };
  const { find } = columnsOf(asked), form = fill(asked);
  form.put(find("company"), object.company, 0, 0);
  for (const key of Object.keys(object)) if (!["company", "attributes", "scores"].includes(key)) form.note(0, 0, "", "expected.key");
  for (const [key, kind] of [["attributes", "attribute"], ["scores", "question"]]) {
    const members = object[key] ?? {};
    if (!isObject(members)) form.note(0, 0, key, "expected.json");
    else for (const [name, value] of Object.entries(members)) {
      const column = find(name);
      if (!column || column.kind !== kind || column.name !== name) form.note(0, 0, key, kind === "question" ? "expected.question" : "expected.attribute");
      else if (kind === "question" && !["number", "string"].includes(typeof (value ?? ""))) form.put(column, "?", 0, 0);
      else form.put(column, String(value ?? ""), 0, 0);
    }
  }
  return form.done(0);
}
