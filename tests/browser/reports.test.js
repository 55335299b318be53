import assert from "node:assert/strict";
import { test } from "node:test";
import { invite } from "./coordinator.js";
import { Keyboard } from "./keyboard.js";
import { letter } from "./mailbox.js";
import { AS_LONG_AS_A_PERSON, PHONE, browser, sound } from "./support.js";

const visit = browser();
const elsewhere = process.env.FINGERPOST_DATA ? false : "the site runs elsewhere";
const button = (page, name) => page.getByRole("button", { name });
const wrong = (page) => page.$$eval("#wrongs a", (all) => all.map((one) => one.hash));

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  const settings = scripted ? PHONE : { ...PHONE, javaScriptEnabled: false };
  const email = `rosa-${scripted}@southwark.example`;
  const words = `The door was shut ${scripted ? "on Tuesday" : "on Friday"}.`;
  const reporter = `ravi-${scripted}@surgery.example`;

  test(`a mistake is reported from a card in two clicks ${how}, and put right at the desk by keyboard`, { skip: elsewhere, timeout: 240_000 }, async () => {
    await invite(email, "southwark");
    let title = "";
    await visit(settings, async (page) => {
      const keys = new Keyboard(page);
      await page.goto("/offers?borough=southwark");
      title = await page.locator("article.card h3").first().innerText();
      await keys.follow(page.locator("article.card").first().getByRole("link", { name: `Report a mistake in ${title}` }));
      await sound(page);
      await keys.follow(button(page, "Send"));
      assert.deepEqual(await wrong(page), ["#kind"]);
      assert.equal(await page.evaluate(() => document.activeElement.id), "wrongs");
      await sound(page);
      await keys.choose(page.getByLabel("The days or times are wrong"));
      await keys.type(page.locator("#words"), words);
      await keys.type(page.locator("#email"), reporter);
      await page.waitForTimeout(AS_LONG_AS_A_PERSON);
      await keys.follow(button(page, "Send"));
      assert.equal(await page.locator("h1").innerText(), "Thank you");
      await sound(page);
    });
    await visit(settings, async (page) => {
      const keys = new Keyboard(page);
      await signsIn(page, keys);
      await page.goto("/desk?kind=report");
      await sound(page);
      await opens(page, keys, title);
      assert.ok((await page.locator("main").innerText()).includes(words));
      await sound(page);
      await keys.follow(button(page, "I look at it"));
      assert.match(await page.locator("main").innerText(), /You look at it/);
      await keys.choose(page.getByLabel("Done"));
      await keys.type(page.locator("#answer"), "Thank you. The times are right now.");
      await keys.follow(page.locator("#send"));
      assert.match(await page.locator("#done").innerText(), /settled/);
      assert.ok((await letter("reportanswered", reporter)).words.includes("The times are right now."));
      await page.goto("/desk/reports?state=done");
      await sound(page);
      await page.goto("/desk/log?act=report_done");
      assert.ok((await page.locator("#log").innerText()).includes(`settled a report of ${title}`));
      await sound(page);
    });
  });

  async function signsIn(page, keys) {
    await page.goto("/desk/sign-in");
    await keys.type(page.locator("#email"), email);
    await keys.follow(button(page, "Send me a link"));
    await page.goto((await letter("signin", email)).link);
    await keys.follow(page.locator("#enter"));
  }

  /** The report of this time: another of the same offer may wait, too. */
  async function opens(page, keys, title) {
    const rows = page.locator("#queue tbody a", { hasText: title });
    await keys.follow(rows.last());
  }
}
