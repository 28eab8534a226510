/** The address to which shops push their figures. */
import type { UrlAnswer, UrlEvent } from "../lib/runtime/aws/function-url.ts";
import { answerPush, openRevenueContainer, type RevenueContainer } from "../lib/runtime/aws/revenue.ts";

let container: RevenueContainer | undefined;

export async function handler(event: UrlEvent): Promise<UrlAnswer> {
  container ??= openRevenueContainer(process.env);
  return await answerPush(container, event);
}
