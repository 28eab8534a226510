/**
 * What the SDK leaves out of its REST calls: a deadline, a refusal of redirects, a limit on the answer's size, the true cause of
 * a failure, and a look for the error that may stand at the end of an answer with HTTP 200, which the SDK passes over as if the
 * rows before it were all. Every call carries its own deadline, token and notes in an asynchronous context.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { Readable } from "node:stream";
import type { Wire } from "./errors.ts";
import { errorIn } from "./errors.ts";
import { fieldOf, textOf } from "./fields.ts";

/** 92 days of 1 000 ad groups with their conversions stay below this. */
const MAX_ANSWER_BYTES = 96 * 1024 * 1024;

interface OpenCall {
  deadline: AbortSignal;
  token: string;
  wire: Wire;
  /** The server's clock, as its answer tells it. */
  serverMs: number | null;
}

export type Outcome<T> =
  | { kind: "returned"; value: T; serverMs: number | null }
  | { kind: "failed"; wire: Wire };

const openCalls = new AsyncLocalStorage<OpenCall>();

/** Runs one SDK call that must end within `timeoutMs`, connection and whole answer included. Never throws. */
export async function onWire<T>(
  timeoutMs: number,
  token: string,
  send: () => Promise<T>,
): Promise<Outcome<T>> {
  const call: OpenCall = {
    deadline: AbortSignal.timeout(timeoutMs),
    token,
    wire: { status: null, body: "", networkCode: null },
    serverMs: null,
  };
  return await openCalls.run(call, async () => {
    try {
      const value = await send();
      const { wire, serverMs } = call;
      return wire.body === "" ? { kind: "returned", value, serverMs } : { kind: "failed", wire };
    } catch (error) {
      const networkCode = call.deadline.aborted ? "ETIMEDOUT" : textOf(fieldOf(error, "code"));
      return { kind: "failed", wire: { ...call.wire, networkCode } };
    }
  });
}

/** The token of the call that asks. */
export async function tokenOfCall(): Promise<string> {
  const call = openCalls.getStore();
  if (call === undefined) throw new Error("Google's SDK asks for a token outside of a call");
  return call.token;
}

/** The SDK's axios options with everything above added. */
export function guarded(options: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const call = openCalls.getStore();
  if (call === undefined) throw new Error("Google's SDK makes a request outside of a call");
  return {
    ...options,
    signal: call.deadline,
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
    // Read whole by axios, so that deadline and limit hold for the body too; the SDK gets the stream that it expects.
    responseType: "arraybuffer",
    transformResponse: (data: unknown, headers: unknown, status: number | undefined) => {
      const body = Buffer.isBuffer(data) ? data : Buffer.alloc(0);
      call.wire = { status: status ?? null, body: failedBody(body, status), networkCode: null };
      const serverMs = Date.parse(textOf(fieldOf(headers, "date")) ?? "");
      call.serverMs = Number.isFinite(serverMs) ? serverMs : null;
      return Readable.from([body], { objectMode: false });
    },
  };
}

/** Empty for an answer without an error. */
function failedBody(body: Buffer, status: number | undefined): string {
  if (status !== 200) return body.toString("utf8");
  if (!body.includes('"error"')) return "";
  const text = body.toString("utf8");
  return errorIn(text) === null ? "" : text;
}
