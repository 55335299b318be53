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

/** Where they are, unless they say where else. */
const PECKHAM = { postcode: "SE15 4DD", venue: {} };

/** A new draft; the address of its list of steps. */
export async function draft(title, email, at = PECKHAM.postcode) {
  const stamp = hidden(await (await fetch(`${site}/describe/start`)).text(), "stamp");
  await new Promise((done) => setTimeout(done, AS_LONG_AS_A_PERSON));
  const kept = await post("/describe", { title, place: at, email, website: "", stamp }, { "x-forwarded-for": networkOf(email) });
  return kept.replace(/\/keep$/, "");
}

/** A new offer that waits for the coordinator. */
export async function sent(title, email, provider, { postcode, venue } = PECKHAM) {
  const home = await draft(title, email, postcode);
  await answered(home, title, email, provider, venue);
  await handsIn(home);
  const { link } = await letter("confirm", title);
  await post(new URL(link).pathname, {});
}

/** Changes one step of what is published, and sends the change; whoever looks after it has asked for a link before. */
export async function changes(mine, title, step, said) {
  const page = await (await fetch(mine)).text();
  const [, offer] = page.match(new RegExp(`href="([^"]+/offers/[^"/]+)">${title}<`)) ?? assert.fail(`${title} is not theirs`);
  const home = await post(`${offer}/change`, {});
  await answers(home, step, { ...STEPS[step], ...(step === "what" && { title }), ...said });
  await handsIn(home);
}

/** Says something else of who they are. */
export async function introduces(mine, said) {
  const page = await (await fetch(mine)).text();
  const [provider] = page.match(/\/mine\/[^"]+\/providers\/[^"/]+(?=")/);
  const home = await post(`${provider}/profile`, {});
  await answers(home, "about", said);
  await handsIn(home);
}

/** A link to all that they look after. */
export async function mine(email) {
  const body = new URLSearchParams({ email });
  await fetch(`${site}/mine`, { method: "POST", body, headers: { origin: site, "x-forwarded-for": networkOf(email) } });
  return (await letter("mine", email)).link;
}

async function handsIn(home) {
  const version = hidden(await (await fetch(`${site}${home}/check`)).text(), "version");
  await post(`${home}/check`, { version });
}

/** Answers all that is needed to publish. */
export async function answered(home, title, email, provider, venue = PECKHAM.venue) {
  const more = { what: { title }, place: venue, about: { provider_name: provider, "contact-1-email": email } };
  for (const [step, said] of Object.entries(STEPS)) await answers(home, step, { ...said, ...more[step] });
}

async function answers(home, step, said) {
  const seen = hidden(await (await fetch(`${site}${home}/${step}`)).text(), "seen");
  await post(`${home}/${step}`, { ...said, seen });
}

/** Everybody sits in another network: from one of them only so much is taken in an hour. */
function networkOf(email) {
  const sum = [...email].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffff, 7);
  return `2001:db8:${sum.toString(16)}::1`;
}

export async function post(path, said, more = {}) {
  const body = new URLSearchParams(said);
  const reply = await fetch(`${site}${path}`, { method: "POST", body, redirect: "manual", headers: { origin: site, ...more } });
  assert.equal(reply.status, 303, `${path} answers ${reply.status}`);
  return reply.headers.get("location");
}

export function hidden(page, name) {
  const found = page.match(new RegExp(`name="${name}" value="([^"]*)"`));
  assert.ok(found, `there is no ${name}`);
  return found[1];
}
