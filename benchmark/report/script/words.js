// Words: the texts of the report with values in their places, as spans
// {text, strong, kind}, and numbers in the language of the texts.

// clean makes one line of any text, without characters that are not seen or that
// turn the direction of the text around them.
const clean = (s) => s.split(/\s+/u).filter(Boolean).join(" ").replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, "");

const foreign = (text) => [{ text: clean(String(text)), kind: "alien" }];
const strong = (spans) => spans.map((s) => ({ ...s, strong: true }));
const plain = (spans) => spans.map((s) => s.text).join("");

// say is a text with values in place of the names in braces; a value is spans, or
// a foreign text.
function say(key, values = {}) {
  if (!(key in texts)) throw new Error(`no text ${key}`);
  return texts[key].split("**").flatMap((part, i) => {
    const spans = part.split(/(\{[a-z]+(?:\?[^{}|]*\|[^{}|]*)?\})/).flatMap((piece) => {
      const [, name, one, more] = /^\{([a-z]+)(?:\?([^{}|]*)\|([^{}|]*))?\}$/.exec(piece) || [];
      if (!name || !(name in values)) return piece ? [{ text: piece }] : [];
      if (one !== undefined) return [{ text: singular(values[name]) ? one : more }];
      return Array.isArray(values[name]) ? values[name] : foreign(values[name]);
    });
    return i % 2 ? strong(spans) : spans;
  });
}

// singular reports whether a number goes with the words for one.
const singular = (n) => texts["format.one"].split(" ").includes(String(n));

// spelt spells a number with a dot, which may be in percent.
function spelt(text) {
  const digits = text.replace(/%$/, "").replace(".", texts["format.point"]);
  return text.endsWith("%") ? plain(say("format.percent", { value: digits })) : digits;
}

// numeral spells the cell of an estimate.
function numeral(e, print, sign = "") {
  if (!isPublished(e)) return [{ text: plain(say("status.withheld")), kind: "mark" }];
  const [value, low, high] = (sign + print(e)).replace(/[[\],]/g, "").split(" ");
  const spans = [{ text: spelt(value) }];
  if (low) spans.push({ text: " " }, { text: plain(say("format.interval", { low: [{ text: spelt(low) }], high: [{ text: spelt(high) }] })), kind: "bounds" });
  return spans;
}

const level = (e) => numeral(e, levelCell);

// mean is a mean on a scale, of two levels in percent of the upper one, as are own scores and gaps.
const binary = (scale) => scale && scale.length === 2;
const fromZero = (e, scale) => isPublished(e) ? { ...e, value: e.value - scale[0].level, low: e.low - scale[0].level, high: e.high - scale[0].level } : e;
const mean = (e, scale) => binary(scale) ? share(fromZero(e, scale)) : level(e);
const ownScore = (s, scale) => binary(scale) && s.own !== null ? mean({ value: s.own, low: s.own, high: s.own, status: "published" }, scale) : own(s);
const share = (e) => numeral(e, shareCell);
const gap = (e, scale) => numeral(e, binary(scale) ? shareCell : gapCell);
const signed = (e, scale) => isPublished(e) ? numeral(e, binary(scale) ? shareCell : gapCell, e.value > 0 ? "+" : "") : say("verdict.none");
const own = (s) => s.own === null ? [{ text: plain(say("own.none")), kind: "mark" }] : [{ text: spelt(ownCell(s.own)) }];

// quarter says between which quartiles the company lies.
function quarter(b) {
  if (b.lowest < 1 || b.highest < b.lowest || b.highest > 4) return say("quarter.unknown");
  const name = ["one", "two", "range", "any"][b.highest - b.lowest];
  return say(`quarter.${name}`, { low: say(`quarter.${b.lowest}`), high: say(`quarter.${b.highest}`) });
}
