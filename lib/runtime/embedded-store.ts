/**
 * The log's table on one machine: DynamoDB embedded in the first process that asks, spoken to by the real AWS client from all
 * of them. When the serving process ends, the next call of any other one takes it over.
 */
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import type { Files } from "../domain/files.ts";
import { createTable, dynamoStore } from "../log/dynamo-store.ts";
import { StoreError } from "../log/errors.ts";
import type { LogStore } from "../log/store.ts";
import { type Claimed, claimService } from "./owner.ts";

const HOST = "127.0.0.1";
const CONNECT_MS = 1000;

/** Far above any answer of a busy owner; past it the outcome counts as unknown. */
const REQUEST_MS = 10_000;

/** Per call: whoever takes over from a dead owner may end at once as well, but not for ever. */
const MAX_RECONNECTS = 3;

export interface EmbeddedStoreOptions {
  /** Holds the database (`table/`) and the owner's address (`owner.json`). */
  folder: string;
  files: Files;
  nowMs: () => number;
}

export interface EmbeddedStore extends LogStore {
  /** Ends the service when this process serves it. No call may follow. */
  close(): Promise<void>;
}

interface Connection {
  claimed: Claimed;
  client: DynamoDBClient;
  store: LogStore;
}

/**
 * Opens the table in `folder`, creating it at first. A call that finds the server gone connects again or takes over and is then
 * repeated, puts too: a put of the same entry that was written before says `taken`, and its hash tells.
 * @throws StoreError for a database that cannot be opened; OwnerError; FileError.
 */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<EmbeddedStore> {
  let connection = await connect(options);
  let reconnecting: Promise<Connection> | null = null;

  async function reconnect(failed: Connection): Promise<void> {
    if (failed.claimed.owned || failed !== connection) return;
    reconnecting ??= connect(options);
    try {
      connection = await reconnecting;
    } finally {
      reconnecting = null;
    }
    failed.client.destroy();
  }

  async function call<T>(use: (store: LogStore) => Promise<T>): Promise<T> {
    for (let reconnects = 0; ; reconnects += 1) {
      const used = connection;
      try {
        return await use(used.store);
      } catch (error) {
        const away = error instanceof StoreError && error.code === "store.unreachable";
        if (!away || reconnects === MAX_RECONNECTS) throw error;
        await reconnect(used);
      }
    }
  }

  return {
    put: (brand, entry) => call((store) => store.put(brand, entry)),
    get: (brand, position) => call((store) => store.get(brand, position)),
    read: (brand, from) => call((store) => store.read(brand, from)),
    latest: (brand) => call((store) => store.latest(brand)),
    claim: (accountKey, brand) => call((store) => store.claim(accountKey, brand)),
    putSummary: (summary) => call((store) => store.putSummary(summary)),
    summary: (brand) => call((store) => store.summary(brand)),
    summaries: () => call((store) => store.summaries()),
    putControlStop: (stop) => call((store) => store.putControlStop(stop)),
    deleteControlStop: (scope) => call((store) => store.deleteControlStop(scope)),
    controlStops: () => call((store) => store.controlStops()),
    async close() {
      connection.client.destroy();
      await connection.claimed.close();
    },
  };
}

async function connect({ folder, files, nowMs }: EmbeddedStoreOptions): Promise<Connection> {
  const claimed = await claimService({
    file: `${folder}/owner.json`,
    files,
    nowMs,
    serve: () => serveTable(`${folder}/table`),
  });
  const client = loopbackClient(claimed.port);
  return { claimed, client, store: dynamoStore(client) };
}

/** Serves the database in `path` on a free port; the table exists once this returns. */
async function serveTable(path: string): Promise<{ port: number; close: () => Promise<void> }> {
  await checkOpens(path);
  const { default: dynalite } = await import("dynalite");
  const server = dynalite({ path, createTableMs: 0 });
  outliveClients(server);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const client = loopbackClient(port);
  await createTable(client);
  client.destroy();
  return { port, close: () => closeServer(server) };
}

/** Opens the database once by itself: dynalite turns one that cannot be opened into an unhandled error. */
async function checkOpens(path: string): Promise<void> {
  const { Level } = createRequire(createRequire(import.meta.url).resolve("dynalite"))("level") as {
    Level: new (path: string) => { open(): Promise<void>; close(): Promise<void> };
  };
  const database = new Level(path);
  try {
    await database.open();
  } catch (error) {
    const cause =
      error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw new StoreError("store.failed", `the log's database in ${path} cannot be opened: ${cause}`);
  }
  await database.close();
}

/** dynalite throws when a client dies in the middle of a request; here the service must go on for the others. */
function outliveClients(server: Server): void {
  const handlers = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    for (const handle of handlers) handle.call(server, request, response);
    request.removeAllListeners("error");
    request.on("error", () => {});
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error === undefined || error === null ? resolve() : reject(error)));
    // Idle keep-alive connections would hold the server open; whoever is cut off repeats the call elsewhere.
    server.closeAllConnections();
  });
}

/** Never contacts AWS: the address is the loopback's, and the credentials mean nothing. */
function loopbackClient(port: number): DynamoDBClient {
  return new DynamoDBClient({
    endpoint: `http://${HOST}:${port}`,
    region: "local",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: REQUEST_MS,
      throwOnRequestTimeout: true,
    },
  });
}
