/**
 * Milliseconds that a client waits for a scripted reply: few for one that never ends, though enough for the request to
 * arrive; for all others more than a busy machine takes.
 */
export function patienceMs(reply: unknown): number {
  return reply === "silence" || reply === "trickle" ? 400 : 30_000;
}
