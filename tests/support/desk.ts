/** A desk at work: the log on the memory store, one night with its plan, people, and a clock that a test sets. */
import { canonicalJson, sha256 } from "../../lib/domain/canonical.ts";
import type { Change } from "../../lib/domain/change.ts";
import type { Desk } from "../../lib/domain/desk.ts";
import type { EditRange, ScopedStop } from "../../lib/domain/plan.ts";
import type { BrandState } from "../../lib/domain/state.ts";
import type { LogEvent } from "../../lib/log/events.ts";
import type { Log } from "../../lib/log/log.ts";
import { type AnswerPorts, answerDesk } from "../../lib/loop/answers/desk.ts";
import type { Answer, AnswerOutcome, Asker } from "../../lib/loop/answers/types.ts";
import { atTerminal } from "./answers.ts";
import { deskChanged } from "./desk-events.ts";
import {
  aChange,
  aDesk,
  aLog,
  appendAll,
  BRAND,
  NIGHT_MS,
  planned,
  ROUND_ID,
  roundStarted,
  snapshotSealed,
} from "./log.ts";

/** The five changes of the night, by what each is for. All are routine but the pause. */
export const CHANGES = {
  /** 100 to 120 EUR, editable from 101 to 120 by cents. */
  raise: aBudget(1, "77", 100, 120),
  /** 100 to 130 EUR of another holder. */
  other: aBudget(2, "78", 100, 130),
  /** 50 to 40 EUR. */
  cut: aBudget(3, "79", 50, 40),
  /** Stops 30 EUR a day. */
  pause: aChange({
    id: `${BRAND}-20260311-4`,
    ...holder("80"),
    edit: { kind: "status", from: "active", to: "paused", budgetMicros: 30_000_000n },
  }),
} as const;
/** Stands in the plan alone. */
const BLOCKED = aBudget(5, "81", 10, 12);

export interface TestDesk {
  ports: AnswerPorts;
  log: Log;
  time: { nowMs: number };
  stops: ScopedStop[];
  /** Somebody on the command line says it. */
  says(by: string, answer: Answer): Promise<AnswerOutcome>;
  asks(asker: Asker, answer: Answer): Promise<AnswerOutcome>;
  append(...events: LogEvent[]): Promise<BrandState>;
  /** Every event since the night was planned, as `type` or `type by`. */
  told(): Promise<string[]>;
}

/** A minute after the night was planned. Null for a brand whose log knows no desk. */
export async function aDeskAtWork(over: Partial<Desk> | null = {}, log: Log = aLog()): Promise<TestDesk> {
  const time = { nowMs: NIGHT_MS + 60_000 };
  const stops: ScopedStop[] = [];
  const text = canonicalJson({ changes: [...Object.values(CHANGES), BLOCKED].map(planChange) });
  const planHash = sha256(text);
  const begun = [
    ...(over === null ? [] : [[deskChanged({ desk: aDesk(over) })]]),
    [roundStarted()],
    [snapshotSealed()],
    [planned({ planHash, proposed: Object.values(CHANGES) })],
  ];
  const { position } = await appendAll(log, begun);
  const ports: AnswerPorts = {
    log,
    clock: { nowMs: async () => time.nowMs },
    stops: async () => [...stops],
    blobs: {
      get: async (hash) => {
        if (hash !== planHash) throw new Error(`blob ${hash} was not stated`);
        return text;
      },
    },
  };
  return {
    ...{ ports, log, time, stops },
    says: async (by, answer) => await answerDesk(ports, BRAND, atTerminal(by), answer),
    asks: async (asker, answer) => await answerDesk(ports, BRAND, asker, answer),
    append: async (...events) => await appendAll(log, [events]),
    told: async () => {
      const entries = await log.entries(BRAND, position + 1);
      return entries.flatMap(({ events }) =>
        events.map((event) => ("by" in event ? `${event.type} ${event.by}` : event.type)),
      );
    },
  };
}

/** One change of the night from its intent to its confirmation, two minutes after the night and after its approval. */
export function applied(change: Change, planHash: string, by: string, roundId = ROUND_ID): LogEvent[] {
  const atMs = NIGHT_MS + 120_000;
  const changeId = change.id;
  const at = { v: 1, atMs } as const;
  return [
    { type: "changeIntended", ...at, roundId, change, planHash, allowedBy: `approval:${by}` },
    { type: "changeSent", ...at, changeId, attempt: 1, writerId: "w1", sendBeforeMs: atMs + 10_000 },
    { type: "changeConfirmed", ...at, changeId },
  ];
}

function aBudget(index: number, id: string, from: number, to: number): Change {
  const edit = {
    kind: "dailyBudget",
    fromMicros: BigInt(from) * 1_000_000n,
    toMicros: BigInt(to) * 1_000_000n,
  } as const;
  return aChange({ id: `${BRAND}-20260311-${index}`, ...holder(id), edit });
}

function holder(id: string): Pick<Change, "holderKey" | "target" | "name"> {
  return {
    holderKey: `meta/1001/adGroup/${id}`,
    target: { platform: "meta", accountId: "1001", level: "adGroup", id },
    name: `Ad group ${id}`,
  };
}

function planChange(change: Change) {
  const { edit } = change;
  const editRange: EditRange | null =
    edit.kind !== "dailyBudget"
      ? null
      : edit.toMicros > edit.fromMicros
        ? { leastMicros: edit.fromMicros + 1_000_000n, mostMicros: edit.toMicros, unitMicros: 10_000n }
        : { leastMicros: edit.toMicros, mostMicros: edit.fromMicros - 1_000_000n, unitMicros: 10_000n };
  return { ...change, editRange, routine: edit.kind === "dailyBudget" };
}
