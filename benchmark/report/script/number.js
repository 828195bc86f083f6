"use strict";
// Numbers as the report prints them: whole millionths (package decimal), and
// cells such as "1.7 [1.5, 1.9]" (publication.Estimate).

const unity = 1e6;
const largest = 1e9;

// Directions of rounding.
const down = -1, nearest = 0, up = 1;

// away rounds halves away from zero.
const away = (x) => Math.sign(x) * Math.round(Math.abs(x));

// toMicros reads a printed number back.
const toMicros = (x) => away(x * unity);

// micros rounds a number to millionths in a direction; what is printed with six
// decimals already stays as it is.
function micros(x, to) {
  const scaled = x * unity;
  let near = away(scaled);
  if (near / unity !== x) {
    if (to === down) near = Math.floor(scaled);
    if (to === up) near = Math.ceil(scaled);
  }
  return Math.min(Math.max(near, -largest * unity), largest * unity);
}

// rounded writes millionths with some decimals, at most six.
function rounded(m, decimals, to) {
  const unit = unity / 10 ** decimals;
  let n = Math.trunc(m / unit);
  const rest = m - n * unit;
  if (to === down && rest < 0 || to === nearest && 2 * rest <= -unit) n--;
  else if (to === up && rest > 0 || to === nearest && 2 * rest >= unit) n++;
  if (decimals === 0) return String(n + 0);
  const digits = String(Math.abs(n)).padStart(decimals + 1, "0");
  return (n < 0 ? "-" : "") + digits.slice(0, -decimals) + "." + digits.slice(-decimals);
}

const isPublished = (e) => e.status === "published";

// estimateOf is an estimate of millionths, whose interval holds its value.
function estimateOf(value, low, high) {
  return { value: value / unity, low: Math.min(low, value) / unity, high: Math.max(high, value) / unity, status: "published" };
}

const withheld = () => ({ status: "withheld" });

// cell prints an estimate times a factor, with some decimals or more where the
// interval is narrow.
function cell(e, factor, decimals, most, unit) {
  const value = toMicros(e.value) * factor, low = toMicros(e.low) * factor, high = toMicros(e.high) * factor;
  if ([value, low, high].every((m) => m % unity === 0)) decimals = 0;
  for (let width = 2 * unity / 10 ** decimals; decimals < most && low < high && high - low < width; width = Math.trunc(width / 10)) decimals++;
  if (low === high) return rounded(value, decimals, nearest) + unit;
  return `${rounded(value, decimals, nearest)}${unit} [${rounded(low, decimals, down)}${unit}, ${rounded(high, decimals, up)}${unit}]`;
}

const levelCell = (e) => cell(e, 1, 1, 4, "");
const shareCell = (e) => cell(e, 100, 0, 2, "%");

// ownCell prints an own score.
function ownCell(own) {
  const m = micros(own, nearest);
  return rounded(m, m % unity === 0 ? 0 : 2, nearest);
}

// gapCell prints a gap with as many decimals as show on which side of zero its
// interval lies.
function gapCell(e) {
  const text = levelCell(e), low = toMicros(e.low), high = toMicros(e.high);
  if (low <= 0 && high >= 0) return text;
  const near = Math.min(Math.abs(low), Math.abs(high));
  let decimals = 1;
  while (near < unity / 10 ** decimals) decimals++;
  const point = text.lastIndexOf(".");
  if (point >= 0 && text.length - point - 2 >= decimals) return text;
  return `${rounded(toMicros(e.value), decimals, nearest)} [${rounded(low, decimals, down)}, ${rounded(high, decimals, up)}]`;
}
