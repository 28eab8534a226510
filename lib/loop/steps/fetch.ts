import type { BrandAccount, Limits } from "../../domain/brand.ts";
import { canonicalJson } from "../../domain/canonical.ts";
import { localDay } from "../../domain/day.ts";
import { figure, message } from "../../domain/figure.ts";
import { accountKey } from "../../domain/ids.ts";
import type { AccountSnapshot } from "../../domain/snapshot.ts";
import type { BrandState } from "../../domain/state.ts";
import { PlatformError } from "../../platforms/errors.ts";
import type { FetchResult } from "../../platforms/port.ts";
import { needsOf } from "../needs.ts";
import { stepKey } from "../next-step.ts";
import type { BrandConfig, LoopPorts } from "../ports.ts";
import { stepFailed } from "../retry.ts";

/** Enough for a 28-day window and a week of corrections; the first fetch of an account goes back a quarter. */
export const NIGHTLY_DAYS = 35;
export const FIRST_DAYS = 92;

const MS_PER_HOUR = 3_600_000;
const HOURS_PER_DAY = 24;

/** Fetches one account into the round. A failing platform is recorded and returned, and leaves the other accounts alone. */
export async function fetchAccount(
  ports: LoopPorts,
  config: BrandConfig,
  roundId: string,
  account: BrandAccount,
): Promise<unknown> {
  const state = await ports.log.state(config.brand.id);
  const ref = { platform: account.platform, accountId: account.accountId };
  try {
    ports.onProgress({ kind: "step", step: "fetch", subject: accountKey(account) });
    const days = hasFetchedBefore(state, accountKey(account)) ? NIGHTLY_DAYS : FIRST_DAYS;
    const result = await fetchFromPlatform(ports, config, account, days);
    const blobHash = await ports.blobs.put(canonicalJson(result.snapshot));
    const atMs = await ports.clock.nowMs();
    await ports.log.append(config.brand.id, (current) => {
      const { requests } = result;
      return isAwaited(current, roundId, account)
        ? [{ type: "accountFetched", v: 1, atMs, roundId, account: ref, blobHash, requests }]
        : null;
    });
    const entities = result.snapshot.entities.length;
    const further = furtherIn(result.snapshot);
    ports.onProgress({ kind: "fetched", account: ref, requests: result.requests, entities, days, further });
    return null;
  } catch (error) {
    if (!(error instanceof PlatformError)) throw error;
    const atMs = await ports.clock.nowMs();
    const reason = message("loop.accountFailed", {
      account: figure(accountKey(account), "text"),
      detail: figure(error.message, "text"),
    });
    const step = stepKey({ kind: "fetch", roundId, account });
    await ports.log.append(config.brand.id, (current) =>
      isAwaited(current, roundId, account)
        ? [
            { type: "accountFailed", v: 1, atMs, roundId, account: ref, reason },
            stepFailed(current, step, error, null, atMs),
          ]
        : null,
    );
    return error;
  }
}

/** For whoever wonders what a night's requests are for. */
function furtherIn({ claims = [], people = [], entities }: AccountSnapshot): string[] {
  const spans = new Set(people.map(({ span, level }) => `people ${span} of ${level}`));
  const hasShares = entities.some(({ searchShares }) => searchShares !== undefined);
  return [
    ...claims.map((key) => `conversions of ${key}`),
    ...spans,
    ...(hasShares ? ["shares of searches"] : []),
  ];
}

/** False once another process fetched the account or sealed the round: what came later is not the round's any more. */
function isAwaited(state: BrandState, roundId: string, account: BrandAccount): boolean {
  const round = state.rounds[roundId];
  return round?.snapshotHash === null && round.fetched[accountKey(account)] === undefined;
}

export type FetchPorts = Pick<LoopPorts, "platform"> & { clock: Pick<LoopPorts["clock"], "nowMs"> };

/** One account as the rules need it, refused when its currency or zone is not the brand's. @throws PlatformError */
export async function fetchFromPlatform(
  ports: FetchPorts,
  config: BrandConfig,
  account: BrandAccount,
  days: number,
): Promise<FetchResult> {
  const nowMs = await ports.clock.nowMs();
  const platform = await ports.platform(account.platform);
  const result = await platform.fetchAccount({
    account,
    ...needsOf(config.brand, config.ruleset, account),
    days,
    today: localDay(nowMs, config.brand.zone),
    editsFromMs: nowMs - editHours(config.brand.limits) * MS_PER_HOUR,
    nowMs,
  });
  const { currency, zone } = result.snapshot;
  if (currency !== config.brand.currency || zone !== config.brand.zone) {
    throw new PlatformError(
      `account ${accountKey(account)} has ${currency} and ${zone}, brand ${config.brand.id} has ` +
        `${config.brand.currency} and ${config.brand.zone}; a brand has one currency and one zone: ` +
        "correct the brand file or move the account to a brand of its own",
      {
        platform: account.platform,
        kind: "invalid",
        code: "account.mismatch",
        subcode: null,
        traceId: null,
        retryAfterMs: null,
      },
    );
  }
  return result;
}

/** As far back as anybody asks who changed a holder, or when it was changed last. */
function editHours({ foreignEditHours, learningUnknownDays }: Limits): number {
  return Math.max(foreignEditHours, learningUnknownDays * HOURS_PER_DAY);
}

export function hasFetchedBefore(state: BrandState, key: string): boolean {
  return Object.values(state.rounds).some((round) => round.fetched[key] !== undefined);
}
