/** What the contract suite must be told of a platform, and a served world with the adapter under test in front of it. */
import type { BrandAccount } from "../../../lib/domain/brand.ts";
import type { Edit } from "../../../lib/domain/change.ts";
import type { TargetRef } from "../../../lib/domain/ids.ts";
import type { AccountSnapshot, InsightLevel } from "../../../lib/domain/snapshot.ts";
import {
  type FetchRequest,
  type Further,
  NOTHING_FURTHER,
  type OpenPlatform,
  type PlatformManifest,
  type PlatformModule,
} from "../../../lib/platforms/port.ts";
import { SANDBOX_TOKEN } from "../../../lib/sandbox/index.ts";
import type { Fault, FaultKind, HumanEdit, LedgerEntry, World } from "../../../lib/sandbox/model.ts";
import { aServedWorld, type ServedWorld } from "../../support/sandbox.ts";
import { type Asked, aRelay, type Paging, type Relay } from "./relay.ts";

const MS_PER_HOUR = 3_600_000;

/** A budget holder of the world, with what the world itself says of it. */
export interface KnownHolder {
  target: TargetRef;
  /** What the world's ledger and people's edits call the owner of its money. */
  moneyId: string;
  budgetMicros: bigint;
}

/** Where a fault hits. */
type Place = Pick<Fault, "method" | "path">;

export interface ContractSetup {
  manifest: PlatformManifest;
  load(): Promise<PlatformModule>;
  account: BrandAccount;
  /** All levels that rules may ask for. */
  levels: readonly InsightLevel[];
  /** Ids that the world has and the platform lists, as `level id`. */
  census(world: World): string[];
  /** An active holder with a daily budget of its own. */
  holder(world: World): KnownHolder;
  /** A budget that campaigns share; null where the platform has none. */
  sharedBudget(world: World): KnownHolder | null;
  /** A list of entities, read in every fetch. */
  listRead: Place;
  historyRead: Place;
  /** Of the accounts that a credential reaches. */
  accountList: Place;
  budgetWrite(holder: KnownHolder): Place;
  /** Requests of one account-night with all levels, and which of them a request is. */
  requests: Readonly<Record<RequestKind, number>>;
  kindOf(asked: Asked): RequestKind;
  /** What costs more than an ordinary night, and the requests that it costs. */
  further: Further;
  furtherRequests: number;
  /** What must be true of the answers, whatever the world. */
  judgeFurther(snapshot: AccountSnapshot): void;
  smallPages: Paging;
  /** Of a week with all levels, from small pages. */
  requestsOfSmallPages: number;
  /** Makes the next bulk read learn that the quota is used up for `retryAfterMs`. */
  exhaust(contract: ContractWorld): Promise<void>;
  retryAfterMs: number;
  /** A budget in whole units that the platform itself refuses, and its code. */
  tooLow: { micros: bigint; code: string };
  preflight: "passed" | "notOffered";
  /** How late the platform's history is. */
  historyLagMs: number;
  person: { by: string; via: string };
  /** How the history names what the adapter itself did. */
  self: { by: string; via: string };
}

export type RequestKind = "structure" | "insights" | "history";

export interface ContractWorld {
  served: ServedWorld;
  relay: Relay;
  platform: OpenPlatform;
  world(): Promise<World>;
  /** The account's totals over a week, by the world's clock: quick to answer. */
  request(fields?: Partial<FetchRequest>): Promise<FetchRequest>;
  fault(place: Place, kind: FaultKind, times?: number): Promise<void>;
  /** Budget set by a person, at once. */
  personSets(holder: KnownHolder, micros: bigint): Promise<void>;
  /** What the API was asked to change, refusals and questions included. */
  attempts(): Promise<LedgerEntry[]>;
}

/** Waits between retries are not waited for. */
export async function aContractWorld(setup: ContractSetup): Promise<ContractWorld> {
  const served = await aServedWorld();
  const { client } = served;
  const relay = await aRelay(served.url);
  const module = await setup.load();
  const address = { url: relay.url, grpcPort: served.grpcPort, token: SANDBOX_TOKEN };
  return {
    served,
    relay,
    platform: module.fromSandbox(address, { sleep: async () => {} }),
    world: async () => await client.state(),
    async request(fields = {}) {
      const { clockMs, day } = await client.clock();
      const editsFromMs = clockMs - 72 * MS_PER_HOUR;
      const { account } = setup;
      const plain = {
        account,
        levels: ["account"] as const,
        days: 7,
        today: day,
        editsFromMs,
        nowMs: clockMs,
      };
      return { ...plain, ...NOTHING_FURTHER, ...fields };
    },
    async fault(place, fault, times = 1) {
      for (let time = 0; time < times; time++) await client.fault({ ...place, fault });
    },
    async personSets({ moneyId }, micros) {
      const edit = { field: "daily_budget", cents: Number(micros / 10_000n) } satisfies HumanEdit["edit"];
      await client.edit({ entityId: moneyId, edit, ...setup.person });
    },
    attempts: async () => (await client.ledger()).filter(({ actor }) => actor === "api"),
  };
}

/** A change of the holder's budget by some euros. */
export function changeBy({ budgetMicros }: KnownHolder, euros: number): Edit {
  const toMicros = budgetMicros + BigInt(euros) * 1_000_000n;
  return { kind: "dailyBudget", fromMicros: budgetMicros, toMicros };
}
