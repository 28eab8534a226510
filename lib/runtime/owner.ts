/**
 * One process of many serves, the others connect: who gets the lock beside `file` serves and writes its address there. The
 * lock is SQLite's on an empty database, which the operating system drops with the process however it ends, so a dead owner
 * is taken over at once and two can never own.
 */
import { createConnection } from "node:net";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { FileError, type Files } from "../domain/files.ts";
import { OwnerError } from "./errors.ts";

/** Longer than any start or stop of a service; beyond it the owner is stuck and a person must look. */
const MAX_WAIT_MS = 10_000;
const POLL_MS = 20;
const CONNECT_MS = 1000;

const SQLITE_BUSY = 5;

const HOST = "127.0.0.1";

const ownerSchema = z.object({ pid: z.number(), port: z.number(), startedAtMs: z.number() });

export interface ServiceClaim {
  /** Where the owner writes its address, such as `.palier/owner.json`; the lock lies beside it. */
  file: string;
  files: Files;
  nowMs: () => number;
  /** Starts the service on a free port of the loopback interface. Called only while this process holds the lock. */
  serve: () => Promise<{ port: number; close: () => Promise<void> }>;
  /** How long a lock held without an answer is waited for; 10 s when left out. */
  maxWaitMs?: number;
}

export interface Claimed {
  port: number;
  /** True when this process serves: closing then ends the service for everybody, and another process may take it over. */
  owned: boolean;
  close: () => Promise<void>;
}

/**
 * Serves, or finds who does.
 * @throws OwnerError when another process holds the lock for `maxWaitMs` without answering; FileError; whatever `serve` throws.
 */
export async function claimService(claim: ServiceClaim): Promise<Claimed> {
  const { maxWaitMs = MAX_WAIT_MS } = claim;
  await claim.files.makeFolder(dirname(claim.file));
  const giveUpAtMs = performance.now() + maxWaitMs;
  while (performance.now() < giveUpAtMs) {
    const lock = tryLock(`${claim.file}.lock`);
    if (lock !== null) return serveLocked(claim, lock);
    const owner = await ownerOf(claim.files, claim.file);
    if (owner !== null && (await answers(owner.port))) {
      return { port: owner.port, owned: false, close: async () => {} };
    }
    await sleep(POLL_MS);
  }
  throw new OwnerError(
    `another Palier process holds ${claim.file}.lock and has not answered for ${maxWaitMs / 1000} s; ` +
      `end the process named in ${claim.file} and try again`,
  );
}

/** Pid of the process that serves now, null when none does; 0 while one is starting and has not said who it is. */
export async function servedBy(files: Files, file: string): Promise<number | null> {
  await files.makeFolder(dirname(file));
  const lock = tryLock(`${file}.lock`);
  if (lock === null) return (await ownerOf(files, file))?.pid ?? 0;
  lock.close();
  return null;
}

async function serveLocked(claim: ServiceClaim, lock: DatabaseSync): Promise<Claimed> {
  const { file, files } = claim;
  try {
    // What lies here is a dead owner's address, and its port may belong to anybody by now.
    await files.remove(file);
    const service = await claim.serve();
    try {
      const owner = { pid: process.pid, port: service.port, startedAtMs: claim.nowMs() };
      await files.writeAtomic(file, `${JSON.stringify(owner)}\n`);
    } catch (error) {
      await service.close();
      throw error;
    }
    return { port: service.port, owned: true, close: once(() => endService(claim, lock, service.close)) };
  } catch (error) {
    lock.close();
    throw error;
  }
}

/** The lock goes last: whoever gets it must find nothing of this service in the way. */
async function endService(
  claim: ServiceClaim,
  lock: DatabaseSync,
  close: () => Promise<void>,
): Promise<void> {
  try {
    await claim.files.remove(claim.file);
    await close();
  } finally {
    lock.close();
  }
}

/** Null when another process, or another claim of this one, holds the lock. */
function tryLock(path: string): DatabaseSync | null {
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: 0 });
    database.exec("BEGIN EXCLUSIVE");
    return database;
  } catch (error) {
    database?.close();
    if (error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY) return null;
    const reason = error instanceof Error ? error.message : String(error);
    throw new FileError("files.other", path, `${path} cannot be locked: ${reason}`);
  }
}

async function ownerOf(files: Files, file: string): Promise<z.infer<typeof ownerSchema> | null> {
  try {
    const owner = ownerSchema.safeParse(JSON.parse(await files.readText(file)));
    return owner.success ? owner.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    if (error instanceof FileError && error.code === "files.missing") return null;
    throw error;
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: HOST, port, timeout: CONNECT_MS });
    const end = (connected: boolean) => {
      socket.destroy();
      resolve(connected);
    };
    socket.once("connect", () => end(true));
    socket.once("timeout", () => end(false));
    socket.once("error", () => end(false));
  });
}

function once(end: () => Promise<void>): () => Promise<void> {
  let ended: Promise<void> | undefined;
  return () => {
    ended ??= end();
    return ended;
  };
}
