import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, browser, sound, tabTo } from "./support.js";

const visit = browser();
const places = ["/boroughs/southwark", "/london?measure=for-10000-people", "/london?measure=nothing"];

for (const screen of [PHONE, { viewport: { width: 1280, height: 900 } }]) {
  test(`a place at a glance is sound at ${screen.viewport.width} pixels, in both colours`, async () => {
    await visit({ ...screen, javaScriptEnabled: true }, async (page) => {
      for (const path of places) {
        await page.goto(path);
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        await sound(page);
      }
    });
  });

  test(`no letters of a drawing lie on others or beyond it at ${screen.viewport.width} pixels`, async () => {
    await visit(screen, async (page) => {
      for (const path of places) {
        await page.goto(path);
        const wrong = await page.$$eval(".drawing, .squares", (all) =>
          all.flatMap((drawing) => {
            const frame = drawing.getBoundingClientRect();
            const letters = [...drawing.querySelectorAll("text")].map((one) => [one.textContent, one.getBoundingClientRect()]);
            const beyond = letters.filter(([, box]) => box.left < frame.left - 1 || box.right > frame.right + 1);
            const meet = letters.filter(([, one], at) =>
              letters.slice(at + 1).some(([, other]) =>
                Math.min(one.right, other.right) - Math.max(one.left, other.left) > 0.5 &&
                Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 4));
            return [...beyond, ...meet].map(([words]) => `${drawing.querySelector("title").textContent}: ${words}`);
          }),
        );
        assert.deepEqual(wrong, [], path);
      }
    });
  });
}

test("without a script, the map shows another measure with the keyboard alone", async () => {
  await visit({ ...PHONE, javaScriptEnabled: false }, async (page) => {
    await page.goto("/london");
    await tabTo(page, "a[href='/london?measure=free']");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/london?measure=free");
    assert.equal(await page.locator("#boroughs-h").textContent(), "Free offers, borough by borough");
    assert.equal(await page.locator(".squares > title").textContent(), "Free offers, borough by borough");
  });
});
