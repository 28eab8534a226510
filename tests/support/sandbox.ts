/** A served sandbox world, asked through the official SDK and through plain HTTP. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FacebookAdsApi } from "facebook-nodejs-business-sdk";
import { onTestFinished } from "vitest";
import {
  foundWorld,
  type RunningSandbox,
  SANDBOX_TOKEN,
  type SandboxClient,
  sandboxClient,
  serveSandbox,
} from "../../lib/sandbox/index.ts";
import { aFolder } from "./folder.ts";

export const FIRST_NIGHT = "2026-03-11";

// biome-ignore lint/suspicious/noExplicitAny: answers are read freely here, as a stranger to our types would.
export type GraphBody = any;

export interface RawAnswer {
  status: number;
  headers: Headers;
  body: GraphBody;
}

export interface ServedWorld extends RunningSandbox {
  folder: string;
  client: SandboxClient;
  /** One call through the SDK's own HTTP code: resolves and throws what it does. */
  call(method: "GET" | "POST", path: string, params?: Record<string, unknown>): Promise<GraphBody>;
  /** The same by plain `fetch`, with status and headers. */
  raw(path: string, query?: Record<string, string>, init?: RequestInit): Promise<RawAnswer>;
  /** Id of the campaign, ad set or Google budget of that name; of Google's campaign where its budget is called the same. */
  idOf(name: string): Promise<string>;
}

export async function aServedWorld({
  seed = 1,
  versions,
}: {
  seed?: number;
  versions?: string[];
} = {}): Promise<ServedWorld> {
  return await serveWorld(aFoundedFolder(seed), versions);
}

const founded = new Map<number, ReadonlyMap<string, string>>();

/** A folder with the world of that seed on its first night. Founding takes a tenth of a second, so the files are made once. */
function aFoundedFolder(seed: number): string {
  const folder = aFolder();
  const known = founded.get(seed);
  if (known === undefined) {
    foundWorld(folder, { seed, firstNight: FIRST_NIGHT });
    founded.set(
      seed,
      new Map(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")])),
    );
  }
  for (const [file, text] of known ?? []) writeFileSync(join(folder, file), text);
  return folder;
}

/** Serves the world that is in `folder` until the test is over. */
export async function serveWorld(folder: string, versions?: string[]): Promise<ServedWorld> {
  const running = await serveSandbox(versions === undefined ? { folder } : { folder, versions });
  let open = true;
  async function close(): Promise<void> {
    if (open) await running.close();
    open = false;
  }
  onTestFinished(close);
  const client = sandboxClient(running.url);
  const sdk = new FacebookAdsApi(SANDBOX_TOKEN, "en_US", false);
  return {
    ...running,
    close,
    folder,
    client,
    async call(method, path, params = {}) {
      const query =
        method === "GET" ? { ...params, access_token: SANDBOX_TOKEN } : { access_token: SANDBOX_TOKEN };
      const url = `${running.url}/v25.0/${path}?${FacebookAdsApi._encodeParams(query)}`;
      return await sdk.call(method, url, method === "POST" ? { ...params } : {});
    },
    async raw(path, query = {}, init = {}) {
      const search = new URLSearchParams({ access_token: SANDBOX_TOKEN, ...query });
      const response = await fetch(`${running.url}${path}?${search}`, init);
      return { status: response.status, headers: response.headers, body: await response.json() };
    },
    async idOf(name) {
      const { meta, google } = await client.state();
      const entities = [...meta.campaigns, ...meta.adSets, ...google.campaigns, ...google.budgets];
      const found = entities.find((entity) => entity.name === name);
      if (found === undefined) throw new Error(`the world has no "${name}"`);
      return found.id;
    },
  };
}

/** Every row of a paged edge, following `paging.next` to the end. */
export async function allRows(first: GraphBody): Promise<GraphBody[]> {
  const rows = [...first.data];
  let next: string | undefined = first.paging?.next;
  while (next !== undefined) {
    const page: GraphBody = await (await fetch(next)).json();
    rows.push(...page.data);
    next = page.paging?.next;
  }
  return rows;
}
