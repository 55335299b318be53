// The browser, and which pages there are to visit.
import assert from "node:assert/strict";
import { after, before } from "node:test";
import AxeBuilder from "@axe-core/playwright";
import { chromium } from "playwright-core";

export const site = process.env.FINGERPOST_URL;

/** Of pages drawn by the same template so many are visited, spread evenly; FINGERPOST_ALL_PAGES=1 visits all. */
const OF_A_KIND = process.env.FINGERPOST_ALL_PAGES ? Infinity : 8;

/** The smallest phone. */
export const PHONE = { viewport: { width: 320, height: 640 } };

/** In milliseconds: whoever fills in the first step faster is taken for a robot. */
export const AS_LONG_AS_A_PERSON = 2_100;

/** What has not come after so many milliseconds does not come. */
const PATIENCE = 10_000;

/** Searches that look different: a list of several pages, a sentence, hardly anything, nothing, mistakes. */
export const searches = [
  "/offers",
  "/offers?page=2",
  "/offers?page=400",
  "/offers?sort=soonest&access=step-free&need=loneliness",
  "/offers?q=" + encodeURIComponent(
    "lonely widower who likes making things, can't manage stairs, SE15, tuesday mornings, free",
  ),
  "/offers?q=" + encodeURIComponent("knitng croydon zzyzx"),
  "/offers?borough=barnet&language=yi&places=full&cost=donation&max_price=1&part=evening&day=sunday",
  "/offers?near=nowhere+at+all&need=unknown&max_price=lots&q=singing",
  "/map",
  "/map?q=clay+Southwark",
  "/find-your-network?q=zzyzx",
];

/** Pages that say that something went wrong. */
export const failures = ["/nothing-is-here", "/offers/not-an-offer", "/boroughs/atlantis"];

export const others = [
  "/about/search-data",
  "/shortlist",
  "/compare",
  "/handout",
  "/find-your-partners?q=SE15+4QL",
  "/boroughs/southwark/link-workers",
  "/link-workers/join",
  "/stories/tell",
  "/certificates",
  "/training/evaluation",
];

/** Everything a visitor can reach, some of each kind. */
export async function pages() {
  const map = await (await fetch(`${site}/sitemap.xml`)).text();
  const listed = [...map.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => new URL(address).pathname);
  if (!listed.includes("/")) throw new Error("the site map does not list the home page");
  const kinds = Map.groupBy?.(listed, kind) ?? grouped(listed);
  const some = [...kinds.values()].flatMap((all) => {
    const step = Math.max(1, all.length / OF_A_KIND);
    return all.filter((_, at) => Math.floor(at / step) !== Math.floor((at - 1) / step));
  });
  return [...new Set([...some, ...others, ...searches, ...failures])];
}

function grouped(paths) {
  const kinds = new Map();
  for (const path of paths) kinds.set(kind(path), [...(kinds.get(kind(path)) ?? []), path]);
  return kinds;
}

/** "/offers/clay" and "/offers/print" are the same kind of page. */
function kind(path) {
  const [first, second] = path.split("/").slice(1);
  return second ? `${first}/…` : path;
}

const withoutScripts = new WeakSet();
/** Of each visitor without scripts: where copies of its pages are opened. */
const copies = new WeakMap();

/** A browser for all tests of a file. */
export function browser() {
  let running;
  before(async () => {
    running = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    });
  });
  after(() => running?.close());

  /** Runs `visit(page)` on a fresh visitor's page. */
  return async (settings, visit) => {
    const visitor = await running.newContext({ baseURL: site, ...settings });
    visitor.setDefaultTimeout(PATIENCE);
    if (settings.javaScriptEnabled === false) withoutScripts.add(visitor);
    try {
      return await visit(await visitor.newPage(), visitor);
    } finally {
      await (await copies.get(visitor))?.close();
      await visitor.close();
    }
  };
}

/** Visits all paths with a few pages at a time, and gathers what `look(page, path)` finds wrong. */
export async function each(visitor, paths, look) {
  const open = [...paths];
  const wrong = [];
  const line = async () => {
    const page = await visitor.newPage();
    for (let path; (path = open.shift()); ) {
      await page.goto(path);
      const found = await look(page, path);
      if (found) wrong.push(`${path}: ${found}`);
    }
    await page.close();
  };
  await Promise.all(Array.from({ length: 3 }, line));
  return wrong.sort();
}

const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Which rules of WCAG 2.2 AA the page breaks, and where; nothing if none. `rules.only` looks for no others. */
export async function violations(page, rules = {}) {
  return withScripts(page, (seen) => broken(seen, rules));
}

async function broken(page, rules) {
  const axe = new AxeBuilder({ page });
  const { violations } = await (rules.only ? axe.withRules(rules.only) : axe.withTags(WCAG)).analyze();
  const said = violations.map(({ id, nodes }) => `${id} at ${nodes.slice(0, 3).map((node) => node.target).join(" and ")}`);
  return said.join("; ");
}

/** Axe is a script, so a page of a visitor without scripts is looked at in a copy, all of them in one other browser. */
async function copyOf(page) {
  const visitor = page.context();
  if (!copies.has(visitor)) copies.set(visitor, visitor.browser().newContext({ viewport: page.viewportSize() }));
  const copy = await (await copies.get(visitor)).newPage();
  const address = page.url().replace(/#.*/, "");
  const body = await page.content();
  const dark = await page.evaluate(() => matchMedia("(prefers-color-scheme: dark)").matches);
  await copy.emulateMedia({ colorScheme: dark ? "dark" : "light" });
  await copy.route((url) => url.href.replace(/#.*/, "") === address, (route) => route.fulfill({ body, contentType: "text/html" }));
  await copy.goto(address);
  return copy;
}

/** Runs `look` on the page, or on its copy where axe could not run. */
async function withScripts(page, look) {
  if (!withoutScripts.has(page.context())) return look(page);
  const copy = await copyOf(page);
  try {
    return await look(copy);
  } finally {
    await copy.close();
  }
}

/** Says what sticks out, if the page can be scrolled sideways. */
export async function sideways(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return "";
    const widest = [...document.body.querySelectorAll("*")].find(
      (one) => one.getBoundingClientRect().right > clientWidth + 1 && !one.closest(".unseen"),
    );
    return `${scrollWidth - clientWidth}px too wide at <${widest?.localName} class="${widest?.className}">`;
  });
}

/** One page of the way: nothing sticks out, and no rule of accessibility is broken in either of the colours. */
export async function sound(page) {
  const wrong = [await sideways(page)];
  await withScripts(page, async (seen) => {
    wrong.push(await broken(seen, {}));
    await seen.emulateMedia({ colorScheme: "dark" });
    wrong.push(await broken(seen, { only: ["color-contrast"] }));
    await seen.emulateMedia({ colorScheme: "light" });
  });
  assert.equal(wrong.filter(Boolean).join("; "), "", `${await page.title()} at ${new URL(page.url()).pathname}`);
}

/** Presses Tab until the focus is on what `selector` names. */
export async function tabTo(page, selector) {
  for (let presses = 0; presses < 400; presses += 1) {
    await page.keyboard.press("Tab");
    const there = await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector);
    if (there) return;
  }
  throw new Error(`the keyboard does not reach ${selector} on ${page.url()}`);
}
