/** What people say to the desk, in as few words as they need. */
import { type AnswerPorts, answerDesk } from "../../lib/loop/answers/desk.ts";
import type { Answer, AnswerOutcome, Asker } from "../../lib/loop/answers/types.ts";

/** Somebody on the command line, by the name they give. */
export function atTerminal(id = "lea"): Asker {
  return { via: "terminal", id, clickId: null, outside: null };
}

/** Somebody in Slack, by member id; each click counts once. */
export function inSlack(id: string, clickId: string | null = null): Asker {
  return { via: "slack", id, clickId, outside: null };
}

/** The answer of somebody on the command line. */
export async function answered(
  ports: AnswerPorts,
  brand: string,
  by: string,
  answer: Answer,
): Promise<AnswerOutcome> {
  return await answerDesk(ports, brand, atTerminal(by), answer);
}

export async function approve(
  ports: AnswerPorts,
  brand: string,
  changeId: string,
  by = "lea",
): Promise<AnswerOutcome> {
  return await answered(ports, brand, by, { kind: "approve", changeId, digest: null });
}

export async function reject(
  ports: AnswerPorts,
  brand: string,
  changeId: string,
  by = "lea",
): Promise<AnswerOutcome> {
  return await answered(ports, brand, by, { kind: "reject", changeId, digest: null, reason: null });
}

export async function stopBrand(ports: AnswerPorts, brand: string, reason: string | null = null) {
  return await answered(ports, brand, "lea", { kind: "stop", reason });
}
