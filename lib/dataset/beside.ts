/** What a dataset knows beside the accounts: the shop's figures, other spend, events, and where it was imported from. */
import { z } from "zod";
import { parseJson } from "../domain/json-file.ts";
import { ConfigError } from "../domain/problem.ts";
import { checkShape, strictShape } from "../domain/shape.ts";
import type { OtherSpend, ShopDay } from "../domain/snapshot.ts";
import { parseRevenue } from "../shops/csv/parse.ts";
import * as cells from "./cells.ts";
import type { Complaints } from "./complaints.ts";
import { compare } from "./register.ts";
import type { DatasetFolder } from "./source.ts";
import { readTable } from "./table.ts";
import { SOURCES_FILE } from "./tables.ts";
import type { DatasetEvent, DatasetSources } from "./types.ts";

const eventKind = cells.oneOf(["sale", "launch", "holiday", "outage"]);

const sourcesSchema = strictShape({
  v: z.literal(1),
  accounts: z.array(
    strictShape({
      platform: z.string(),
      accountId: z.string(),
      conversion: z.string().nullable(),
      attribution: z.string().nullable(),
    }),
  ),
  imports: z.array(
    strictShape({
      kind: z.string(),
      files: z.array(
        strictShape({
          name: z.string(),
          sha256: z.string().regex(/^[0-9a-f]{64}$/),
          rows: z.number().int().min(0),
        }),
      ),
      notes: z.array(z.string()),
    }),
  ),
});

export async function readRevenue(folder: DatasetFolder, found: Complaints): Promise<ShopDay[]> {
  const text = await wholeText(folder, "revenue.csv", found);
  if (text === null) return [];
  const parsed = parseRevenue(text, folder.pathOf("revenue.csv"));
  if (parsed.kind === "days") return parsed.days;
  found.add(...parsed.problems);
  return [];
}

export async function readOtherSpend(folder: DatasetFolder, found: Complaints): Promise<OtherSpend[]> {
  const rows: OtherSpend[] = [];
  const lines = new Map<string, number>();
  let sum = 0n;
  await readTable(folder, "other_spend.csv", found, (row) => {
    const day = row.must("date", cells.day);
    const source = row.must("source", cells.text);
    const spendMicros = row.must("spend", cells.money);
    if (day === null || source === null || spendMicros === null) return;
    const key = `${day} ${source}`;
    const earlier = lines.get(key);
    lines.set(key, earlier ?? row.line);
    if (earlier !== undefined) {
      const allowed = `each source once a day; ${source} already stands in line ${earlier}`;
      row.complain("source", { code: "dataset.duplicateRow", allowed, fix: "remove one of the two rows" });
    }
    const before = sum;
    sum += spendMicros;
    if (before <= cells.MAX_MICROS && sum > cells.MAX_MICROS) {
      const allowed = "sums under 9 billion in major units, which stay exact";
      const fix = "check that the amounts are in major units (12.50, not 12500000), or keep fewer days";
      row.complain("spend", { code: "dataset.sumTooLarge", allowed, fix });
    }
    rows.push({ day, source, spendMicros });
  });
  return rows.sort((a, b) => compare(a.day, b.day) || compare(a.source, b.source));
}

export async function readEvents(folder: DatasetFolder, found: Complaints): Promise<DatasetEvent[]> {
  const events: DatasetEvent[] = [];
  await readTable(folder, "events.csv", found, (row) => {
    const name = row.must("name", cells.text);
    const from = row.must("from", cells.day);
    const to = row.must("to", cells.day);
    const kind = row.read("kind", eventKind);
    if (name === null || from === null || to === null) return;
    if (from > to) {
      const fix = "write the first day before the last";
      row.complain("to", { code: "dataset.eventDays", allowed: `a day from ${from} on`, fix });
    }
    events.push({ name, from, to, kind });
  });
  return events.sort((a, b) => compare(a.from, b.from) || compare(a.name, b.name));
}

export async function readSources(folder: DatasetFolder, found: Complaints): Promise<DatasetSources | null> {
  const text = await wholeText(folder, SOURCES_FILE, found);
  if (text === null) return null;
  const parsed = parseJson(text, folder.pathOf(SOURCES_FILE));
  const checked = parsed.ok ? checkShape(sourcesSchema, parsed.json, [], "dataset") : parsed;
  if (checked.ok) return checked.value;
  found.add(...checked.problems);
  return null;
}

/** Null when it is no text, which was then complained of. */
async function wholeText(folder: DatasetFolder, file: string, found: Complaints): Promise<string | null> {
  try {
    const pieces: string[] = [];
    for await (const piece of folder.text(file)) pieces.push(piece);
    return pieces.join("");
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    found.add(...error.problems);
    return null;
  }
}
