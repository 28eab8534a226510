/** The effects that a brand's round needs. Only this folder sequences them; only `lib/runtime` supplies them. */
import type { BlobStore } from "../blobs/store.ts";
import type { Brand } from "../domain/brand.ts";
import type { AccountRef } from "../domain/ids.ts";
import type { Messenger } from "../domain/messenger.ts";
import type { Log } from "../log/log.ts";
import type { BrandSummary, ControlStop } from "../log/store.ts";
import type { Platform } from "../platforms/port.ts";
import type { RuleFile } from "../rules/files/load.ts";
import type { Ruleset } from "../rules/types.ts";
import type { Shop } from "../shops/port.ts";

export interface Clock {
  /** Epoch milliseconds: the machine's, or the sandbox world's. */
  nowMs(): Promise<number>;
  /** Never goes back and has no relation to `nowMs`; measures how long this process has waited. */
  monotonicMs(): number;
  wait(ms: number): Promise<void>;
}

/** What is being done, for people who watch. */
export type Progress =
  | { kind: "step"; step: "fetch" | "seal" | "decide" | "send" | "reconcile"; subject: string }
  | {
      kind: "fetched";
      account: AccountRef;
      requests: number;
      entities: number;
      days: number;
      /** What it told beside the ordinary: `people 7d of adGroup`, `conversions of lead/asSet`, `shares of searches`. */
      further: readonly string[];
    };

/** A brand file and the files of all packs, as read. */
export interface ConfigSource {
  brandFile: string;
  brandText: string;
  ruleFiles: readonly RuleFile[];
}

/** A brand with its rules and the files they were read from, which are stored so that each decision can be made again. */
export interface BrandConfig {
  brand: Brand;
  ruleset: Ruleset;
  source: ConfigSource;
}

export interface LoopPorts {
  log: Log;
  blobs: BlobStore;
  platform(id: string): Promise<Platform>;
  /** Null for a brand without shop figures. */
  shop: Shop | null;
  /** Null for a brand without Slack, and for processes that must not post. */
  messenger: Messenger | null;
  clock: Clock;
  /** Consistent read of global and account stops. Throwing means nothing may be written. */
  stops(): Promise<readonly ControlStop[]>;
  putStop(stop: ControlStop): Promise<void>;
  putSummary(summary: BrandSummary): Promise<void>;
  engineVersion: string;
  onProgress(progress: Progress): void;
}
