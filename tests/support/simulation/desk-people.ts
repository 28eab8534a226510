/** People at the desk: they click on what the channel shows, or showed, twice, at once, and from places that do not count. */
import { addDays, localDay } from "../../../lib/domain/day.ts";
import type { BrandState } from "../../../lib/domain/state.ts";
import { answerDesk } from "../../../lib/loop/answers/desk.ts";
import type { Answer, Asker } from "../../../lib/loop/answers/types.ts";
import { askerOf } from "../../../lib/runtime/slack/place.ts";
import { ACTIONS, readAlertValue, readChangeValue } from "../../../lib/slack/actions.ts";
import type { From } from "../../../lib/slack/inbound.ts";
import { answered } from "../answers.ts";
import { BRAND } from "../home.ts";
import { type Button, buttonsOf, shownMessages } from "./channel.ts";
import type { Draws } from "./draws.ts";
import type { Process } from "./machine.ts";
import { type FilePerson, MEMBERS, PLACE } from "./setup.ts";
import { proposals, type Story, together, wake } from "./story.ts";

/** What somebody said, to be said again by the same request. */
export interface Said {
  asker: Asker;
  answer: Answer;
  atMs: number;
}

const ZONE = "Europe/Paris";
/** A signed request is refused by then. */
const REPLAYED_WITHIN_MS = 5 * 60_000;
const CENT = 10_000n;

/** Buttons of a kind are pressed as often as people mean them, however many of each there are. */
const WANTED: Readonly<Record<string, number>> = {
  [ACTIONS.approve]: 8,
  [ACTIONS.approveSafe]: 3,
  [ACTIONS.reject]: 3,
  [ACTIONS.edit]: 4,
  [ACTIONS.restore]: 4,
  [ACTIONS.handsOff]: 1,
  [ACTIONS.takeAlert]: 2,
};

/** Whoever may say most says most. */
const CLICKERS = [...MEMBERS, "U0LEA", "U0LEA", "U0LEA", "U0TOM", "U0TOM", "U0MARC", "U0MARC"] as const;

/** Up to three clicks of anybody, each as the cards stand by then. */
export async function clicks(story: Story): Promise<void> {
  const times = story.draws.whole(1, 3);
  for (let time = 0; time < times; time++) {
    const button = drawButton(story);
    const said = button === null ? null : await drawSaid(story, button, drawMember(story.draws));
    if (said !== null) await say(story, story.process, said);
  }
}

/** Two people, or one with a quick finger, at the same card in the same moment. */
export async function clicksAtOnce(story: Story): Promise<void> {
  const { draws, machine, process } = story;
  const first = drawButton(story);
  if (first === null) return;
  const ofCard = seen(story).filter(({ value, ts }) => value === first.value && ts === first.ts);
  const second = draws.pickFrom(ofCard) ?? first;
  const one = await drawSaid(story, first, drawMember(draws));
  const other = draws.chance(0.3) ? one : await drawSaid(story, second, drawMember(draws));
  const processes = [process, await machine.open()];
  await together(
    [one, other].map(async (said, index) => {
      const by = processes[index];
      if (said !== null && by !== undefined) await say(story, by, said);
    }),
  );
}

/** The very same request once more. */
export async function replay(story: Story): Promise<void> {
  const { draws, machine, process } = story;
  const recent = machine.said.filter(({ atMs }) => atMs > machine.clockMs - REPLAYED_WITHIN_MS);
  const said = draws.pickFrom(recent);
  if (said !== null) await say(story, process, said);
}

/** What the commands `approve` and `reject` do. */
export async function type(story: Story): Promise<void> {
  const { draws, machine, process } = story;
  const changeId = draws.pickFrom(await proposals(story))?.change.id;
  if (changeId === undefined) return;
  const by = draws.pick(["lea", "tom", "marc", "ines", "nobody"]);
  const answer: Answer = draws.chance(0.7)
    ? { kind: "approve", changeId, digest: null }
    : { kind: "reject", changeId, digest: null, reason: null };
  const outcome = await answered(process.ports, BRAND, by, answer);
  machine.trace.push(`    ${by} types ${answer.kind} ${changeId}: ${outcome.kind}`);
  await wake(machine, process, draws);
}

/** A question that whoever reads and decides answers. */
export async function ask(story: Story): Promise<void> {
  const { draws, machine, process } = story;
  const userId = draws.pick(["U0LEA", "U0TOM"]);
  const question = draws.chance(0.8) ? "why" : "preview";
  const answer: Answer = { kind: "ask", question, text: "pros", userId, channel: PLACE.channel };
  const { clickId } = transportOf(story);
  const asker: Asker = { via: "slack", id: userId, clickId, outside: null };
  await say(story, process, { asker, answer, atMs: machine.clockMs });
}

/** Somebody leaves, comes back, or may do more or less: by the brand file, from the next run on. */
export async function changePeople(story: Story): Promise<void> {
  const { draws, machine } = story;
  const [lea, ...others] = machine.people;
  if (lea === undefined) return;
  machine.people = [lea, ...others.map((one): FilePerson => ({ ...one, role: drawRole(one, draws) }))];
  machine.trace.push(`    ${machine.people.map(({ name, role }) => `${name} ${role}`).join(", ")}`);
  story.process = await machine.open();
}

/** Two of them can always say yes: a brand file that asks for two has to name them. */
function drawRole({ name }: FilePerson, draws: Draws): FilePerson["role"] {
  if (name === "ines") return "viewer";
  return draws.pick(name === "marc" ? ["approver", "owner"] : ["approver", "approver", "owner", "viewer"]);
}

function drawMember(draws: Draws): string {
  return draws.pick(CLICKERS);
}

/** Mostly one that is there; sometimes any that ever was, since people look at old screens. */
function drawButton(story: Story): Button | null {
  const { draws } = story;
  const buttons = seen(story);
  const from = draws.chance(0.15) ? story.machine.seen : buttons;
  const kinds = [...new Set(from.map(({ action }) => action))];
  const deck = kinds.flatMap((kind) => Array.from({ length: WANTED[kind] ?? 0 }, () => kind));
  const kind = draws.pickFrom(deck);
  return draws.pickFrom(from.filter(({ action }) => action === kind));
}

/** What stands there now, which is remembered. */
function seen({ machine }: Story): Button[] {
  const buttons = shownMessages(machine).flatMap(buttonsOf);
  const known = new Set(machine.seen.map((button) => JSON.stringify(button)));
  machine.seen.push(...buttons.filter((button) => !known.has(JSON.stringify(button))));
  return buttons;
}

async function drawSaid(story: Story, button: Button, userId: string): Promise<Said | null> {
  const { machine, process } = story;
  const state = await process.ports.log.state(BRAND);
  const answer = answerOf(story, button, state);
  if (answer === null) return null;
  const { channel, ts: messageTs } = button;
  const from = { userId, channel, messageTs, team: PLACE.team, app: PLACE.app, outsider: null };
  const asker = askerOf({ ...from, ...drawElsewhere(story.draws), ...transportOf(story) }, state);
  return { asker, answer, atMs: machine.clockMs };
}

/** Every click is one of its own. */
function transportOf({ machine }: Story) {
  machine.clicks += 1;
  return { clickId: `click-${machine.clicks}`, triggerId: null, replyUrl: null };
}

/** Sometimes a place, or a standing there, from which nothing counts. */
function drawElsewhere(draws: Draws): Partial<From> {
  if (!draws.chance(0.05)) return {};
  return draws.pick<Partial<From>>([
    { team: "T0OTHER" },
    { app: "A0OTHER" },
    { messageTs: "1.000001" },
    { outsider: "guest" },
    { outsider: "bot" },
  ]);
}

/** What pressing it means, and what is then entered. */
function answerOf({ draws, machine }: Story, { action, value }: Button, state: BrandState): Answer | null {
  if (action === ACTIONS.approveSafe) return { kind: "approveSafe", roundId: value };
  if (action === ACTIONS.takeAlert) {
    const alert = readAlertValue(value);
    const isSame = alert !== null && state.alerts[alert.alertId]?.raisedAtMs === alert.raisedAtMs;
    return isSame ? { kind: "takeAlert", alertId: alert.alertId } : null;
  }
  const change = readChangeValue(value);
  if (change === null) return null;
  const { changeId } = change;
  const digest = draws.chance(0.03) ? "00000000" : change.digest;
  switch (action) {
    case ACTIONS.approve:
      return { kind: "approve", changeId, digest };
    case ACTIONS.reject:
      return { kind: "reject", changeId, digest, reason: draws.pick([null, "not  this\nweek"]) };
    case ACTIONS.restore:
      return { kind: "restore", changeId };
    case ACTIONS.handsOff: {
      const until = addDays(localDay(machine.clockMs, ZONE), draws.pick([0, 1, 1, -1, 400]));
      return { kind: "handsOff", changeId, until, reason: null };
    }
    case ACTIONS.edit:
      return { kind: "edit", changeId, digest, toMicros: drawAmount(draws, state, changeId) };
    default:
      return null;
  }
}

/** Less than was asked for, more, the other way round, the same, or nothing that a platform takes. */
function drawAmount(draws: Draws, { proposals }: BrandState, changeId: string): bigint {
  const edit = proposals[changeId]?.change.edit;
  if (edit?.kind !== "dailyBudget") return CENT;
  const { fromMicros: from, toMicros: to } = edit;
  const wanted = [to + from, to + from, to + to + to - from, (to - from) * 4n + from + from, 2n * from];
  const micros = (draws.pickFrom([...wanted, 4n * from - 2n * to]) ?? to + from) / 2n;
  return draws.chance(0.05) ? micros + 1n : (micros / CENT) * CENT;
}

async function say({ machine, draws }: Story, process: Process, said: Said): Promise<void> {
  const { asker, answer } = said;
  machine.said.push(said);
  const outcome = await answerDesk(process.ports, BRAND, asker, answer);
  const { kind, state } = outcome;
  const about = "changeId" in answer ? answer.changeId.slice(-10) : "";
  const why = outcome.kind === "refused" ? ` ${outcome.reason.key}` : "";
  machine.trace.push(`    ${asker.id} ${answer.kind} ${about} (${asker.clickId}): ${kind}${why}`);
  const by = state.desk?.people.find(({ slack }) => slack === asker.id)?.name ?? "nobody";
  machine.answered.push({ by, kind: answer.kind, outcome: kind, position: state.position });
  if (draws.chance(0.8)) await wake(machine, process, draws);
}
