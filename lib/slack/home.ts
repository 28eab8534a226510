/** What waits for an answer, brand by brand: a person's home tab, and the answers to `proposals` and `status`. */
import { type Role, roleAtLeast } from "../domain/desk.ts";
import type { Alert, Proposal, Stop } from "../domain/state.ts";
import { formatInstant } from "../words/format.ts";
import type { Reader } from "../words/reader.ts";
import { phrase } from "../words/say.ts";
import { alertButtons, alertLines, stopWords } from "./alert-words.ts";
import { actions, type Block, type Home, header, type Rendered, section } from "./blocks.ts";
import { firstYesLines } from "./card-status.ts";
import { answerButtons, changeWords, directionWords } from "./change-words.ts";
import { plain, safe } from "./mrkdwn.ts";
import type { DeskView } from "./options.ts";

/** Slack takes 100 blocks in a home and 50 in a message. */
const MOST_HOME_BLOCKS = 100;
const MOST_MESSAGE_BLOCKS = 50;
/** Of one brand, so that every brand has its place. */
const MOST_PROPOSALS = 20;
const MOST_ALERTS = 3;

export interface DeskNow extends DeskView {
  brand: string;
  brandName: string;
  /** Of whoever looks. */
  role: Role;
  /** Open, in the order of their nights. */
  open: readonly Proposal[];
  /** Standing. */
  alerts: readonly Alert[];
  stop: Stop | null;
}

/** `reader` is for whom no brand knows; each brand speaks its own language. */
export function homeView(desks: readonly DeskNow[], reader: Reader): Home {
  const nobody = section([phrase("slack.home.nobody", reader)]);
  if (desks.length === 0) return { type: "home", blocks: nobody };
  const most = Math.floor(MOST_HOME_BLOCKS / desks.length);
  return {
    type: "home",
    blocks: desks.flatMap((desk) => deskBlocks(desk, most, mayAnswer(desk.role))).slice(0, MOST_HOME_BLOCKS),
  };
}

/** Without buttons: the log knows no message that only one person sees, so a click there would count for nothing. */
export function proposalsReply(desk: DeskNow): Rendered {
  const blocks = deskBlocks(desk, MOST_MESSAGE_BLOCKS, false);
  return { text: safe(phrase("slack.home.title", desk.reader)), blocks };
}

export function statusReply(desk: DeskNow): Rendered {
  const { reader, alerts, stop, open, brandName } = desk;
  const count = { value: open.length, unit: "count" } as const;
  const lines = [
    safe(brandName, 150),
    stop === null ? phrase("slack.running", reader) : stopWords(stop, desk),
    phrase("proposals.title", reader, { count }),
    ...alerts.slice(0, MOST_ALERTS).flatMap((alert) => alertLines(alert, desk)),
  ];
  return { text: lines.slice(0, 2).join(": "), blocks: section(lines) };
}

function deskBlocks(desk: DeskNow, most: number, buttons: boolean): Block[] {
  const { reader, open, alerts, stop, brand, role, brandName } = desk;
  const head = [
    header(plain(brandName, 150)),
    ...section([
      phrase("slack.home.role", reader, { role: phrase(`slack.role.${role}`, reader) }),
      ...(stop === null ? [] : [stopWords(stop, desk)]),
    ]),
    ...alerts
      .slice(0, MOST_ALERTS)
      .flatMap((alert) => [
        ...section(alertLines(alert, desk)),
        ...actions(buttons ? alertButtons(brand, alert, desk) : []),
      ]),
    ...(open.length === 0 ? section([phrase("slack.home.none", reader)]) : []),
  ];
  const each = buttons ? 2 : 1;
  const room = Math.max(0, Math.floor((most - head.length - 1) / each));
  const shown = open.slice(0, Math.min(MOST_PROPOSALS, room));
  const count = { value: open.length - shown.length, unit: "count" } as const;
  return [
    ...head,
    ...shown.flatMap((proposal) => proposalBlocks(proposal, desk, buttons)),
    ...(count.value === 0 ? [] : section([phrase("slack.home.more", reader, { count })])),
  ];
}

function proposalBlocks(proposal: Proposal, desk: DeskNow, buttons: boolean): Block[] {
  const { reader } = desk;
  const { change, expiresAtMs } = proposal;
  const until = phrase("slack.home.until", reader, {
    until: formatInstant(expiresAtMs, reader),
    rule: safe(change.ruleId),
  });
  const editable = change.edit.kind === "dailyBudget";
  return [
    ...section([
      `${directionWords(change, reader)} ${changeWords(change, reader)}`,
      ...firstYesLines(proposal, desk),
      until,
    ]),
    ...actions(buttons ? answerButtons(proposal, editable, reader) : []),
  ];
}

function mayAnswer(role: Role): boolean {
  return roleAtLeast(role, "approver");
}
