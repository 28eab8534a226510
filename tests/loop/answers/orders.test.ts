import { describe, expect, it } from "vitest";
import type { BrandState, Proposal } from "../../../lib/domain/state.ts";
import { memoryStore } from "../../../lib/log/memory-store.ts";
import type { AnswerOutcome } from "../../../lib/loop/answers/types.ts";
import { aDeskAtWork, CHANGES, type TestDesk } from "../../support/desk.ts";
import { aLog, BRAND, EXPIRES_AT_MS } from "../../support/log.ts";

const ID = CHANGES.raise.id;

/** One person's or time's move on whatever version is newest; null where it is nobody's answer. */
type Move = (desk: TestDesk) => Promise<AnswerOutcome | null>;

async function newest({ log }: TestDesk): Promise<Proposal> {
  const { proposals } = await log.state(BRAND);
  const versions = Object.values(proposals).filter(({ origin }) => origin === ID);
  const last = versions.at(-1);
  if (last === undefined) throw new Error("the proposal is gone");
  return last;
}

const MOVES: Readonly<Record<string, Move>> = {
  "lea approves": async (desk) =>
    desk.says("lea", { kind: "approve", changeId: (await newest(desk)).change.id, digest: null }),
  "eva approves": async (desk) =>
    desk.says("eva", { kind: "approve", changeId: (await newest(desk)).change.id, digest: null }),
  "lea rejects": async (desk) =>
    desk.says("lea", {
      kind: "reject",
      changeId: (await newest(desk)).change.id,
      digest: null,
      reason: null,
    }),
  "eva edits the first version": async (desk) =>
    desk.says("eva", { kind: "edit", changeId: ID, digest: null, toMicros: 110_000_000n }),
  "lea edits the newest": async (desk) =>
    desk.says("lea", {
      kind: "edit",
      changeId: (await newest(desk)).change.id,
      digest: null,
      toMicros: 115_000_000n,
    }),
  "time passes": async (desk) => {
    desk.time.nowMs = EXPIRES_AT_MS;
    const proposal = await newest(desk);
    const { id: changeId } = proposal.change;
    if (proposal.status === "open")
      await desk.append({ type: "proposalExpired", v: 1, atMs: EXPIRES_AT_MS, changeId });
    return null;
  },
  "a newer plan comes": async (desk) => {
    const proposal = await newest(desk);
    const reason = { key: "loop.newerPlan", values: {} };
    const { id: changeId } = proposal.change;
    if (proposal.status === "open")
      await desk.append({ type: "proposalSuperseded", v: 1, atMs: desk.time.nowMs, changeId, reason });
    return null;
  },
};

const TERMINAL = /^proposal(Approved|Rejected|Expired|Superseded|Edited)$/;

/** Terminal decisions by the version they are about. */
async function decisions({ log }: TestDesk): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { events } of await log.entries(BRAND)) {
    for (const event of events) {
      if (!TERMINAL.test(event.type) || !("changeId" in event)) continue;
      counts.set(event.changeId, (counts.get(event.changeId) ?? 0) + 1);
    }
  }
  return counts;
}

function live({ proposals }: BrandState): string[] {
  const versions = Object.values(proposals).filter(({ origin }) => origin === ID);
  return versions
    .filter(({ status }) => status === "open" || status === "approved")
    .map(({ change }) => change.id);
}

function permutations(names: readonly string[]): string[][] {
  if (names.length === 0) return [[]];
  return names.flatMap((name) =>
    permutations(names.filter((one) => one !== name)).map((rest) => [name, ...rest]),
  );
}

/** Every ordered choice of up to `length` moves. */
function orders(length: number): string[][] {
  const chosen = (left: number): string[][] =>
    left === 0
      ? [[]]
      : chosen(left - 1).flatMap((order) => Object.keys(MOVES).map((name) => [...order, name]));
  return chosen(length);
}

describe("loop/answers", () => {
  it("decides each version once and never leaves two alive, in every order of every move", async () => {
    for (const order of permutations(Object.keys(MOVES).filter((name) => name !== "lea edits the newest"))) {
      const desk = await aDeskAtWork();
      for (const name of order) await MOVES[name]?.(desk);
      const counts = [...(await decisions(desk)).values()];
      const alive = live(await desk.log.state(BRAND));
      expect({ order, counts: counts.every((count) => count === 1), alive: alive.length <= 1 }).toEqual({
        order,
        counts: true,
        alive: true,
      });
    }
  });

  it("decides each version once where moves come again", async () => {
    for (const order of orders(3)) {
      const desk = await aDeskAtWork({ fourEyesAboveMicros: 12_000_000n });
      for (const name of order) await MOVES[name]?.(desk);
      const counts = [...(await decisions(desk)).values()];
      expect({ order, counts: counts.every((count) => count === 1) }).toEqual({ order, counts: true });
      expect({ order, alive: live(await desk.log.state(BRAND)).length <= 1 }).toEqual({ order, alive: true });
    }
  });

  it("lets exactly one of any two answers that race for a position decide", async () => {
    const answers = ["lea approves", "eva approves", "lea rejects", "eva edits the first version"];
    for (const first of answers) {
      for (const second of answers) {
        const store = memoryStore();
        const [one, two] = [aLog({ store }), aLog({ store, writerId: "w2" })];
        const desk = await aDeskAtWork({}, one);
        const other = { ...desk, log: two, ports: { ...desk.ports, log: two } };
        await Promise.all([MOVES[first]?.(desk), MOVES[second]?.(other)]);
        const counts = (await decisions(desk)).get(ID);
        expect({ first, second, counts }).toEqual({ first, second, counts: 1 });
        expect(live(await one.state(BRAND)).length).toBeLessThanOrEqual(1);
      }
    }
  });

  it("gives nothing to apply once it was rejected, expired or overtaken", async () => {
    for (const end of ["lea rejects", "time passes", "a newer plan comes"]) {
      const desk = await aDeskAtWork();
      await MOVES[end]?.(desk);
      const outcome = await MOVES["eva approves"]?.(desk);
      expect({ end, kind: outcome?.kind, alive: live(await desk.log.state(BRAND)) }).toEqual({
        end,
        kind: "refused",
        alive: [],
      });
    }
  });
});
