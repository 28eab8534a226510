/** What the brand's log tells: its chain, the last nights, what is open, what stands still. */
import type { Brand } from "../../domain/brand.ts";
import { addDays, type Day, daysBetween, instantOf, localDay } from "../../domain/day.ts";
import { accountKey, NIGHT_SLOT } from "../../domain/ids.ts";
import type { BrandState, Round } from "../../domain/state.ts";
import { JUDGE_AFTER_MS } from "../../log/fold-changes.ts";
import type { ControlStop } from "../../log/store.ts";
import type { VerifyResult } from "../../log/verify.ts";
import type { LoopPorts } from "../../loop/ports.ts";
import { type Finding, failed, ok, warning } from "./finding.ts";

/** A change that diverged is everybody's business for so long. */
const DIVERGED_DAYS = 7;
const MS_PER_DAY = 86_400_000;

/** `deployed`: nights come by themselves, so one that did not is a failure. @throws LogError, StoreError */
export async function checkLog(
  brand: Brand,
  ports: Pick<LoopPorts, "log" | "stops">,
  { deployed, nowMs }: { deployed: boolean; nowMs: number },
): Promise<Finding[]> {
  const verified = judgeChain(brand.id, await ports.log.verify(brand.id));
  // A log that cannot be followed has no state to speak of.
  if (verified.status === "failed") return [verified];
  const state = await ports.log.state(brand.id);
  return [
    verified,
    judgeNights(brand, state, { deployed, nowMs }),
    ...judgeLastRound(brand, state),
    judgeUnknown(brand, state, nowMs),
    judgeDiverged(brand, state, nowMs),
    ...judgeStops(brand, state, await ports.stops()),
  ];
}

function judgeChain(subject: string, result: VerifyResult): Finding {
  const check = "log.chain";
  if (result.ok) return ok(check, subject, `${result.entries} entries, and the chain verifies`);
  const { position, problem, detail } = result;
  const fix = "change nothing by hand; restore the log from its last backup and compare, see palier verify";
  return failed(check, subject, `entry ${position} is ${problem}: ${detail}`, fix);
}

/** A night counts as missing once its window is over. */
function judgeNights(
  brand: Brand,
  state: BrandState,
  { deployed, nowMs }: { deployed: boolean; nowMs: number },
): Finding {
  const check = "log.nights";
  const last = lastRound(state, ({ planHash }) => planHash !== null);
  const today = localDay(nowMs, brand.zone);
  const isOver = nowMs >= instantOf(today, brand.limits.nightTo, brand.zone);
  const due: Day = isOver ? today : addDays(today, -1);
  if (last === null) {
    const fix = deployed ? "wait for the first night, then look again" : "run the first one: palier night";
    return warning(check, brand.id, "no night was planned yet", fix);
  }
  const missed = daysBetween(last.day, due);
  if (missed <= 0) return ok(check, brand.id, `the last night is ${last.day}`);
  const found = `the last night is ${last.day}; ${missed} since then have no plan`;
  const fix = deployed
    ? "see the alarm on missed nights in infra/README.md"
    : "run palier night every night, for instance by cron";
  return deployed ? failed(check, brand.id, found, fix) : warning(check, brand.id, found, fix);
}

function judgeLastRound(brand: Brand, state: BrandState): Finding[] {
  const check = "log.lastNight";
  const last = lastRound(state, () => true);
  if (last === null) return [];
  const accounts = brand.accounts.map(accountKey).filter((key) => last.failed[key] !== undefined);
  if (last.refused) {
    const fix = "see the reason in the plan: palier night prints it";
    return [warning(check, brand.id, `the plan of ${last.day} was refused whole`, fix)];
  }
  if (accounts.length > 0) {
    const found = `${accounts.join(", ")} could not be read in the night of ${last.day}`;
    return [warning(check, brand.id, found, "see the findings of that account")];
  }
  return [ok(check, brand.id, `the night of ${last.day} read every account`)];
}

function lastRound(state: BrandState, wanted: (round: Round) => boolean): Round | null {
  const nights = Object.values(state.rounds).filter((round) => round.slot === NIGHT_SLOT && wanted(round));
  return nights.sort((a, b) => (a.day < b.day ? -1 : 1)).at(-1) ?? null;
}

function judgeUnknown(brand: Brand, state: BrandState, nowMs: number): Finding {
  const check = "log.unknownOutcomes";
  const open = Object.values(state.intents).filter(
    ({ status, sendBeforeMs }) => status === "sent" && nowMs >= (sendBeforeMs ?? 0) + JUDGE_AFTER_MS,
  );
  if (open.length === 0) return ok(check, brand.id, "none: every change that was sent is settled");
  const ids = open.map(({ change }) => change.id).join(", ");
  return failed(check, brand.id, `not known whether made: ${ids}`, "settle it: the next run reads it back");
}

function judgeDiverged(brand: Brand, state: BrandState, nowMs: number): Finding {
  const check = "log.diverged";
  const recent = Object.values(state.intents).filter(
    ({ status, settledAtMs }) =>
      status === "diverged" && nowMs - (settledAtMs ?? 0) < DIVERGED_DAYS * MS_PER_DAY,
  );
  if (recent.length === 0) return ok(check, brand.id, `none in ${DIVERGED_DAYS} days`);
  const ids = recent.map(({ change }) => change.id).join(", ");
  const fix = "compare the platform with palier log, and set the budget that you want";
  return warning(check, brand.id, `the platform holds neither old nor new value: ${ids}`, fix);
}

function judgeStops(brand: Brand, state: BrandState, stops: readonly ControlStop[]): Finding[] {
  const check = "log.stops";
  const scopes = ["everything", ...brand.accounts.map(accountKey)];
  const standing = [
    ...(state.stop === null ? [] : [{ scope: brand.id, ...state.stop }]),
    ...stops.filter(({ scope }) => scopes.includes(scope)),
  ];
  if (standing.length === 0) return [ok(check, brand.id, "none stands")];
  return standing.map(({ scope, by, reason }) => {
    const why = reason === null ? "" : `: ${reason}`;
    return warning(check, scope, `stopped by ${by}${why}`, "nothing is changed until palier resume lifts it");
  });
}
