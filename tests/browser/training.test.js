// A place on a training: booked by keyboard on the smallest phone, without scripts, confirmed from the mail, given up.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Keyboard } from "./keyboard.js";
import { letter } from "./mailbox.js";
import { AS_LONG_AS_A_PERSON, PHONE, browser, sound } from "./support.js";

const visit = browser();
/** Letters are only at hand where these tests have started the program. */
const elsewhere = process.env.FINGERPOST_DATA ? false : "the site runs elsewhere";
const EMAIL = "tilda@keyboard.example";
const COHORT = "Camden and Islington, online";

test("somebody books a training by keyboard at 320 pixels without JavaScript, confirms it, and cancels", { skip: elsewhere, timeout: 240_000 }, async () => {
  await visit({ ...PHONE, javaScriptEnabled: false }, async (page) => {
    const keys = new Keyboard(page);
    await page.goto("/training");
    await sound(page);
    await keys.follow(page.getByRole("link", { name: COHORT }));
    await sound(page);
    const before = await free(page);
    await keys.follow(page.getByRole("link", { name: "Book a place" }));
    const opened = Date.now();
    await sound(page);
    await keys.type(page.getByLabel("Your name"), "Tilda Key");
    await keys.follow(page.getByRole("button", { name: "Send" }));
    await sound(page);
    assert.equal(await page.getByLabel("Your name").inputValue(), "Tilda Key", "nothing typed is lost");
    await keys.choose(page.getByLabel("Local authority"));
    await keys.type(page.getByLabel("Your email address"), EMAIL);
    await keys.type(page.getByLabel("What do you need on the day?"), "A seat near the door");
    await page.waitForTimeout(Math.max(0, AS_LONG_AS_A_PERSON - (Date.now() - opened)));
    await keys.follow(page.getByRole("button", { name: "Send" }));
    await sound(page);
    assert.equal(await page.locator("h1").innerText(), "Now look at your email");

    const asked = await letter("trainingasked", EMAIL);
    await page.goto(asked.link);
    await sound(page);
    await keys.follow(page.getByRole("button", { name: "Confirm my booking" }));
    await sound(page);
    assert.equal(await page.locator("h1").innerText(), "You have a place");
    assert.ok((await page.locator("#joining").innerText()).includes("meeting.example"), "how to get in");
    const booked = await letter("trainingbooked", EMAIL);
    assert.ok(booked.words.includes("meeting.example"), booked.words);
    await page.goto(booked.link);
    await keys.follow(page.getByRole("button", { name: "Cancel my place" }));
    await sound(page);
    assert.equal(await page.locator("h1").innerText(), "Your booking is cancelled");
    await letter("trainingcancelled", EMAIL);
    await keys.follow(page.getByRole("link", { name: "About this training" }));
    assert.equal(await free(page), before, "the place is free again");
  });
});

const free = (page) => page.locator("#free").innerText();
