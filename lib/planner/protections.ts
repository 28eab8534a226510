/** What is left alone tonight: by whom, until when, why. */
import type { Brand } from "../domain/brand.ts";
import { addDays, type Day, instantOf } from "../domain/day.ts";
import { handsOffHolder } from "../domain/match.ts";
import type { ForeignEdit, Protection } from "../domain/plan.ts";
import type { BrandState } from "../domain/state.ts";
import type { Facts } from "../metrics/port.ts";
import { compareText, type Draft } from "./draft.ts";
import { NOBODY_NAMED } from "./foreign-edits.ts";
import { rejectedUntilMs, standingRejections } from "./rejections.ts";

/** After every instant. */
const NEVER = Number.MAX_SAFE_INTEGER;

interface Grounds {
  brand: Brand;
  state: BrandState;
  day: Day;
  nowMs: number;
  facts: Facts;
  foreignEdits: readonly ForeignEdit[];
  /** As they came out: a rest is told where it kept a rule from something. */
  drafts: readonly Draft[];
}

/** The soonest free first; what has no end last. */
export function protectionsOf(grounds: Grounds): Protection[] {
  const all = [
    ...byBrandFile(grounds),
    ...byPeople(grounds),
    ...foreign(grounds),
    ...rejections(grounds),
    ...takenBack(grounds),
    ...resting(grounds),
  ];
  return all.sort(bySoonest);
}

function byBrandFile({ brand, day, facts }: Grounds): Protection[] {
  return facts.holders().flatMap((holder): Protection[] => {
    const entry = handsOffHolder(brand.handsOff, day, holder);
    if (entry === null) return [];
    const { name, ref } = holder;
    const untilMs = entry.until === null ? null : endOf(entry.until, brand);
    return [{ because: "brandFile", name, ref, by: entry.by, untilMs, ruleId: null, reason: null }];
  });
}

function byPeople({ brand, state, nowMs }: Grounds): Protection[] {
  return Object.values(state.heldOff)
    .map(({ name, target: ref, by, until, reason }): Protection => {
      return { because: "handsOff", name, ref, by, untilMs: endOf(until, brand), ruleId: null, reason };
    })
    .filter(({ untilMs }) => untilMs !== null && nowMs < untilMs);
}

function foreign({ foreignEdits }: Grounds): Protection[] {
  return foreignEdits.flatMap(({ subject: { name, ref }, by, untilMs }): Protection[] => {
    if (ref === null) return [];
    const named = by === NOBODY_NAMED ? null : by;
    return [{ because: "foreignEdit", name, ref, by: named, untilMs, ruleId: null, reason: null }];
  });
}

function rejections({ brand: { limits }, state, nowMs }: Grounds): Protection[] {
  return standingRejections(state, limits, nowMs).map((one): Protection => {
    const { name, target: ref, ruleId } = one.proposal.change;
    const untilMs = rejectedUntilMs(one, limits);
    return { because: "rejected", name, ref, by: one.by, untilMs, ruleId, reason: one.reason };
  });
}

function takenBack({ state, nowMs, facts }: Grounds): Protection[] {
  return state.rulesOff.flatMap(({ holderKey, ruleId, by, untilMs }): Protection[] => {
    const holder = facts.holder(holderKey);
    if (holder === null || nowMs >= untilMs) return [];
    const { name, ref } = holder;
    return [{ because: "restored", name, ref, by, untilMs, ruleId, reason: null }];
  });
}

/** Once for each holder or rule, with the longest rest: what is proposed waits less than what is applied. */
function resting({ brand, day, drafts }: Grounds): Protection[] {
  const rests = drafts.flatMap(({ holder: { name, ref }, ruleId, notes }): Protection[] => {
    const note = notes.find(({ guardrail }) => guardrail === "cooldown" || guardrail === "ruleCooldown");
    const [nights, needed] = [note?.reason.values.nights?.value, note?.reason.values.needed?.value];
    if (note === undefined || typeof nights !== "number" || typeof needed !== "number") return [];
    const untilMs = instantOf(addDays(day, Math.ceil(needed - nights)), brand.limits.nightFrom, brand.zone);
    const own = note.guardrail === "ruleCooldown" ? ruleId : null;
    return [{ because: "cooldown", name, ref, by: null, untilMs, ruleId: own, reason: null }];
  });
  return [...new Map(rests.sort(bySoonest).map((one) => [textOf(one), one])).values()];
}

/** The first moment after a day on the clock of the brand. */
function endOf(day: Day, { zone }: Brand): number {
  return instantOf(addDays(day, 1), "00:00", zone);
}

function bySoonest(a: Protection, b: Protection): number {
  return (a.untilMs ?? NEVER) - (b.untilMs ?? NEVER) || compareText(textOf(a), textOf(b));
}

function textOf({ name, ref, because, ruleId }: Protection): string {
  return [name, ref.platform, ref.accountId, ref.level, ref.id, because, ruleId].join(" ");
}
