/**
 * What the SDK leaves out: a deadline, a refusal of redirects, a limit on the answer's size, and the true cause when no usable
 * answer came. Set on the axios copy that the SDK uses, for calls made through `onWire` alone.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import axios from "./axios-cjs.cjs";
import type { Wire } from "./errors.ts";
import type { Headers } from "./usage.ts";

/** 500 daily rows with all their actions stay far below this. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

interface OpenCall {
  deadline: AbortSignal;
  wire: Wire;
}

const openCalls = new AsyncLocalStorage<OpenCall>();

axios.interceptors.request.use((config) => {
  const call = openCalls.getStore();
  if (call === undefined) return config;
  return Object.assign(config, {
    signal: call.deadline,
    maxRedirects: 0,
    maxContentLength: MAX_ANSWER_BYTES,
  });
});

axios.interceptors.response.use(
  (response) => {
    const call = openCalls.getStore();
    if (call !== undefined)
      call.wire = { status: response.status, headers: textHeaders(response.headers), networkCode: null };
    return response;
  },
  (error: unknown) => {
    const call = openCalls.getStore();
    if (call !== undefined && axios.isAxiosError(error)) {
      call.wire = {
        status: error.response?.status ?? null,
        headers: textHeaders(error.response?.headers ?? {}),
        networkCode: call.deadline.aborted ? "ETIMEDOUT" : (error.code ?? null),
      };
    }
    return Promise.reject(error);
  },
);

export type Outcome<T> =
  | { kind: "returned"; value: T; wire: Wire }
  | { kind: "threw"; error: unknown; wire: Wire };

/** Runs one SDK call that must end within `timeoutMs`, connection and whole answer included. Never throws. */
export async function onWire<T>(timeoutMs: number, send: () => Promise<T>): Promise<Outcome<T>> {
  const call: OpenCall = {
    deadline: AbortSignal.timeout(timeoutMs),
    wire: { status: null, headers: {}, networkCode: null },
  };
  return await openCalls.run(call, async () => {
    try {
      return { kind: "returned", value: await send(), wire: call.wire };
    } catch (error) {
      return { kind: "threw", error, wire: call.wire };
    }
  });
}

/** Names in lower case; a header sent several times is not one that is read here. */
function textHeaders(headers: object): Headers {
  const pairs = Object.entries(headers).filter(([, value]) => typeof value === "string");
  return Object.fromEntries(pairs.map(([name, value]) => [name.toLowerCase(), value]));
}
