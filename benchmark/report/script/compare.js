// Where a company stands: what package compare computes, from the release and
// the company's levels alone.

const clearlyAhead = unity / 2;

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

function cohortStanding(asked, levels, peers) {
  if (peers.status === "suppressed") {
    return { id: peers.id, status: peers.status, companies: withheld(), overall: score(asked, [], withheld()), domains: [], questions: [], ahead: [], strengths: [] };
  }
  const s = { id: peers.id, status: peers.status, companies: peers.companies, overall: score(asked, levels, peers.overall.mean, peers.overall.percentiles) };
  s.domains = [];
  s.questions = [];
  asked.domains.forEach((domain, d) => {
    const first = s.questions.length, own = levels.slice(first, first + domain.questions.length);
    s.domains.push({ id: domain.id, ...score(asked, own, peers.domains[d].mean, peers.domains[d].percentiles) });
    own.forEach((level, i) => s.questions.push(questionStanding(asked, level, peers.questions[first + i])));
  });
  s.ahead = apart(s.questions, -1);
  s.strengths = apart(s.questions, 1);
  s.profiles = peers.profiles || [];
  return s;
}

// score compares the mean of the answered levels.
function score(asked, levels, mean, percentiles) {
  const answered = levels.filter((l) => l >= 0).map((l) => asked.scale[l].level);
  const s = { own: null, mean: isPublished(mean) ? mean : withheld(), gap: withheld(), verdict: "none", band: { lowest: 0, highest: 0 } };
  if (!answered.length) return s;
  s.own = answered.reduce((a, b) => a + b, 0) / answered.length;
  if (isPublished(mean)) {
    s.gap = estimateOf(micros(s.own, nearest) - toMicros(mean.value), micros(s.own, down) - toMicros(mean.high), micros(s.own, up) - toMicros(mean.low));
    s.verdict = s.gap.low > 0 ? "above" : s.gap.high < 0 ? "below" : "indistinguishable";
  }
  if (percentiles && isPublished(percentiles.q1)) s.band = band(s.own, [percentiles.q1, percentiles.median, percentiles.q3]);
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

function questionStanding(asked, level, peers) {
  const s = { id: peers.id, ...score(asked, [level], peers.mean), higher: withheld() };
  if (level < 0 || !isPublished(peers.shares[0])) return s;
  s.band = band(s.own, levelQuartiles(asked, peers.at_least));
  s.higher = level < peers.at_least.length ? peers.at_least[level] : { value: 0, low: 0, high: 0, status: "published" };
  return s;
}

// levelQuartiles are the levels at which the quartiles of the answers lie, as far
// as the intervals of the shares tell.
function levelQuartiles(asked, atLeast) {
  return [0.25, 0.5, 0.75].map((part) => {
    const level = (share) => {
      const at = atLeast.findIndex((e) => 1 - share(e) >= part);
      return asked.scale[at < 0 ? atLeast.length : at].level;
    };
    return { value: level((e) => e.value), low: level((e) => e.low), high: level((e) => e.high) };
  });
}

// apart are the questions whose gap has the sign, and is surely half a level or
// more, the largest first.
function apart(questions, sign) {
  const list = questions.filter((q) => isPublished(q.gap) && Math.min(sign * toMicros(q.gap.low), sign * toMicros(q.gap.high)) >= clearlyAhead);
  return list.sort((a, b) => Math.abs(b.gap.value) - Math.abs(a.gap.value)).map((q) => q.id);
}

// profileStanding compares the levels with the minima of a profile.
function profileStanding(asked, levels, profile) {
  const s = { id: profile.id, title: profile.title || profile.id, met: true, reached: 0, missing: [] };
  let reached = 0, wanted = 0;
  asked.domains.flatMap((d) => d.questions).forEach((question, q) => {
    if (!(question.id in profile.minimum)) return;
    const minimum = profile.minimum[question.id] - asked.scale[0].level;
    wanted += minimum;
    reached += Math.max(Math.min(levels[q], minimum), 0);
    if (levels[q] >= minimum) return;
    s.met = false;
    s.missing.push({ question: question.id, own: levels[q] >= 0 ? asked.scale[levels[q]].level : null, minimum: profile.minimum[question.id] });
  });
  if (wanted > 0) s.reached = Math.floor(reached / wanted * 1e6) / 1e6;
  else if (s.met) s.reached = 1;
  return s;
}
