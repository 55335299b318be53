// Nothing needs this. It makes the list of offers follow its filters without a new page, and counts for
// providers how often their contact was seen: a number for each day, and nothing about who it was.
// The server is asked for the same address as without a script, and what differs in its answer is put in place.

const form = document.getElementById("narrow");
const news = document.getElementById("news");

/** Parts that are replaced as they are; none of them holds the control that was changed. */
const PARTS = ["understood", "found", "kept"];

let asking;
let shown = here();

function here() {
  return location.pathname + location.search;
}

if (form && news) {
  form.addEventListener("change", () => refresh(asForm()));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    refresh(asForm()).then((done) => done && document.getElementById("found-h").focus());
  });
  addEventListener("popstate", () => {
    // A jump within the page is no other search.
    if (here() !== shown) refresh(location.href, true);
  });
}

function asForm() {
  const said = new URLSearchParams(new FormData(form));
  for (const [name, value] of [...said]) if (!value) said.delete(name, value);
  return `${form.action}?${said}`;
}

/** Asks for `address` and shows the answer here. Says whether it did; where it cannot, the browser goes there. */
async function refresh(address, back = false) {
  asking?.abort();
  const mine = (asking = new AbortController());
  const list = document.getElementById("found");
  list.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(address, { signal: mine.signal, headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (mine.signal.aborted) return false;
    // Mistakes are told by a page of their own, which takes the focus.
    if (!answer.ok || !put(page, back)) throw new Error("not a list");
    const tidy = new URL(answer.url);
    if (!back && tidy.pathname + tidy.search !== here()) history.pushState(null, "", tidy);
    shown = here();
    document.title = page.title;
    news.textContent = document.getElementById("found-h").textContent;
    return true;
  } catch {
    if (mine.signal.aborted) return false;
    if (back) location.reload();
    else location.assign(address);
    return false;
  }
}

/** Puts the answer in place, or changes nothing and says so. */
function put(page, back) {
  const other = page.getElementById("narrow");
  const parts = PARTS.map((id) => [document.getElementById(id), page.getElementById(id)]);
  if (!other || parts.some(([old, fresh]) => !old || !fresh)) return false;
  const fresh = new Map([...other.elements].filter((one) => one.name).map((one) => [key(one), one]));
  const old = [...form.elements].filter((one) => one.name);
  const boxes = (all) => all.filter((one) => one.type === "checkbox").length;
  if (boxes(old) !== boxes([...fresh.values()])) return false;
  if (old.some((one) => one.type === "checkbox" && !fresh.has(key(one)))) return false;

  // Every control stays where it is, with its focus: only what it says changes.
  for (const one of old) {
    const now = fresh.get(key(one));
    if (one.type === "checkbox") {
      one.checked = now.defaultChecked;
      const label = one.closest("label");
      label.className = now.closest("label").className;
      label.lastElementChild.textContent = now.closest("label").lastElementChild.textContent;
    } else if (one.localName === "select") {
      one.replaceChildren(...now.options);
    } else if (now) {
      one.value = now.value;
    }
  }
  for (const note of form.querySelectorAll("[data-chosen]")) {
    note.textContent = other.querySelector(`[data-chosen="${note.dataset.chosen}"]`)?.textContent ?? "";
  }
  // What grows above the control must not push it away from under hand and eye.
  const held = form.contains(document.activeElement) ? document.activeElement : form;
  const top = held.getBoundingClientRect().top;
  const mapped = Boolean(document.getElementById("map"));
  for (const [before, after] of parts) before.replaceWith(after);
  const link = mapped && document.getElementById("to-map");
  if (link) showMap(link);
  dispatchEvent(new Event("fresh"));
  if (!back) scrollBy({ top: held.getBoundingClientRect().top - top, behavior: "instant" });
  const box = document.getElementById("q");
  if (back || box.value === box.defaultValue) box.value = page.getElementById("q").value;
  return true;
}

function key(control) {
  return control.type === "checkbox" ? `${control.name}=${control.value}` : control.name;
}

const ways = document.getElementById("ways");

if (ways) {
  const seen = new IntersectionObserver((views) => {
    if (views.some((view) => view.isIntersecting)) tell();
  });
  const tell = () => {
    seen.disconnect();
    removeEventListener("click", used);
    navigator.sendBeacon(ways.dataset.shown);
  };
  /** The large button may lead straight to a telephone or a letter. */
  const used = ({ target }) => target.closest('a[href^="tel:"], .sticky a.arm[href^="mailto:"]') && tell();
  for (const list of ways.querySelectorAll(".contacts")) seen.observe(list);
  addEventListener("click", used);
}

/** Copies what stands beside a button; without a script one selects it. */
for (const button of document.querySelectorAll("[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const told = document.getElementById("copied");
    await navigator.clipboard.writeText(button.dataset.copy).then(
      () => (told.textContent = `Copied: ${button.dataset.copy}`),
      () => (told.textContent = "It could not be copied. Select the words and copy them."),
    );
    told.className = "note gap";
  });
}

/** The map of a search, beside its list: the page that the link leads to, put in above the list. */
addEventListener("click", (event) => {
  const link = event.target.closest("#to-map");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  if (!hideMap(link)) showMap(link).then((map) => map?.focus({ preventScroll: true }));
});

async function showMap(link) {
  link.setAttribute("aria-busy", "true");
  const page = await fetch(link.href).then((answer) => (answer.ok ? answer.text() : ""), () => "");
  const parsed = new DOMParser().parseFromString(page, "text/html");
  const map = parsed.getElementById("map");
  if (!map) return location.assign(link.href);
  for (const style of parsed.querySelectorAll('link[rel="stylesheet"]')) {
    if (![...document.styleSheets].some((one) => one.href === style.href)) document.head.append(style);
  }
  link.removeAttribute("aria-busy");
  link.setAttribute("aria-expanded", "true");
  link.textContent = "Hide the map";
  // The list itself stands below, so its words need not stand twice.
  const words = map.querySelector("#words");
  if (words) {
    const fold = document.createElement("details");
    fold.className = "help";
    fold.append(document.createElement("summary"));
    fold.firstChild.append(words.querySelector("h2"));
    words.replaceWith(fold);
    fold.append(words);
  }
  map.tabIndex = -1;
  link.parentElement.after(map);
  return map;
}

function hideMap(link) {
  const map = document.getElementById("map");
  map?.remove();
  if (map) {
    link.setAttribute("aria-expanded", "false");
    link.textContent = "See them on a map";
  }
  return Boolean(map);
}
