import assert from "node:assert/strict";
import { test } from "node:test";
import { sent } from "./artist.js";
import { invite } from "./coordinator.js";
import { Keyboard } from "./keyboard.js";
import { letter } from "./mailbox.js";
import { PHONE, browser, sound } from "./support.js";

const visit = browser();
const elsewhere = process.env.FINGERPOST_DATA ? false : "the site runs elsewhere";
const button = (page, name) => page.getByRole("button", { name });
const link = (page, name) => page.getByRole("link", { name, exact: true });
const path = (page) => new URL(page.url()).pathname;
const wrong = (page) => page.$$eval("#wrongs a", (all) => all.map((one) => one.hash));

async function signsIn(page, email) {
  await invite(email, "southwark");
  await page.goto("/desk/sign-in");
  await page.fill("#email", email);
  await button(page, "Send me a link").click();
  await page.goto((await letter("signin", email)).link);
  await page.click("#enter");
}

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  const settings = scripted ? PHONE : { ...PHONE, javaScriptEnabled: false };
  const words = `A kettle, a table and ${scripted ? "eight" : "nine"} lumps of clay.`;

  test(`a coordinator edits a listing with the keyboard alone ${how}`, { skip: elsewhere, timeout: 240_000 }, async () => {
    await visit(settings, async (page) => {
      await signsIn(page, `edna-${scripted}@southwark.example`);
      const keys = new Keyboard(page);
      await page.goto("/desk/listings?q=clay+and+company");
      await keys.follow(page.locator("#listings tbody a").first());
      await sound(page);
      await keys.follow(page.locator("#edit"));
      assert.match(path(page), /^\/desk\/edits\//);
      await sound(page);
      await keys.follow(page.locator("#task-what"));
      await keys.type(page.locator("#summary"), words);
      await sound(page);
      await keys.follow(page.locator("#later"));
      await keys.follow(page.locator("#task-pictures"));
      await sound(page);
      await keys.follow(page.locator("#later"));
      await keys.follow(page.locator("#to-check"));
      assert.ok((await page.locator("#diff ins").allInnerTexts()).length > 0, "what is new is marked");
      await sound(page);
      await keys.follow(page.locator("#publish"));
      assert.match(await page.locator("#done").innerText(), /It is published/);
      assert.ok((await page.locator("#says").innerText()).includes(words));
      await keys.follow(link(page, "History"));
      assert.match(await page.locator("main").innerText(), /Edited at the desk/);
    });
  });

  test(`a coordinator edits what waits, and publishes it with the edits ${how}`, { skip: elsewhere, timeout: 240_000 }, async () => {
    const title = scripted ? "Felt slippers upstairs" : "Lanterns for winter";
    await sent(title, `maker-of-both-${scripted}@loft.example`, `Slippers ${scripted}`);
    await visit(settings, async (page) => {
      await signsIn(page, `enid-${scripted}@southwark.example`);
      const keys = new Keyboard(page);
      await page.goto("/desk");
      await keys.follow(link(page, title));
      await keys.follow(page.locator("#edit"));
      await sound(page);
      await keys.follow(page.locator("#task-what"));
      await keys.type(page.locator("#summary"), words);
      await keys.follow(page.locator("#later"));
      await keys.follow(page.locator("#to-check"));
      await sound(page);
      await keys.follow(page.locator("#to-review"));
      assert.match(await page.locator("#edited").innerText(), /What was edited at the desk/);
      await sound(page);
      if (process.env.SHOTS) for (const width of [1280, 320]) {
        await page.setViewportSize({ width, height: 800 });
        await page.screenshot({ path: `${process.env.SHOTS}-review-${width}.png`, fullPage: true });
      }
      await keys.choose(page.locator("#publish"));
      await keys.follow(page.locator("#send"));
    });
    const told = await letter("published", title);
    assert.ok(told.words.includes("lumps of clay"), told.words);
    await visit(settings, async (page) => {
      await page.goto(told.link);
      assert.match(await page.locator("#changed").innerText(), /What the coordinator changed before/);
      await sound(page);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}-status.png`, fullPage: true });
    });
  });
}

test("an offer of the borough's own is begun, and a provider is trusted, with the keyboard alone", { skip: elsewhere, timeout: 240_000 }, async () => {
  await visit(PHONE, async (page) => {
    await signsIn(page, "ella@southwark.example");
    const keys = new Keyboard(page);
    await page.goto("/desk/listings");
    await keys.follow(link(page, "Add an offer"));
    await sound(page);
    await keys.type(page.locator("#title"), "Clay and company");
    await keys.follow(button(page, "Continue"));
    assert.deepEqual(await wrong(page), ["#place", "#provider"]);
    await sound(page);
    await keys.type(page.locator("#place"), "SE15 4QL");
    await keys.type(page.locator("#provider_name"), "Southwark Council");
    await keys.follow(button(page, "Continue"));
    assert.equal(await page.locator("h1").innerText(), "Is it one of these?");
    await sound(page);
    await keys.follow(page.locator("#go-on"));
    assert.match(await page.locator("h1").innerText(), /A new offer/);
    await sound(page);
    await keys.follow(page.locator("#to-check"));
    await keys.follow(page.locator("#publish"));
    assert.match(await page.locator("#wrongs").innerText(), /it was not published/);
    await sound(page);

    await page.goto("/desk/listings?q=clay+and+company");
    await keys.follow(page.locator("#listings tbody a").first());
    await keys.follow(page.locator("#provider"));
    await sound(page);
    await keys.follow(page.locator("#trust-them"));
    assert.match(await page.locator("#trusted").innerText(), /In Southwark, since/);
    await sound(page);
    await page.goto("/desk?kind=passed");
    assert.match(await page.locator("#nothing").innerText(), /passed at once/);
    await sound(page);
  });
});
