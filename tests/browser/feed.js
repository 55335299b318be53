// A feed that a borough follows. What a second fetch finds comes a day after the first, so it is written down here.
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

/** In what a server of Postgres says of itself, where its socket is. */
const SOCKETS_LINE = 4;

/** The feed of this coordinator has the offer no more. */
export async function lacks(slug, coordinator) {
  await sql(`
    with feed as (
      insert into feeds (id, account_id, address, source, publish, made_at, next_at)
      select gen_random_uuid(), id, 'https://feed.example/services', 'A directory', false, now(), now() + '1 day'
      from accounts where email = '${coordinator}' returning id)
    insert into desk_tasks (id, kind, offer_id, feed_id, words, made_at)
    select gen_random_uuid(), 'gone', o.id, feed.id, 'The feed has it no more.', now()
    from feed, offers o where o.slug = '${slug}'`);
}

async function sql(words) {
  const said = readFileSync(join(process.env.FINGERPOST_DATA, "postgres/data/postmaster.pid"), "utf8");
  const at = ["-h", said.split("\n")[SOCKETS_LINE], "-U", "fingerpost", "-d", "fingerpost"];
  await promisify(execFile)("psql", [...at, "-X", "-q", "-v", "ON_ERROR_STOP=1", "-c", words]);
}
