import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, each, failures, pages, searches, violations } from "./support.js";

const visit = browser();

for (const colorScheme of ["light", "dark"]) {
  test(`no page breaks a rule of WCAG 2.2 AA in the ${colorScheme} colours`, async () => {
    await visit({ colorScheme }, async (page, visitor) => {
      assert.deepEqual(await each(visitor, await pages(), violations), []);
    });
  });
}

test("no page breaks a rule on a phone, with every disclosure open", async () => {
  await visit({ viewport: { width: 320, height: 640 } }, async (page, visitor) => {
    const wrong = await each(visitor, await pages(), async (page) => {
      await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
      return violations(page);
    });
    assert.deepEqual(wrong, []);
  });
});

test("every page has one main heading, English as its language, and its own title", async () => {
  await visit({}, async (page, visitor) => {
    const titles = new Map();
    const wrong = await each(visitor, await pages(), async (page, path) => {
      if ((await page.locator("h1").count()) !== 1) return "has not one h1";
      if ((await page.locator("html").getAttribute("lang")) !== "en-GB") return "says no language";
      if ([...searches, ...failures].includes(path)) return;
      const title = await page.title();
      const same = titles.get(title);
      titles.set(title, path);
      if (same) return `has the title of ${same}`;
    });
    assert.deepEqual(wrong, []);
  });
});

test("what can be pressed on a phone is large enough for a finger", async () => {
  await visit({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true }, async (page) => {
    await page.goto("/offers?q=free+singing+in+Hackney");
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    const small = await page.$$eval("button, summary, label:has(> [type=checkbox]), .means a, .sort a, .box", (all) =>
      all
        .filter((one) => one.getClientRects().length)
        .filter((one) => one.getBoundingClientRect().height < 43.5)
        .map((one) => `${one.textContent.trim()} is ${one.getBoundingClientRect().height}px high`),
    );
    assert.deepEqual(small, []);
  });
});
