// Resources, the self-check, and finding partners: by keyboard, on the smallest phone, with and without scripts, and on paper.
import assert from "node:assert/strict";
import { test } from "node:test";
import { invite } from "./coordinator.js";
import { Keyboard } from "./keyboard.js";
import { letter } from "./mailbox.js";
import { PHONE, browser, sound } from "./support.js";

const visit = browser();
const elsewhere = process.env.FINGERPOST_DATA ? false : "the site runs elsewhere";
const main = (page) => page.locator("main").innerText();

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  const settings = scripted ? PHONE : { ...PHONE, javaScriptEnabled: false };

  test(`an artist checks the own work and finds partners by keyboard ${how}`, { timeout: 240_000 }, async () => {
    await visit(settings, async (page) => {
      const keys = new Keyboard(page);
      await page.goto("/resources");
      await sound(page);
      await keys.follow(page.getByRole("link", { name: "the self-check" }));
      await sound(page);
      await keys.follow(page.locator("#send"));
      assert.equal(await page.evaluate(() => document.activeElement.id), "wrongs");
      await sound(page);
      await keys.choose(page.locator("#safe-1-not-yet"));
      await keys.choose(page.locator("#creative-1"));
      await keys.follow(page.locator("#send"));
      assert.match(await main(page), /Look at these first\s+Safe/);
      assert.ok(!page.url().includes("safe"), "no answer stands in the address");
      await sound(page);
      await keys.follow(page.locator("#change"));
      assert.ok(await page.locator("#safe-1-not-yet").isChecked());
      await page.goto("/find-your-partners");
      await keys.type(page.locator("#q"), "nowhere at all");
      await keys.follow(page.locator("#find"));
      assert.match(await page.locator("#q-wrong").innerText(), /SE15 4QL/);
      await sound(page);
      await page.goto("/find-your-partners?q=SE15+4QL&activity=pottery");
      assert.match(await main(page), /Near SE15 4QL, in Southwark/);
      await sound(page);
      await keys.follow(page.getByRole("link", { name: "Rye Lane Making Partnership" }));
      await sound(page);
    });
  });

  test(`a coordinator adds a group and a resource by keyboard ${how}`, { skip: elsewhere, timeout: 240_000 }, async () => {
    const email = `pat-${scripted}@southwark.example`;
    await invite(email, "southwark");
    await visit(settings, async (page) => {
      const keys = new Keyboard(page);
      await page.goto("/desk/sign-in");
      await keys.type(page.locator("#email"), email);
      await keys.follow(page.getByRole("button", { name: "Send me a link" }));
      await page.goto((await letter("signin", email)).link);
      await keys.follow(page.locator("#enter"));
      await page.goto("/desk/partnerships");
      await sound(page);
      await keys.follow(page.locator("#add"));
      await keys.follow(page.locator("#save"));
      assert.equal(await page.evaluate(() => document.activeElement.id), "wrongs");
      await sound(page);
      const name = `Quay Circle ${scripted ? "one" : "two"}`;
      await keys.type(page.locator("#name"), name);
      await keys.choose(page.locator("#kind"));
      await keys.type(page.locator("#about"), "They meet and eat.");
      await keys.type(page.locator("#phone"), "020 7946 0555");
      await keys.follow(page.locator("#save"));
      assert.match(await page.locator("#done").innerText(), /in the list/);
      await sound(page);
      await page.goto("/desk/resources");
      await sound(page);
      await page.goto("/desk/resources/entry");
      await sound(page);
      await page.goto("/boroughs/southwark");
      assert.ok((await main(page)).includes(name));
    });
  });
}

test("the self-check is printed on A4 without buttons, links of the site or the note about keeping", async () => {
  await visit({ viewport: { width: 794, height: 1123 } }, async (page) => {
    await page.goto("/self-check");
    await page.check("#safe-1-not-yet");
    await page.check("#creative-1");
    await page.click("#send");
    await page.emulateMedia({ media: "print" });
    for (const hidden of [".site-head", ".site-foot", "#change", ".trail", ".screen-only"]) {
      const shown = await page.locator(hidden).filter({ visible: true }).count();
      assert.equal(shown, 0, `${hidden} is printed`);
    }
    assert.match(await main(page), /Do you know what to do/);
    const paper = await page.pdf({ preferCSSPageSize: true });
    const boxes = [...paper.toString("latin1").matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)];
    assert.ok(boxes.length > 0 && boxes.every(([, width, height]) => Math.round(width) === 595 && Math.round(height) === 842), "A4");
  });
});
