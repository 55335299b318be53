import assert from "node:assert/strict";
import { test } from "node:test";
import { draft } from "./artist.js";
import { Keyboard } from "./keyboard.js";
import { PHONE, browser, sound } from "./support.js";

const visit = browser();
const button = (page, name) => page.getByRole("button", { name });
const wrongs = (page) => page.$$eval("#wrongs a", (all) => all.map((one) => one.hash.slice(1)));

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  test(`pictures are added, refused, described, moved and taken away by the keyboard ${how}`, { timeout: 240_000 }, async () => {
    await visit(scripted ? PHONE : { ...PHONE, javaScriptEnabled: false }, async (page) => {
      const home = await draft(`Paper birds ${how}`, `birds-${scripted}@birds.example`);
      const keys = new Keyboard(page);
      const choose = async (name, buffer) => {
        await keys.reach(page.locator("#picture"));
        await page.setInputFiles("#picture", { name, mimeType: "image/png", buffer });
        await keys.follow(page.locator("#add"));
      };
      await page.goto(home);
      await keys.follow(page.getByRole("link", { name: "Pictures" }));
      await sound(page);

      await choose("birds.png", Buffer.from("no picture at all"));
      assert.deepEqual(await wrongs(page), ["picture"]);
      if (scripted) await sound(page);

      const drawn = await page.screenshot();
      await choose("birds.png", drawn);
      await choose("more birds.png", drawn);
      assert.equal(await page.locator("img.picture").count(), 2);
      const shown = await page.locator("img.picture").first().evaluate((one) => one.decode().then(() => one.naturalWidth));
      assert.equal(shown, 320, "it is shown as it was drawn");

      await keys.type(page.locator("#picture-2-alt"), "Two paper birds on a table");
      await keys.follow(button(page, "Save and go back"));
      assert.deepEqual(await wrongs(page), ["picture-1-alt", "picture-1-credit", "picture-2-credit"]);
      assert.equal(await page.inputValue("#picture-2-alt"), "Two paper birds on a table");
      await sound(page);

      await keys.follow(page.locator("#picture-2-up"));
      assert.equal(await page.inputValue("#picture-1-alt"), "Two paper birds on a table");
      await keys.follow(page.locator("#picture-2-away"));
      assert.equal(await page.locator("img.picture").count(), 1);
      // By "All steps" nothing is lost either, though something is still open.
      await keys.type(page.locator("#picture-1-credit"), "Ines Duarte");
      await keys.follow(page.locator("#to-list"));
      await page.waitForURL((url) => url.pathname === home);
      await page.goto(`${home}/pictures`);
      assert.equal(await page.inputValue("#picture-1-credit"), "Ines Duarte");
      await keys.follow(button(page, "Save and go back"));
      assert.equal(await page.locator("#task-pictures-progress").innerText(), "One picture");
      if (scripted) {
        await page.goto(`${home}/check`);
        await sound(page);
      }
    });
  });
}
