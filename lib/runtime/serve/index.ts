/**
 * Palier whole in one process on one machine: nights when they are due, Slack's clicks answered, messages posted, approved
 * changes made. What the functions on AWS do together, by the same log.
 */

import type { Brand } from "../../domain/brand.ts";
import { canonicalJson } from "../../domain/canonical.ts";
import type { Files } from "../../domain/files.ts";
import { type LocalLanes, localLanes } from "../../lanes/local.ts";
import { configOn } from "../../loop/config.ts";
import type { Environment } from "../../platforms/port.ts";
import { errorFields, type Telemetry } from "../aws/telemetry.ts";
import { readSource } from "../config.ts";
import { RuntimeError } from "../errors.ts";
import { messengerOf } from "../messenger.ts";
import { openPlace, type Place } from "../workspace.ts";
import { listenForSlack } from "./answers.ts";
import { SLACK_PATH } from "./http.ts";
import { type RunnerParts, runOnce } from "./runner.ts";
import { connectSlack, type SlackConnection } from "./slack.ts";

/** A sandbox's clock jumps when somebody moves it, which should not take a minute to be noticed. */
const TICK_MS = { real: 60_000, sandbox: 2_000 };

export interface ServeOptions {
  /** All of the sandbox, or all on real accounts. */
  brands: readonly string[];
  home: string;
  rulesFolder: string;
  env: Environment;
  files: Files;
  /** Of the address for Slack's requests; 0: any free one. */
  port: number;
  /** Of the stand-in for Slack; undefined: any free one. */
  slackPort?: number;
  telemetry: Telemetry;
}

export interface Served {
  /** Where Slack's requests go; null where no brand is in Slack. */
  requestUrl: string | null;
  /** Page of the stand-in; null with the real Slack or none. */
  workspaceUrl: string | null;
  /** Has every brand looked after, now. */
  wakeAll(): Promise<void>;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
  /** Finishes what is under way and begins nothing more. */
  close(): Promise<void>;
}

/** @throws ConfigError, FileError, RuntimeError, OwnerError, StoreError; nothing stays open then. */
export async function serve(options: ServeOptions): Promise<Served> {
  const brands = await readBrands(options);
  const place = await openPlace(options, brands[0]?.sandbox === true);
  const closers: (() => Promise<void>)[] = [place.close];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const slack = await connectSlack(place, brands, options.env, options.slackPort);
    if (slack !== null) closers.push(slack.close);
    const { lanes, wakeAll } = startRuns(options, place, slack, closers);
    const listening = slack === null ? null : await listenForSlack(place, slack, { ...options, lanes });
    if (listening !== null) closers.push(listening.close);
    const requestUrl = listening === null ? null : `http://127.0.0.1:${listening.port}${SLACK_PATH}`;
    if (slack?.standIn != null && requestUrl !== null) slack.standIn.workspace.requestUrl = requestUrl;
    await wakeAll();
    return { requestUrl, workspaceUrl: slack?.standIn?.url ?? null, wakeAll, idle: lanes.idle, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** @throws ConfigError, FileError; RuntimeError `serve.mixed`. */
async function readBrands({ files, rulesFolder, brands }: ServeOptions): Promise<Brand[]> {
  const read: Brand[] = [];
  for (const id of brands) read.push(configOn(await readSource(files, rulesFolder, id), "2000-01-01").brand);
  const [sandbox, real] = [read.filter((one) => one.sandbox), read.filter((one) => !one.sandbox)];
  if (sandbox.length > 0 && real.length > 0) {
    const names = (some: readonly Brand[]) => some.map(({ id }) => id).join(", ");
    throw new RuntimeError(
      "serve.mixed",
      `brands of the sandbox (${names(sandbox)}) and on real accounts (${names(real)}) have two clocks: name those of one ` +
        "kind with --brand",
    );
  }
  return read;
}

/** A run that fails is tried again at each tick: what it fails of is told once, until it is something else. */
function startLanes(runner: RunnerParts): LocalLanes {
  const { telemetry } = runner;
  const failing = new Map<string, string>();
  return localLanes(
    async (brand) => {
      await runOnce(runner, brand);
      if (failing.delete(brand)) telemetry.warn("it runs again", { brand });
    },
    (brand, error) => {
      const told = canonicalJson(errorFields(error));
      if (failing.get(brand) === told) return;
      failing.set(brand, told);
      telemetry.error("the run failed, and is tried again until it works", error, { brand });
    },
  );
}

function startRuns(
  { brands, rulesFolder, telemetry }: ServeOptions,
  place: Place,
  slack: SlackConnection | null,
  closers: (() => Promise<void>)[],
) {
  let ending = false;
  const runner = {
    ...{ place, rulesFolder, telemetry },
    messenger: (brand: Brand) => (slack === null ? null : messengerOf(brand, slack.credentials)),
    isEnding: () => ending,
  };
  const lanes = startLanes(runner);
  const wakeAll = async () => {
    await lanes.wakeAll(
      "observe",
      brands.map((brand) => ({ brand, dedupe: "" })),
    );
  };
  const timer = setInterval(() => void wakeAll(), place.sandbox === null ? TICK_MS.real : TICK_MS.sandbox);
  closers.push(async () => {
    ending = true;
    clearInterval(timer);
    await lanes.idle();
  });
  return { lanes, wakeAll };
}
