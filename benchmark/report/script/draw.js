// Drawing: sections, tables and charts as elements of the page.

// element makes one, with attributes and children, which may be texts.
function element(name, attributes = {}, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) if (value !== undefined) e.setAttribute(key, value);
  e.append(...children);
  return e;
}

// set makes elements of spans.
function set(spans) {
  return spans.map((s) => {
    let e = s.text;
    if (s.kind === "alien") e = element("bdi", {}, e);
    if (s.kind === "bounds" || s.kind === "mark") e = element("span", { class: s.kind }, e);
    return s.strong ? element("strong", {}, e) : e;
  });
}

function drawSection(part) {
  const id = part.id.replaceAll(".", "-");
  return element("section", { "aria-labelledby": id }, element("h2", { id }, ...set(part.title)), ...part.blocks.flatMap((b, i) => drawBlock(b, `${id}-${i}`, plain(part.title))));
}

function drawBlock(block, id, where) {
  switch (block.kind) {
    case "p": return [element("p", {}, ...set(block.text))];
    case "h3": return [element("h3", { id }, ...set(block.text))];
    case "chart": return [drawChart(block, id), drawTable(block.table, where)];
    default: return [element(block.kind, {}, ...block.items.map((item) => element("li", {}, ...set(item))))];
  }
}

function drawTable(table, where) {
  const cells = (row) => row.map((c, i) => i ? element("td", { class: "n" }, ...set(c)) : element("th", { scope: "row" }, ...set(c)));
  const head = table.header.map((c, i) => element("th", { scope: "col", class: i ? "n" : undefined }, ...set(c)));
  return element("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": `${where}: ${plain(table.caption)}` }, element("table", {},
    element("caption", {}, ...set(table.caption)), element("thead", {}, element("tr", {}, ...head)), element("tbody", {}, ...table.rows.map((r) => element("tr", {}, ...cells(r))))));
}

// drawChart draws own scores beside the means and quartiles of the companies.
function drawChart(chart, id) {
  const { low, high, ticks: scale } = chart.axis, width = high - low;
  const at = (value) => `${100 * Math.min(Math.max((value - low) / width, 0), 1)}%`;
  const mark = (name, from, to) => {
    const e = element("span", { class: name });
    e.style.left = at(from);
    if (to !== undefined) e.style.right = `calc(100% - ${at(to)})`;
    return e;
  };
  const ticks = () => scale.map((l) => Object.assign(mark("tick", l.at), { textContent: l.text }));
  const rows = chart.rows.map(({ title, name, s, band }) => element("div", { class: "row" },
    element("span", { class: "name" }, ...set(name || title)),
    element("span", { class: "track", dir: "ltr" }, ...scale.map((l) => mark("line", l.at)), ...(band ? [mark("half", ...band)] : []),
      ...(isPublished(s.mean) ? [mark("bar", s.mean.low, s.mean.high), mark("dot", s.mean.value)] : []), ...(s.own === null ? [] : [mark("own", s.own)])),
    element("span", { class: "value" }, ...set(signed(s.gap, chart.scale)))));
  const key = (name, text) => element("span", {}, element("span", { class: `key ${name}` }), element("span", {}, ...set(text)));
  return element("figure", { id },
    element("figcaption", {}, element("span", { class: "what" }, ...set(chart.title)), " ", element("span", { class: "how" }, ...set(chart.text))),
    element("div", { class: "card chart", role: "img", "aria-label": plain(chart.title) },
      element("div", { class: "row ticks" }, element("span", { class: "name" }), element("span", { class: "track", dir: "ltr" }, ...ticks()), element("span", { class: "value" })), ...rows,
      element("div", { class: "legend" }, key("own", say("legend.own")), key("bar", say("legend.peers", { confidence })), ...(chart.rows.some((r) => r.band) ? [key("half", say("legend.box"))] : []))));
}
