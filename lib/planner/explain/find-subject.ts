/** What people mean by an id, a key or a name. */
import { closest } from "../../domain/closest.ts";
import { LEVELS } from "../../domain/ids.ts";
import type { Subject } from "../../domain/verdict.ts";
import type { Facts } from "../../metrics/port.ts";

/** The same thing at each level that rules may look at, such as a campaign that owns its budget. */
export interface Thing {
  key: string;
  name: string;
  subjects: readonly Subject[];
}

/** `several`: more than one thing bears the name, or has it in its own. `none`: with the nearest name, null where none is near. */
export type Found =
  | { kind: "one"; thing: Thing }
  | { kind: "several"; things: readonly Thing[] }
  | { kind: "none"; nearest: string | null };

/** A key or an id speaks before a name; letter case does not matter in names. Things that are hands off count. */
export function findThing(facts: Facts, text: string): Found {
  const things = thingsOf(facts);
  const named = text.normalize("NFC").toLowerCase();
  const found = [
    things.filter(({ key }) => key === text),
    things.filter(({ key }) => key.split("/").at(-1) === text),
    things.filter(({ name }) => name.normalize("NFC").toLowerCase() === named),
  ].find((some) => some.length > 0);
  const [thing, ...others] = found ?? [];
  if (thing === undefined) return almost(things, text, named);
  return others.length === 0 ? { kind: "one", thing } : { kind: "several", things: [thing, ...others] };
}

/** A part of a name is asked back, however few bear it: the next campaign may bear it as well. */
function almost(things: readonly Thing[], text: string, named: string): Found {
  const names = things.map(({ name }) => name);
  const near = closest(text, names);
  const around = things.filter(({ name }) => name.normalize("NFC").toLowerCase().includes(named));
  if (near === null && around.length > 1) return { kind: "several", things: around };
  return { kind: "none", nearest: near ?? around[0]?.name ?? null };
}

function thingsOf(facts: Facts): Thing[] {
  const subjects = LEVELS.flatMap((level) => facts.everySubject(level));
  return [...Map.groupBy(subjects, ({ key }) => key)].map(([key, same]) => ({
    key,
    name: same[0]?.name ?? key,
    subjects: same,
  }));
}
