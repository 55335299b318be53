import assert from "node:assert/strict";
import { test } from "node:test";
import { invite } from "./coordinator.js";
import { Keyboard } from "./keyboard.js";
import { letter } from "./mailbox.js";
import { AS_LONG_AS_A_PERSON, PHONE, browser, sound } from "./support.js";

const visit = browser();
const elsewhere = process.env.FINGERPOST_DATA ? false : "the site runs elsewhere";
const button = (page, name) => page.getByRole("button", { name });
const wrong = (page) => page.$$eval("#wrongs a", (all) => all.map((one) => one.hash));

for (const scripted of [true, false]) {
  const how = scripted ? "with JavaScript" : "without JavaScript";
  const settings = scripted ? PHONE : { ...PHONE, javaScriptEnabled: false };
  const title = scripted ? "A mug with a wryneck" : "A mug without a lid";
  const address = scripted ? "/stories/a-mug-with-a-wryneck" : "/stories/a-mug-without-a-lid";
  const teller = `rosa-${scripted}@storyteller.example`;
  const email = `ama-${scripted}@southwark.example`;

  test(`a story is told, approved, read and taken back by keyboard ${how}`, { skip: elsewhere, timeout: 240_000 }, async () => {
    await invite(email, "southwark");
    await visit(settings, async (page) => {
      const keys = new Keyboard(page);
      await page.goto("/offers/clay-and-company");
      await keys.follow(page.locator("#tell"));
      await sound(page);
      await keys.type(page.locator("#email"), teller);
      await page.waitForTimeout(AS_LONG_AS_A_PERSON);
      await keys.follow(button(page, "Send me the link"));
      assert.equal(await page.locator("h1").innerText(), "Look in your mailbox");
      await sound(page);

      await page.goto((await letter("storylink", teller)).link);
      await sound(page);
      await keys.type(page.locator("#title"), title);
      await keys.type(page.locator("#words"), "I came for the tea. I stayed for the clay. We utilise it every week.");
      if (scripted) await page.locator("#preview dt", { hasText: "utilise" }).waitFor();
      await keys.follow(page.locator("#send"));
      assert.deepEqual(await wrong(page), ["#kind", "#teller", "#needs", "#consent_by", "#consent_on", "#consent_kept", "#site"]);
      assert.equal(await page.locator("#title").inputValue(), title);
      await sound(page);
      await keys.choose(page.getByLabel("A testimonial"));
      await keys.choose(page.getByLabel("Somebody who took part"));
      await keys.type(page.locator("#name"), "Philomena");
      await keys.tick(page.getByLabel("Loneliness and isolation"));
      await keys.choose(page.getByLabel("Me: it is my own story"));
      await keys.type(page.locator("#consent_on"), "today");
      await keys.type(page.locator("#consent_kept"), "I tell it myself");
      await keys.tick(page.locator("#site"));
      await keys.follow(page.locator("#send"));
      assert.match(await page.locator("#done").innerText(), /It is sent/);
      assert.equal(await page.locator("#stage").innerText(), "With the coordinator");
      await sound(page);
    });
    await visit(settings, async (page) => {
      const keys = new Keyboard(page);
      await page.goto("/desk/sign-in");
      await keys.type(page.locator("#email"), email);
      await keys.follow(button(page, "Send me a link"));
      await page.goto((await letter("signin", email)).link);
      await keys.follow(page.locator("#enter"));
      await keys.follow(page.locator("#stories"));
      await sound(page);
      await keys.follow(page.getByRole("link", { name: title }));
      await sound(page);
      await keys.follow(page.locator("#publish"));
      assert.match(await page.locator("#done").innerText(), /published/);
      await page.goto("/desk/stories/entry");
      await sound(page);
    });
    await visit(settings, async (page) => {
      const keys = new Keyboard(page);
      await page.goto("/stories?need=loneliness");
      await sound(page);
      await keys.follow(page.getByRole("link", { name: title }));
      assert.equal(new URL(page.url()).pathname, address);
      assert.match(await page.locator("main").innerText(), /Told by Philomena, who took part\. Names changed\./);
      await sound(page);
      await page.goto((await letter("storypublished", teller)).link);
      await sound(page);
      await keys.follow(page.locator("#withdraw"));
      assert.equal(await page.locator("h1").innerText(), "It is gone");
      await sound(page);
      assert.equal((await page.goto(address)).status(), 404);
    });
  });
}
