/** A target CPA: what an order may cost by margin and wanted profit, or else only what is paid today. */
import type { ShopDay } from "../domain/snapshot.ts";
import { type Delivered, deliveredBy, GUESS_DAYS, isWithin, microsForOne } from "./spend.ts";
import { idsOfStage } from "./stages.ts";
import type { Answers, Findings, Guess, Guesses, Wishes } from "./types.ts";

/** Awareness is bought for attention: its CPA says nothing of it. */
export const TARGET_STAGES = ["prospecting", "retargeting", "existing", "brandSearch", "mixed"] as const;
type TargetStage = (typeof TARGET_STAGES)[number];

export const TARGET_GUESS = "targetCpa";
/** Fewer say too little of a stage by itself: the brand's target holds for it. */
const LEAST_CONVERSIONS = 15;
const MICROS_PER_UNIT = 1_000_000;

/** A target in micros with the line that says where it is from. */
interface Target {
  micros: number;
  source: string;
}

/** The brand's target first, then one for each stage whose own figures give another. */
export function guessTargets(findings: Findings, wishes: Wishes, answers: Answers): Guesses {
  const { accounts, today } = findings;
  const currency = accounts[0]?.account.currency ?? "";
  const all = deliveredBy(accounts, null, today);
  const byShop = shopTarget(findings, wishes, currency);
  const brand = byShop ?? claimedTarget(all, wishes, currency);
  if (brand === null) return { guesses: [], notes: [missing(wishes)] };
  const stages = TARGET_STAGES.flatMap((stage) => {
    const delivered = deliveredBy(accounts, idsOfStage(findings, answers, stage), today);
    return delivered === null || delivered.spendMicros === 0n ? [] : [{ stage, delivered }];
  });
  const paidByStage = stages.map(({ stage, delivered }) => `${stage}: ${paidLine(delivered, currency)}`);
  const first = guessOf(
    TARGET_GUESS,
    "May a conversion cost",
    brand,
    [`paid: ${paidLine(all, currency)}`, ...paidByStage],
    currency,
  );
  const own = byShop === null ? stages.flatMap((one) => stageGuess(one, wishes, first, currency)) : [];
  return { guesses: [first, ...own], notes: wishes.contributionMargin === null ? [ONLY_PAID] : [] };
}

const ONLY_PAID =
  "Without --margin a target is only what was paid in these days: it says what you pay, not what you can afford.";

function stageGuess(
  { stage, delivered }: { stage: TargetStage; delivered: Delivered },
  wishes: Wishes,
  brand: Guess,
  currency: string,
): Guess[] {
  const enough = delivered.conversions !== null && delivered.conversions >= LEAST_CONVERSIONS;
  const target = enough ? claimedTarget(delivered, wishes, currency) : null;
  if (target === null) return [];
  const question = `May a conversion of ${stage} cost`;
  const guess = guessOf(
    `${TARGET_GUESS}:${stage}`,
    question,
    target,
    [`paid: ${paidLine(delivered, currency)}`],
    currency,
  );
  return guess.proposed === brand.proposed ? [] : [guess];
}

/** From the shop's own orders: what it earns with one is the same wherever the order came from. */
function shopTarget({ accounts, shop, today }: Findings, wishes: Wishes, currency: string): Target | null {
  const { contributionMargin: margin, wantedProfit: profit } = wishes;
  if (margin === null) return null;
  const days = (shop ?? []).filter((row) => isWithin(row, today) && row.orders !== null);
  const orders = ordersOf(days);
  const revenue = days.reduce((sum, { revenueMicros }) => sum + revenueMicros, 0n);
  const order = microsForOne(revenue, orders);
  if (order === null) return null;
  const source = `an average order of ${money(order, currency)} (${orders} orders of the shop)`;
  return asClaimed(
    { micros: order * (margin - profit), source: `${source} x (${margin} - ${profit})` },
    { orders, claimed: deliveredBy(accounts, null, today)?.conversions ?? null },
    currency,
  );
}

/**
 * Rules hold a target against claimed conversions. Where the platforms claim more of them than the shop has orders, one may
 * cost so much less; where they claim fewer, it may not cost more.
 */
function asClaimed(
  { micros, source }: Target,
  { orders, claimed }: { orders: number | null; claimed: number | null },
  currency: string,
): Target {
  if (orders === null || claimed === null || claimed <= orders) return { micros, source };
  const counted = `${Math.round(claimed)} conversions claimed for ${orders} orders`;
  return {
    micros: (micros * orders) / claimed,
    source: `${source} = ${money(micros, currency)} an order; ${counted}, so each may cost less`,
  };
}

function claimedTarget(delivered: Delivered | null, wishes: Wishes, currency: string): Target | null {
  const { contributionMargin: margin, wantedProfit: profit } = wishes;
  if (delivered === null) return null;
  const { conversions, conversionValueMicros, spendMicros } = delivered;
  if (margin === null) {
    const micros = microsForOne(spendMicros, conversions);
    return micros === null ? null : { micros, source: "only what was paid" };
  }
  const worth = microsForOne(conversionValueMicros, conversions);
  if (worth === null) return null;
  const source = `a conversion worth ${money(worth, currency)} by the platforms' own claims`;
  return { micros: worth * (margin - profit), source: `${source} x (${margin} - ${profit})` };
}

function guessOf(
  key: string,
  question: string,
  { micros, source }: Target,
  evidence: readonly string[],
  currency: string,
): Guess & { kind: "money" } {
  const proposed = rounded(micros, currency);
  return {
    key,
    kind: "money",
    proposed,
    currency,
    question: `${question} ${proposed} ${currency}?`,
    evidence: [source, ...evidence],
  };
}

function ordersOf(days: readonly ShopDay[]): number | null {
  return days.reduce<number | null>(
    (sum, { orders }) => (sum === null || orders === null ? null : sum + orders),
    0,
  );
}

function paidLine(delivered: Delivered | null, currency: string): string {
  if (delivered === null) return "not known";
  const { spendMicros, conversions } = delivered;
  const spent = `${money(Number(spendMicros), currency)} in ${GUESS_DAYS} days`;
  const each = microsForOne(spendMicros, conversions);
  if (conversions === null) return `${spent}, conversions not known on every day`;
  const counted = `${Number(conversions.toFixed(2))} conversions for ${spent}`;
  return each === null ? counted : `${money(each, currency)} each (${counted})`;
}

function missing({ contributionMargin: margin }: Wishes): string {
  const wanted =
    margin === null ? "spend and conversions" : "the shop's orders, or conversions and their value";
  return `No target CPA is guessed: ${wanted} of these ${GUESS_DAYS} days would say one. Set parameters.targetCpa.`;
}

function money(micros: number, currency: string): string {
  return `${rounded(micros, currency)} ${currency}`;
}

/** To the currency's smallest coin, in major units. */
function rounded(micros: number, currency: string): number {
  const options = new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions();
  return Number((micros / MICROS_PER_UNIT).toFixed(options.maximumFractionDigits ?? 2));
}
