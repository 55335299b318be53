import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { PHONE, browser, site, sound, tabTo } from "./support.js";

const visit = browser();

/** A borough as a square. */
const square = (code, west, south, east, north) => ({
  type: "Feature",
  properties: { code },
  geometry: { type: "Polygon", coordinates: [[[west, south], [east, south], [east, north], [west, north], [west, south]]] },
});

const BOROUGHS = {
  type: "FeatureCollection",
  features: [square("E09000028", -0.11, 51.42, -0.03, 51.51), square("E09000023", -0.03, 51.42, 0.04, 51.5)],
};

/** The coordinators' command, beside the site that runs; one that ran before these tests keeps what it has. */
before(async () => {
  if (!process.env.FINGERPOST_DATA) return;
  const folder = mkdtempSync(join(tmpdir(), "fingerpost-outlines-"));
  const file = join(folder, "boroughs.geojson");
  writeFileSync(file, JSON.stringify(BOROUGHS));
  execFileSync(process.env.FINGERPOST_BIN, ["import", "outlines", file], { env: process.env });
  rmSync(folder, { recursive: true });
  for (let tries = 0; tries < 100; tries += 1) {
    if ((await (await fetch(`${site}/map`)).text()).includes('class="region"')) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error("the site does not follow the import");
});

test("every point of a map is reached with the keyboard, in the order of the list below", async () => {
  await visit({}, async (page) => {
    await page.goto("/map");
    const labels = await page.$$eval(".pins a", (all) => all.map((one) => one.getAttribute("aria-label")));
    assert.ok(labels.length > 5, `${labels.length} points`);
    await tabTo(page, ".pins a");
    for (const [at, label] of labels.entries()) {
      if (at) await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement.getAttribute("aria-label")), label);
    }
    const said = await page.$$eval(".spots > li", (all) => all.map((one) => (one.querySelector("h3") ?? one.querySelector("a")).textContent));
    assert.deepEqual(said, labels);
  });
});

test("a point is opened with the keyboard, closer and closer, until an offer is there", async () => {
  await visit({ javaScriptEnabled: false }, async (page) => {
    await page.goto("/map");
    for (let looks = 0; !page.url().includes("/offers/"); looks += 1) {
      assert.ok(looks < 12, "it never ends");
      await tabTo(page, ".pins a");
      await press(page);
      // The next stop is the first link of the place in the list.
      if (page.url().includes("#place-")) await page.keyboard.press("Tab").then(() => press(page));
    }
    assert.equal(await page.locator("h1").count(), 1);
  });
});

/** Enter, until the address is another one. */
async function press(page) {
  const here = page.url();
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => url.href !== here);
}

test("maps are sound on a phone, in both colours", async () => {
  await visit(PHONE, async (page) => {
    for (const path of ["/map", "/map?borough=southwark", "/map?q=zzzzqqqq", "/offers/clay-and-company"]) {
      await page.goto(path);
      await sound(page);
    }
  });
});

test("points can be touched with a finger on the smallest phone", async () => {
  await visit({ ...PHONE, hasTouch: true, isMobile: true }, async (page) => {
    await page.goto("/map");
    const boxes = await page.$$eval(".pins .reach", (all) => all.map((one) => one.getBoundingClientRect().width));
    assert.ok(boxes.every((width) => width >= 24), `${Math.min(...boxes)}px`);
  });
});

test("with a script the map stands beside the list, follows its filters and goes away", async () => {
  await visit({ viewport: { width: 1280, height: 900 } }, async (page) => {
    await page.goto("/offers?borough=southwark");
    const told = () => page.locator("#map-t").textContent();
    await page.locator("#to-map").click();
    await page.locator("#map .region").waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "map");
    const before = await told();
    assert.match(before, /^Map of \d+ offers$/);
    await sound(page);
    const free = page.locator("input[name=cost][value=free]");
    if (!(await free.isVisible())) await page.locator("#by-cost > summary").click();
    await free.check();
    await page.waitForFunction((old) => {
      const now = document.getElementById("map-t")?.textContent;
      return now && now !== old;
    }, before);
    assert.equal(await page.evaluate(() => document.activeElement.name), "cost", "the focus stays where the hand is");
    await page.locator("#to-map").click();
    assert.equal(await page.locator("#map").count(), 0);
    assert.equal(await page.locator("#to-map").textContent(), "See them on a map");
  });
});

test("a map asks nobody else for anything", async () => {
  await visit({}, async (page) => {
    const elsewhere = [];
    page.on("request", (request) => request.url().startsWith(site) || elsewhere.push(request.url()));
    for (const path of ["/map", "/offers/clay-and-company"]) await page.goto(path, { waitUntil: "networkidle" });
    assert.deepEqual(elsewhere, []);
  });
});
