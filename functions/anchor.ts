/** Called by the schedule once a day: signs the heads of all logs. */
import { type AnchorContainer, anchorHeads, openAnchorContainer } from "../lib/runtime/aws/anchor.ts";

let container: AnchorContainer | undefined;

export async function handler(): Promise<void> {
  container ??= openAnchorContainer(process.env);
  await anchorHeads(container);
}
