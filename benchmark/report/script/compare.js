// Where a company stands: what package compare computes, from the release and
// the company's levels alone.

const clearlyAhead = 0.5; // of the distance between levels

// standing compares a sheet, {attributes: value id by attribute id, levels: one a
// question, from 0, −1 for no answer}, with a release.
function standing(release, sheet) {
  const asked = release.instrument;
  const ids = ["all", ...Object.keys(sheet.attributes).sort().map((a) => `${a}=${sheet.attributes[a]}`)];
  const cohorts = ids.map((id) => release.cohorts.find((c) => c.id === id)).filter(Boolean);
  return {
    release: release.id, wave: release.wave, confidence: release.confidence,
    cohorts: cohorts.map((c) => cohortStanding(asked, sheet.levels, c)),
    profiles: (asked.profiles || []).map((p) => profileStanding(asked, sheet.levels, p)),
  };
}

// levelsOf are the levels of the scale of a domain, by its number.
function levelsOf(asked, domain) {
  return asked.scales ? asked.scales.find((s) => s.id === asked.domains[domain].scale).levels : asked.scale;
}

// domainOf are the numbers of the domains of all questions.
const domainOf = (asked) => asked.domains.flatMap((domain, d) => domain.questions.map(() => d));

function cohortStanding(asked, levels, peers) {
  const scores = scorer(asked, levels);
  if (peers.status === "suppressed") {
    return { id: peers.id, status: peers.status, companies: withheld(), overall: score(null, withheld()), functions: [], domains: [], questions: [], ahead: [], strengths: [] };
  }
  const s = { id: peers.id, status: peers.status, companies: peers.companies, overall: score(scores.overall(), peers.overall.mean, peers.overall.percentiles) };
  s.functions = (asked.functions || []).map((f, i) => ({ id: f.id, ...score(scores.function(f), peers.functions[i].mean) }));
  s.domains = asked.domains.map((domain, d) => ({ id: domain.id, ...score(scores.domain(d), peers.domains[d].mean, peers.domains[d].percentiles) }));
  const of = domainOf(asked);
  s.questions = levels.map((level, q) => questionStanding(scores.on[of[q]], level, peers.questions[q]));
  s.ahead = apart(asked, s.questions, -1, of.map((d) => scores.on[d].step));
  s.strengths = apart(asked, s.questions, 1, of.map((d) => scores.on[d].step));
  s.profiles = peers.profiles || [];
  return s;
}

// scorer computes the scores of a sheet as the instrument defines them: means of what
// the levels count, by the weights of questions and domains, on the scale of scores;
// null without an answer. Of several scales there is no overall score.
function scorer(asked, levels) {
  const on = asked.domains.map((_, d) => scoring(levelsOf(asked, d), asked.scores));
  let at = 0;
  const sums = asked.domains.map((domain, d) => domain.questions.reduce((sum, question) => {
    const level = levels[at++], weight = question.weight || 1;
    return level < 0 ? sum : [sum[0] + weight * on[d].values[level], sum[1] + weight];
  }, [0, 0]));
  const of = (has) => {
    const first = asked.domains.findIndex(has);
    return on[first].mean(sums.reduce((all, s, d) => has(asked.domains[d]) ? [0, 1].map((i) => all[i] + s[i] * (asked.domains[d].weight || 1)) : all, [0, 0]));
  };
  return {
    on, domain: (d) => on[d].mean(sums[d]),
    overall: () => asked.scales ? null : of(() => true), function: (f) => of((domain) => f.domains.includes(domain.id)),
  };
}

// scoring is how answers on one scale count.
function scoring(scale, printed) {
  const counts = scale.map((l) => away((l.value ?? l.level) * unity));
  let divisor = unity;
  while (divisor > 1 && counts.some((m) => m % divisor)) divisor /= 10;
  const values = counts.map((m) => m / divisor), part = unity / divisor;
  const low = counts[0] / unity, high = counts.at(-1) / unity;
  const mean = ([sum, weight]) => {
    if (!weight) return null;
    const x = sum / weight / part;
    return printed ? printed.from + (x - low) * (printed.to - printed.from) / (high - low) : x;
  };
  return { values, mean, step: (high - low) / (scale.length - 1), question: (level) => values[level] / part };
}

// score compares an own score.
function score(own, mean, percentiles) {
  const s = { own, mean: isPublished(mean) ? mean : withheld(), gap: withheld(), verdict: "none", band: { lowest: 0, highest: 0 } };
  if (own === null) return s;
  if (isPublished(mean)) {
    s.gap = estimateOf(micros(own, nearest) - toMicros(mean.value), micros(own, down) - toMicros(mean.high), micros(own, up) - toMicros(mean.low));
    s.verdict = s.gap.low > 0 ? "above" : s.gap.high < 0 ? "below" : "indistinguishable";
  }
  if (percentiles && isPublished(percentiles.q1)) s.band = band(own, [percentiles.q1, percentiles.median, percentiles.q3]);
  return s;
}

// band counts the quartiles that a score is surely above, and those that it is
// surely below.
function band(own, quartiles) {
  const b = { lowest: 1, highest: quartiles.length + 1 };
  for (const q of quartiles) {
    if (own > q.high) b.lowest++;
    if (own < q.low) b.highest--;
  }
  return b;
}

function questionStanding(scores, level, peers) {
  const s = { id: peers.id, ...score(level < 0 ? null : scores.question(level), peers.mean), higher: withheld() };
  if (level < 0 || !isPublished(peers.shares[0])) return s;
  s.band = band(s.own, levelQuartiles(scores, peers.at_least));
  s.higher = level < peers.at_least.length ? peers.at_least[level] : { value: 0, low: 0, high: 0, status: "published" };
  return s;
}

// levelQuartiles are what the levels count at which the quartiles of the answers lie, as far
// as the intervals of the shares tell.
function levelQuartiles(scores, atLeast) {
  return [0.25, 0.5, 0.75].map((part) => {
    const level = (share) => {
      const at = atLeast.findIndex((e) => 1 - share(e) >= part);
      return scores.question(at < 0 ? atLeast.length : at);
    };
    return { value: level((e) => e.value), low: level((e) => e.low), high: level((e) => e.high) };
  });
}

// apart are the questions whose gap has the sign, and is surely clearlyAhead or further, the
// largest first, each in steps of its own scale.
function apart(asked, questions, sign, steps) {
  const list = questions.map((q, i) => [q, steps[i]])
    .filter(([q, step]) => isPublished(q.gap) && Math.min(sign * toMicros(q.gap.low), sign * toMicros(q.gap.high)) >= toMicros(step * clearlyAhead));
  const far = ([q, step]) => asked.scales ? Math.abs(q.gap.value) / step : Math.abs(q.gap.value);
  return list.sort((a, b) => far(b) - far(a)).map(([q]) => q.id);
}

// profileStanding compares the levels with the minima of a profile.
function profileStanding(asked, levels, profile) {
  const s = { id: profile.id, title: profile.title || profile.id, met: true, reached: 0, missing: [] };
  let reached = 0, wanted = 0;
  const of = domainOf(asked);
  asked.domains.flatMap((d) => d.questions).forEach((question, q) => {
    if (!(question.id in profile.minimum)) return;
    const scale = levelsOf(asked, of[q]), minimum = profile.minimum[question.id] - scale[0].level;
    const step = asked.scales ? 1 / (scale.length - 1) : 1; // of several scales every one counts as much
    wanted += minimum * step;
    reached += Math.max(Math.min(levels[q], minimum), 0) * step;
    if (levels[q] >= minimum) return;
    s.met = false;
    s.missing.push({ question: question.id, own: levels[q] >= 0 ? scale[levels[q]].level : null, minimum: profile.minimum[question.id] });
  });
  if (wanted > 0) s.reached = Math.floor(reached / wanted * 1e6) / 1e6;
  else if (s.met) s.reached = 1;
  return s;
}
