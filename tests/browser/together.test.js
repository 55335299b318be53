// At the desk: one act on many offers, and two offers merged, with the keyboard alone; each undone again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { invite } from "./coordinator.js";
import { Keyboard } from "./keyboard.js";
import { letter } from "./mailbox.js";
import { PHONE, browser, sound } from "./support.js";

const visit = browser();
const elsewhere = process.env.FINGERPOST_DATA ? false : "the site runs elsewhere";
const PLAIN = { ...PHONE, javaScriptEnabled: false };
const heading = (page) => page.locator("h1").innerText();

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  const settings = scripted ? PHONE : PLAIN;

  test(`a coordinator changes several offers at once and undoes it ${how}`, { skip: elsewhere, timeout: 240_000 }, async () => {
    await visit(settings, async (page) => {
      const keys = await comesIn(page, `bo-${scripted}@southwark.example`);
      await page.goto("/desk/listings?state=published");
      await sound(page);
      const boxes = page.locator("input[name=offer]");
      await keys.tick(boxes.nth(0), boxes.nth(1));
      await keys.choose(page.locator("input[name=act][value=archive]"));
      await keys.follow(page.locator("#go-on"));
      await sound(page);
      await keys.follow(page.locator("#show"));
      assert.equal(await page.evaluate(() => document.activeElement.id), "wrongs");
      await sound(page);
      await keys.type(page.locator("#reason"), "The hall is shut.");
      await keys.follow(page.locator("#show"));
      assert.match(await page.locator("#would").innerText(), /2 of 2/);
      await sound(page);
      // One is taken out again.
      await keys.reach(page.locator("input[name=row]").nth(1));
      await keys.press("Space");
      await keys.follow(page.locator("#do"));
      assert.equal(await heading(page), "Archived 1 offer");
      await sound(page);
      await keys.follow(page.locator("#undo"));
      assert.match(await page.locator("#undone").innerText(), /undone/);
      assert.match(await page.locator("#touched").innerText(), /Published/);
      await sound(page);
      await keys.follow(page.getByRole("link", { name: "Back to all that was done together" }));
      await sound(page);
    });
  });

  test(`a coordinator merges two offers part by part and undoes it ${how}`, { skip: elsewhere, timeout: 240_000 }, async () => {
    await visit(settings, async (page) => {
      const keys = await comesIn(page, `mo-${scripted}@southwark.example`);
      await page.goto("/desk/duplicates");
      await sound(page);
      await page.goto("/desk/listings?state=published");
      const ids = await page.locator("input[name=offer]").evaluateAll((all) => all.map((one) => one.value));
      await page.goto(`/desk/duplicates/${ids[0]}/${ids[1]}`);
      await sound(page);
      const gone = await page.locator("#both a").nth(1).innerText();
      await keys.choose(page.locator("#part-title input[value=other]"));
      await keys.follow(page.locator("#merge-them"));
      assert.match(await heading(page), /^Merged “/);
      await sound(page);
      await keys.follow(page.getByRole("link", { name: gone, exact: true }).first());
      assert.equal(await heading(page), gone);
      await page.goBack();
      await keys.follow(page.locator("#undo"));
      assert.match(await page.locator("#undone").innerText(), /undone/);
      assert.equal(await page.locator("#touched td", { hasText: "Published" }).count(), 2);
    });
  });
}

/** Signs somebody in who is invited for this. */
async function comesIn(page, email) {
  await invite(email, "southwark");
  const keys = new Keyboard(page);
  await page.goto("/desk/sign-in");
  await keys.type(page.locator("#email"), email);
  await keys.follow(page.getByRole("button", { name: "Send me a link" }));
  await page.goto((await letter("signin", email)).link);
  await keys.follow(page.locator("#enter"));
  return keys;
}
