/** Queries with at most two retries, only after trouble that may pass soon, and a count of what was asked. */
import type { Answer, GoogleApi } from "./api.ts";
import { PASSES_SOON } from "./codes.ts";
import { type GoogleFailure, platformError } from "./errors.ts";

/** Waits before the first and the second retry. */
const BACKOFF_MS = [1_000, 4_000];
/** A longer wait is the caller's: a round's step must not sleep through its own time limit. */
const MAX_WAIT_MS = 30_000;

export interface ReadSession {
  /** Every row, in order. @throws PlatformError */
  query(gaql: string): Promise<unknown[]>;
  /** Queries sent so far, retries included; each is one operation of the day's quota. */
  requests(): number;
}

export interface SessionOptions {
  api: Pick<GoogleApi, "query">;
  accountId: string;
  sleep(ms: number): Promise<void>;
}

export function createReadSession({ api, accountId, sleep }: SessionOptions): ReadSession {
  let requests = 0;
  return {
    async query(gaql) {
      return await answeredAfter(async () => {
        requests++;
        return await api.query(accountId, gaql);
      }, sleep);
    },
    requests: () => requests,
  };
}

/** What a read answers, after at most two retries. @throws PlatformError */
export async function answeredAfter<T>(
  read: () => Promise<Answer<T>>,
  sleep: (ms: number) => Promise<void>,
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const answer = await read();
    if (answer.kind === "answer") return answer.value;
    const waitMs = retryWaitMs(answer.failure, attempt);
    if (waitMs === null) throw platformError(answer.failure);
    await sleep(waitMs);
  }
}

/** Null for what a retry cannot mend, or what takes longer than a caller should be kept waiting. */
function retryWaitMs(failure: GoogleFailure, attempt: number): number | null {
  const backoffMs = BACKOFF_MS[attempt];
  if (backoffMs === undefined || !mayPass(failure)) return null;
  const waitMs = Math.max(backoffMs, failure.retryAfterMs ?? 0);
  return waitMs > MAX_WAIT_MS ? null : waitMs;
}

/** A day's quota that is used up stays so, unless Google itself names a short wait. */
function mayPass({ kind, code, retryAfterMs }: GoogleFailure): boolean {
  if (kind === "unavailable") return true;
  return kind === "throttled" && (code === PASSES_SOON || code === "HTTP 429" || retryAfterMs !== null);
}
