/** At most one change per holder and night: of what rules ask for one holder, the most conservative wins. */
import { compareText, type Draft, ruleKey } from "./draft.ts";
import { plannerMessage } from "./messages.ts";

/**
 * A pause or cut that its holder cannot have still keeps a raise away, but must not stand in the way of a cut that can be made.
 * A raise that it cannot have stands in nobody's way.
 */
const MOST_CONSERVATIVE_FIRST = ["pause", "cut", "impossible", "raise", "resume", "nothing"] as const;

/** After every day. */
const NEVER = "9999-12-31";

/**
 * Blocks all but one draft per holder: a pause before a cut before a raise, the larger cut, the smaller raise, the pause that lasts longer. Watched
 * drafts compete only among themselves, so that a rule in shadow changes nothing.
 */
export function settleConflicts(drafts: readonly Draft[]): Draft[] {
  const winners = new Map<string, Draft>();
  for (const draft of drafts) {
    const best = winners.get(group(draft));
    if (best === undefined || compareConservative(draft, best) < 0) winners.set(group(draft), draft);
  }
  return drafts.map((draft) => {
    const winner = winners.get(group(draft)) ?? draft;
    return winner === draft || draft.blocked ? draft : lost(draft, winner);
  });
}

function group(draft: Draft): string {
  return `${draft.holderKey} ${draft.mode === "shadow"}`;
}

function lost(draft: Draft, winner: Draft): Draft {
  const reason = plannerMessage("guardrail.conflict.blocked", { rule: winner.ruleId });
  return {
    ...draft,
    blocked: true,
    notes: [...draft.notes, { guardrail: "conflict", effect: "blocked", reason }],
  };
}

/** Lower amounts are the more conservative ones among cuts and among raises alike. */
function compareConservative(a: Draft, b: Draft): number {
  const byDirection = MOST_CONSERVATIVE_FIRST.indexOf(rankOf(a)) - MOST_CONSERVATIVE_FIRST.indexOf(rankOf(b));
  if (byDirection !== 0) return byDirection;
  const difference = amountOf(a) - amountOf(b);
  if (difference !== 0n) return difference < 0n ? -1 : 1;
  const byTerms = compareTerms(a, b);
  if (byTerms !== 0) return byTerms;
  return compareText(ruleKey(a.rule), ruleKey(b.rule));
}

function rankOf({ blocked, direction }: Draft): (typeof MOST_CONSERVATIVE_FIRST)[number] {
  if (!blocked) return direction;
  return direction === "pause" || direction === "cut" ? "impossible" : "nothing";
}

function amountOf(draft: Draft): bigint {
  return draft.edit.kind === "dailyBudget" ? draft.edit.toMicros : 0n;
}

/**
 * A stop of the whole account is counted only once, a pause that nobody ends lasts longest, and the end of a pause, which was said
 * when it began, does not wait for what another rule's resume waits for.
 */
function compareTerms(a: Draft, b: Draft): number {
  const stops = Number(a.accountStop !== true) - Number(b.accountStop !== true);
  const ends = Number(a.endsPause === undefined) - Number(b.endsPause === undefined);
  return stops || ends || -compareText(a.until ?? NEVER, b.until ?? NEVER);
}
