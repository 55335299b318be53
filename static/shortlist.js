// Nothing needs this. With it the shortlist follows the visitor: it lies in the browser's own storage, as the same
// words that an address carries without it. Nothing is sent anywhere.

const KEY = "fingerpost-shortlist";
/** That the next page shows one's own list, changed there. */
const OWN = "fingerpost-own";
const MOST = 20;

const read = (store, key) => {
  try {
    return store.getItem(key) ?? "";
  } catch {
    return "";
  }
};
const write = (store, key, words) => {
  try {
    if (words) store.setItem(key, words);
    else store.removeItem(key);
  } catch {
    // A browser that keeps nothing: the address still carries it.
  }
};

const own = () => new URLSearchParams(read(localStorage, KEY));
const marks = (list) => (list.get("list") ?? "").split(".").filter(Boolean);
const slug = (mark) => mark.replace(/_\d+$/, "");
const has = (list, mark) => marks(list).some((one) => slug(one) === slug(mark));

/** Only what belongs to a list. */
function listIn(address) {
  const list = new URLSearchParams();
  for (const [name, value] of new URLSearchParams(address)) {
    if (value && (name === "list" || name === "title" || name.startsWith("note-"))) list.append(name, value);
  }
  return list;
}

function keep(list) {
  write(localStorage, KEY, marks(list).length ? list.toString() : "");
  draw();
}

function draw() {
  const list = own();
  const link = document.getElementById("shortlist");
  if (link) {
    link.href = `/shortlist${marks(list).length ? `?${list}` : ""}`;
    link.querySelector(".count").textContent = marks(list).length;
  }
  for (const button of document.querySelectorAll("button.keep")) {
    const on = has(list, button.value);
    button.name = on ? "drop" : "add";
    button.classList.toggle("on", on);
    button.textContent = on ? "Take off shortlist" : "Add to shortlist";
  }
}

function change(button) {
  const list = own();
  const before = marks(list);
  const others = before.filter((one) => slug(one) !== slug(button.value));
  const adds = button.name === "add";
  if (adds && before.length >= MOST) {
    location.assign(`/shortlist?${list}&full=1`);
    return;
  }
  if (!adds) list.delete(`note-${slug(button.value)}`);
  const left = adds ? [...others, button.value] : others;
  // The list stands first in an address, as the server writes it.
  list.delete("list");
  keep(new URLSearchParams([["list", left.join(".")], ...list]));
  say(adds ? `Added. ${left.length} on your shortlist.` : `Taken off. ${left.length} on your shortlist.`);
}

let told;
function say(words) {
  if (!told) {
    told = document.createElement("p");
    told.className = "unseen";
    told.setAttribute("role", "status");
    document.body.append(told);
  }
  // An empty one first, so that the same words are heard again.
  told.textContent = "";
  setTimeout(() => (told.textContent = words), 50);
}

addEventListener("click", (event) => {
  const button = event.target.closest?.("button.keep");
  if (!button) return;
  event.preventDefault();
  change(button);
});
addEventListener("fresh", draw);
addEventListener("storage", ({ key }) => key === KEY && draw());
addEventListener("pageshow", draw);

if (location.pathname === "/shortlist") page();
else if (!marks(own()).length && marks(listIn(location.search)).length && location.pathname.startsWith("/offers")) {
  keep(listIn(location.search));
}

/** The page of a list: one's own, or one that somebody sent. */
function page() {
  const shown = listIn(location.search);
  const mine = own();
  const changed = read(sessionStorage, OWN);
  write(sessionStorage, OWN, "");
  const form = document.getElementById("listed");
  if (!changed && !marks(shown).length && marks(mine).length) {
    location.replace(`/shortlist?${mine}`);
    return;
  }
  let isMine = changed || !marks(mine).length || shown.toString() === mine.toString();
  if (isMine) keep(shown);
  else offer(shown, mine, () => (isMine = true));
  if (!form) return;

  form.addEventListener("submit", () => isMine && write(sessionStorage, OWN, "1"));
  form.addEventListener("input", () => {
    const typed = listIn(new URLSearchParams(new FormData(form)).toString());
    history.replaceState(null, "", `?${typed}`);
    document.getElementById("address").value = location.href;
    if (isMine) keep(typed);
  });
}

/** A list from elsewhere never takes the place of one's own by itself. */
function offer(shown, mine, taken) {
  const box = document.createElement("div");
  box.className = "note gap";
  const words = document.createElement("p");
  words.textContent = `This is another list than the one in your browser, which has ${marks(mine).length} on it.`;
  const row = document.createElement("p");
  row.className = "row gap";
  const take = document.createElement("button");
  take.type = "button";
  take.className = "box";
  take.textContent = "Make this my shortlist";
  take.addEventListener("click", () => {
    taken();
    keep(listIn(location.search));
    box.remove();
    document.querySelector("h1").tabIndex = -1;
    document.querySelector("h1").focus();
    say("This is your shortlist now.");
  });
  const back = document.createElement("a");
  back.className = "box";
  back.href = `/shortlist?${mine}`;
  back.textContent = "Open my own";
  row.append(take, back);
  box.append(words, row);
  document.getElementById("other").append(box);
}

const copy = document.getElementById("copy");
if (copy) {
  copy.closest("[hidden]").hidden = false;
  copy.addEventListener("click", async () => {
    const field = document.getElementById("address");
    try {
      await navigator.clipboard.writeText(field?.value ?? document.querySelector("link[rel=canonical]").href);
      copy.textContent = "Copied";
      say("The address is copied.");
    } catch {
      // Some browsers do not let a page do it: then it is ready to be copied by hand.
      field?.select();
      copy.textContent = field ? "Copy it from the field" : "Copy it from the top of the window";
    }
  });
}

const print = document.getElementById("print");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
