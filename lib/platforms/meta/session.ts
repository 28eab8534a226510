/**
 * Reads with everything that reading politely needs: at most two retries, a stop before the quota is used up, whole series of
 * pages, and smaller questions where Meta says that one is too big.
 */
import type { Day } from "../../domain/day.ts";
import { addDays, daysBetween } from "../../domain/day.ts";
import type { Answer, MetaApi } from "./api.ts";
import { failureOf, isTooMuchData, type MetaFailure, platformError } from "./errors.ts";
import { pageSchema, parseAnswer } from "./schemas.ts";
import { type Usage, usageOf } from "./usage.ts";

/** Waits before the first and the second retry. */
const BACKOFF_MS = [1_000, 4_000];
/** A longer wait is the caller's: a round's step must not sleep through its own time limit. */
const MAX_WAIT_MS = 30_000;
/** The rest of the quota is kept for reading back changes and undoing them. */
const STOP_READING_PERCENT = 90;
/** 92 days of 1 000 ad groups are 184 pages of 500. */
const MAX_PAGES = 400;
const PAGE_SIZE = 500;
/** Below this, a question that is still too big is a fault of the platform. */
const MIN_PAGE_SIZE = 50;

interface ListQuery {
  path: readonly string[];
  params: Readonly<Record<string, unknown>>;
  /** Days asked for, where the series has any. */
  range: { from: Day; to: Day } | null;
  limit: number;
}

export interface ReadSession {
  /** @throws PlatformError */
  get(path: readonly string[], params: Readonly<Record<string, unknown>>): Promise<object>;
  /** Every row of every page, in order. @throws PlatformError */
  list(query: Omit<ListQuery, "limit">): Promise<unknown[]>;
  /** HTTP requests made so far, retries included. */
  requests(): number;
}

export interface SessionOptions {
  api: MetaApi;
  sleep(ms: number): Promise<void>;
  /** Single reads before and after a change go on where bulk reading stops. */
  stopsAtUsage: boolean;
}

type Series = { kind: "rows"; rows: unknown[] } | { kind: "tooMuch"; failure: MetaFailure };

export function createReadSession({ api, sleep, stopsAtUsage }: SessionOptions): ReadSession {
  let requests = 0;
  let usage: Usage = { highestPercent: 0, regainMs: null };

  async function send(request: () => Promise<Answer>, mayBeSplit: boolean): Promise<Answer> {
    for (let attempt = 0; ; attempt++) {
      if (stopsAtUsage && usage.highestPercent >= STOP_READING_PERCENT) throw quotaNearlyUsed(usage);
      requests++;
      const answer = await request();
      if (answer.kind === "answer") {
        usage = usageOf(answer.headers);
        return answer;
      }
      const waitMs =
        mayBeSplit && isTooMuchData(answer.failure) ? null : retryWaitMs(answer.failure, attempt);
      if (waitMs === null) return answer;
      await sleep(waitMs);
    }
  }

  async function readSeries({ path, params, range, limit }: ListQuery): Promise<Series> {
    const rows: unknown[] = [];
    const seen = new Set<string>();
    const days = range === null ? {} : { time_range: { since: range.from, until: range.to } };
    let answer = await send(() => api.get(path, { ...params, ...days, limit }), true);
    for (let page = 1; page <= MAX_PAGES; page++) {
      if (answer.kind === "failure") {
        if (isTooMuchData(answer.failure)) return { kind: "tooMuch", failure: answer.failure };
        throw platformError(answer.failure);
      }
      const { data, paging } = parseAnswer(pageSchema, answer.body, path.join("/"));
      rows.push(...data);
      const next = paging?.next ?? null;
      if (next === null) return { kind: "rows", rows };
      if (seen.has(next))
        throw platformError(failureOf("malformed", `Meta repeats a page of ${path.join("/")}`));
      seen.add(next);
      answer = await send(() => api.follow(next), true);
    }
    throw platformError(failureOf("malformed", `${path.join("/")} has more than ${MAX_PAGES} pages`));
  }

  async function readSmaller(query: ListQuery): Promise<unknown[]> {
    const series = await readSeries(query);
    if (series.kind === "rows") return series.rows;
    const parts = smaller(query);
    if (parts.length === 0) throw platformError(series.failure);
    const rows: unknown[] = [];
    for (const part of parts) rows.push(...(await readSmaller(part)));
    return rows;
  }

  return {
    async get(path, params) {
      const answer = await send(() => api.get(path, params), false);
      if (answer.kind === "failure") throw platformError(answer.failure);
      return answer.body;
    },
    list: async (query) => await readSmaller({ ...query, limit: PAGE_SIZE }),
    requests: () => requests,
  };
}

/** The two halves of the days, or the same with half the page; nothing once both are as small as they may be. */
function smaller(query: ListQuery): ListQuery[] {
  const { range, limit } = query;
  if (range !== null && range.from !== range.to) {
    const middle = addDays(range.from, Math.floor(daysBetween(range.from, range.to) / 2));
    return [
      { ...query, range: { from: range.from, to: middle } },
      { ...query, range: { from: addDays(middle, 1), to: range.to } },
    ];
  }
  const half = Math.floor(limit / 2);
  return half < MIN_PAGE_SIZE ? [] : [{ ...query, limit: half }];
}

/** Null for what a retry cannot mend, or what takes longer than a caller should be kept waiting. */
function retryWaitMs(failure: MetaFailure, attempt: number): number | null {
  const backoffMs = BACKOFF_MS[attempt];
  const mayPass = failure.kind === "unavailable" || failure.kind === "throttled";
  if (backoffMs === undefined || !mayPass) return null;
  const waitMs = Math.max(backoffMs, failure.retryAfterMs ?? 0);
  return waitMs > MAX_WAIT_MS ? null : waitMs;
}

function quotaNearlyUsed(usage: Usage): Error {
  const text = `${usage.highestPercent} % of Meta's quota is used; reading stops at ${STOP_READING_PERCENT} %`;
  return platformError({ ...failureOf("throttled", text), retryAfterMs: usage.regainMs });
}
