/** Called by the schedule every minute: wakes the brands that have something to do. */
import { answerTick, openTickContainer, type TickContainer } from "../lib/runtime/aws/tick.ts";

let container: TickContainer | undefined;

export async function handler(event: unknown): Promise<void> {
  container ??= openTickContainer(process.env);
  await answerTick(container, event);
}
