import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { fileHeads } from "../../lib/log/heads.ts";
import { type EmbeddedStore, openEmbeddedStore } from "../../lib/runtime/embedded-store.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { storeContract } from "../log/store-contract.ts";
import { aFolder } from "../support/folder.ts";
import { aLog, BRAND } from "../support/log.ts";

const files = nodeFiles();
const CHILD = new URL("../support/store-process.ts", import.meta.url).pathname;

async function openStore(folder: string): Promise<EmbeddedStore> {
  const store = await openEmbeddedStore({ folder, files, nowMs: () => 5 });
  onTestFinished(() => store.close());
  return store;
}

/** A process of its own on the folder; ready once it has the store. */
async function aProcess(folder: string, ...args: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CHILD, folder, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => {
    child.kill("SIGKILL");
  });
  await once(child.stdout, "data");
  return child;
}

function ownerOf(folder: string): { pid: number; port: number } {
  return JSON.parse(readFileSync(`${folder}/owner.json`, "utf8"));
}

function anEntry(position: number) {
  return { position, body: `body ${position}`, hash: `hash ${position}` };
}

/** A request whose client dies after the first half of the body. */
async function abandonedRequest(port: number): Promise<void> {
  const body = JSON.stringify({ TableName: "palier" });
  const head = [
    "POST / HTTP/1.1",
    `host: 127.0.0.1:${port}`,
    "content-type: application/x-amz-json-1.0",
    "x-amz-target: DynamoDB_20120810.DescribeTable",
    `content-length: ${body.length}`,
  ];
  const socket = connect(port, "127.0.0.1");
  await once(socket, "connect");
  socket.write(`${head.join("\r\n")}\r\n\r\n${body.slice(0, body.length / 2)}`);
  await new Promise((done) => setTimeout(done, 20));
  socket.destroy();
  await once(socket, "close");
}

describe("lib/runtime/embedded-store", () => {
  storeContract(() => openStore(aFolder()));

  it("keeps everything over closing and opening again", async () => {
    const folder = aFolder();
    const before = await openStore(folder);
    await before.put(BRAND, anEntry(1));
    await before.close();
    expect(await (await openStore(folder)).read(BRAND, 1)).toEqual([anEntry(1)]);
  });

  it("is served by the first that opens it and seen by all", async () => {
    const folder = aFolder();
    const first = await openStore(folder);
    const second = await openStore(folder);
    expect(await second.put(BRAND, anEntry(1))).toBe("appended");
    expect(await first.put(BRAND, anEntry(1))).toBe("taken");
    await second.close();
    expect(await first.get(BRAND, 1)).toEqual(anEntry(1));
  });

  it("is taken over by the next call when its owner ends", async () => {
    const folder = aFolder();
    const first = await openStore(folder);
    const others = [await openStore(folder), await openStore(folder)];
    await first.put(BRAND, anEntry(1));
    await first.close();
    const calls = others.flatMap((store, index) => [
      store.put(BRAND, anEntry(2 + index)),
      store.get(BRAND, 1),
    ]);
    expect(await Promise.all(calls)).toEqual(["appended", anEntry(1), "appended", anEntry(1)]);
    expect(await others[0]?.read(BRAND, 1)).toHaveLength(3);
  });

  it("is taken over when its owner is killed, with nothing lost", async () => {
    const folder = aFolder();
    const owner = await aProcess(folder, "serve");
    expect(ownerOf(folder).pid).toBe(owner.pid);
    const store = await openStore(folder);
    await store.put(BRAND, anEntry(1));
    owner.kill("SIGKILL");
    await once(owner, "exit");
    expect(await store.put(BRAND, anEntry(1))).toBe("taken");
    expect(await store.put(BRAND, anEntry(2))).toBe("appended");
    expect(ownerOf(folder).pid).toBe(process.pid);
    expect(await (await openStore(folder)).read(BRAND, 1)).toEqual([anEntry(1), anEntry(2)]);
  });

  it("holds one right chain when processes race and their owner is killed", async () => {
    const folder = aFolder();
    const owner = await aProcess(folder, "serve");
    const writers = await Promise.all(["a", "b"].map((name) => aProcess(folder, "append", name, "20")));
    const ended = writers.map((writer) => once(writer, "exit"));
    owner.kill("SIGKILL");
    expect((await Promise.all(ended)).map(([code]) => code)).toEqual([0, 0]);
    const log = aLog({ store: await openStore(folder), heads: fileHeads(files, `${folder}/heads`) });
    expect(await log.verify(BRAND)).toMatchObject({ ok: true, entries: 40, witnessed: 40 });
    const people = (await log.entries(BRAND)).flatMap(({ events }) =>
      events.map((event) => "by" in event && event.by),
    );
    expect(new Set(people).size).toBe(40);
    expect(readdirSync(`${folder}/heads/${BRAND}`)).toEqual(["000000000040"]);
  });

  it("goes on serving when a client dies in the middle of a request", async () => {
    const folder = aFolder();
    const store = await openStore(folder);
    for (let requests = 1; requests <= 3; requests += 1) await abandonedRequest(ownerOf(folder).port);
    expect(await store.put(BRAND, anEntry(1))).toBe("appended");
  });

  it("names a database that cannot be opened, and lets go of it", async () => {
    const folder = aFolder();
    await (await openStore(folder)).close();
    writeFileSync(`${folder}/table/CURRENT`, "damage");
    await expect(openStore(folder)).rejects.toMatchObject({
      code: "store.failed",
      message: expect.stringContaining(`${folder}/table`),
    });
    await expect(openStore(folder)).rejects.toMatchObject({ code: "store.failed" });
  });
});
