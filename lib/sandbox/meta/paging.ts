/** Cursor paging as Graph does it: a full address of the next page until there is none. */
import { badParameter } from "./graph-error.ts";
import { limitOf, type RawParams } from "./params.ts";

interface PageRequest {
  /** Address of this request without its query. */
  address: string;
  query: RawParams;
}

/** @throws GraphError 100 for a cursor that this server never gave out. */
export function pageOf(rows: readonly object[], { address, query }: PageRequest): object {
  if (query.before !== undefined) throw badParameter("Param before is not simulated by the sandbox");
  const limit = limitOf(query);
  const from = query.after === undefined ? 0 : offsetOf(String(query.after));
  const data = rows.slice(from, from + limit);
  if (data.length === 0) return { data };
  const end = from + data.length;
  const cursors = { before: cursorOf(from), after: cursorOf(end) };
  if (end >= rows.length) return { data, paging: { cursors } };
  const next = new URL(address);
  for (const [name, value] of Object.entries(query)) next.searchParams.set(name, String(value));
  next.searchParams.set("after", cursors.after);
  return { data, paging: { cursors, next: next.href } };
}

function cursorOf(offset: number): string {
  return Buffer.from(`row:${offset}`).toString("base64url");
}

function offsetOf(cursor: string): number {
  const offset = /^row:(\d{1,9})$/.exec(Buffer.from(cursor, "base64url").toString("utf8"))?.[1];
  if (offset === undefined) throw badParameter("Invalid cursors values");
  return Number(offset);
}
