/** What a plan is made from, beside figures and verdicts. */
import type { Brand } from "../domain/brand.ts";
import type { Plan, ScopedStop } from "../domain/plan.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";
import type { Ruleset } from "../rules/types.ts";
import type { Rejection } from "./rejections.ts";

export interface BuildInput {
  brand: Brand;
  ruleset: Ruleset;
  snapshot: Snapshot;
  /** The fold that the plan is decided against. */
  state: BrandState;
  stops: readonly ScopedStop[];
  /** Of every no that still stands: on what it was asked. One that is absent never counts as moved. */
  rejections: readonly Rejection[];
  /** What the plan of the night before listed; null on a first night. */
  former: FormerNight | null;
  nowMs: number;
  engineVersion: string;
  /** By platform: most that it may spend on one day, as a multiple of the daily budget. */
  worstDayMultiples: Readonly<Record<string, number>>;
  /** Hashes of everything the decision is made from. */
  inputs: Plan["inputs"];
}

export interface FormerNight {
  /** Keys of its budget holders. */
  holders: readonly string[];
  /** Keys of accounts that it could not read: what is in them was there before. */
  unread: readonly string[];
}
