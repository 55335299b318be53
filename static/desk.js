// Nothing needs this: at the desk, single keys go where links and buttons lead, for whoever switches them on.
// Off unless asked for, since one who speaks to the computer says letters by accident (WCAG 2.2, 2.1.4).

const keys = document.getElementById("keys");
/** Under this name the browser remembers the choice. */
const KEPT = "desk-keys";

const at = (id) => document.getElementById(id);
const choose = (id) => {
  at(id)?.focus();
  at(id)?.click();
};
const rows = () => [...document.querySelectorAll("#queue tbody th a")];

/** Up or down the queue, from the row that has the focus; without one from its end. */
function step(by) {
  const all = rows();
  const now = all.findIndex((link) => link.closest("tr").contains(document.activeElement));
  const next = now < 0 ? (by > 0 ? 0 : all.length - 1) : now + by;
  all[next]?.focus();
}

const ACTS = at("queue")
  ? {
      j: () => step(1),
      k: () => step(-1),
      o: () => rows().find((link) => link === document.activeElement)?.click(),
    }
  : {
      p: () => choose("publish"),
      a: () => choose("ask"),
      r: () => choose("refuse"),
      m: () => at("message")?.focus(),
      n: () => at("following")?.click(),
    };

/** Where letters are typed or choose from a list they mean themselves. */
const typing = (one) => one.closest("textarea, select, input:not([type=radio], [type=checkbox]), [contenteditable]");

if (keys) {
  const box = at("keys-on");
  keys.hidden = false;
  try {
    box.checked = localStorage.getItem(KEPT) === "on";
    box.addEventListener("change", () => localStorage.setItem(KEPT, box.checked ? "on" : "off"));
  } catch {
    // A browser that remembers nothing asks again on each page.
  }
  addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!box.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(target)) return;
    if (!Object.hasOwn(ACTS, key)) return;
    event.preventDefault();
    ACTS[key]();
  });
}
