/**
 * One brand's ad account on virtual time: three ad groups of 50 EUR a day that spent far too much for one conversion each, and a
 * ledger of every write. Reads and writes take time, and a test may say what happens in them.
 */
import type { Edit } from "../../../lib/domain/change.ts";
import { addDays, type Day } from "../../../lib/domain/day.ts";
import type { TargetRef } from "../../../lib/domain/ids.ts";
import type { Insight, PastEdit } from "../../../lib/domain/snapshot.ts";
import { PlatformError } from "../../../lib/platforms/errors.ts";
import type { FetchRequest, Platform } from "../../../lib/platforms/port.ts";
import { aCampaign, anAccount, anAdGroup, anInsight } from "../snapshot.ts";
import type { Invocation } from "./function.ts";
import type { VirtualTime } from "./time.ts";

const AD_GROUPS = ["200", "201", "202"];
const SPEND_MICROS = 50_000_000n;
const READ_MS = 2_000;
const CALL_MS = 300;

export interface Write {
  adGroup: string;
  toMicros: bigint;
  atMs: number;
}

export interface AdAccount {
  id: string;
  writes: Write[];
  /** Budgets by ad group, in micros. */
  live: Map<string, bigint>;
  /** Fetches that were begun, by time. */
  fetches: number[];
  /** Live reads that were begun. */
  reads: number;
  isDown: boolean;
  /** How long the n-th live read of this account takes, from 1 on. */
  readTakesMs: (read: number) => number;
  /** How long the answer to the n-th write takes after its effect. */
  answerTakesMs: (write: number) => number;
}

export function anAdAccount(id: string): AdAccount {
  return {
    id,
    writes: [],
    live: new Map(AD_GROUPS.map((adGroup) => [adGroup, SPEND_MICROS])),
    fetches: [],
    reads: 0,
    isDown: false,
    readTakesMs: () => CALL_MS,
    answerTakesMs: () => CALL_MS,
  };
}

/** The platform as one invocation speaks to it. */
export function platformOf(
  accounts: ReadonlyMap<string, AdAccount>,
  time: VirtualTime,
  { wait }: Invocation,
): Platform {
  return {
    async fetchAccount(request) {
      const account = accountOf(accounts, request.account.accountId);
      account.fetches.push(time.nowMs());
      await wait(READ_MS);
      refuseWhileDown(account);
      return { snapshot: snapshotOf(account, request), requests: 5 };
    },
    async readHolder({ accountId, id }) {
      const account = accountOf(accounts, accountId);
      account.reads += 1;
      // What is read is what stands when the question arrives, however long the answer takes.
      const dailyBudgetMicros = account.live.get(id) ?? null;
      await wait(account.readTakesMs(account.reads));
      refuseWhileDown(account);
      return { status: "active", dailyBudgetMicros, budgetName: id };
    },
    async readEdits({ accountId }, fromMs) {
      await wait(CALL_MS);
      const edits = editsOf(accountOf(accounts, accountId)).filter(({ atMs }) => atMs >= fromMs);
      return { fromMs, edits };
    },
    preflight: async () => ({ kind: "notOffered" }),
    async write(target, edit) {
      const account = accountOf(accounts, target.accountId);
      await wait(CALL_MS);
      account.writes.push(writeOf(target, edit, time.nowMs()));
      if (edit.kind === "dailyBudget") account.live.set(target.id, edit.toMicros);
      await wait(account.answerTakesMs(account.writes.length));
      return { kind: "applied" };
    },
    async checkAccess() {
      throw new Error("unstated: no night checks its access");
    },
  };
}

function accountOf(accounts: ReadonlyMap<string, AdAccount>, id: string): AdAccount {
  const account = accounts.get(id);
  if (account === undefined) throw new Error(`unstated: account ${id}`);
  return account;
}

function writeOf({ id }: TargetRef, edit: Edit, atMs: number): Write {
  if (edit.kind !== "dailyBudget") throw new Error("unstated: only budgets are changed here");
  return { adGroup: id, toMicros: edit.toMicros, atMs };
}

function editsOf({ id: accountId, writes }: AdAccount): PastEdit[] {
  return writes.map(({ adGroup, toMicros, atMs }) => ({
    target: { platform: "meta", accountId, level: "adGroup", id: adGroup },
    atMs,
    by: "Palier",
    via: "Palier",
    edit: { kind: "dailyBudget", fromMicros: SPEND_MICROS, toMicros },
  }));
}

function refuseWhileDown({ isDown }: AdAccount): void {
  if (!isDown) return;
  const nothing = { code: null, subcode: null, traceId: null, retryAfterMs: null };
  throw new PlatformError("no answer", { platform: "meta", kind: "unavailable", ...nothing });
}

function snapshotOf(account: AdAccount, { today, days, nowMs, editsFromMs, levels }: FetchRequest) {
  const { id: accountId } = account;
  const covered = Array.from({ length: days }, (_, index) => addDays(today, index - days));
  const adGroups = AD_GROUPS.map((id) =>
    anAdGroup({
      id,
      accountId,
      name: `Ad group ${id}`,
      budget: { period: "daily", amountMicros: account.live.get(id) ?? 0n },
    }),
  );
  return anAccount({
    accountId,
    fetchedAtMs: nowMs,
    coveredFrom: covered[0] ?? today,
    coveredTo: addDays(today, -1),
    levels: [...levels],
    entities: [aCampaign({ accountId }), ...adGroups],
    insights: covered.flatMap((day) => insightsOf(accountId, day)),
    history: { fromMs: editsFromMs, edits: editsOf(account).filter(({ atMs }) => atMs >= editsFromMs) },
  });
}

function insightsOf(accountId: string, day: Day): Insight[] {
  const counted = { day, impressions: 10_000, clicks: 100, linkClicks: 90, conversions: 1 };
  const whole = { ...counted, spendMicros: SPEND_MICROS * 3n, conversions: 3 };
  return [
    ...AD_GROUPS.map((entityId) =>
      anInsight({ ...counted, level: "adGroup", entityId, spendMicros: SPEND_MICROS }),
    ),
    anInsight({ ...whole, level: "campaign", entityId: "100" }),
    anInsight({ ...whole, level: "account", entityId: accountId }),
  ];
}
