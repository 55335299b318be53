// An artist in a hurry: sends what the forms would send, without a browser.
import assert from "node:assert/strict";
import { letter } from "./mailbox.js";
import { AS_LONG_AS_A_PERSON, site } from "./support.js";

const STEPS = {
  what: { summary: "Sit by the window and make something small.", activity: "pottery", kind: "creative" },
  who: { needs: "loneliness", ages: "all" },
  when: { when: "regular", "schedule-1-rule": "weekly", "schedule-1-days": "tue", "schedule-1-starts": "10:30", "schedule-1-ends": "12:00" },
  place: { delivery: "in-person", venue_name: "The Window Room", venue_address: "12 Tanner’s Row, Peckham", venue_postcode: "SE15 4DD" },
  cost: { cost: "free", residents_join: "drop-in" },
  about: { "contact-1-phone": "020 7946 0142" },
};

/** A new draft; the address of its list of steps. */
export async function draft(title, email) {
  const stamp = hidden(await (await fetch(`${site}/describe/start`)).text(), "stamp");
  await new Promise((done) => setTimeout(done, AS_LONG_AS_A_PERSON));
  const kept = await post("/describe", { title, place: "SE15 4DD", email, website: "", stamp });
  return kept.replace(/\/keep$/, "");
}

/** A new offer that waits for the coordinator. */
export async function sent(title, email, provider) {
  const home = await draft(title, email);
  await answered(home, title, email, provider);
  const version = hidden(await (await fetch(`${site}${home}/check`)).text(), "version");
  await post(`${home}/check`, { version });
  const { link } = await letter("confirm", title);
  await post(new URL(link).pathname, {});
}

/** Answers all that is needed to publish. */
export async function answered(home, title, email, provider) {
  for (const [step, said] of Object.entries(STEPS)) {
    const seen = hidden(await (await fetch(`${site}${home}/${step}`)).text(), "seen");
    const more = { what: { title }, about: { provider_name: provider, "contact-1-email": email } }[step];
    await post(`${home}/${step}`, { ...said, ...more, seen });
  }
}

async function post(path, said) {
  const body = new URLSearchParams(said);
  const reply = await fetch(`${site}${path}`, { method: "POST", body, redirect: "manual", headers: { origin: site } });
  assert.equal(reply.status, 303, `${path} answers ${reply.status}`);
  return reply.headers.get("location");
}

function hidden(page, name) {
  const found = page.match(new RegExp(`name="${name}" value="([^"]*)"`));
  assert.ok(found, `there is no ${name}`);
  return found[1];
}
