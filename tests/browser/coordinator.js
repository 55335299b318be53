// What a coordinator decides, typed as commands while the site runs.
import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

async function command(...words) {
  const { DATABASE_URL, DATABASE_READ_URL, FINGERPOST_SMTP, ...env } = process.env;
  const { stdout } = await run(env.FINGERPOST_BIN, words, { env: { ...env, FINGERPOST_LOG: "error" } });
  return stdout;
}

const submissions = (...words) => command("submissions", ...words);

/** From then on they sign in at the desk, for this borough. */
export const invite = (email, borough) => command("invite", email, "--borough", borough);

/** The id of the one of this title that waits; nothing while none does. */
export async function waiting(title) {
  const list = (await submissions("list")).split("\n\n");
  return list.find((one) => one.split("\n")[1]?.trim() === title)?.split(/\s/)[0];
}

/** Takes in offers of our own CSV. */
export const takeIn = (file) => command("import", "offers", file);

export const ask = (id, field, words) => submissions("ask", id, "--field", field, words);
export const publish = (id) => submissions("publish", id);
