// The texts of a sheet, and what they mean: what the packages fold and codebook
// read, without the texts of a mapping.

const signs = [[/[‘’‚‛´`′]/g, "'"], [/[“”„‟«»″]/g, '"'], [/[‐‑‒–—―−]/g, "-"], [/⁄/g, "/"], [/…/g, "..."]];
const keyboard = (s) => signs.reduce((text, [sign, key]) => text.replace(sign, key), s);
const visible = (s) => s.replace(/[\t-\r\u0085\p{Z}]+/gu, " ").replace(/[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "").replace(/ +/g, " ");
const casefold = (s) => s.toLowerCase().replace(/[ßẞ]/g, "ss").replace(/ς/g, "σ");

// label is the one spelling of a text: case, white space, unseen characters and
// typographic signs make no difference.
function label(text) {
  const once = (s) => casefold(s).normalize("NFKC");
  return keyboard(visible(once(once(visible(keyboard(text)).normalize("NFD")))).trim());
}

// unique notes what a text stands for, null if it stands for two things.
function unique(map, text, meaning) {
  map.set(text, map.has(text) && map.get(text) !== meaning ? null : meaning);
}

// implied adds meanings of texts that mean nothing else.
function implied(map, others) {
  for (const [text, meaning] of others) if (text !== "" && !map.has(text)) map.set(text, meaning);
}

// answerTexts reads answers: the level from 0, −1 for none, null for a text that
// is neither.
function answerTexts(scale) {
  const texts = new Map([["", -1]]), names = new Map(), numbers = new Map();
  scale.forEach((level, i) => {
    numbers.set(level.level, i);
    unique(texts, label(String(level.level)), i);
    unique(names, label(level.name), i);
  });
  scale.forEach((level, i) => {
    const name = label(level.name), test = label(level.test || "");
    if (test) for (const text of [test, `${name}: ${test}`, `${name} - ${test}`, `${name} (${test})`]) unique(names, text, i);
  });
  implied(texts, names);
  return (text) => {
    const spelt = label(text);
    if (spelt === "" && /[\p{Cc}]/u.test(text.replace(/[\t-\r\u0085]/g, ""))) return null;
    if (texts.has(spelt)) return texts.get(spelt);
    const x = number(spelt);
    if (x !== null && numbers.has(x)) return numbers.get(x);
    return numbered(spelt, numbers, names);
  };
}

// valueTexts reads the values of an attribute: the number of the value, −1 for
// none, null for a text that is neither.
function valueTexts(values) {
  const texts = new Map([["", -1]]), titles = new Map();
  values.forEach((value, i) => {
    unique(texts, label(value.id), i);
    unique(titles, label(value.title || ""), i);
  });
  implied(texts, titles);
  const exact = new Map(values.map((value, i) => [value.id, i]));
  return (text) => {
    if (exact.has(text.trim())) return exact.get(text.trim());
    const spelt = label(text);
    if (texts.has(spelt)) return texts.get(spelt);
    const parts = spelt.split(/[;|,]/).map((part) => part.trim()).filter(Boolean); // a form may put a separator behind
    return parts.length === 1 && texts.has(parts[0]) ? texts.get(parts[0]) : null;
  };
}

// number reads a number in a folded text, with its digits in groups of three or
// not; null for anything else.
function number(text) {
  text = text.replace(/^'/, "").trim();
  const found = /^([+-]?)(\d*|\d{1,3}(?:,\d{3})+|\d{1,3}(?: \d{3})+|\d{1,3}(?:'\d{3})+)(?:\.(\d+))?$/.exec(text);
  if (!found || !found[2] && !found[3] || text.length > 64) return null;
  return Number(`${found[1]}0${found[2].replace(/[ ,']/g, "")}.${found[3] || ""}0`) + 0;
}

// numbered reads a level by number and name: "3 - Defined", "(3) Defined",
// "Defined (3)"; null if the two do not belong together.
function numbered(spelt, numbers, names) {
  let digits, name;
  const behind = /^(.+)(?:\(([+-]*\d+)\)|\[([+-]*\d+)\])$/.exec(spelt);
  const before = /^[([]*([+-]?\d+|[+-])[ \-:.=)\]|/]+(.*)$/.exec(spelt);
  if (behind) [digits, name] = [behind[2] || behind[3], behind[1].trim()];
  else if (before) [digits, name] = [before[1], before[2]];
  else return null;
  const x = number(digits);
  if (x === null || !numbers.has(x) || !names.has(name)) return null;
  return names.get(name) === numbers.get(x) ? numbers.get(x) : null;
}
