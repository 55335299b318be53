// Letters, as the program leaves them in its folder where no mail server is named.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(process.env.FINGERPOST_DATA ?? "", "mail");
const PATIENCE = 10_000;

/** Waits for the letter of one kind ("link", "mine") that speaks of `about` or goes there: its plain words and the link in them. */
export async function letter(kind, about) {
  for (const until = Date.now() + PATIENCE; Date.now() < until; await new Promise((done) => setTimeout(done, 50))) {
    const found = letters(kind).find((one) => plain(one).includes(about) || addressee(one).includes(about));
    if (found) return { words: plain(found), link: plain(found).match(/https?:\/\/\S+\/(describe|confirm|mine|invitation|booking|link-worker|stories\/yours|desk\/sign-in)\/\S+/)?.[0] };
  }
  throw new Error(`no letter “${kind}” came for “${about}”`);
}

function letters(kind) {
  let names = [];
  try {
    names = readdirSync(folder);
  } catch {
    // Nobody has had a letter yet.
  }
  return names.filter((name) => name.endsWith(`-${kind}.eml`)).map((name) => readFileSync(join(folder, name), "latin1"));
}

const addressee = (letter) => letter.match(/^to:.*$/im)?.[0] ?? "";

/** The first part that is plain text, on one line a paragraph, so that a title is found wherever its line broke. */
function plain(letter) {
  const part = letter.slice(letter.search(/content-type: text\/plain/i));
  const [, head, body] = part.match(/^([^]*?)\r?\n\r?\n([^]*?)(?:\r?\n--|$)/);
  const bytes = /quoted-printable/i.test(head)
    ? body.replace(/=\r?\n/g, "").replace(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)))
    : /base64/i.test(head) ? Buffer.from(body, "base64").toString("latin1") : body;
  return Buffer.from(bytes, "latin1").toString("utf8").replace(/(\S)\r?\n(?=\S)/g, "$1 ");
}
