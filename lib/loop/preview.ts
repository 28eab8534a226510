/** The plan that a round would make now: the same fetch and the same decision, with nothing stored and nothing sent. */

import { canonicalJson, sha256 } from "../domain/canonical.ts";
import { localDay } from "../domain/day.ts";
import { figure, message } from "../domain/figure.ts";
import { accountKey, NIGHT_SLOT, roundIdOf } from "../domain/ids.ts";
import type { Plan } from "../domain/plan.ts";
import type { AccountSnapshot, MissingAccount, Snapshot } from "../domain/snapshot.ts";
import type { BrandState } from "../domain/state.ts";
import type { Log } from "../log/log.ts";
import { PlatformError } from "../platforms/errors.ts";
import type { BrandConfig, LoopPorts } from "./ports.ts";
import { type DecidePorts, makePlan } from "./steps/decide.ts";
import {
  type FetchPorts,
  FIRST_DAYS,
  fetchFromPlatform,
  hasFetchedBefore,
  NIGHTLY_DAYS,
} from "./steps/fetch.ts";
import { fetchShop } from "./steps/seal.ts";

/** What a preview asks. Nothing of it can write. */
export type PreviewPorts = DecidePorts &
  FetchPorts &
  Pick<LoopPorts, "shop" | "onProgress"> & { log: Pick<Log, "state"> };

/** What a preview fetched, and the state that stood then: a plan can be made from it as often as the files change. */
export interface PreviewGround {
  snapshot: Snapshot;
  state: BrandState;
}

/** @throws as `previewGround`. */
export async function previewPlan(ports: PreviewPorts, config: BrandConfig): Promise<Plan> {
  return await planOnGround(ports, config, await previewGround(ports, config));
}

/** As decided at the moment of the fetch, so that two plans on one ground differ by their files alone. Fetches nothing. */
export async function planOnGround(
  ports: Omit<DecidePorts, "clock">,
  config: BrandConfig,
  { snapshot, state }: PreviewGround,
): Promise<Plan> {
  const clock = { nowMs: async () => snapshot.asOfMs };
  return await makePlan({ ...ports, clock }, config, snapshot, sha256(canonicalJson(snapshot)), state);
}

/**
 * Accounts that cannot be fetched are missing in the plan and named there. @throws ConfigError on a bad revenue file; the first
 * account's PlatformError where none can be fetched: a plan on nothing would bury it.
 */
export async function previewGround(ports: PreviewPorts, config: BrandConfig): Promise<PreviewGround> {
  const { brand } = config;
  const state = await ports.log.state(brand.id);
  const asOfMs = await ports.clock.nowMs();
  const day = localDay(asOfMs, brand.zone);
  const accounts: AccountSnapshot[] = [];
  const missing: MissingAccount[] = [];
  const errors: PlatformError[] = [];
  for (const account of brand.accounts) {
    const key = accountKey(account);
    ports.onProgress({ kind: "step", step: "fetch", subject: key });
    try {
      const days = hasFetchedBefore(state, key) ? NIGHTLY_DAYS : FIRST_DAYS;
      accounts.push((await fetchFromPlatform(ports, config, account, days)).snapshot);
    } catch (error) {
      if (!(error instanceof PlatformError)) throw error;
      errors.push(error);
      const reason = message("loop.accountFailed", {
        account: figure(key, "text"),
        detail: figure(error.message, "text"),
      });
      missing.push({ platform: account.platform, accountId: account.accountId, reason });
    }
  }
  if (accounts.length === 0 && errors[0] !== undefined) throw errors[0];
  const roundId = roundIdOf(brand.id, day, NIGHT_SLOT);
  const shop = await fetchShop(ports, day);
  const snapshot: Snapshot = { v: 1, brand: brand.id, roundId, day, asOfMs, accounts, missing, shop };
  return { snapshot, state };
}
