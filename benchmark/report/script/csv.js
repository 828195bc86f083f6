// Separated values (RFC 4180), as package table splits them.

// problem is a place in a file, and the key of what was expected there.
function problem(line, column, field, expected, values = {}) {
  return { line, column, field, expected, values };
}

// csvRows splits a text into rows that are not blank: {line, cells, lines}, the
// cells with the lines where they start, or {line, problem}. After a row that
// cannot be split the rest is read from the next line on.
function csvRows(text) {
  const rows = [];
  const lines = text.replace(/^\ufeff/, "").split("\n").map((l) => l.replace(/\r$/, ""));
  if (lines.at(-1) === "") lines.pop();
  for (let at = 0; at < lines.length; at++) {
    if (lines[at].trim() === "") continue;
    const row = { line: at + 1, cells: [], lines: [] };
    const state = { lines, at, column: 0 };
    row.problem = lines[at].includes('"') ? quotedRow(state, row) : plainRow(lines[at], row);
    at = state.at;
    rows.push(row);
  }
  return rows;
}

function plainRow(line, row) {
  row.cells = line.split(",");
  row.lines = row.cells.map(() => row.line);
  return null;
}

// quotedRow reads a row some of whose cells stand in quotes, which may hold
// commas, doubled quotes and ends of lines.
function quotedRow(state, row) {
  let rest = state.lines[state.at];
  for (;;) {
    const quoted = /^\s*"/.exec(rest);
    row.lines.push(state.at + 1);
    if (!quoted) {
      const comma = rest.indexOf(","), text = comma < 0 ? rest : rest.slice(0, comma);
      if (text.includes('"')) return problem(state.at + 1, row.cells.length + 1, "", "expected.quotes");
      row.cells.push(text);
      if (comma < 0) return null;
      rest = rest.slice(comma + 1);
      continue;
    }
    let text = "";
    rest = rest.slice(quoted[0].length);
    for (;;) {
      const end = rest.indexOf('"');
      if (end < 0) {
        if (state.at + 1 >= state.lines.length) return problem(row.line, row.cells.length + 1, "", "expected.closed");
        text += rest + "\n";
        rest = state.lines[++state.at];
        continue;
      }
      text += rest.slice(0, end);
      rest = rest.slice(end + 1);
      if (rest[0] !== '"') break;
      text += '"';
      rest = rest.slice(1);
    }
    if (rest !== "" && rest[0] !== ",") return problem(state.at + 1, row.cells.length + 1, "", "expected.quotes");
    row.cells.push(text);
    if (rest === "") return null;
    rest = rest.slice(1);
  }
}
