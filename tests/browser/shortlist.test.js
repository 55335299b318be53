import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { Keyboard } from "./keyboard.js";
import { browser, PHONE, site, sound } from "./support.js";

const visit = browser();
const WIDE = { viewport: { width: 1280, height: 900 } };

const titles = (page) => page.$$eval(".chosen h2", (all) => all.map((one) => one.textContent.trim()));
const count = (page) => page.locator("#shortlist .count").innerText();

/** The first slugs of a search. */
async function found(query, many) {
  const { offers } = await (await fetch(`${site}/offers.json?${query}`)).json();
  return offers.slice(0, many).map((one) => one.slug);
}

for (const [how, settings] of [
  ["with the keyboard", WIDE],
  ["with the keyboard on a phone", PHONE],
  ["with the keyboard and without JavaScript", { ...WIDE, javaScriptEnabled: false }],
]) {
  test(`one searches, adds three, compares, writes notes, keeps the dates, prints, and sends the address ${how}`, async () => {
    const [address, order] = await visit(settings, async (page, visitor) => {
      const keys = new Keyboard(page);
      const scripts = settings.javaScriptEnabled !== false;
      await page.goto("/offers?q=singing");
      for (let added = 1; added <= 3; added += 1) {
        const button = page.locator("button.keep[name=add]").first();
        await keys.reach(button);
        await keys.press("Enter");
        await page.waitForFunction((many) => document.querySelector("#shortlist .count").textContent === many, `${added}`);
        assert.equal(await page.locator("button.keep[name=drop]").count(), added);
      }
      assert.equal(page.url().includes("list="), !scripts, "only without a script does the address carry it");
      assert.match(page.url(), /q=singing/);

      await keys.follow(page.locator("#shortlist"));
      assert.match(page.url(), /\/shortlist\?list=/);
      const before = await titles(page);
      assert.equal(before.length, 3);
      await sound(page);

      await keys.type(page.locator("#title"), "Tuesdays & tea");
      await keys.type(page.locator(".chosen textarea").first(), "Ask for “Dele” at 50% speed");
      await keys.follow(page.locator("button[name=down]").first());
      const order = await titles(page);
      assert.deepEqual(order.map((one) => one.slice(3)), [before[1], before[0], before[2]].map((one) => one.slice(3)));
      assert.equal(await page.locator("#title").inputValue(), "Tuesdays & tea", "what was typed came along");
      assert.equal(await page.locator(".chosen textarea").nth(1).inputValue(), "Ask for “Dele” at 50% speed");
      const address = page.url().replace(/#.*/, "");

      await keys.follow(page.locator("button[formaction='/compare']"));
      assert.equal(await page.locator("table.versus thead th").count(), 4);
      await keys.type(page.locator("#near"), "Peckham");
      await keys.follow(page.locator("form.pick-some button"));
      assert.match(await page.locator("table.versus").innerText(), /Distance from Peckham/);
      await sound(page);
      await keys.follow(page.locator(".trail a"));
      assert.equal(page.url(), address);

      const saved = page.waitForEvent("download");
      await keys.reach(page.getByRole("link", { name: "Add to your calendar" }));
      await keys.press("Enter");
      const calendar = await readFile(await (await saved).path(), "utf8");
      assert.match(calendar, /^BEGIN:VCALENDAR\r\n/);
      assert.equal(new Set(calendar.match(/^UID:.*$/gm)).size >= 3, true, "each offer is in it");

      await keys.follow(page.locator("button[formaction='/handout']"));
      assert.equal(await page.locator("article.sheet").count(), 3);
      assert.match(await page.locator("article.sheet").nth(1).innerText(), /A note for you: Ask for “Dele” at 50% speed/);
      await sound(page);

      // The browser makes a file of it, or shows it; either way it is asked for with all that was chosen.
      const pdf = visitor.waitForEvent("request", (one) => one.url().includes("/handout.pdf"));
      await keys.reach(page.locator("button[formaction='/handout.pdf']"));
      await keys.press("Enter");
      const reply = await visitor.request.get((await pdf).url());
      assert.equal(reply.headers()["content-type"], "application/pdf");
      const { text } = await read(await reply.body());
      assert.match(text, /A note for you: Ask for “Dele” at 50% speed/);
      assert.deepEqual(await visitor.cookies(), []);
      return [address, order];
    });
    await visit(WIDE, async (page) => {
      await page.goto(address);
      assert.deepEqual(await titles(page), order);
      assert.equal(await page.locator("h1").innerText(), "Tuesdays & tea");
      assert.equal(await page.locator(".chosen textarea").nth(1).inputValue(), "Ask for “Dele” at 50% speed");
    });
  });
}

/** What an independent reader finds: what the document says of itself, and its tree in reading order. */
async function read(bytes) {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const { info } = await pdf.getMetadata();
  const tags = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const said = new Map();
    let open;
    for (const item of (await page.getTextContent({ includeMarkedContent: true })).items) {
      if (item.type === "beginMarkedContentProps") open = item.id;
      else if (item.type === "endMarkedContent") open = undefined;
      else if (item.str) said.set(open, (said.get(open) ?? "") + item.str);
    }
    const walk = (node) => {
      const words = (node.children ?? []).filter((one) => one.type === "content").map((one) => said.get(one.id) ?? "");
      if (!["Root", "Document", "Part"].includes(node.role)) tags.push({ role: node.role, alt: node.alt, words: words.join("") });
      for (const child of node.children ?? []) if (child.role) walk(child);
    };
    walk(await page.getStructTree());
  }
  const outline = (await pdf.getOutline()).map((one) => one.title);
  const text = tags.map((one) => one.words).join("\n");
  return { info, marked: await pdf.getMarkInfo(), tags, outline, text, pages: pdf.numPages };
}

test("the PDF says what it is and is read in order: title, language, headings, pictures in words", async () => {
  const slugs = await found("q=singing", 3);
  const reply = await fetch(`${site}/handout.pdf?list=${slugs.join(".")}&title=For+spring`);
  const { info, marked, tags, outline, pages } = await read(await reply.arrayBuffer());
  assert.equal(info.Title, "For spring");
  assert.equal(info.Language, "en-GB");
  assert.equal(marked.Marked, true);
  assert.equal(pages, 3);
  const headings = tags.filter((one) => one.role === "H1");
  assert.deepEqual(headings.map((one) => one.words.trim()), outline);
  for (const [at, first] of tags.entries()) {
    if (first.role !== "H1") continue;
    const end = tags.findIndex((one, later) => later > at && one.role === "H1");
    const sheet = tags.slice(at, end < 0 ? undefined : end);
    assert.match(sheet[1].words, /^You can |^They can /, "the invitation follows the title");
    const facts = sheet.filter((one) => one.role === "H2").map((one) => one.words.trim());
    assert.equal(facts[0], "When");
    assert.ok(facts.indexOf("Cost") < facts.indexOf("How to join"), facts.join());
    const order = sheet.map((one) => one.role).join(" ");
    assert.match(order, /^H1 P (P )*H2 P .* P Link Figure$|^H1 P .*Link.*Figure$/);
    assert.match(sheet.find((one) => one.role === "Figure").alt, /^Square code\./);
  }
  assert.ok(tags.every((one) => one.words.trim() || one.alt || ["P", "Link", "Figure"].includes(one.role)));
});

test("Chromium opens the PDF, and a list of twenty says how long it takes", async () => {
  const slugs = await found("", 20);
  await visit(WIDE, async (page) => {
    const errors = [];
    page.on("console", (one) => one.type() === "error" && errors.push(one.text()));
    page.on("pageerror", (one) => errors.push(one.message));
    const started = performance.now();
    const reply = await page.request.get(`/handout.pdf?list=${slugs.join(".")}`);
    const body = await reply.body();
    const took = performance.now() - started;
    console.log(`a PDF of ${slugs.length} offers took ${took.toFixed(0)} ms and has ${body.length} bytes`);
    assert.equal((await read(body)).pages >= 20, true);
    // A browser without a window keeps it as a file, one with a window shows it.
    const kept = page.waitForEvent("download").catch(() => undefined);
    const shown = await page.goto(`/handout.pdf?list=${slugs[0]}`).catch(() => undefined);
    if (shown) assert.equal(await page.evaluate(() => document.contentType), "application/pdf");
    else assert.equal(await (await kept).failure(), null);
    assert.deepEqual(errors, []);
  });
});

test("the list follows the visitor through the site, and nothing of it leaves the browser", async () => {
  await visit(WIDE, async (page, visitor) => {
    const sent = [];
    const [slug] = await found("q=singing", 1);
    await page.goto(`/offers/${slug}`);
    visitor.on("request", (one) => sent.push(one.method() + one.url() + (one.postData() ?? "")));
    await page.locator("button.keep").click();
    assert.equal(await count(page), "1");
    for (const path of ["/", "/boroughs", "/offers?q=singing"]) {
      await page.goto(path);
      assert.equal(await count(page), "1", path);
    }
    const others = sent.filter((one) => one.includes(slug) && !one.endsWith("/contact"));
    assert.deepEqual(others, []);
    assert.equal(await page.locator("button.keep[name=drop]").count(), 1);
    // A choice replaces the list in place; what is on the shortlist stays marked.
    await page.locator("input[type=checkbox][name=cost][value=free]").check();
    await page.waitForURL(/cost=free/);
    await page.locator("button.keep[name=drop]").click();
    assert.equal(await count(page), "0");
  });
});

test("a list that somebody sent does not take the place of one's own until one says so", async () => {
  const [mine, theirs] = await found("q=singing", 2);
  await visit(WIDE, async (page) => {
    await page.goto(`/shortlist?list=${mine}_1`);
    assert.equal(await count(page), "1");
    await page.goto(`/shortlist?list=${theirs}_1.${mine}_1&title=From+Ada`);
    assert.equal(await count(page), "1", "one's own is kept");
    await sound(page);
    await page.locator("#other a").click();
    assert.deepEqual((await titles(page)).length, 1);
    await page.goBack();
    await page.locator("#other button").click();
    assert.equal(await count(page), "2");
    await page.goto("/shortlist");
    await page.waitForURL(/list=/);
    assert.equal(await page.locator("h1").innerText(), "From Ada");
    // Taken off one by one, it is empty and stays so.
    for (const left of ["1", "0"]) {
      await page.locator("button[name=drop]").first().click();
      await page.waitForFunction((many) => document.querySelector("#shortlist .count").textContent === many, left);
    }
    await page.goto("/shortlist");
    assert.match(await page.locator("main").innerText(), /There is nothing on it yet/);
    await sound(page);
  });
});

test("what is typed on one's own list is kept at once, and its address can be copied", async () => {
  const [slug] = await found("q=singing", 1);
  await visit({ ...WIDE, permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.goto(`/shortlist?list=${slug}_1`);
    await page.locator("#title").fill("For the spring");
    await page.locator("#copy").click();
    await page.waitForFunction(() => document.getElementById("copy").textContent === "Copied");
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), page.url());
    assert.match(page.url(), /title=For\+the\+spring/);
    await page.goto(`/offers/${slug}`);
    await page.locator("#copy").click();
    await page.waitForFunction(() => document.getElementById("copy").textContent === "Copied");
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), new RegExp(`/offers/${slug}$`));
    await page.goto("/");
    await page.locator("#shortlist").click();
    assert.equal(await page.locator("#title").inputValue(), "For the spring");
  });
});

test("the twenty-first offer is told", async () => {
  const slugs = await found("", 20);
  const [other] = (await found("page=2", 1)).filter((one) => !slugs.includes(one));
  await visit(WIDE, async (page) => {
    await page.goto(`/shortlist?list=${slugs.join(".")}`);
    await page.goto(`/offers/${other}`);
    await page.locator("button.keep").click();
    await page.waitForURL(/full=1/);
    assert.match(await page.locator("[role=alert]").innerText(), /Your shortlist is full/);
    assert.equal(await count(page), "20");
  });
});
