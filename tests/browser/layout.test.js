import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, each, pages, searches, sideways } from "./support.js";

const visit = browser();

const SCREENS = [
  ["on a phone of 320 px", { width: 320, height: 640 }],
  ["at 400 % zoom on a screen of 1280 by 1024 px", { width: 320, height: 256 }],
  ["on a tablet", { width: 768, height: 1024 }],
  ["on a wide screen", { width: 1920, height: 1080 }],
];

for (const [where, viewport] of SCREENS) {
  test(`no page scrolls sideways ${where}, disclosures open or not`, async () => {
    await visit({ viewport }, async (page, visitor) => {
      const wrong = await each(visitor, await pages(), async (page) => {
        const closed = await sideways(page);
        await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        return closed || (await sideways(page));
      });
      assert.deepEqual(wrong, []);
    });
  });
}

test("no page scrolls sideways with letters twice as large", async () => {
  await visit({ viewport: { width: 1280, height: 900 } }, async (page, visitor) => {
    const wrong = await each(visitor, await pages(), async (page) => {
      await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
      return sideways(page);
    });
    assert.deepEqual(wrong, []);
  });
});

test("filters are folded away on a phone and stand beside the list on a wide screen", async () => {
  await visit({ viewport: { width: 360, height: 740 } }, async (page) => {
    await page.goto("/offers");
    const box = page.locator("input[type=checkbox][name=cost][value=free]");
    assert.equal(await box.isVisible(), false);
    await page.locator(".filters > summary").click();
    assert.equal(await box.isVisible(), true);
  });
  await visit({ viewport: { width: 1280, height: 800 } }, async (page) => {
    await page.goto("/offers");
    assert.equal(await page.locator("input[type=checkbox][name=cost][value=free]").isVisible(), true);
    const [filters, list] = await Promise.all(["#narrow", "#found"].map((id) => page.locator(id).boundingBox()));
    assert.ok(filters.x + filters.width <= list.x, "the filters stand to the left of the list");
  });
});

test("a printed page has no navigation, no form and no banner's links, and its list stays", async () => {
  await visit({}, async (page) => {
    await page.emulateMedia({ media: "print" });
    for (const path of ["/", "/about", ...searches.slice(0, 5)]) {
      await page.goto(path);
      for (const hidden of [".site-head", ".site-foot", ".skip", ".ask", "#narrow", ".sort", ".turn"]) {
        const shown = await page.locator(hidden).filter({ visible: true }).count();
        assert.equal(shown, 0, `${hidden} is printed on ${path}`);
      }
      assert.ok(await page.locator("main").isVisible(), `nothing is printed of ${path}`);
    }
    await page.goto("/offers");
    assert.ok(await page.locator(".card").first().isVisible());
    const colour = await page.evaluate(() => getComputedStyle(document.documentElement).color);
    assert.equal(colour, "rgb(0, 0, 0)");
  });
});
