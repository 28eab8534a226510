/** What almost happened: money rules that did not match, how far they were and when they may. */
import type { Brand } from "../domain/brand.ts";
import { entityKey } from "../domain/ids.ts";
import type { NearMiss } from "../domain/plan.ts";
import type { Snapshot } from "../domain/snapshot.ts";
import type { Evidence, Verdict } from "../domain/verdict.ts";
import type { Facts } from "../metrics/port.ts";
import { compareTurning, leavesToTurn } from "../rules/judge/turning.ts";
import type { Rule } from "../rules/types.ts";
import { compareText, ruleKey } from "./draft.ts";
import { type Outlook, outlookOf } from "./forecast.ts";

export interface NearMisses {
  /** Fewest failing conditions first, then the shortest way to go. */
  nearMisses: NearMiss[];
  /** Those whose counts stay short at any likely pace. */
  tooSmall: NearMiss[];
}

export interface NearMissInput {
  brand: Brand;
  snapshot: Snapshot;
  facts: Facts;
  /** Verdicts of money rules, each with its rule. */
  verdicts: readonly { rule: Rule; verdict: Verdict }[];
}

export function nearMissesOf(input: NearMissInput): NearMisses {
  const misses = input.verdicts
    .filter(({ verdict }) => verdict.result !== "matched")
    .map(({ rule, verdict }) => missOf(input, rule, verdict))
    .filter((miss) => miss.failing.every(canBeReached))
    .sort(compareMisses);
  const tooSmall = misses.filter((miss) => miss.tooSmall);
  return {
    nearMisses: misses.filter((miss) => !miss.tooSmall).map(withoutFlag),
    tooSmall: tooSmall.map(withoutFlag),
  };
}

type Miss = NearMiss & { tooSmall: boolean };

function missOf({ brand, snapshot, facts }: NearMissInput, rule: Rule, verdict: Verdict): Miss {
  const { ref } = verdict.subject;
  const createdAtMs = ref === null ? null : (facts.holder(entityKey(ref))?.createdAtMs ?? null);
  const failing = leavesToTurn(rule.condition, verdict.evidence, true);
  const outlooks = failing
    .map((leaf) => outlookOf(leaf, { createdAtMs, zone: brand.zone, day: snapshot.day }))
    .filter((outlook) => outlook !== null)
    .sort(compareOutlooks);
  return {
    ruleId: rule.id,
    pack: rule.pack,
    subject: verdict.subject,
    failing,
    forecast: outlooks[0]?.forecast ?? null,
    tooSmall: outlooks.some((outlook) => outlook.tooSmall),
  };
}

/** A number that would have to become another without a distance between them ("exactly 0") is not on its way there. */
function canBeReached({ value, distancePercent }: Evidence): boolean {
  return typeof value.value !== "number" || distancePercent !== null;
}

function compareMisses(a: Miss, b: Miss): number {
  return (
    compareTurning(a.failing, b.failing) ||
    compareText(a.subject.key, b.subject.key) ||
    compareText(ruleKey({ pack: a.pack, id: a.ruleId }), ruleKey({ pack: b.pack, id: b.ruleId }))
  );
}

/** The condition that will take longest speaks for all: never before the latest day. */
function compareOutlooks(a: Outlook, b: Outlook): number {
  if (a.tooSmall !== b.tooSmall) return a.tooSmall ? -1 : 1;
  const [dayA, dayB] = [a.forecast.day, b.forecast.day];
  if (dayA === null || dayB === null) return Number(dayB === null) - Number(dayA === null);
  return compareText(dayB, dayA);
}

function withoutFlag({ tooSmall: _, ...miss }: Miss): NearMiss {
  return miss;
}
