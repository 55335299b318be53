import assert from "node:assert/strict";
import { test } from "node:test";
import { browser, tabTo } from "./support.js";

const visit = browser();
const WIDE = { viewport: { width: 1280, height: 900 } };

const heading = (page) => page.locator("#found-h").innerText();
/** Says that the page is still the one that was opened, not a new one. */
const stays = (page) => page.evaluate(() => window.isTheSame === true);
const mark = (page) => page.evaluate(() => void (window.isTheSame = true));

for (const [how, settings] of [
  ["with the keyboard alone", {}],
  ["with the keyboard alone and without JavaScript", { javaScriptEnabled: false }],
]) {
  test(`one searches, narrows the list, opens an offer and goes back ${how}`, async () => {
    await visit({ ...WIDE, ...settings }, async (page) => {
      const keys = page.keyboard;
      await page.goto("/");
      await tabTo(page, "#q");
      await keys.type("something creative, not too far");
      await tabTo(page, "form[role=search] button");
      await keys.press("Enter");
      await page.waitForURL(/\/offers\?q=something/);
      const all = await heading(page);

      await tabTo(page, "input[type=checkbox][name=cost][value=free]");
      await keys.press("Space");
      if (settings.javaScriptEnabled === false) {
        await tabTo(page, ".use button");
        await keys.press("Enter");
      }
      await page.waitForURL(/[?&]cost=free/);
      await page.waitForFunction((before) => document.getElementById("found-h").textContent !== before, all);
      assert.ok(!page.url().includes("chosen="), "the address is tidy");
      assert.ok(await page.locator("input[type=checkbox][name=cost][value=free]").isChecked());
      const narrowed = await heading(page);
      const address = page.url();

      await tabTo(page, ".card h3 a");
      const title = await page.evaluate(() => document.activeElement.textContent);
      await keys.press("Enter");
      await page.waitForURL(/\/offers\/[a-z0-9-]+$/);
      assert.equal((await page.locator("h1").innerText()).trim(), title.trim());

      // The browser's own key, which a browser without a window does not have.
      await page.goBack();
      assert.equal(page.url(), address);
      assert.equal(await heading(page), narrowed);
      assert.ok(await page.locator("input[type=checkbox][name=cost][value=free]").isChecked());
      assert.equal(await page.locator("#q").inputValue(), "something creative, not too far");
    });
  });
}

test("a choice changes the list in place: focus, scroll and page stay, address and title follow, it is announced", async () => {
  await visit(WIDE, async (page) => {
    await page.goto("/offers");
    await mark(page);
    const before = await heading(page);
    const box = page.locator("input[type=checkbox][name=access][value=step-free]");
    await page.locator("#by-access").evaluate((one) => (one.open = true));
    await box.scrollIntoViewIfNeeded();
    await box.focus();
    const place = async () => (await box.boundingBox()).y;
    const beforeChoice = await place();
    await page.keyboard.press("Space");
    await page.waitForURL("**/offers?access=step-free");
    await page.waitForFunction((old) => document.getElementById("found-h").textContent !== old, before);

    assert.ok(await stays(page), "no new page was loaded");
    assert.ok(await box.evaluate((one) => one === document.activeElement), "the focus stays on the box");
    assert.ok(Math.abs((await place()) - beforeChoice) < 2, "the box stays where it was on the screen");
    assert.ok(await page.locator("#by-access").evaluate((one) => one.open), "what was open stays open");
    assert.equal(await page.locator("#news").textContent(), await page.locator("#found-h").textContent());
    assert.equal(await page.locator("#news").getAttribute("role"), "status");
    assert.match(await page.title(), /offers? match(es)? – Fingerpost$/);
    assert.match(await page.locator("#by-access > summary").innerText(), /1 chosen/);
    assert.match(await page.locator(".understood").innerText(), /Step-free/);

    await page.goBack();
    await page.waitForFunction((old) => document.getElementById("found-h").textContent === old, before);
    assert.ok(await stays(page), "going back loads no new page either");
    assert.equal(await box.isChecked(), false);
    await page.goForward();
    await page.waitForURL("**/offers?access=step-free");
    await page.waitForFunction(() => document.querySelector("input[type=checkbox][name=access][value=step-free]").checked);
  });
});

test("choices made faster than answers come end in the last one", async () => {
  await visit(WIDE, async (page) => {
    await page.goto("/offers");
    await mark(page);
    let first = true;
    await page.route(/chosen=1/, async (route) => {
      // The first answer is slow, and late.
      if (first) await new Promise((done) => setTimeout(done, 600));
      first = false;
      await route.continue().catch(() => {});
    });
    await page.locator("input[type=checkbox][name=cost][value=free]").check();
    await page.locator("input[type=checkbox][name=day][value=tuesday]").check();
    await page.waitForURL(/cost=free.*day=tuesday|day=tuesday.*cost=free/);
    await page.waitForTimeout(900);
    assert.match(page.url(), /cost=free/);
    assert.match(page.url(), /day=tuesday/);
    assert.ok(await stays(page));
  });
});

test("where the answer cannot be fetched the browser goes there instead", async () => {
  await visit(WIDE, async (page) => {
    await page.goto("/offers");
    await mark(page);
    await page.route(/chosen=1/, (route) =>
      route.request().resourceType() === "fetch" ? route.abort() : route.continue(),
    );
    await page.locator("input[type=checkbox][name=cost][value=free]").check();
    await page.waitForURL("**/offers?cost=free");
    assert.equal(await stays(page), false);
    assert.ok(await page.locator("input[type=checkbox][name=cost][value=free]").isChecked());
  });
});

test("unticking what the words say takes those words away", async () => {
  for (const javaScriptEnabled of [true, false]) {
    await visit({ ...WIDE, javaScriptEnabled }, async (page) => {
      await page.goto("/offers?q=singing,+free,+Hackney");
      const box = page.locator("input[type=checkbox][name=cost][value=free]");
      assert.ok(await box.isChecked());
      await box.uncheck();
      if (!javaScriptEnabled) await page.locator(".use button").click();
      await page.waitForURL((address) => !address.search.includes("free"));
      await page.waitForFunction(() => !document.querySelector("input[type=checkbox][name=cost][value=free]").checked);
      assert.doesNotMatch(await page.locator("#q").inputValue(), /free/);
      assert.match(await page.locator("#q").inputValue(), /singing.*Hackney/);
    });
  }
});

test("each piece that was understood can be taken away, or given back to the words", async () => {
  await visit(WIDE, async (page) => {
    await page.goto("/offers?q=lonely,+likes+singing,+tuesday");
    const pieces = page.locator(".understood .means a");
    const many = await pieces.count();
    assert.ok(many >= 3, `${many} pieces`);
    await page.locator(".understood li", { hasText: "Loneliness" }).locator(".plainly").click();
    assert.match(await page.locator(".rest").innerText(), /lonely/);
    await page.goBack();
    await page.locator(".understood li", { hasText: "Tuesday" }).locator(".means a").click();
    assert.equal(await pieces.count(), many - 1);
    assert.doesNotMatch(await page.locator("#q").inputValue(), /tuesday/i);
  });
});

test("a mistake in a parameter is told at its field, and nothing typed is lost", async () => {
  await visit(WIDE, async (page) => {
    const reply = await page.goto("/offers?q=singing&near=Atlantis&max_price=lots&cost=free");
    assert.equal(reply.status(), 422);
    await page.locator("#wrongs a[href='#near']").click();
    assert.ok(await page.locator("#near").evaluate((one) => one === document.activeElement));
    assert.equal(await page.locator("#near").inputValue(), "Atlantis");
    assert.equal(await page.locator("#max_price").inputValue(), "lots");
    assert.equal(await page.locator("#q").inputValue(), "singing");
    assert.ok(await page.locator("input[type=checkbox][name=cost][value=free]").isChecked());
    assert.equal(await page.locator("#near").getAttribute("aria-invalid"), "true");
  });
});

test("where nothing matches, each way out leads to as many offers as it says", async () => {
  await visit(WIDE, async (page) => {
    await page.goto("/offers?q=free+singing+zzyzx");
    assert.match(await heading(page), /Nothing matches/);
    const way = page.locator(".ways li").first();
    const said = Number((await way.innerText()).match(/would bring ([\d,]+)/)[1].replace(",", ""));
    await way.locator("a").click();
    const found = Number((await heading(page)).match(/[\d,]+/)[0].replace(",", ""));
    assert.equal(found, said);
  });
});

test("long lists are turned page by page, and back works", async () => {
  await visit(WIDE, async (page) => {
    await page.goto("/offers");
    const first = await page.locator(".card h3").first().innerText();
    await page.locator("a[rel=next]").click();
    await page.waitForURL("**/offers?page=2");
    assert.notEqual(await page.locator(".card h3").first().innerText(), first);
    await page.locator("a[rel=prev]").click();
    await page.waitForURL("**/offers");
    assert.equal(await page.locator(".card h3").first().innerText(), first);
  });
});
