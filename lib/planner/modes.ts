/** Modes from the strictest to the freest. */
import type { Mode } from "../domain/verdict.ts";

const STRICTEST_FIRST: readonly Mode[] = ["shadow", "propose", "apply"];

export function strictest(a: Mode, b: Mode): Mode {
  return STRICTEST_FIRST.indexOf(a) <= STRICTEST_FIRST.indexOf(b) ? a : b;
}
