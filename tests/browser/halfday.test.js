// Half a day at the desk, played with the keyboard alone at the width of the smallest phone: everything that waits in
// a borough is decided, then the listings are put in order. Only the link in the letter is opened, and a file given.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { changes, introduces, mine, sent } from "./artist.js";
import { invite, publish, takeIn, waiting } from "./coordinator.js";
import { lacks } from "./feed.js";
import { Keyboard } from "./keyboard.js";
import { letter } from "./mailbox.js";
import { file } from "./offers.js";
import { PHONE, browser, sideways, site, sound } from "./support.js";
import { report } from "./visitor.js";

const visit = browser();
const elsewhere = process.env.FINGERPOST_DATA ? false : "the site runs elsewhere";
const COORDINATOR = "hana@havering.example";
const HALL = { venue_name: "The Brewery Room", venue_address: "5 Brewery Row, Romford", venue_postcode: "RM1 3HP" };
const ROMFORD = { postcode: "RM1 3HP", venue: HALL };
/** How often duplicates are looked for, and as long again as that takes. */
const A_LOOK = 75_000;

/** Titles and who sends them: much unlike each other, so that none is taken for another. */
const NEW = [
  ["Bookbinding by hand", "Paper Heron"],
  ["Lute evenings", "Quaver Yard"],
  ["Mosaic garden", "Tessera Friends"],
  ["Harmonica breakfast", "Wheeze and Co"],
  ["Stilt walking", "Tall Order"],
  ["Willow baskets", "Osier People"],
  ["Poems on the bus", "Route Ninety"],
  ["Tapestry circle", "Warp Weft"],
];
const LIVE = [
  ["Enamel badges", "Kiln Cousins"],
  ["Puppet makers", "String Theory Romford"],
  ["Brass for all", "Oompah House"],
  ["Sketching trains", "Platform Zero"],
];
const emailOf = ([title]) => `${title.toLowerCase().replaceAll(" ", "-")}@makers.example`;
const titlesOf = (some) => some.map(([title]) => title);

const button = (page, name) => page.getByRole("button", { name });
const link = (page, name) => page.getByRole("link", { name, exact: true });
const path = (page) => new URL(page.url()).pathname;
const done = (page) => page.locator("#done").innerText();
const rows = (page) => page.locator("#queue tbody th a");

/** A keyboard that looks at each kind of page it comes to, once well and at others for what sticks out. */
class Looking extends Keyboard {
  seen = new Set();

  async follow(wanted) {
    await super.follow(wanted);
    await this.look();
  }

  async look() {
    const heading = await this.page.locator("h1").innerText();
    const where = path(this.page).replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "…");
    const kind = `${where} ${/submissions|reports|changes/.test(where) ? heading.split(/[ :]/)[0] : ""}`;
    if (this.seen.has(kind)) return assert.equal(await sideways(this.page), "", kind);
    this.seen.add(kind);
    await sound(this.page);
  }
}

test("a coordinator's half-day, with the keyboard alone", { skip: elsewhere, timeout: 240_000 }, async () => {
  await morning();
  await visit(PHONE, async (page) => {
    const keys = new Looking(page);
    await signsIn(page, keys);
    await trusts(page, keys, LIVE[3]);
    await changes(await mine(emailOf(LIVE[3])), LIVE[3][0], "what", { first_visit: "Ola meets you under the clock." });
    await worksThrough(page, keys);
    await looksAtWhatPassed(page, keys);
    await settlesATask(page, keys);
    await actsOnSeveral(page, keys);
    await takesAFileIn(page, keys);
    await mergesAndTellsApart(page, keys);
    await looksBack(page, keys);
    await keys.follow(page.locator("#sign-out"));
    await page.goto("/desk");
    assert.equal(path(page), "/desk/sign-in");
  });
  await whatBecameOfIt();
});

/** What has come in since last week. */
async function morning() {
  await invite(COORDINATOR, "havering");
  await Promise.all([...NEW, ...LIVE].map((one) => sent(one[0], emailOf(one), one[1], ROMFORD)));
  for (const [title] of LIVE) await publish(await waiting(title));
  await imported([
    { slug: "ukulele-supper", title: "Ukulele supper", summary: "Play three chords, then eat." },
    { slug: "ukulele-supper-too", title: "Ukulele supper", summary: "Three chords and a bowl of soup." },
    { slug: "shanty-crew", title: "Shanty crew", schedules: "weekly fri 18:00-19:30", summary: "Sing sea songs with strong words." },
    { slug: "shanty-crew-upstairs", title: "Shanty crew", schedules: "weekly fri 18:00-19:30", summary: "The crew that sings upstairs." },
  ]);
  await lacks("millers-wanted", COORDINATOR);
  const [enamel, puppets, brass] = LIVE;
  await Promise.all([
    changed(enamel, "what", { summary: "Melt glass on copper and wear what you made." }),
    changed(puppets, "cost", { cost: "pay-what-you-can" }),
    changed(brass, "what", { summary: "Brass cures low mood in an hour." }),
    mine(emailOf(LIVE[3])).then((theirs) => introduces(theirs, { provider_name: LIVE[3][1], provider_summary: "People who draw what stands still." })),
    report("line-dance-for-beginners", "times", "It begins at two, not at half past one.", "rafi@surgery.example"),
    report("seated-ceilidh", "other", "There is no accordion."),
    report("millers-wanted", "full", "They turned us away."),
    report("millers-wanted", "full", "No room until spring."),
    report("dawn-photographs", "closed", "The mill is shut for good."),
  ]);
}

async function changed(one, step, said) {
  await changes(await mine(emailOf(one)), one[0], step, said);
}

/** By the command, as the borough did before it had a desk. */
async function imported(offers) {
  const folder = mkdtempSync(join(tmpdir(), "fingerpost-halfday-"));
  try {
    writeFileSync(join(folder, "offers.csv"), await file(offers));
    await takeIn(join(folder, "offers.csv"));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function signsIn(page, keys) {
  await page.goto("/desk");
  await keys.look();
  await keys.type(page.locator("#email"), COORDINATOR);
  await keys.follow(button(page, "Send me a link"));
  await page.goto((await letter("signin", COORDINATOR)).link);
  await keys.look();
  await keys.follow(page.locator("#enter"));
  assert.equal(path(page), "/desk");
  assert.equal(await rows(page).count(), NEW.length + 3 + 1 + 5, "all that was sent waits");
}

async function trusts(page, keys, [title]) {
  await keys.follow(link(page, "Listings"));
  await keys.type(page.locator("#filter input[name=q]"), title);
  await keys.follow(button(page, "Show").first());
  await keys.follow(link(page, title));
  await keys.follow(page.locator("#provider"));
  await keys.follow(page.locator("#trust-them"));
  assert.match(await page.locator("#trusted").innerText(), /In Havering, since/);
  await keys.follow(link(page, "Queue"));
}

/** From item to item as the desk leads on, until nothing waits. What is let go comes again. */
async function worksThrough(page, keys) {
  await keys.tick(page.getByLabel("Use single-key shortcuts"));
  const plan = planned(page, keys);
  for (let turns = 0; (await rows(page).count()) > 0; turns += 1) {
    assert.ok(turns < 4, "the queue is left only for what is let go or has become of it");
    await keys.press("j");
    await Promise.all([page.waitForEvent("framenavigated"), keys.press("o")]);
    await page.waitForLoadState();
    await keys.look();
    while (path(page) !== "/desk") {
      const about = await subject(page);
      const act = plan.get(about)?.shift();
      assert.ok(act, `it is planned what becomes of “${about}”`);
      await act();
    }
  }
  assert.deepEqual([...plan].filter(([, acts]) => acts.length).map(([about]) => about), [], "each came up");
  assert.equal(await page.locator("#nothing").innerText(), "Nothing waits here.");
  await keys.look();
}

/** What an item is about: the words of a report, the heading of anything else. */
async function subject(page) {
  const words = page.locator("#words");
  return path(page).includes("/reports/") ? words.innerText() : page.locator("h1").innerText();
}

function planned(page, keys) {
  const [books, lute, mosaic, harmonica, stilts, ...good] = titlesOf(NEW);
  const [enamel, puppets, brass] = titlesOf(LIVE);
  const sends = async (word) => {
    await keys.follow(page.locator("#send"));
    assert.match(await done(page), word, "the next page says what became of the last");
  };
  const publishes = async () => {
    await keys.press("p");
    await sends(/published/);
  };
  const asks = (field, words) => async () => {
    await keys.reach(page.locator("details.ask", { has: page.locator(`#ask-${field}`) }).locator("summary"));
    await keys.press("Enter");
    await keys.type(page.locator(`#ask-${field}`), words);
    await keys.choose(page.locator("#ask"));
    await sends(/back with the provider/);
  };
  const refuses = (reason, words) => async () => {
    await keys.choose(page.locator("#refuse"));
    await keys.pick(page.locator("#reason"), reason);
    await keys.type(page.locator("#message"), words);
    await sends(/refused/);
  };
  const edits = async () => {
    await keys.follow(page.locator("#edit"));
    await keys.follow(page.locator("#task-what"));
    await keys.type(page.locator("#summary"), "Learn a tune on a lute in one evening.");
    await keys.follow(page.locator("#later"));
    await keys.follow(page.locator("#to-check"));
    await keys.follow(page.locator("#to-review"));
    assert.match(await page.locator("#edited").innerText(), /What was edited at the desk/);
    await publishes();
  };
  const claims = async () => {
    await keys.follow(button(page, "Claim it"));
    assert.match(await page.locator("main").innerText(), /You have claimed it/);
    await keys.follow(button(page, "Let it go"));
    assert.equal(path(page), "/desk");
  };
  const answers = async () => {
    await keys.follow(button(page, "I look at it"));
    await keys.choose(page.locator("#publish"));
    await keys.type(page.locator("#answer"), "Thank you. It begins at two from now on.");
    await sends(/settled/);
  };
  const findsNoMistake = async () => {
    await keys.press("r");
    await sends(/settled/);
  };
  const settlesBoth = async () => {
    await keys.choose(page.locator("#publish"));
    await keys.tick(page.locator("#alike"));
    await sends(/settled/);
    for (const [about, acts] of plan) if (acts.includes(settlesBoth)) plan.set(about, []);
  };
  const archives = async () => {
    await keys.follow(page.locator("#archive"));
    assert.match(await page.locator("#state").innerText(), /Archived/);
    await keys.follow(page.locator("#reports a"));
    await keys.choose(page.locator("#publish"));
    await sends(/settled/);
  };
  const plan = new Map([
    [`New: ${books}`, [publishes]],
    [`New: ${lute}`, [edits]],
    [`New: ${mosaic}`, [asks("summary", "Could you say what people take home?")]],
    [`New: ${harmonica}`, [refuses("It is not an activity that people can join.", "It is a shop.")]],
    [`New: ${stilts}`, [claims, publishes]],
    ...good.map((title) => [`New: ${title}`, [publishes]]),
    [`Changes to “${enamel}”`, [publishes]],
    [`Changes to “${puppets}”`, [asks("cost", "What do most people pay?")]],
    [`Changes to “${brass}”`, [refuses("It promises treatment or a cure, which this directory does not list.", "Say what people do there.")]],
    [`What ${LIVE[3][1]} says of itself`, [publishes]],
    ["It begins at two, not at half past one.", [answers]],
    ["There is no accordion.", [findsNoMistake]],
    ["They turned us away.", [settlesBoth]],
    ["No room until spring.", [settlesBoth]],
    ["The mill is shut for good.", [archives]],
  ]);
  return plan;
}

async function looksAtWhatPassed(page, keys) {
  await keys.pick(page.locator("#filter select[name=kind]"), "Passed at once (1)");
  await keys.follow(button(page, "Show"));
  await keys.follow(link(page, LIVE[3][0]));
  await keys.follow(page.locator("#look"));
  assert.match(await done(page), /looked at it/);
}

async function settlesATask(page, keys) {
  await keys.follow(link(page, "Queue"));
  await keys.follow(page.locator("#tasks"));
  await keys.follow(button(page, /^Keep it.*Millers wanted/));
  assert.equal(await page.locator("#nothing").innerText(), "There is nothing to do.");
}

async function actsOnSeveral(page, keys) {
  await keys.follow(link(page, "Listings"));
  await keys.type(page.locator("#filter input[name=q]"), "Romford Reels");
  await keys.pick(page.locator("#filter select[name=state]"), "Published");
  await keys.follow(button(page, "Show").first());
  const boxes = page.locator("input[name=offer]");
  await keys.tick(boxes.nth(0), boxes.nth(1));
  await keys.choose(page.locator("input[name=act][value=archive]"));
  await keys.follow(page.locator("#go-on"));
  await keys.type(page.locator("#reason"), "The hall is being painted.");
  await keys.follow(page.locator("#show"));
  assert.match(await page.locator("#would").innerText(), /2 of 2\. Nothing has changed yet/);
  await keys.follow(page.locator("#do"));
  assert.equal(await page.locator("h1").innerText(), "Archived 2 offers");
  await keys.follow(page.locator("#undo"));
  assert.match(await page.locator("#undone").innerText(), /It is undone/);
  assert.equal(await page.locator("#touched td", { hasText: "Published" }).count(), 2);
}

async function takesAFileIn(page, keys) {
  await keys.follow(link(page, "In and out"));
  const offers = [
    { title: "Gong bath songs", summary: "Hum along with a gong." },
    { title: "Whistle while you walk", summary: "Whistle round the park." },
    { title: "Nothing to pay", summary: "It has no price.", cost: "cheap" },
  ];
  // The window for choosing a file is the browser's own.
  await page.setInputFiles("#file", { name: "offers.csv", mimeType: "text/csv", buffer: Buffer.from(await file(offers)) });
  await keys.choose(page.locator("input[name=new][value=publish]"));
  await keys.pick(page.locator("#borough"), "Havering");
  await keys.follow(page.locator("#look"));
  const fates = await page.locator("#fates").innerText();
  for (const fate of ["New (2)", "Refused (1)"]) assert.ok(fates.includes(fate), `${fate} in ${fates}`);
  await keys.reach(page.getByLabel(offers[1].title));
  await keys.press("Space");
  await keys.follow(page.locator("#import"));
  assert.match(await page.locator("main").innerText(), /1 added/);
  assert.ok((await found(offers[0].title)).includes(offers[0].title), "it is found at once");
  await keys.follow(page.locator("#undo"));
  assert.match(await page.locator("#undone").innerText(), /It is undone/);
}

async function mergesAndTellsApart(page, keys) {
  for (const until = Date.now() + A_LOOK; ; await page.waitForTimeout(1_000)) {
    await keys.follow(link(page, "Queue"));
    if (/\(2\)/.test(await page.locator("#duplicates").innerText())) break;
    assert.ok(Date.now() < until, "both pairs are found");
  }
  await keys.follow(page.locator("#duplicates"));
  await keys.follow(rows(page).filter({ hasText: "Shanty crew" }));
  await keys.follow(page.locator("#apart"));
  assert.match(await done(page), /they are two/);
  await keys.follow(rows(page).filter({ hasText: "Ukulele supper" }));
  await keys.choose(page.locator("#part-summary input[value=other]"));
  await keys.follow(page.locator("#merge-them"));
  assert.match(await page.locator("h1").innerText(), /^Merged “Ukulele supper/);
  await keys.follow(link(page, "Queue"));
  assert.match(await page.locator("#duplicates").innerText(), /\(0\)/);
  assert.equal(await page.locator("#nothing").innerText(), "Nothing waits here.");
}

/** The log holds each act once, in the words of the page. */
async function looksBack(page, keys) {
  await keys.follow(link(page, "Log"));
  let log = "";
  for (;;) {
    log += await page.locator("#log").innerText();
    if (!(await page.locator("#older").count())) break;
    await keys.follow(page.locator("#older"));
  }
  const [books, lute, mosaic, harmonica, stilts, ...good] = titlesOf(NEW);
  const [enamel, puppets, brass, trains] = titlesOf(LIVE);
  const acts = [
    ...[books, lute, stilts, enamel, ...good, LIVE[3][1]].map((title) => `published ${title}`),
    ...[mosaic, puppets].map((title) => `asked for changes ${title}`),
    ...[harmonica, brass].map((title) => `refused ${title}`),
    `let go ${stilts}`,
    `trusted ${LIVE[3][1]}`,
    `had a change pass at once: ${trains}`,
    `looked at ${trains}`,
    "settled a report of Line dance for beginners",
    "found no mistake in a report of Seated ceilidh",
    "archived Dawn photographs",
    "told apart from another: Shanty crew",
    "kept, though its feed has it no more, Millers wanted",
    "changed several offers: Archived 2 offers",
    "undid: Archived 2 offers",
  ];
  for (const act of acts) assert.ok(log.includes(act), `“${act}” in ${log}`);
  assert.equal(log.split("settled a report of Millers wanted").length, 3, "both are settled");
  for (const [act, times] of [["trusted", 1], ["undid", 2], ["merged two offers", 1]]) {
    await keys.pick(page.locator("#filter select[name=act]"), act);
    await keys.follow(button(page, "Show"));
    assert.equal(await page.locator("#log tbody tr").count(), times, `${act} is found by the log's filter`);
  }
}

/** As visitors and those who wrote see it. */
async function whatBecameOfIt() {
  const [books, lute, mosaic, harmonica, stilts, ...good] = titlesOf(NEW);
  const [enamel, puppets, brass, trains] = titlesOf(LIVE);
  for (const title of [books, lute, stilts, ...good]) {
    assert.ok((await found(title)).includes(`"${title}"`), `${title} is published`);
    await letter("published", title);
  }
  for (const title of [mosaic, harmonica]) assert.ok(!(await found(title)).includes(`"${title}"`), `${title} is not`);
  assert.match(await found(lute), /Learn a tune on a lute/);
  assert.match(await found(enamel), /wear what you made/);
  assert.doesNotMatch(await found(brass), /cures/);
  assert.match(await (await fetch(`${site}/offers/sketching-trains`)).text(), /under the clock/);
  assert.match((await letter("changesasked", mosaic)).words, /what people take home/);
  assert.match((await letter("changesasked", puppets)).words, /What do most people pay/);
  assert.match((await letter("refused", harmonica)).words, /It is a shop/);
  assert.match((await letter("refused", brass)).words, /Say what people do there/);
  assert.match((await letter("reportanswered", "rafi@surgery.example")).words, /begins at two from now on/);
  assert.doesNotMatch(await found("Dawn photographs"), /"Dawn photographs"/);
  assert.equal((await found("Shanty crew")).match(/"title":"Shanty crew"/g)?.length, 2, "two stay two");
  assert.equal((await found("Ukulele supper")).match(/"title":"Ukulele supper"/g)?.length, 1, "two have become one");
  const [one, other] = await Promise.all(["ukulele-supper", "ukulele-supper-too"].map((slug) => fetch(`${site}/offers/${slug}`)));
  assert.equal(one.url, other.url, "both addresses lead to it");
}

async function found(words) {
  return (await fetch(`${site}/offers.json?q=${encodeURIComponent(words)}`)).text();
}
