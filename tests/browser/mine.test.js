import assert from "node:assert/strict";
import { test } from "node:test";
import { sent } from "./artist.js";
import { publish, waiting } from "./coordinator.js";
import { Keyboard } from "./keyboard.js";
import { letter } from "./mailbox.js";
import { PHONE, browser, sound } from "./support.js";

const visit = browser();
const elsewhere = process.env.FINGERPOST_DATA ? false : "the site runs elsewhere";
const button = (page, name) => page.getByRole("button", { name });
const link = (page, name) => page.getByRole("link", { name });
const said = (page) => page.locator("#said").innerText();
const main = (page) => page.locator("main").innerText();

/** A browser keeps a public page for a minute, unless one reloads it. */
async function fresh(page, address) {
  await page.goto(address);
  await page.reload();
}

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  const who = {
    title: scripted ? "Tile painting by the stove" : "Lantern making in the yard",
    anew: scripted ? "Tile painting at noon" : "Lantern making at dusk",
    provider: scripted ? "Stove tile friends" : "Yard lantern friends",
    email: `ines-${scripted}@stove.example`,
    colleague: `ruth-${scripted}@stove.example`,
    scripted,
  };
  const settings = scripted ? PHONE : { ...PHONE, javaScriptEnabled: false };
  test(`a provider changes, pauses, shares and ends what is published ${how}`, { skip: elsewhere, timeout: 240_000 }, async () => {
    await sent(who.title, who.email, who.provider);
    await publish(await waiting(who.title));
    await visit(settings, (page) => looksAfter(page, who));
    const invited = await letter("invited", who.colleague);
    await visit(settings, (page) => joinsAndEnds(page, who, invited.link));
  });
}

async function looksAfter(page, who) {
  const keys = new Keyboard(page);
  // What a script does not change is looked at once, not in both walks.
  const look = () => (who.scripted ? sound(page) : undefined);
  await page.goto("/mine");
  await keys.type(page.locator("#email"), who.email);
  await keys.follow(button(page, "Send me my link"));
  await page.goto((await letter("mine", who.email)).link);
  await sound(page);
  await keys.follow(link(page, who.title));
  await sound(page);
  const offer = page.url();
  const slug = await page.locator("#see").getAttribute("href");

  await keys.type(page.locator("#until"), "some day");
  await keys.follow(button(page, "Take a break"));
  assert.deepEqual(await page.$$eval("#wrongs a", (all) => all.map((one) => one.hash)), ["#until"]);
  assert.equal(await page.inputValue("#until"), "some day");
  await sound(page);
  await keys.type(page.locator("#until"), "1 March 2027");
  await keys.follow(button(page, "Take a break"));
  assert.match(await said(page), /takes a break now/);
  await look();
  await fresh(page, slug);
  assert.match(await main(page), /1 March 2027/, "its page says until when");
  await look();
  await page.goto(offer);
  await keys.follow(button(page, "It runs again"));
  await keys.choose(page.getByLabel("Full", { exact: false }).first());
  await keys.follow(button(page, "Show this"));
  assert.match(await said(page), /shown with today/);
  await fresh(page, slug);
  assert.match(await main(page), /[Ff]ull/);

  await page.goto(offer);
  await keys.follow(button(page, "Change it"));
  await look();
  await keys.follow(link(page, "What it is"));
  assert.ok(await page.locator("#live").isVisible());
  await keys.type(page.locator("#title"), who.anew);
  await look();
  // By the bar of steps, which saves what was typed.
  await keys.follow(page.locator("#to-list"));
  await keys.follow(page.locator("#to-check"));
  await look();
  await keys.follow(button(page, "Send to the Southwark coordinator"));
  await fresh(page, slug);
  assert.equal(await page.locator("h1").innerText(), who.title, "what is published stays until it is decided");
  await page.goto(offer);
  await look();
  await publish(await waiting(who.anew));
  await fresh(page, slug);
  assert.equal(await page.locator("h1").innerText(), who.anew);

  await page.goto(offer.replace(/\/offers\/.*/, ""));
  await keys.follow(link(page, /Who you are, and who looks after it/));
  await sound(page);
  await keys.type(page.locator("#email"), "ruth at home");
  await keys.follow(button(page, "Send the invitation"));
  assert.deepEqual(await page.$$eval("#wrongs a", (all) => all.map((one) => one.hash)), ["#email", "#how"]);
  await look();
  await keys.type(page.locator("#email"), who.colleague);
  await keys.choose(page.locator("#how"));
  await keys.follow(button(page, "Send the invitation"));
  assert.match(await said(page), /on its way/);
  await sound(page);
}

/** The colleague, in a browser of their own. */
async function joinsAndEnds(page, who, invitation) {
  const keys = new Keyboard(page);
  await page.goto(invitation);
  await sound(page);
  await keys.follow(button(page, "Yes, I join"));
  assert.match(await said(page), /Welcome/);
  if (who.scripted) await sound(page);
  await keys.follow(link(page, who.anew));
  await keys.type(page.locator("#why"), "The stove is broken");
  await keys.follow(button(page, "End it now"));
  assert.match(await said(page), /It has ended/);
  await sound(page);
  // An invitation is good once; its link leads to where a new link can be had.
  assert.equal((await page.goto(invitation)).status(), 404);
  await sound(page);
  await keys.follow(page.locator("#new-link"));
  assert.equal(await page.locator("h1").innerText(), "Ask for a private link");
}
