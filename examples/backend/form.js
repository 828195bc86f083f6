// Remembers answers in this browser, if its user ticks that, until they are forgotten,
// and counts them. The form works without it.
(() => {
  const form = document.getElementById("answers");
  const remember = document.getElementById("remember");
  const told = document.getElementById("told");
  // Where they are kept follows from the link, and the link does not follow from it:
  // 64 bits of FNV-1a.
  let place = 0xcbf29ce484222325n;
  for (const c of location.pathname.split("/")[2]) place = BigInt.asUintN(64, (place ^ BigInt(c.charCodeAt(0))) * 0x100000001b3n);
  place = `answers ${place.toString(36)}`;

  const entered = () => [...new FormData(form)].filter(([, value]) => value);
  const save = () => localStorage.setItem(place, JSON.stringify(entered()));
  function fill(fields) {
    for (const e of form.elements) {
      if (e.type === "radio") e.checked = e.value === (fields.get(e.name) ?? "");
      else if (e.tagName === "SELECT") e.value = fields.get(e.name) ?? "";
    }
  }
  function count() {
    for (const place of document.querySelectorAll("[data-answered]")) {
      const domain = place.dataset.answered && `[data-domain="${place.dataset.answered}"]`;
      place.textContent = form.querySelectorAll(`fieldset${domain} input:checked:not([value=""])`).length;
    }
  }
  form.addEventListener("change", () => {
    told.textContent = "";
    count();
    if (remember.checked) save();
  });
  document.getElementById("count").hidden = true;
  count(); // what the browser itself brought back
  let kept;
  try {
    kept = localStorage.getItem(place);
  } catch {
    return; // this browser keeps nothing
  }
  document.getElementById("keep").hidden = false;
  if (kept !== null) {
    remember.checked = true;
    if (!entered().length) fill(new Map(JSON.parse(kept)));
    save();
    count();
  } else {
    remember.checked = false;
  }
  remember.addEventListener("change", () => {
    if (remember.checked) save();
    else localStorage.removeItem(place);
  });
  document.getElementById("forget").addEventListener("click", () => {
    localStorage.removeItem(place);
    remember.checked = false;
    fill(new Map());
    count();
    told.textContent = told.dataset.forgotten;
  });
})();
