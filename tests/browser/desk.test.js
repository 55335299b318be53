import assert from "node:assert/strict";
import { test } from "node:test";
import { sent } from "./artist.js";
import { invite } from "./coordinator.js";
import { Keyboard } from "./keyboard.js";
import { letter } from "./mailbox.js";
import { PHONE, browser, sound } from "./support.js";

const visit = browser();
const elsewhere = process.env.FINGERPOST_DATA ? false : "the site runs elsewhere";
const PLAIN = { ...PHONE, javaScriptEnabled: false };
const button = (page, name) => page.getByRole("button", { name });
const link = (page, name) => page.getByRole("link", { name });
const main = (page) => page.locator("main").innerText();
const done = (page) => page.locator("#done").innerText();
const focused = (page) => page.evaluate(() => document.activeElement.id);
const wrong = (page) => page.$$eval("#wrongs a", (all) => all.map((one) => one.hash));

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  const settings = scripted ? PHONE : PLAIN;
  const email = `sam-${scripted}@southwark.example`;
  const titles = ["Bookbinding", "Weaving", "Whittling"].map((one) => `${one} ${scripted ? "by the canal" : "on the roof"}`);

  test(`a coordinator decides with the keyboard alone ${how}`, { skip: elsewhere, timeout: 240_000 }, async () => {
    await invite(email, "southwark");
    // Each from somebody else: who sends much in an hour is asked to wait.
    for (const [at, title] of titles.entries()) await sent(title, `maker-${at}-${scripted}@workshop.example`, `Workshop ${at} ${scripted}`);
    await visit(settings, async (page) => {
      const keys = new Keyboard(page);
      await signsIn(page, keys, email);
      await decides(page, keys, titles, scripted);
      await looksBack(page, keys, titles);
    });
  });

  test(`a link to sign in opens only where it was asked for ${how}`, { skip: elsewhere }, async () => {
    const stranger = `lee-${scripted}@southwark.example`;
    await invite(stranger, "southwark");
    await visit(settings, async (page) => {
      await page.goto("/desk/sign-in");
      await page.fill("#email", stranger);
      await button(page, "Send me a link").click();
    });
    const mailed = await letter("signin", stranger);
    await visit(settings, async (page) => {
      assert.equal((await page.goto(mailed.link)).status(), 403);
      assert.match(await main(page), /in the other browser/);
      assert.equal(await button(page, "Sign in").count(), 0);
      await sound(page);
    });
  });
}

async function signsIn(page, keys, email) {
  await page.goto("/desk/log");
  assert.equal(new URL(page.url()).pathname, "/desk/sign-in", "the desk is closed to whoever is not signed in");
  await sound(page);
  await keys.type(page.locator("#email"), "sam at work");
  await keys.follow(button(page, "Send me a link"));
  assert.deepEqual(await wrong(page), ["#email"]);
  assert.equal(await focused(page), "wrongs");
  assert.equal(await page.inputValue("#email"), "sam at work");
  await sound(page);
  await keys.type(page.locator("#email"), email);
  await keys.follow(button(page, "Send me a link"));
  assert.equal(await page.locator("h1").innerText(), "Check your email");
  await sound(page);
  const mailed = await letter("signin", email);
  await page.goto(mailed.link);
  await sound(page);
  await keys.follow(page.locator("#enter"));
  assert.equal(new URL(page.url()).pathname, "/desk/log", "it leads where one wanted to go");
  await sound(page);
  assert.equal((await page.goto(mailed.link)).status(), 404, "a link is good once");
  await sound(page);
}

async function decides(page, keys, [first, second, third], scripted) {
  await page.goto("/desk");
  for (const title of [first, second, third]) assert.equal(await link(page, title).count(), 1, `${title} waits`);
  assert.equal(await page.locator("#keys").isVisible(), scripted, "what only a script does is not shown without one");
  await sound(page);
  await keys.follow(link(page, first));
  assert.match(await main(page), /Arrived today/);
  assert.equal(await page.locator("#keys").isVisible(), scripted);
  await sound(page);
  await keys.follow(button(page, "Claim it"));
  assert.match(await main(page), /You have claimed it/);
  await keys.choose(page.locator("#publish"));
  await keys.follow(page.locator("#send"));
  assert.match(await done(page), /published/, "the next page says what became of the last");
  await toItem(page, keys, second);

  await keys.reach(page.locator("summary", { hasText: "Ask about this" }).first());
  await keys.press("Enter");
  await keys.type(page.locator("#ask-title"), "Could the title say how long it takes?");
  await keys.type(page.locator("#message"), "Thank you. We like it very much.");
  await keys.choose(page.locator("#ask"));
  await sound(page);
  await keys.follow(page.locator("#send"));
  assert.match(await done(page), /back with the provider/);
  const asked = await letter("changesasked", second);
  for (const words of ["how long it takes", "like it very much"]) assert.ok(asked.words.includes(words), `the letter says “${words}”`);
  await toItem(page, keys, third);

  await keys.choose(page.locator("#refuse"));
  const why = "This is a course for members of one firm.";
  await keys.type(page.locator("#message"), why);
  await keys.follow(page.locator("#send"));
  assert.deepEqual(await wrong(page), ["#reason"]);
  assert.equal(await focused(page), "wrongs");
  assert.equal(await page.inputValue("#message"), why);
  assert.ok(await page.locator("#refuse").isChecked());
  await sound(page);
  await keys.pick(page.locator("#reason"), "It is not an activity that people can join.");
  await keys.follow(page.locator("#send"));
  assert.match(await done(page), /refused/);
  assert.ok((await letter("refused", third)).words.includes(why));
}

async function looksBack(page, keys, [first, second, third]) {
  await keys.follow(link(page, "Log"));
  const log = await page.locator("#log").innerText();
  assert.ok(log.includes(`published ${first}`) && log.includes(`asked for changes ${second}`) && log.includes(`refused ${third}`), log);
  await sound(page);
  await page.goto("/desk/sessions");
  assert.match(await page.locator("#sessions").innerText(), /Chrome on Linux \(here\)/);
  await sound(page);
  await keys.follow(button(page, "Sign out"));
  await page.goto("/desk");
  assert.equal(new URL(page.url()).pathname, "/desk/sign-in");
}

/** Where another waits longer, by the queue. */
async function toItem(page, keys, title) {
  if ((await page.locator("h1").innerText()) === `New: ${title}`) return;
  await keys.follow(link(page, "Queue"));
  await keys.follow(link(page, title));
}

test("single keys act only for whoever switched them on, and never while one types", { skip: elsewhere, timeout: 240_000 }, async () => {
  const email = "ama@southwark.example";
  const titles = ["Felting in the loft", "Felting in the cellar"];
  await invite(email, "southwark");
  for (const [at, title] of titles.entries()) await sent(title, `felt-${at}@loft.example`, `Felt ${at}`);
  const enter = async (page) => {
    await page.goto("/desk/sign-in");
    await page.fill("#email", email);
    await button(page, "Send me a link").click();
    await page.goto((await letter("signin", email)).link);
    await page.click("#enter");
  };
  await visit({}, async (page) => {
    await enter(page);
    assert.ok(await page.locator("#keys").isVisible());
    await page.keyboard.press("j");
    assert.equal(await focused(page), "", "off until somebody wants them");
    await page.getByLabel("Use single-key shortcuts").check();
    const rows = await page.locator("#queue tbody th a").allInnerTexts();
    const row = () => page.evaluate(() => document.activeElement.innerText);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    assert.equal(await row(), rows[1]);
    await page.keyboard.press("k");
    assert.equal(await row(), rows[0]);
    await Promise.all([page.waitForURL(/submissions/), page.keyboard.press("o")]);

    assert.ok(await page.getByLabel("Use single-key shortcuts").isChecked(), "it is remembered");
    for (const [key, id] of [["a", "ask"], ["r", "refuse"], ["p", "publish"]]) {
      await page.keyboard.press(key);
      assert.ok(await page.locator(`#${id}`).isChecked(), key);
    }
    await page.keyboard.press("m");
    await page.keyboard.type("pram");
    assert.equal(await page.inputValue("#message"), "pram");
    assert.ok(await page.locator("#publish").isChecked(), "letters that are typed are only letters");
    await page.locator("#send").focus();
    const here = page.url();
    await Promise.all([page.waitForURL((url) => url.href !== here), page.keyboard.press("n")]);
    await page.getByLabel("Use single-key shortcuts").uncheck();
    await page.keyboard.press("p");
    assert.equal(await page.locator("#publish").isChecked(), false);
  });
});
