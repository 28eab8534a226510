/** What the fake Slack knows, in memory and as a journal in its folder: each change is one more line, so that a restart continues. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { SandboxError } from "../errors.ts";

const FILE = "slack.jsonl";

export interface Person {
  id: string;
  /** As others see them. */
  name: string;
  /** Another than the app's: a stranger in a shared channel. */
  team: string;
  kind: "member" | "guest" | "bot";
  /** What they are to whoever tries this out, such as "may approve". */
  note: string;
}

export interface Channel {
  id: string;
  name: string;
  isPrivate: boolean;
  isArchived: boolean;
  /** Ids of people, the app's own bot among them where it was invited. */
  members: readonly string[];
}

export interface StoredMessage {
  channel: string;
  ts: string;
  /** Of the message that it answers. */
  threadTs: string | null;
  userId: string;
  text: string;
  blocks: readonly unknown[];
  metadata: { event_type: string; event_payload: Record<string, unknown> } | null;
  editedTs: string | null;
  /** The one person who sees it; null for everybody. */
  onlyFor: string | null;
}

export interface StoredView {
  id: string;
  userId: string;
  /** As the app gave it. */
  view: Record<string, unknown>;
  hash: string;
  rootId: string;
  previousId: string | null;
  /** By `block_id`: what the app found wrong with what was entered. */
  errors: Readonly<Record<string, string>>;
}

/** An address that the app may answer at. */
export interface Hook {
  path: string;
  userId: string;
  channel: string;
  /** The message that it may replace; null for commands. */
  messageTs: string | null;
  usesLeft: number;
  expiresAtMs: number;
}

export interface Table<Row> {
  get(key: string): Row | undefined;
  put(key: string, row: Row): void;
  remove(key: string): void;
  /** In the order in which they came. */
  all(): Row[];
}

export interface Store {
  people: Table<Person>;
  channels: Table<Channel>;
  messages: Table<StoredMessage>;
  /** Open dialogs. */
  modals: Table<StoredView>;
  /** By person. */
  homes: Table<StoredView>;
  hooks: Table<Hook>;
  /** The last of each kind of number that was given out. */
  counters: Table<number>;
  /** Grows with each change. */
  version(): number;
}

/** @throws SandboxError `sandbox.worldMalformed` for a file that is none of this version. */
export function openStore(folder: string): Store {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, FILE);
  const tables = new Map<string, Map<string, unknown>>();
  for (const [table, key, row] of existsSync(file) ? readJournal(file) : []) {
    if (row === null) rowsOf(table).delete(key);
    else rowsOf(table).set(key, row);
  }
  const temporary = `${file}.new`;
  writeFileSync(temporary, [...tables].flatMap(linesOf).join(""));
  renameSync(temporary, file);
  let version = 0;

  function rowsOf(table: string): Map<string, unknown> {
    const rows = tables.get(table) ?? new Map<string, unknown>();
    tables.set(table, rows);
    return rows;
  }
  function table<Row>(name: string): Table<Row> {
    const rows = rowsOf(name) as Map<string, Row>;
    function write(key: string, row: Row | null): void {
      appendFileSync(file, lineOf(name, key, row));
      version += 1;
    }
    return {
      get: (key) => rows.get(key),
      put(key, row) {
        write(key, row);
        rows.set(key, row);
      },
      remove(key) {
        if (!rows.has(key)) return;
        write(key, null);
        rows.delete(key);
      },
      all: () => [...rows.values()],
    };
  }
  return {
    people: table("people"),
    channels: table("channels"),
    messages: table("messages"),
    modals: table("modals"),
    homes: table("homes"),
    hooks: table("hooks"),
    counters: table("counters"),
    version: () => version,
  };
}

type Line = [table: string, key: string, row: unknown];

/** A last line that was cut off by the end of the process is what nobody was answered. */
function readJournal(file: string): Line[] {
  const lines = readFileSync(file, "utf8").split("\n");
  const last = lines.pop() ?? "";
  try {
    return lines.map((line) => JSON.parse(line) as Line);
  } catch {
    throw new SandboxError("sandbox.worldMalformed", `${file} is no journal of this version, near: ${last}`);
  }
}

function linesOf([table, rows]: [string, Map<string, unknown>]): string[] {
  return [...rows].map(([key, row]) => lineOf(table, key, row));
}

function lineOf(table: string, key: string, row: unknown): string {
  return `${JSON.stringify([table, key, row])}\n`;
}
