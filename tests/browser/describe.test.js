import assert from "node:assert/strict";
import { test } from "node:test";
import { ask, publish, waiting } from "./coordinator.js";
import { Keyboard } from "./keyboard.js";
import { letter } from "./mailbox.js";
import { AS_LONG_AS_A_PERSON, PHONE, browser, site, sound } from "./support.js";

const visit = browser();
/** Letters and commands are only at hand where these tests have started the program. */
const elsewhere = process.env.FINGERPOST_DATA ? false : "the site runs elsewhere";
const SCRIPTED = {
  title: "Felt hats by the window",
  email: "ines@felthats.example",
  scripted: true,
  settings: {},
  activity: "Collage and mixed media",
  async days(keys, { thing }) {
    await keys.choose(thing.getByLabel("Every two weeks"));
    await keys.type(thing.getByLabel("How many weeks apart?"), "2");
    await keys.tick(thing.getByLabel("Tuesday", { exact: true }));
    await keys.type(thing.getByLabel("It begins at"), "10:30am");
    await keys.type(thing.getByLabel("It ends at"), "midday");
    await keys.type(thing.getByLabel("First date"), "5/1/2027");
    await keys.tick(thing.getByLabel("Only in school term time"));
  },
  /** 16 February is in half-term, 30 March in the Easter holidays. */
  dates: ["5 January", "19 January", "2 February", "2 March", "16 March", "13 April"],
};
const PLAIN = {
  title: "Slow songs in the garden room",
  email: "tomasz@slowsongs.example",
  scripted: false,
  settings: { javaScriptEnabled: false },
  activity: "Singing and choirs",
  async days(keys, { thing }) {
    await keys.choose(thing.getByLabel("Every week"));
    await keys.tick(thing.getByLabel("Thursday", { exact: true }));
    await keys.type(thing.getByLabel("It begins at"), "2pm");
    await keys.type(thing.getByLabel("It ends at"), "3:30pm");
  },
};

const button = (page, name) => page.getByRole("button", { name });
const link = (page, name) => page.getByRole("link", { name, exact: typeof name === "string" });
const field = (page, label) => page.getByLabel(label).first();
const h1 = (page) => page.locator("h1").innerText();
const stage = (page) => page.locator("#stage").innerText();
/** What a script does not change is looked at once, not in both walks. */
const once = (page, who) => (who.scripted ? sound(page) : undefined);

for (const who of [SCRIPTED, PLAIN]) {
  const how = who.scripted ? "with JavaScript" : "without JavaScript";
  test(`an artist with a phone and a keyboard describes an offer ${how}, stops halfway, is asked for a change, and is found`, { skip: elsewhere, timeout: 240_000 }, async () => {
    const settings = { ...PHONE, ...who.settings };
    const shown = await visit(settings, (page) => firstHalf(page, who));
    // Another browser, which knows nothing: by the letter, or by the address that was copied.
    const sent = await letter("link", who.title);
    await visit(settings, (page) => secondHalf(page, who, who.scripted ? shown : sent.link));
    const id = await waiting(who.title);
    assert.ok(id, "it is among what waits for the coordinator");
    await ask(id, "summary", "Please say how many people come.");
    const asked = await letter("changesasked", who.title);
    assert.ok(asked.words.includes("Please say how many people come."));
    await visit(settings, (page) => answers(page, asked.link));
    await publish(await waiting(who.title));
    const published = await letter("published", who.title);
    await visit(settings, (page) => isFound(page, who, published.link));
  });
}

/** From the home page to the third step; gives the private link that is shown once. */
async function firstHalf(page, who) {
  const keys = new Keyboard(page);
  await page.goto("/");
  await keys.follow(link(page, "Artists"));
  await once(page, who);
  await keys.follow(link(page, "Start now").first());
  const opened = Date.now();
  await once(page, who);
  await keys.type(field(page, "What is it called?"), who.title);
  await keys.type(field(page, "Where is it held?"), "SE15 4DD");
  await keys.type(field(page, /email/), who.email);
  if (who.scripted) await page.locator("#place-where", { hasText: "Southwark" }).waitFor();
  await page.waitForTimeout(Math.max(0, opened + AS_LONG_AS_A_PERSON - Date.now()));
  await keys.follow(button(page, "Continue"));
  assert.equal(await h1(page), "Keep this link");
  await once(page, who);
  const shown = await page.locator("#private-link").innerText();
  assert.ok(shown.startsWith(`${site}/describe/`));
  await keys.follow(link(page, "Go to “What it is”"));

  assert.equal(await field(page, "What is it called?").inputValue(), who.title);
  await keys.type(field(page, "What is it, in one or two sentences?"), "Sit by the window and make something small. Tea is at 11.");
  if (who.scripted) await page.locator("#preview .gist", { hasText: "Tea is at 11." }).waitFor();
  await keys.pick(field(page, "What do people mostly do there?"), who.activity);
  await keys.choose(field(page, "A creative activity"));
  await keys.type(field(page, "What happens the first time?"), "Come to the blue door. Ines says hello and finds you a chair.");
  if (who.scripted) await page.locator("#preview", { hasText: "Ask what happens" }).waitFor({ state: "detached" });
  await sound(page);
  await keys.follow(button(page, "Save and go to “Who it is for”"));

  await keys.tick(field(page, "Loneliness"), field(page, "Low mood"));
  await keys.choose(field(page, "From a certain age, or up to one"));
  await keys.type(field(page, "The youngest age"), "18");
  await sound(page);
  await keys.follow(button(page, "Save and go to “When”"));

  await keys.choose(field(page, "On set days or dates"));
  const thing = page.getByRole("group", { name: "Day and time 1" });
  await who.days(keys, { thing });
  if (who.scripted) {
    await page.locator("#dates li", { hasText: who.dates.at(-1) }).waitFor();
    const dates = await page.locator("#dates li").allInnerTexts();
    assert.deepEqual(dates.map((day) => day.match(/\d+ [A-Z][a-z]+/)[0]), who.dates);
  }
  await sound(page);
  await keys.follow(button(page, "Save and go to “Where and access”"));
  return shown;
}

/** The rest, in a browser that has never been here. */
async function secondHalf(page, who, link_) {
  const keys = new Keyboard(page);
  await page.goto(link_);
  assert.equal(await stage(page), "Draft");
  assert.match(await page.locator("main .lead").innerText(), /3 of 6 steps are done/);
  await once(page, who);
  await keys.follow(link(page, "When"));
  if (!who.scripted) {
    // What depends on a choice shows by the style sheet alone, and one more is a button of the form.
    await keys.follow(button(page, "Add another day and time"));
    const second = page.getByRole("group", { name: "Day and time 2" });
    assert.equal(await second.getByLabel("On which dates?").isVisible(), false);
    await keys.choose(second.getByLabel("Only on these dates"));
    await keys.type(second.getByLabel("On which dates?"), "6 March 2027");
    await keys.type(second.getByLabel("It begins at"), "11am");
    await keys.type(second.getByLabel("It ends at"), "1pm");
  }
  await keys.follow(button(page, "Save and go to “Where and access”"));

  assert.ok(await field(page, "In person").isChecked(), "a postcode means in person");
  await keys.type(field(page, "What is the place called?"), "The Window Room");
  await keys.type(field(page, "What is its address?"), "12 Tanner’s Row, Peckham");
  assert.equal(await field(page, "What is its postcode?").inputValue(), "SE15 4DD");
  await keys.choose(page.getByRole("group", { name: "Step-free", exact: false }).getByLabel("Yes"));
  await sound(page);
  await keys.follow(button(page, "Save and go to “Cost and joining”"));

  await keys.choose(field(page, "Pay what you can"));
  if (!who.scripted) await keys.follow(button(page, "Add a price"));
  await keys.choose(field(page, "Nothing: it is free"));
  await keys.tick(page.getByRole("group", { name: "How do people join?" }).getByLabel("Just come"));
  await sound(page);
  await keys.follow(button(page, "Save and go to “About you and safety”"));

  await keys.type(field(page, "Who runs it?"), `${who.title.split(" ").slice(0, 2).join(" ")} and friends`);
  const contact = page.getByRole("group", { name: "Contact 1" });
  await keys.type(contact.getByLabel("Name", { exact: true }), "Ines Duarte");
  await keys.follow(button(page, "Add another contact"));
  const other = page.getByRole("group", { name: "Contact 2" });
  await keys.type(other.getByLabel("Telephone number"), "020 7946 0142");
  await sound(page);
  await keys.type(contact.getByLabel("Email address"), who.email);
  await keys.follow(button(page, "Save and check your answers"));

  assert.equal(await h1(page), "Check your answers");
  await sound(page);
  await keys.follow(button(page, "Send to the Southwark coordinator"));
  if (who.scripted) {
    // The address that was copied does not show whose mailbox it is.
    assert.equal(await stage(page), "Confirm your email address");
    await sound(page);
    const confirm = await letter("confirm", who.title);
    await page.goto(confirm.link);
    await sound(page);
    await keys.follow(button(page, "Confirm my email address"));
  }
  assert.equal(await stage(page), "Waiting for the coordinator");
  await once(page, who);
}

/** What the coordinator asks stands beside the question, and can be answered there. */
async function answers(page, link_) {
  const keys = new Keyboard(page);
  await page.goto(link_);
  assert.equal(await stage(page), "Changes asked for");
  await sound(page);
  await keys.follow(link(page, "What is it, in one or two sentences?"));
  const beside = page.locator("#summary-field .asked");
  assert.match(await beside.innerText(), /Please say how many people come\./);
  await sound(page);
  const summary = field(page, "What is it, in one or two sentences?");
  await keys.type(summary, "Eight of us sit by the window and make something small. Tea is at 11.");
  await keys.follow(button(page, "Save and come back later"));
  await keys.follow(link(page, /Check your answers/));
  await keys.follow(button(page, "Send to the Southwark coordinator"));
  assert.equal(await stage(page), "Waiting for the coordinator");
}

async function isFound(page, who, link_) {
  const keys = new Keyboard(page);
  await page.goto(link_);
  assert.equal(await stage(page), "Published");
  await once(page, who);
  await keys.follow(link(page, "See it as link workers do"));
  assert.equal(await h1(page), who.title);
  assert.match(await page.locator("main").innerText(), /Eight of us sit by the window/);
  await once(page, who);
  await page.goto(`/offers?q=${encodeURIComponent(who.title)}`);
  const found = await page.locator(".card h3").allInnerTexts();
  assert.ok(found.includes(who.title), `it is among ${found}`);
}
