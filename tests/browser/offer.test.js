import assert from "node:assert/strict";
import { test } from "node:test";
import { PHONE, browser, sound, tabTo } from "./support.js";

const visit = browser();
const OFFER = "/offers/clay-and-company";

test("a professional opens the help with the keyboard and copies the words to record", async () => {
  await visit({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.goto(OFFER);
    assert.equal(await page.getByText("Shall I read you what they say").isVisible(), false);
    await tabTo(page, "#talk summary");
    await page.keyboard.press("Enter");
    assert.equal(await page.getByText("Shall I read you what they say").isVisible(), true);
    await tabTo(page, "#talk [data-copy]");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.getElementById("copied").textContent.startsWith("Copied"));
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    assert.equal(copied, "Social prescribing offered (SNOMED CT 871691000000100)");
    assert.equal(await page.getByRole("status").filter({ hasText: "Copied" }).isVisible(), true);
  });
});

test("without a script the words stand there to be selected, and no button does nothing", async () => {
  await visit({ javaScriptEnabled: false }, async (page) => {
    await page.goto(OFFER);
    await page.locator("#talk summary").click();
    assert.equal(await page.getByText("871691000000100").isVisible(), true);
    assert.equal(await page.locator("[data-copy]:visible").count(), 0);
  });
});

test("the page of an offer is sound on a phone with all its help open", async () => {
  await visit(PHONE, async (page) => {
    await page.goto(OFFER);
    await page.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
    await sound(page);
  });
});

test("what is written for programs is read as data, and the strict policy has nothing against it", async () => {
  await visit({}, async (page) => {
    const complaints = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && complaints.push(message.text()));
    await page.goto(OFFER);
    const data = await page.locator('script[type="application/ld+json"]').textContent();
    assert.equal(JSON.parse(data).name, "Clay and company");
    assert.deepEqual(complaints, []);
  });
});

test("a calendar file is saved under the name of its offer", async () => {
  await visit({}, async (page) => {
    await page.goto(OFFER);
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Put these dates in your calendar" }).click(),
    ]);
    assert.match(saved.suggestedFilename(), /^clay-and-company\.ics$|^calendar\.ics$/);
  });
});
