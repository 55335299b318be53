// One who finds a mistake in what is published, and says so.
import { hidden, post } from "./artist.js";
import { AS_LONG_AS_A_PERSON, site } from "./support.js";

/** What is wrong with the offer of this address: a kind, words, and an email address if they want an answer. */
export async function report(slug, kind, words, email = "") {
  const stamp = hidden(await (await fetch(`${site}/offers/${slug}/report`)).text(), "stamp");
  await new Promise((done) => setTimeout(done, AS_LONG_AS_A_PERSON));
  await post(`/offers/${slug}/report`, { kind, words, email, website: "", stamp });
}
