// Starts the program, on a free port and a folder of its own, runs the files of tests one after another, and
// stops it. With cores to spare several programs do so side by side, each with a directory of its own.
//
//   FINGERPOST_URL   tests a site that runs already, instead
//   FINGERPOST_BIN   the program, if it is not in target/debug
//   CHROMIUM         the browser, if it is not Debian's
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = dirname(fileURLToPath(import.meta.url));
/** A first start creates a database and loads the sample directory. */
const PATIENCE = 120_000;

const tests = readdirSync(folder).filter((name) => name.endsWith(".test.js"));
const wanted = process.argv.slice(2);
const waiting = tests.filter((name) => !wanted.length || wanted.some((part) => name.includes(part)));
process.on("SIGINT", () => {});
const failed = [];
await Promise.all(Array.from({ length: sites() }, work));
if (failed.length) console.error(`Not passed: ${failed.join(", ")}`);
process.exit(failed.length ? 1 : 0);

/** A browser and a program keep two cores busy. A site that runs already is one. */
function sites() {
  const room = Math.max(1, Math.floor(availableParallelism() / 2));
  return process.env.FINGERPOST_URL ? 1 : Math.min(room, waiting.length);
}

/** Takes one file after another until none waits. */
async function work() {
  const running = process.env.FINGERPOST_URL ? undefined : await start();
  const url = process.env.FINGERPOST_URL ?? running.url;
  // Where letters lie and the coordinators' commands go; a site that runs already keeps its own to itself.
  const own = running && { FINGERPOST_BIN: running.program, FINGERPOST_DATA: running.data };
  const env = { ...process.env, ...own, FINGERPOST_URL: url.replace(/\/$/, "") };
  for (let file; (file = waiting.shift()); ) {
    const runner = spawn(process.execPath, ["--test", "--test-reporter=spec", file], { cwd: folder, env });
    // Said at once at its end, so that the words of two files do not mix.
    const said = [];
    for (const stream of [runner.stdout, runner.stderr]) stream.on("data", (part) => said.push(part));
    const [code] = await once(runner, "close");
    console.log(`# ${file}`);
    process.stdout.write(Buffer.concat(said));
    if (code !== 0) failed.push(file);
  }
  await running?.stop();
}

async function start() {
  const built = process.env.CARGO_TARGET_DIR ?? join(folder, "../../target");
  const program = process.env.FINGERPOST_BIN ?? join(built, "debug/fingerpost");
  if (!existsSync(program)) fail(`There is no program at ${program}. Build it first: cargo build`);
  const data = mkdtempSync(join(tmpdir(), "fingerpost-browser-"));
  const port = await freePort();
  // A private Postgres, whatever database the machine has besides: these tests want the sample directory.
  // No mail server either: letters become files.
  const { DATABASE_URL, DATABASE_READ_URL, FINGERPOST_SMTP, ...rest } = process.env;
  const site = spawn(program, ["serve"], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      FINGERPOST_LOG: "error",
      ...rest,
      FINGERPOST_LISTEN: `127.0.0.1:${port}`,
      FINGERPOST_DATA: data,
      // So that a test can be many people in many networks.
      FINGERPOST_BEHIND_PROXY: "yes",
    },
  });
  const ended = once(site, "exit");
  // Where another of the programs does not start, this one has no more to do.
  process.on("exit", () => site.kill("SIGTERM"));
  const stop = async () => {
    site.kill("SIGTERM");
    await ended;
    // Where this runs as root, Postgres keeps its data in a folder of its own and a link leads there.
    for (const entry of readdirSync(data, { withFileTypes: true })) {
      const path = join(data, entry.name);
      if (entry.isSymbolicLink()) rmSync(realpathSync(path), { recursive: true, force: true });
    }
    rmSync(data, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  for (const until = Date.now() + PATIENCE; ; await pause(200)) {
    if (site.exitCode !== null) fail("The program ended before it was ready.");
    const ready = await fetch(`${url}/health/ready`).catch(() => undefined);
    if (ready?.ok) return { url, program, data, stop };
    if (Date.now() > until) {
      await stop();
      fail("The program did not become ready.");
    }
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
