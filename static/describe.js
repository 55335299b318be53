// Nothing needs this: it shows beside the form, while one types, what each save shows anyway.

const form = document.getElementById("step");

// What is to be put right is read first.
document.querySelector(".wrongs[autofocus]")?.focus();

/** Calls `act` when nothing has happened for a while. */
function calmly(act, wait) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };
}

/** What the server draws from what is typed now goes into `place`; where it cannot, the old stays. */
function follow(place, address) {
  let asking;
  return async () => {
    asking?.abort();
    const mine = (asking = new AbortController());
    try {
      const body = new URLSearchParams(new FormData(form));
      const answer = await fetch(address, { method: "POST", body, signal: mine.signal });
      const html = await answer.text();
      if (!answer.ok || mine.signal.aborted) return;
      const fresh = new DOMParser().parseFromString(html, "text/html").body;
      // A reader is told only of what has changed.
      if (fresh.textContent !== place.textContent || fresh.innerHTML.length !== place.innerHTML.length) {
        place.replaceChildren(...fresh.childNodes);
      }
    } catch {
      // The next letter tries again.
    }
  };
}

if (form) {
  for (const [id, wait] of [["preview", 400], ["dates", 700]]) {
    const place = document.getElementById(id);
    if (place) form.addEventListener("input", calmly(follow(place, `${form.dataset.home}/${id}`), wait));
  }
}

// On a phone the next dates stand where the days are chosen, not below all the rest.
const dates = document.getElementById("dates")?.parentElement;
if (dates && matchMedia("(width < 60rem)").matches) document.getElementById("schedule-field")?.after(dates);

/** Says where a postcode is, when one has left its box. */
for (const box of document.querySelectorAll("#venue_postcode, #place")) {
  const word = document.createElement("p");
  word.className = "quiet";
  word.id = `${box.id}-where`;
  word.setAttribute("role", "status");
  box.after(word);
  let asked = "";
  const look = async () => {
    const typed = box.value.trim();
    if (typed === asked) return;
    asked = typed;
    word.textContent = "";
    try {
      const body = new URLSearchParams({ postcode: typed });
      const answer = await fetch("/describe/postcode", { method: "POST", body });
      if (answer.ok && asked === typed) word.textContent = await answer.text();
    } catch {
      // The coordinator will see where it is.
    }
  };
  box.addEventListener("change", look);
  if (box.value) look();
}
