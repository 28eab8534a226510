import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { describe, expect, it, onTestFinished } from "vitest";
import { FileError } from "../../lib/domain/files.ts";
import { nodeFiles } from "../../lib/runtime/files.ts";
import { type Claimed, claimService, type ServiceClaim, servedBy } from "../../lib/runtime/owner.ts";
import { aFolder } from "../support/folder.ts";

const files = nodeFiles();

/** A service that only listens, and how often it was started and ended. */
function aService() {
  const counts = { started: 0, ended: 0 };
  const serve: ServiceClaim["serve"] = async () => {
    counts.started += 1;
    const { server, port } = await listening();
    return {
      port,
      async close() {
        counts.ended += 1;
        await new Promise((done) => server.close(done));
      },
    };
  };
  return { counts, serve };
}

async function listening(): Promise<{ server: Server; port: number }> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => {
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { server, port: address.port };
}

async function claim(file: string, over: Partial<ServiceClaim> = {}): Promise<Claimed> {
  const claimed = await claimService({ file, files, nowMs: () => 5, serve: aService().serve, ...over });
  onTestFinished(() => claimed.close());
  return claimed;
}

describe("lib/runtime/owner", () => {
  it("lets the first serve and write its address, and the second connect", async () => {
    const file = `${aFolder()}/data/owner.json`;
    const first = await claim(file);
    const second = await claim(file);
    expect([first.owned, second.owned]).toEqual([true, false]);
    expect(second.port).toBe(first.port);
    expect(JSON.parse(readFileSync(file, "utf8"))).toEqual({
      pid: process.pid,
      port: first.port,
      startedAtMs: 5,
    });
  });

  it("starts one service for many that claim at once", async () => {
    const file = `${aFolder()}/owner.json`;
    const { counts, serve } = aService();
    const claims = await Promise.all(Array.from({ length: 10 }, () => claim(file, { serve })));
    expect(counts.started).toBe(1);
    expect(claims.filter(({ owned }) => owned)).toHaveLength(1);
    expect(new Set(claims.map(({ port }) => port)).size).toBe(1);
  });

  it("ends the service once, takes the address away and leaves the next to serve", async () => {
    const file = `${aFolder()}/owner.json`;
    const { counts, serve } = aService();
    const first = await claim(file, { serve });
    const second = await claim(file, { serve });
    await second.close();
    expect(counts.ended).toBe(0);
    await Promise.all([first.close(), first.close()]);
    expect(counts.ended).toBe(1);
    expect(existsSync(file)).toBe(false);
    expect((await claim(file, { serve })).owned).toBe(true);
  });

  it("takes over from a dead owner, even where another service answers at its port", async () => {
    const file = `${aFolder()}/owner.json`;
    const { port } = await listening();
    writeFileSync(file, JSON.stringify({ pid: 999_999, port, startedAtMs: 1 }));
    const claimed = await claim(file);
    expect(claimed.owned).toBe(true);
    expect(claimed.port).not.toBe(port);
    expect(JSON.parse(readFileSync(file, "utf8")).port).toBe(claimed.port);
  });

  it.each(["", "{", '{"pid":1}'])("takes over from an owner that left %j", async (text) => {
    const file = `${aFolder()}/owner.json`;
    writeFileSync(file, text);
    expect((await claim(file)).owned).toBe(true);
  });

  it("waits for an owner that is still starting, whatever the address says meanwhile", async () => {
    const file = `${aFolder()}/owner.json`;
    const { serve } = aService();
    let start = () => {};
    const started = new Promise<void>((done) => {
      start = done;
    });
    let first: Promise<Claimed> | undefined;
    await new Promise<void>((holdsLock) => {
      const serveLate = () => {
        holdsLock();
        return started.then(serve);
      };
      first = claim(file, { serve: serveLate });
    });
    writeFileSync(file, "{");
    const second = claim(file);
    start();
    expect((await first)?.owned).toBe(true);
    expect((await second).port).toBe((await first)?.port);
  });

  it("names the lock when its holder does not answer", async () => {
    const file = `${aFolder()}/owner.json`;
    const first = await claim(file);
    writeFileSync(file, "{");
    await expect(claim(file, { maxWaitMs: 60 })).rejects.toMatchObject({
      code: "owner.silent",
      message: expect.stringContaining(`${file}.lock`),
    });
    expect(first.owned).toBe(true);
  });

  it("lets the next serve when a service fails to start", async () => {
    const file = `${aFolder()}/owner.json`;
    const broken = claim(file, { serve: () => Promise.reject(new Error("no port left")) });
    await expect(broken).rejects.toThrow("no port left");
    expect((await claim(file)).owned).toBe(true);
  });

  it("ends the service again when its address cannot be written", async () => {
    const file = `${aFolder()}/owner.json`;
    const { counts, serve } = aService();
    const readOnly: ServiceClaim["files"] = {
      ...files,
      writeAtomic: async (path) => {
        throw new FileError("files.readOnly", path, "read-only");
      },
    };
    await expect(claim(file, { serve, files: readOnly })).rejects.toMatchObject({ code: "files.readOnly" });
    expect(counts).toEqual({ started: 1, ended: 1 });
    expect((await claim(file)).owned).toBe(true);
  });

  it("tells who serves, without serving", async () => {
    const file = `${aFolder()}/data/owner.json`;
    expect(await servedBy(files, file)).toBeNull();
    const claimed = await claim(file);
    expect(await servedBy(files, file)).toBe(process.pid);
    writeFileSync(file, "{");
    expect(await servedBy(files, file)).toBe(0);
    await claimed.close();
    expect(await servedBy(files, file)).toBeNull();
    expect((await claim(file)).owned).toBe(true);
  });

  it("says so when the lock cannot be made", async () => {
    const folder = aFolder();
    await files.makeFolder(`${folder}/owner.json.lock`);
    await expect(claim(`${folder}/owner.json`)).rejects.toMatchObject({
      name: "FileError",
      code: "files.other",
    });
  });
});
