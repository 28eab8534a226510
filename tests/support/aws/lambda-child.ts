/**
 * One function as Lambda runs it: a process that loads the built file, then answers events. Its clock may be set, as one would
 * set the machine's: a sandbox world lives in its own days.
 */
import { createRequire } from "node:module";

const [file = "", nowMs = "", hurried = ""] = process.argv.slice(2);
if (nowMs !== "") setClock(Number(nowMs) - Date.now());
if (hurried !== "") hurryTimeLimits();

interface Request {
  id: number;
  event: unknown;
  remainingMs: number;
}

const { handler } = createRequire(import.meta.url)(file) as {
  handler(event: unknown, context: object): unknown;
};

process.on("message", (request: Request) => {
  void answer(request);
});
process.send?.("loaded");

async function answer({ id, event, remainingMs }: Request): Promise<void> {
  const endsAt = performance.now() + remainingMs;
  const context = {
    functionName: "palier",
    awsRequestId: `request-${id}`,
    getRemainingTimeInMillis: () => Math.max(0, endsAt - performance.now()),
  };
  try {
    process.send?.({ id, returned: await handler(event, context) });
  } catch (error) {
    process.send?.({ id, threw: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

function hurryTimeLimits(): void {
  const { timeout } = AbortSignal;
  AbortSignal.timeout = (ms) => timeout.call(AbortSignal, ms / 100);
}

function setClock(offsetMs: number): void {
  const RealDate = Date;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [RealDate.now() + offsetMs] : args, newTarget),
    get: (target, key, receiver) =>
      key === "now" ? () => RealDate.now() + offsetMs : Reflect.get(target, key, receiver),
  });
}
