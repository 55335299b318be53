import assert from "node:assert/strict";
import { test } from "node:test";
import { AS_LONG_AS_A_PERSON, PHONE, browser, sound, tabTo } from "./support.js";

const visit = browser();
const STEPS = ["what", "who", "when", "place", "cost", "about"];

/** A new draft; the address of its list of steps. */
async function draft(page) {
  await page.goto("/describe/start");
  await page.fill("#title", "Paper boats on Sunday");
  await page.fill("#place", "online");
  await page.fill("#email", `boats${process.hrtime.bigint()}@boats.example`);
  await page.waitForTimeout(AS_LONG_AS_A_PERSON);
  await page.click("#go-on");
  return page.locator("#private-link").getAttribute("href");
}

const save = (page) => Promise.all([page.waitForNavigation(), page.click("#save")]);

/** The summary has the focus, and its links lead to what is to be put right. */
async function says(page, ...fields) {
  const focused = await page.evaluate(() => document.activeElement.id);
  assert.equal(focused, "wrongs", `the focus is on the summary of ${page.url()}`);
  const links = await page.$$eval("#wrongs a", (all) => all.map((one) => one.hash.slice(1)));
  for (const field of fields) assert.ok(links.includes(field), `${field} is among ${links}`);
  for (const field of links) {
    await page.locator(`#wrongs a[href$="#${field}"]`).first().focus();
    await page.keyboard.press("Enter");
    const there = await page.evaluate(() => document.activeElement.id);
    assert.equal(there, field, `the link leads to ${field}`);
  }
  await sound(page);
}

test("a first step with everything wrong names it all, leads to each, and keeps what was typed", async () => {
  await visit(PHONE, async (page) => {
    await page.goto("/describe/start");
    await page.fill("#place", "nowhere 🧶");
    await page.fill("#email", "ines at home");
    await page.click("#go-on");
    await says(page, "title", "place", "email");
    assert.equal(await page.inputValue("#place"), "nowhere 🧶");
    assert.equal(await page.inputValue("#email"), "ines at home");
  });
});

test("what is much alike is shown before a second one is begun", async () => {
  await visit(PHONE, async (page) => {
    await page.goto("/describe/start");
    await page.fill("#title", "Clay and company");
    await page.fill("#place", "SE15 4DD");
    await page.fill("#email", "other@clay.example");
    await page.waitForTimeout(AS_LONG_AS_A_PERSON);
    await page.click("#go-on");
    assert.equal(await page.locator("h1").innerText(), "Is it one of these?");
    assert.equal(await page.locator(".card h3").first().innerText(), "Clay and company");
    await sound(page);
  });
});

test("each step says what is wrong, at a link to each, and loses nothing that was typed", async () => {
  await visit(PHONE, async (page) => {
    const home = await draft(page);
    await page.goto(`${home}/what`);
    const long = "Nähen 🧵 <b>und</b> “so” weiter. ".repeat(12);
    await page.fill("#summary", long);
    await page.locator("#preview .coach .swap, #preview .coach h3").first().waitFor();
    await save(page);
    await says(page, "summary");
    assert.equal(await page.inputValue("#summary"), long);

    await page.goto(`${home}/who`);
    await page.check("[name=ages][value=some]");
    await page.fill("#age_from", "old");
    await save(page);
    await says(page, "age_from");

    await page.goto(`${home}/when`);
    await page.check("[name=when][value=regular]");
    await page.check("[name=schedule-1-rule][value=weekly]");
    await page.fill("#schedule-1-starts", "soon");
    await page.fill("#ends_on", "31/2/2027");
    await save(page);
    await says(page, "schedule-1-starts", "ends_on");
    assert.equal(await page.inputValue("#ends_on"), "31/2/2027");

    await page.goto(`${home}/place`);
    await page.check("[name=delivery][value=in-person]");
    await page.fill("#venue_postcode", "SE15");
    await save(page);
    await says(page, "venue_postcode");

    await page.goto(`${home}/cost`);
    await page.check("[name=cost][value=paid]");
    await page.fill("#price-1-amount", "a few").catch(() => page.click("#price-more").then(() => page.fill("#price-1-amount", "a few")));
    await save(page);
    await says(page, "price-1-amount");

    await page.goto(`${home}/about`);
    await page.fill("#provider_website", "javascript:alert(1)");
    await page.fill("#contact-1-email", "nobody");
    await save(page);
    await says(page, "provider_website", "contact-1-email");

    await page.goto(`${home}/check`);
    await sound(page);
    await page.click("#send-it");
    assert.equal(await page.evaluate(() => document.activeElement.id), "wrongs");
    await sound(page);
    for (const step of STEPS) {
      assert.ok(await page.locator(`#wrongs a[href*="/${step}?"]`).count(), `what is open in ${step} is named`);
    }
  });
});

test("two windows do not overwrite each other: the second is asked which words to keep", async () => {
  await visit(PHONE, async (page, visitor) => {
    const home = await draft(page);
    const other = await visitor.newPage();
    await Promise.all([page.goto(`${home}/what`), other.goto(`${home}/what`)]);
    await page.fill("#bring", "Nothing.");
    await page.click("#later");
    await page.waitForURL((url) => url.pathname === home);
    await other.fill("#bring", "An apron.");
    await other.click("#later");
    await other.locator("#conflict").waitFor();
    await sound(other);
    const halves = await other.locator(".difference").innerText();
    assert.match(halves, /Nothing\.[^]*An apron\./);
    await tabTo(other, "#keep-typed");
    await Promise.all([other.waitForNavigation(), other.keyboard.press("Enter")]);
    await page.goto(`${home}/what`);
    assert.equal(await page.inputValue("#bring"), "An apron.");
  });
});

test("a link that is old or wrong leads to a new one by e-mail", async () => {
  await visit(PHONE, async (page) => {
    await page.goto("/describe/old-or-wrong");
    await sound(page);
    await page.click("#new-link");
    await sound(page);
    await page.fill("#email", "x");
    await page.click("#mail-it");
    await says(page, "email");
    await page.fill("#email", "nobody@nowhere.example");
    await page.click("#mail-it");
    assert.equal(await page.locator("h1").innerText(), "Look into your mailbox");
    await sound(page);
  });
});

test("printed, the answers stand without links, buttons and advice", async () => {
  await visit(PHONE, async (page) => {
    const home = await draft(page);
    await page.goto(`${home}/check`);
    await page.emulateMedia({ media: "print" });
    for (const hidden of ["#send-it", "#keep-it", ".change a", ".coach", ".site-head"]) {
      assert.equal(await page.locator(hidden).filter({ visible: true }).count(), 0, `${hidden} is printed`);
    }
    assert.match(await page.locator("main").innerText(), /Paper boats on Sunday/);
  });
});
