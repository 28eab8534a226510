/** A brand of the Slack bench: its log after a long night, with all of its changes open, and the plan behind them. */
import { canonicalJson, sha256 } from "../../lib/domain/canonical.ts";
import type { Change } from "../../lib/domain/change.ts";
import { localDay } from "../../lib/domain/day.ts";
import type { Desk } from "../../lib/domain/desk.ts";
import { changeIdOf, roundIdOf } from "../../lib/domain/ids.ts";
import type { LogEvent } from "../../lib/log/events.ts";
import type { BrandSummary } from "../../lib/log/store.ts";
import { aSlackDesk, MESSAGE_TS, PLACE } from "../support/aws/slack.ts";
import { deskChanged, messageAttempted, messagePosted } from "../support/desk-events.ts";
import { aChange, planned, roundStarted, snapshotSealed } from "../support/log.ts";

const HALF_DAY_MS = 43_200_000;

export interface BusyBrand {
  brand: string;
  changes: readonly Change[];
  /** One list of events per entry. */
  entries: readonly (readonly LogEvent[])[];
  planText: string;
  row: BrandSummary;
}

/** lea and eva may approve as much as they like, tom only looks. */
const DESK: Desk = aSlackDesk({ approvalsPerHour: 1_000_000 });

/** Each change raises EUR 100 to 120, and may be edited from 101 to 120 in whole euros. */
export function aBusyBrand(brand: string, count: number, atMs: number, writerId: string): BusyBrand {
  const day = localDay(atMs, DESK.zone);
  const roundId = roundIdOf(brand, day, "night");
  const changes = Array.from({ length: count }, (_, index) =>
    aRaise(brand, changeIdOf(brand, day, index + 1), index),
  );
  const editRange = { leastMicros: 101_000_000n, mostMicros: 120_000_000n, unitMicros: 1_000_000n };
  const planText = canonicalJson({
    changes: changes.map((change) => ({ ...change, editRange, routine: true })),
  });
  const key = `night/${roundId}/0`;
  const at = { atMs, roundId };
  const entries: LogEvent[][] = [
    [deskChanged({ atMs, desk: DESK })],
    [roundStarted({ ...at, day })],
    [snapshotSealed(at)],
    [
      planned({
        ...{ ...at, planHash: sha256(planText), proposed: changes },
        expiresAtMs: atMs + HALF_DAY_MS,
      }),
    ],
    [messageAttempted({ atMs, key, channel: PLACE.channel, writerId, untilMs: atMs + 60_000 })],
    [messagePosted({ atMs, key, ts: MESSAGE_TS })],
  ];
  const row: BrandSummary = {
    ...{ brand, nextDueAtMs: atMs + HALF_DAY_MS, nextApplyAtMs: null, nightEndsAtMs: atMs + HALF_DAY_MS },
    ...{ openProposals: count, unsettled: 0, stopped: false, lastNight: day },
    head: { position: entries.length, hash: "" },
  };
  return { brand, changes, entries, planText, row };
}

function aRaise(accountId: string, id: string, index: number): Change {
  const holder = String(1_000 + index);
  return aChange({
    id,
    holderKey: `meta/${accountId}/adGroup/${holder}`,
    target: { platform: "meta", accountId, level: "adGroup", id: holder },
    name: `Ad group ${holder}`,
  });
}
