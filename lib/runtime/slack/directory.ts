/**
 * Which brands are asked in a workspace: a button names its brand, a command and a home tab do not. Kept for some minutes, and
 * only to know whose logs to look into: what counts is read from the log each time.
 */
import type { SlackPlace } from "../../domain/desk.ts";
import type { BrandState } from "../../domain/state.ts";
import type { Exchange } from "./parts.ts";

const KEEP_MS = 5 * 60_000;
/** Whoever asks for what there is not has every log looked into: that is not done for each of their clicks. */
const LOOK_AGAIN_MS = 10_000;
/** Beyond it, whoever types names nobody's brand in time; the button of a message still does. */
const MAX_BRANDS = 1_000;
const READ_AT_ONCE = 20;

interface Listed {
  brand: string;
  place: SlackPlace | null;
  members: readonly string[];
}

export interface Directory {
  /** The state of every brand that `wanted` fits, by its log as it is now. */
  find(
    exchange: Exchange,
    wanted: (desk: Pick<Listed, "place" | "members">) => boolean,
  ): Promise<BrandState[]>;
}

export function openDirectory(): Directory {
  let kept: { listed: Listed[]; atMs: number } | null = null;

  async function list(exchange: Exchange): Promise<Listed[]> {
    const { parts } = exchange;
    const rows = (await parts.store.summaries()).slice(0, MAX_BRANDS);
    const listed = (await statesOf(exchange, rows)).map(entryOf);
    kept = { listed, atMs: parts.wall.nowMs() };
    return listed;
  }

  return {
    async find(exchange, wanted) {
      const age = kept === null ? KEEP_MS : exchange.parts.wall.nowMs() - kept.atMs;
      const fresh = age < KEEP_MS ? (kept?.listed ?? null) : null;
      const found = (fresh ?? (await list(exchange))).filter(wanted);
      // A brand that was just published is looked for once more before anybody is told that there is none.
      const again = found.length === 0 && fresh !== null && age >= LOOK_AGAIN_MS;
      const brands = again ? (await list(exchange)).filter(wanted) : found;
      return (await statesOf(exchange, brands)).filter((state) => wanted(entryOf(state)));
    },
  };
}

/** A few at a time; a log that cannot be followed keeps its brand from being found, and no other. */
async function statesOf(
  { log, parts: { telemetry } }: Exchange,
  brands: readonly { brand: string }[],
): Promise<BrandState[]> {
  const states: (BrandState | null)[] = [];
  const waiting = brands.entries();
  const workers = Array.from({ length: READ_AT_ONCE }, async () => {
    for (const [index, { brand }] of waiting) {
      states[index] = await log.state(brand).catch((error: unknown) => {
        telemetry.error("a brand's log cannot be followed", error, { brand });
        return null;
      });
    }
  });
  await Promise.all(workers);
  return states.filter((state) => state !== null);
}

function entryOf({ brand, desk }: BrandState): Listed {
  const members = (desk?.people ?? []).flatMap(({ slack }) => slack ?? []);
  return { brand, place: desk?.slack ?? null, members };
}
