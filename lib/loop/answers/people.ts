/** Who is asking: people of the desk, known by member id in Slack and by name on the command line. */
import { type Desk, type Person, type Role, roleAtLeast } from "../../domain/desk.ts";
import { type Refused, refused } from "./judged.ts";
import { answerMessage } from "./messages.ts";
import type { Answer, Asker } from "./types.ts";

/** As long as a name in a brand file may be. */
const MAX_NAME_CHARACTERS = 80;

/** Least role for each kind of answer: reading is for everybody, and what takes a brake off is the owner's. */
const LEAST = {
  approve: "approver",
  approveSafe: "approver",
  reject: "approver",
  edit: "approver",
  restore: "approver",
  handsOff: "approver",
  liftHandsOff: "owner",
  takeAlert: "approver",
  stop: "approver",
  resume: "owner",
  ask: "viewer",
} as const satisfies Record<Answer["kind"], Role>;

/** The person, or why they may not answer so. Where a brand names nobody, whoever has the machine answers on its command line. */
export function answeringPerson(asker: Asker, desk: Desk | null, kind: Answer["kind"]): Person | Refused {
  if (asker.outside !== null) return refused(asker.outside, null, true);
  const person = personOf(asker, desk);
  if (person === null) return refused(answerMessage("answer.notOnDesk", { by: asker.id }), null, true);
  const { name: by, role } = person;
  if (roleAtLeast(role, LEAST[kind])) return person;
  const key = LEAST[kind] === "owner" ? "answer.needsOwner" : "answer.needsApprover";
  return refused(answerMessage(key, { by }), null, true);
}

/** As the log names whoever asks. */
export function nameOf(asker: Asker, desk: Desk | null): string {
  return personOf(asker, desk)?.name ?? (asker.via === "slack" ? `slack:${asker.id}` : asker.id);
}

function personOf({ via, id }: Asker, desk: Desk | null): Person | null {
  const people = desk?.people ?? [];
  if (via === "slack") return people.find(({ slack }) => slack === id) ?? null;
  if (people.length > 0) return people.find(({ name }) => name === id) ?? null;
  const name = id.trim().slice(0, MAX_NAME_CHARACTERS);
  if (name === "") return null;
  return { name, slack: null, role: "owner", raiseLimitMicros: null, dailyRaiseLimitMicros: null };
}
