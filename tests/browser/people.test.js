import assert from "node:assert/strict";
import { test } from "node:test";
import { invite } from "./coordinator.js";
import { Keyboard } from "./keyboard.js";
import { letter } from "./mailbox.js";
import { PHONE, browser, sound } from "./support.js";

const visit = browser();
const elsewhere = process.env.FINGERPOST_DATA ? false : "the site runs elsewhere";
const LIST = "/boroughs/southwark/link-workers";
const button = (page, name) => page.getByRole("button", { name });
const main = (page) => page.locator("main").innerText();
const wrongs = (page) => page.$$eval("#wrongs a", (all) => all.map((one) => one.hash.slice(1)));

/** A browser keeps a public page for a minute, unless one reloads it. */
async function fresh(page, address) {
  await page.goto(address);
  await page.reload();
}

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  const settings = scripted ? PHONE : { ...PHONE, javaScriptEnabled: false };
  const who = {
    name: scripted ? "Philippa Quince-Sample" : "Rupert Medlar-Sample",
    email: `quince-${scripted}@orchard.example`,
    phone: scripted ? "020 7946 0181" : "020 7946 0182",
    coordinator: `kit-${scripted}@southwark.example`,
    nurse: `nurse-${scripted}@surgery.nhs.uk`,
    scripted,
  };
  test(`a link worker joins, agrees, is checked, found and gone by the keyboard ${how}`, { skip: elsewhere, timeout: 240_000 }, async () => {
    await invite(who.coordinator, "southwark");
    await visit(settings, (page) => joins(page, who));
    await visit(settings, (page) => checks(page, who));
    await visit(settings, (page) => finds(page, who));
    await visit(settings, (page) => withdraws(page, who));
  });
}

async function joins(page, who) {
  const keys = new Keyboard(page);
  await page.goto("/link-workers");
  await sound(page);
  await keys.follow(page.getByRole("link", { name: "Join the list" }));
  await keys.type(page.locator("#email"), "no address");
  await keys.follow(button(page, "Send me my link"));
  assert.deepEqual(await wrongs(page), ["email"]);
  await sound(page);
  await keys.type(page.locator("#email"), who.email);
  await keys.follow(button(page, "Send me my link"));
  await page.goto((await letter("link-worker-join", who.email)).link);
  await keys.follow(page.locator("#save"));
  assert.deepEqual(await wrongs(page), ["name", "employer_kind", "employer", "borough"]);
  await sound(page);
  await keys.type(page.locator("#name"), who.name);
  await keys.choose(page.getByLabel("A charity or community group"));
  await keys.type(page.locator("#employer"), "Orchard Trust");
  await keys.tick(page.getByLabel("Southwark", { exact: true }), page.getByLabel("Thursday"));
  await keys.type(page.locator("#phone"), who.phone);
  await keys.follow(page.locator("#save"));
  assert.match(await page.locator("#state").innerText(), /Nobody sees this yet/);
  assert.match(await page.locator("#kept").innerText(), new RegExp(who.phone));
  assert.doesNotMatch(await page.locator("#public").innerText(), new RegExp(who.phone), "professionals only");
  await sound(page);
  await keys.follow(page.locator("#add-photograph"));
  assert.deepEqual(await wrongs(page), ["photograph"]);
  await keys.reach(page.locator("#photograph"));
  await page.setInputFiles("#photograph", { name: "me.png", mimeType: "image/png", buffer: await page.screenshot() });
  await keys.follow(page.locator("#add-photograph"));
  assert.ok(await page.locator("#public img").evaluate((one) => one.decode().then(() => one.naturalWidth)));
  await keys.follow(page.locator("#agree"));
  assert.match(await page.locator("#state").innerText(), /The coordinator looks at it next/);
  await sound(page);
  await fresh(page, LIST);
  assert.doesNotMatch(await main(page), new RegExp(who.name));
}

async function checks(page, who) {
  const keys = new Keyboard(page);
  await page.goto("/desk/link-workers");
  await keys.type(page.locator("#email"), who.coordinator);
  await keys.follow(button(page, "Send me a link"));
  await page.goto((await letter("signin", who.coordinator)).link);
  await keys.follow(page.locator("#enter"));
  await sound(page);
  await keys.follow(page.getByRole("link", { name: who.name }));
  await sound(page);
  await keys.follow(page.locator("#off"));
  assert.deepEqual(await wrongs(page), ["why"]);
  await sound(page);
  await keys.follow(page.locator("#check"));
  assert.match(await page.locator("#done").innerText(), /They are listed now/);
  await page.goto("/desk/link-workers/proposal");
  await sound(page);
}

async function finds(page, who) {
  const keys = new Keyboard(page);
  await page.goto("/find-your-network?q=SE15");
  await keys.follow(page.getByRole("link", { name: /all link workers listed in Southwark/ }));
  await fresh(page, LIST);
  assert.match(await main(page), new RegExp(who.name));
  assert.doesNotMatch(await main(page), new RegExp(who.phone));
  await sound(page);
  await keys.follow(page.getByRole("link", { name: `how to reach ${who.name}` }));
  await keys.type(page.locator("#email"), "somebody@mail.example");
  await keys.follow(page.locator("#mail-it"));
  assert.deepEqual(await wrongs(page), ["email"]);
  await sound(page);
  await keys.type(page.locator("#email"), who.nurse);
  await keys.follow(page.locator("#mail-it"));
  await page.goto((await letter("link-worker-contact", who.nurse)).link);
  assert.match(await main(page), new RegExp(who.phone));
  await sound(page);
}

async function withdraws(page, who) {
  const keys = new Keyboard(page);
  const { link } = await letter("link-worker-listed", who.email);
  await page.goto(`${link}/withdrawal`);
  await sound(page);
  await fresh(page, LIST);
  assert.match(await main(page), new RegExp(who.name), "opening the way out changes nothing");
  await page.goto(`${link}/withdrawal`);
  await keys.follow(page.locator("#withdraw"));
  assert.match(await main(page), /no longer have it/);
  await sound(page);
  await fresh(page, LIST);
  assert.doesNotMatch(await main(page), new RegExp(who.name));
  await page.goto(link);
  assert.match(await main(page), /opens nothing/);
  await sound(page);
}
