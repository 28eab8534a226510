/** Where a named thing stands on its platform: a hyperlink on its name, or its address where a terminal takes none. */
import { entityKey, type TargetRef } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import { type EntityUrl, nameOf, type Page } from "./page.ts";
import { displayWidth, hyperlink, padEnd, truncate } from "./width.ts";

/** What no address carries as it is: everything but printable ASCII, and what ends an address in running text. */
const UNSAFE = /[^!-~]|["<>\\^`{|}]/gu;

/** Columns of a name in a list of addresses; the address itself is never cut. */
const MOST_NAME = 32;
const GAP = "  ";

export interface Linked {
  name: string;
  ref: TargetRef | null;
}

/** The escaped address, so that no id gives orders to a terminal or ends the address early. */
export function addressOf(entityUrl: EntityUrl, ref: TargetRef | null): string | null {
  const address = ref === null ? null : entityUrl(ref);
  return address === null ? null : address.replace(UNSAFE, (text) => encodeURIComponent(text.toWellFormed()));
}

/** `text` as a hyperlink to the target, on a terminal that takes them and where there is an address. */
export function linked(page: Page, text: string, ref: TargetRef | null): string {
  const address = page.hyperlinks ? addressOf(page.entityUrl, ref) : null;
  return address === null ? text : hyperlink(address, text);
}

/** The thing's name, linked. */
export function linkedName(page: Page, { name, ref }: Linked): string {
  return linked(page, nameOf({ name }), ref);
}

/** The address of a target on a line of its own, whole however long it is; none where names are hyperlinks. */
export function addressLines(page: Page, ref: TargetRef, lead: string): string[] {
  const address = page.hyperlinks ? null : addressOf(page.entityUrl, ref);
  return address === null ? [] : [lead + address];
}

/** "name  address" for every named thing that has one, each thing once; nothing where names are hyperlinks. */
export function addressList(page: Page, things: readonly Linked[]): string[] {
  if (page.hyperlinks) return [];
  const rows = new Map<string, { name: string; address: string }>();
  for (const { name, ref } of things) {
    const address = addressOf(page.entityUrl, ref);
    if (ref === null || address === null) continue;
    const key = entityKey(ref);
    if (!rows.has(key)) rows.set(key, { name: truncate(nameOf({ name }), MOST_NAME), address });
  }
  const width = Math.max(0, ...[...rows.values()].map(({ name }) => displayWidth(name)));
  return [...rows.values()].map(({ name, address }) => `${GAP}${padEnd(name, width)}${GAP}${address}`);
}

/** For machines: the address of every budget holder and entity that the plan names, by its key. */
export function planLinks(plan: Plan, entityUrl: EntityUrl): Record<string, string> {
  const { holders, changes, notices, protections, nearMisses, tooSmall } = plan;
  const subjects = [...holders, ...notices, ...nearMisses, ...tooSmall].map(({ subject }) => subject);
  const things = [
    ...subjects.map(({ key, ref }) => ({ key, ref })),
    ...changes.map(({ holderKey, target }) => ({ key: holderKey, ref: target })),
    ...protections.map(({ ref }) => ({ key: entityKey(ref), ref })),
  ];
  return Object.fromEntries(
    things.flatMap(({ key, ref }) => {
      const address = addressOf(entityUrl, ref);
      return address === null ? [] : [[key, address]];
    }),
  );
}
