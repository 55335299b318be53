// A file of offers in our own CSV.
import { site } from "./support.js";

/** What every one of them says, unless it says something else. */
const PLAIN = {
  activities: "singing; music",
  needs: "loneliness",
  provider: "romford-reels",
  delivery: "in-person",
  venue: "reel-hall",
  schedules: "weekly wed 18:00-19:30",
  cost: "free",
  residents_join: "drop-in",
  contacts: "name: Nell; phone: 020 7946 0142",
};

/** The file, with the columns that its guide names. */
export async function file(offers) {
  const guide = await (await fetch(`${site}/about/offers-csv`)).text();
  const [columns] = guide.match(/\bslug,source,foreign_id,state,[a-z_,]+/);
  const cell = (words = "") => `"${words.replaceAll('"', '""')}"`;
  const rows = offers.map((offer) => columns.split(",").map((column) => cell({ ...PLAIN, ...offer }[column])).join(","));
  return [columns, ...rows, ""].join("\n");
}
