// The parts of the page about one company: sections of blocks, as the report's
// own page for one company has them.

const paragraph = (text) => ({ kind: "p", text });
const list = (items, kind = "ul") => ({ kind, items });

// asks says whether one of some kinds of statistics was asked for.
const asks = (...kinds) => !release.statistics || kinds.some((kind) => release.statistics.includes(kind));

// parts are the sections about a standing.
function parts(release, s) {
  const asked = spoken, peers = s.cohorts[0], shown = peers.status === "published";
  const part = (id, blocks, title = id) => blocks.length ? [{ id, title: say(title), blocks }] : [];
  return [
    ...part("standing.summary", summary(peers)),
    ...(shown && asks("scores", "quartiles") ? part("standing.scores", [paragraph(say("standing.scores-lead")), ...scoreBlocks(release, peers)], asked.scales ? "standing.scores-several" : "standing.scores") : []),
    ...(shown && asks("questions") ? part("standing.ahead", aheadBlocks(asked, peers)) : []),
    ...(shown && asks("questions") ? part("standing.strengths", strengthBlocks(asked, peers)) : []),
    ...(shown ? part("standing.next", nextBlocks(asked, peers)) : []),
    ...part("standing.target", targetBlocks(asked, s, peers)),
    ...(shown && asks("questions", "shares") ? part("standing.practices", practiceBlocks(asked, peers)) : []),
    ...s.cohorts.slice(1).map((c) => ({ id: `cohort-${c.id.replaceAll("=", "-")}`, title: say("standing.cohort", { cohort: cohortName(asked, c.id) }), blocks: cohortBlocks(release, c) })),
  ];
}

const questionText = (asked, id) => asked.domains.flatMap((d) => d.questions).find((q) => q.id === id).text;
const fullName = (asked, id) => [...foreign(id), { text: " " }, { text: clean(questionText(asked, id)), kind: "alien" }];

function cohortName(asked, id) {
  const [attribute, value] = id.split("=");
  const a = asked.attributes.find((x) => x.id === attribute), v = a.values.find((x) => x.id === value);
  return say("attribute", { attribute: foreign(a.title || a.id), value: foreign(v.title || v.id) });
}

// summary is up to three sentences: what was not asked for has none.
function summary(peers) {
  if (peers.status !== "published") return [paragraph(say("standing.nothing"))];
  const o = peers.overall, count = (verdict) => peers.domains.filter((d) => d.verdict === verdict).length;
  const first = o.verdict === "none" ? say("standing.overall-none", { own: ownScore(o, spoken.scale) })
    : say("standing.overall", { own: ownScore(o, spoken.scale), mean: mean(o.mean, spoken.scale), verdict: say(`says.${o.verdict}`) });
  const second = say("standing.domains", { total: peers.domains.length, above: count("above"), below: count("below"), same: count("indistinguishable") });
  const third = peers.ahead.length ? say("standing.ahead-count", { n: peers.ahead.length, total: peers.questions.length })
    : say("standing.ahead-none-count", { total: peers.questions.length });
  const said = [...(asks("scores") && !spoken.scales ? [first] : []), ...(asks("scores") ? [second] : []), ...(asks("questions") ? [third] : [])];
  return said.length ? [paragraph(said.flatMap((sentence, i) => (i ? [{ text: " " }, ...sentence] : sentence)))] : [];
}

const standingRow = (s, scale) => [mean(s.mean, scale), gap(s.gap, scale), say(`verdict.${s.verdict}`), quarter(s.band)];
const standingHeader = (first) => [first, "column.own", "column.mean", "column.gap", "column.verdict", "column.quarter"].map((key) => say(key));

// views are the scales, each with the domains on it: one without a name if there is one.
function views(asked) {
  const all = asked.domains.map((_, d) => d);
  if (!asked.scales) return [{ name: "", domains: all }];
  return asked.scales.map((s) => ({ name: s.title || s.id, domains: all.filter((d) => asked.domains[d].scale === s.id) }));
}

// saidOf is a text about a scale, with its name before it.
const saidOf = (view, text) => view.name ? say("scale.said", { scale: view.name, text }) : text;

// scoreBlocks compare the overall score and those of functions and domains, scale by scale.
const scoreBlocks = (release, peers) => views(spoken).map((view) => scoreBlock(release, peers, view));

function scoreBlock(release, peers, view) {
  const asked = spoken, scale = levelsOf(asked, view.domains[0]), cohort = release.cohorts.find((c) => c.id === peers.id);
  const band = (p) => p && isPublished(p.q1) ? [p.q1.value, p.q3.value] : null;
  const sees = (id) => view.domains.some((d) => asked.domains[d].id === id);
  const rows = asked.scales ? [] : [{ title: strong(say("overall")), s: peers.overall, band: band(cohort.overall.percentiles) }];
  peers.functions.forEach((f, i) => { if (sees(asked.functions[i].domains[0])) rows.push({ title: foreign(asked.functions[i].title), s: f, band: null }); });
  view.domains.forEach((d) => rows.push({ title: foreign(asked.domains[d].title), s: peers.domains[d], band: band(cohort.domains[d].percentiles) }));
  return {
    kind: "chart", scale, axis: axisOf(view.domains[0]).scores, title: saidOf(view, say("figure.standing")), text: say("figure.standing.text", { confidence }), rows,
    table: { caption: saidOf(view, say("table.standing")), header: standingHeader("column.score"), rows: rows.map((r) => [r.title, ownScore(r.s, scale), ...standingRow(r.s, scale)]) },
  };
}

// axisOf are the axes of the scale of a domain.
const axisOf = (domain) => axes[spoken.domains[domain].scale || ""];

const levelOf = (scale, own) => scale.findIndex((l) => (l.value ?? l.level) === own);

// scaleOf is the scale of a question by its id.
const scaleOf = (asked, id) => levelsOf(asked, asked.domains.findIndex((d) => d.questions.some((q) => q.id === id)));

// step says what the next level asks for; nothing at the top of the scale.
function step(asked, s) {
  const scale = scaleOf(asked, s.id), next = s.own === null ? undefined : scale[levelOf(scale, s.own) + 1];
  if (!next) return [];
  const to = say("standing.next-to", { level: next.level, name: next.name });
  return next.test ? [...to, { text: ": " }, ...foreign(next.test)] : to;
}

const sentence = (spans) => spans.length ? [{ text: " " }, ...spans, { text: "." }] : [];

function aheadBlocks(asked, peers) {
  if (!peers.ahead.length) return [paragraph(say("standing.ahead-none"))];
  return [paragraph(say("standing.ahead-lead")), list(peers.ahead.map((id) => {
    const q = peers.questions.find((x) => x.id === id);
    const higher = isPublished(q.higher) ? say("standing.higher", { share: share(q.higher) }) : [];
    return [...say("standing.ahead-item", { practice: strong(fullName(asked, id)), own: own(q), mean: mean(q.mean, scaleOf(asked, id)), higher }), ...sentence(step(asked, q))];
  }), "ol")];
}

function strengthBlocks(asked, peers) {
  if (!peers.strengths.length) return [paragraph(say("standing.strengths-none"))];
  return [paragraph(say("standing.strengths-lead")), list(peers.strengths.map((id) => {
    const q = peers.questions.find((x) => x.id === id);
    return say("standing.strengths-item", { practice: strong(fullName(asked, id)), own: own(q), mean: mean(q.mean, scaleOf(asked, id)) });
  }), "ol")];
}

// nextBlocks lists the practices below the top by the level that comes next.
function nextBlocks(asked, peers) {
  const of = domainOf(asked);
  const blocks = views(asked).flatMap((view) => levelsOf(asked, view.domains[0]).slice(1).flatMap((next, i) => {
    const scale = levelsOf(asked, view.domains[0]);
    const here = peers.questions.filter((q, at) => view.domains.includes(of[at]) && q.own !== null && levelOf(scale, q.own) === i);
    if (!here.length) return [];
    const test = clean(next.test || "");
    return [
      { kind: "h3", text: saidOf(view, say("standing.next-to", { level: next.level, name: next.name })) }, ...(test ? [paragraph(foreign(test))] : []),
      list(here.map((q) => peers.ahead.includes(q.id) ? strong(fullName(asked, q.id)) : fullName(asked, q.id))),
    ];
  }));
  return blocks.length ? [paragraph(say("standing.next-lead")), ...blocks] : [paragraph(say("standing.next-none"))];
}

// targetBlocks say how much of each profile the company reaches.
function targetBlocks(asked, s, peers) {
  if (!s.profiles.length) return [];
  return [paragraph(say("standing.target-lead")), list(s.profiles.map((p, i) => {
    const reached = [{ text: spelt(`${Math.floor(p.reached * 100 + 1e-9)}%`) }], profile = strong(foreign(p.title));
    const missing = p.missing.flatMap((m, k) => [...(k ? [{ text: ", " }] : []), ...say("standing.missing", {
      practice: fullName(asked, m.question), own: m.own === null ? say("own.none") : foreign(m.own), minimum: m.minimum,
    })]);
    const item = p.met ? say("standing.target-met", { profile, reached }) : say("standing.target-missed", { profile, reached, missing });
    const met = peers.profiles?.[i]?.share;
    return met && isPublished(met) ? [...item, ...say("standing.peers-meet", { share: share(met) })] : item;
  }))];
}

// practiceBlocks compare answer by answer.
function practiceBlocks(asked, peers) {
  let at = 0;
  return asked.domains.flatMap((domain, d) => {
    const rows = domain.questions.map(() => peers.questions[at++]).map((s) => ({ title: fullName(asked, s.id), name: foreign(questionText(asked, s.id)), s }));
    return [{ kind: "h3", text: foreign(domain.title) }, {
      kind: "chart", scale: levelsOf(asked, d), axis: axisOf(d).answers, title: say("figure.standing-domain", { domain: domain.title }), text: say("figure.standing-domain.text", { confidence }), rows,
      table: {
        caption: say("figure.standing-domain", { domain: domain.title }), header: [...standingHeader("column.practice"), say("column.higher")],
        rows: rows.map((r) => [r.title, own(r.s), ...standingRow(r.s, levelsOf(asked, d)), share(r.s.higher)]),
      },
    }];
  });
}

function cohortBlocks(release, c) {
  if (c.status !== "published") return [paragraph(say("standing.suppressed"))];
  return [paragraph(say("standing.cohort-lead", { companies: level(c.companies) })), ...(asks("scores", "quartiles") ? scoreBlocks(release, c) : [])];
}
