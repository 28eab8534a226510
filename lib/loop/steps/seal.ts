import { trackingOf } from "../../digest/index.ts";
import { addDays } from "../../domain/day.ts";
import { figure, message } from "../../domain/figure.ts";
import { accountKey } from "../../domain/ids.ts";
import type { ShopSnapshot } from "../../domain/snapshot.ts";
import { maturityOf } from "../../platforms/index.ts";
import { trackingAlerts } from "../desk/alerts.ts";
import type { BrandConfig, LoopPorts } from "../ports.ts";
import { loadSnapshot, storeSnapshot } from "../snapshots.ts";
import { FIRST_DAYS } from "./fetch.ts";

/** Puts the round's accounts and the shop's figures together; from here on the round's data never changes. */
export async function sealSnapshot(ports: LoopPorts, config: BrandConfig, roundId: string): Promise<null> {
  const { brand } = config;
  ports.onProgress({ kind: "step", step: "seal", subject: roundId });
  const state = await ports.log.state(brand.id);
  const round = state.rounds[roundId];
  if (round === undefined || round.snapshotHash !== null) return null;
  const fetched = brand.accounts.flatMap((account) => round.fetched[accountKey(account)] ?? []);
  const missing = brand.accounts.filter((account) => round.fetched[accountKey(account)] === undefined);
  const atMs = await ports.clock.nowMs();
  const snapshotHash = await storeSnapshot(
    ports.blobs,
    {
      v: 1,
      brand: brand.id,
      roundId,
      day: round.day,
      asOfMs: atMs,
      missing: missing.map(({ platform, accountId }) => ({
        platform,
        accountId,
        reason:
          round.failed[accountKey({ platform, accountId })]?.reason ??
          message("loop.accountNotFetched", { account: figure(accountKey({ platform, accountId }), "text") }),
      })),
      shop: await fetchShop(ports, round.day),
    },
    fetched.map((account) => account.blobHash),
  );
  // On record before anything is decided on its figures.
  const snapshot = await loadSnapshot(ports.blobs, snapshotHash);
  const looked = trackingOf({ brand, snapshot, maturity: maturityOf(brand.accounts) });
  await ports.log.append(brand.id, (current) =>
    current.rounds[roundId]?.snapshotHash === null
      ? [
          {
            type: "snapshotSealed",
            v: 1,
            atMs,
            roundId,
            snapshotHash,
            missing: missing.map(({ platform, accountId }) => ({ platform, accountId })),
          },
          ...trackingAlerts(current, looked, atMs),
        ]
      : null,
  );
  return null;
}

/** The shop's complete days before `day`. @throws ConfigError on a bad row: nothing is decided on half a file. */
export async function fetchShop(ports: Pick<LoopPorts, "shop">, day: string): Promise<ShopSnapshot | null> {
  return (await ports.shop?.fetchDays(addDays(day, -FIRST_DAYS), addDays(day, -1))) ?? null;
}
