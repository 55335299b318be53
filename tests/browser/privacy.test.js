import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, failures, pages, searches, site } from "./support.js";

const visit = browser();

test("no page sets a cookie, keeps anything in the browser or asks another site", async () => {
  await visit({}, async (page, visitor) => {
    const elsewhere = [];
    page.on("request", (request) => {
      if (!request.url().startsWith(`${site}/`)) elsewhere.push(request.url());
    });
    for (const path of await pages()) {
      await page.goto(path, { waitUntil: "load" });
      const kept = await page.evaluate(() => localStorage.length + sessionStorage.length);
      assert.equal(kept, 0, `${path} keeps something in the browser`);
    }
    assert.deepEqual(elsewhere, []);
    assert.deepEqual(await visitor.cookies(), []);
  });
});

test("no page makes the browser complain, least of all about the content policy", async () => {
  await visit({}, async (page) => {
    const complaints = [];
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
    const told = (complaint) => /the server responded with a status of (404|422)/.test(complaint);
    for (const path of await pages()) await page.goto(path, { waitUntil: "load" });
    await page.goto(searches[0]);
    await page.locator("input[type=checkbox][name=cost]").first().check({ force: true });
    await page.waitForURL(/cost=/);
    assert.deepEqual(complaints.filter((complaint) => !told(complaint)), []);
    assert.equal(complaints.filter((complaint) => told(complaint)).length > 0, failures.length > 0);
  });
});
