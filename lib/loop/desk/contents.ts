/** What a message says: plans, snapshots and entries are read before, so that the words follow from the log's newest state alone. */
import type { Content } from "../../domain/content.ts";
import { message } from "../../domain/figure.ts";
import type { Plan } from "../../domain/plan.ts";
import type { BrandState, Round } from "../../domain/state.ts";
import type { BrandConfig, LoopPorts } from "../ports.ts";
import { loadPlan } from "../steps/intend.ts";
import { alertId } from "./alerts.ts";
import type { DeskMessage } from "./due-messages.ts";
import { morningDigest, periodReview } from "./mornings.ts";
import { nightView } from "./night-view.ts";

export type ContentMaker = (state: BrandState, nowMs: number) => Content;

/** @throws BlobError when a plan or a snapshot is absent or corrupt; LogError, StoreError. */
export async function contentMaker(
  ports: LoopPorts,
  config: BrandConfig,
  { key, subject }: DeskMessage,
): Promise<ContentMaker> {
  const { brand } = config;
  const state = await ports.log.state(brand.id);
  switch (subject.kind) {
    case "night": {
      const plan = await loadPlan(ports, planHashOf(roundOf(state, subject.roundId)));
      return (current, nowMs) => nightContent(key, subject, plan, current, nowMs);
    }
    case "notice": {
      const { day } = roundOf(state, subject.roundId);
      const { nightFrom, nightTo } = brand.limits;
      return () => ({ key, body: { kind: "notice", brandName: brand.name, day, nightFrom, nightTo } });
    }
    case "told": {
      const plan = await loadPlan(ports, planHashOf(roundOf(state, subject.roundId)));
      const notices = plan.notices.filter(({ to }) => to.includes(subject.channel));
      return () => ({ key, body: { kind: "told", plan, notices } });
    }
    case "digest": {
      const digest = await morningDigest(ports, config, subject.day);
      return () => ({ key, body: { kind: "digest", digest } });
    }
    case "review": {
      const review = await periodReview(ports, config, subject);
      return () => ({ key, body: { kind: "review", review } });
    }
    case "alert": {
      const round = alarmingRound(state, subject.alertId);
      const plan = round === undefined ? null : await loadPlan(ports, planHashOf(round));
      return (current) => alertContent(key, subject.alertId, plan, current);
    }
  }
}

function nightContent(
  key: string,
  { roundId, page }: { roundId: string; page: number },
  plan: Plan,
  state: BrandState,
  nowMs: number,
): Content {
  const { pages, safe, stop } = nightView(plan, roundOf(state, roundId), state, nowMs);
  const cards = pages[page] ?? [];
  return { key, body: { kind: "night", plan, page, pages: pages.length, cards, safe, stop } };
}

function alertContent(key: string, id: string, plan: Plan | null, state: BrandState): Content {
  const alert = state.alerts[id];
  if (alert === undefined) throw new Error(`alert ${id} is in no log`);
  const figures =
    plan === null
      ? []
      : [
          { label: message("loop.alert.spend"), figure: plan.brandLine.spend },
          { label: message("loop.alert.revenue"), figure: plan.brandLine.revenue },
        ];
  return { key, body: { kind: "alert", alert, figures } };
}

/** The night that raised a MER alarm: later figures would contradict what the alarm says. Undefined for any other alert. */
function alarmingRound(state: BrandState, id: string): Round | undefined {
  return Object.values(state.rounds).find(
    ({ day, planHash }) => planHash !== null && alertId("merAlarm", day) === id,
  );
}

function roundOf(state: BrandState, roundId: string): Round {
  const round = state.rounds[roundId];
  if (round === undefined) throw new Error(`round ${roundId} is in no log`);
  return round;
}

function planHashOf({ roundId, planHash }: Round): string {
  if (planHash === null) throw new Error(`round ${roundId} has no plan`);
  return planHash;
}
