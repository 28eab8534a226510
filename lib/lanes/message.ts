/** What stands in a message: the brand, nothing else. */
import { z } from "zod";
import { slugSchema } from "../domain/ids.ts";

const messageSchema = z.strictObject({ brand: slugSchema });

export function messageText(brand: string): string {
  return JSON.stringify({ brand });
}

/** The brand that a message names; null for a text that no lane wrote. */
export function brandOf(text: string): string | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = messageSchema.safeParse(json);
  return parsed.success ? parsed.data.brand : null;
}
