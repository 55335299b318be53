import assert from "node:assert/strict";
import { test } from "node:test";
import { invite } from "./coordinator.js";
import { Keyboard } from "./keyboard.js";
import { letter } from "./mailbox.js";
import { PHONE, browser, sound } from "./support.js";

const visit = browser();
const elsewhere = process.env.FINGERPOST_DATA ? false : "the site runs elsewhere";
const button = (page, name) => page.getByRole("button", { name });
const link = (page, name) => page.getByRole("link", { name });
const main = (page) => page.locator("main").innerText();

const service = (id, name, more = {}) => ({
  id,
  name,
  status: "active",
  fees: "Free",
  description: "<p>Make pots &amp; drink tea. For anybody who feels lonely.</p>",
  organization: { id: "org-1", name: "Heron Quay Potters", description: "Potters." },
  schedules: [{ freq: "WEEKLY", byday: "TU", opens_at: "10:30:00", closes_at: "12:00:00" }],
  contacts: [{ name: "Ada", phones: [{ number: "020 7946 0142" }] }],
  service_at_locations: [{ location: { id: "loc-1", location_type: "physical", name: "Heron Hall", addresses: [{ address_1: "9 Lane", city: "London", postal_code: "SE15 4QL", country: "GB" }] } }],
  attributes: [{ taxonomy_term: { name: "Pottery" } }],
  ...more,
});

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  const settings = scripted ? PHONE : { ...PHONE, javaScriptEnabled: false };

  test(`a file is sent, looked at, chosen from, taken in and undone with the keyboard ${how}`, { skip: elsewhere, timeout: 240_000 }, async () => {
    const email = `ira-${scripted}@southwark.example`;
    const name = (words) => `${words} ${scripted ? "by the quay" : "on the quay"}`;
    await invite(email, "southwark");
    await visit(settings, async (page) => {
      const keys = new Keyboard(page);
      await page.goto("/desk/sign-in");
      await page.fill("#email", email);
      await button(page, "Send me a link").click();
      await page.goto((await letter("signin", email)).link);
      await page.click("#enter");
      await keys.follow(link(page, "In and out"));
      await sound(page);

      await keys.follow(page.locator("#look"));
      assert.deepEqual(await page.$$eval("#wrongs a", (all) => all.map((one) => one.hash)), ["#file", "#new"]);
      await sound(page);

      const services = [service("1", name("Bowls")), service("2", name("Cups")), service("3", name("Plates"), { status: "defunct" }), service("4", name("Jugs"), { attributes: [], description: "Come along." })];
      const file = { name: "services.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify({ contents: services })) };
      await page.setInputFiles("#file", file);
      await keys.type(page.locator("#source"), `A directory ${scripted}`);
      await keys.choose(page.locator("input[name=new][value=publish]"));
      await keys.follow(page.locator("#look"));
      const fates = await page.locator("#fates").innerText();
      for (const fate of ["All (4)", "New (2)", "New, to be completed (1)", "Refused (1)"]) assert.ok(fates.includes(fate), `${fate} in ${fates}`);
      assert.match(await main(page), /Nothing is imported yet/);
      assert.match(await main(page), /It is defunct/);
      await sound(page);
      await keys.follow(link(page, "Refused (1)"));
      assert.equal(await page.locator("#rows > li").count(), 1);
      await sound(page);
      await keys.follow(link(page, /^All/));

      const cups = page.getByLabel(name("Cups"));
      assert.ok(await cups.isChecked(), "what can be taken in is chosen");
      await keys.reach(cups);
      await keys.press("Space");
      await keys.follow(page.locator("#import"));
      assert.match(new URL(page.url()).pathname, /^\/desk\/batches\//);
      assert.match(await main(page), /2 added/);
      await sound(page);
      const found = await page.request.get(`/offers.json?q=${encodeURIComponent(name("Bowls"))}`);
      assert.ok((await found.text()).includes(name("Bowls")), "it is found at once");
      await keys.follow(button(page, /Undo/));
      await sound(page);
      await page.goto("/desk/listings?q=Cups");
      assert.equal(await link(page, name("Cups")).count(), 0, "what was not chosen was not taken in");
      await page.goto("/desk/tasks");
      await sound(page);
    });
  });
}
