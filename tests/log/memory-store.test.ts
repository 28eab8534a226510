import { describe, expect, it } from "vitest";
import { memoryStore } from "../../lib/log/memory-store.ts";
import { storeContract } from "./store-contract.ts";

describe("lib/log/memory-store", () => {
  storeContract(async () => memoryStore());

  it("hands out copies, as a table would", async () => {
    const store = memoryStore();
    await store.put("b", { position: 1, body: "body", hash: "hash" });
    for (const entry of await store.read("b", 1)) entry.body = "changed";
    expect((await store.get("b", 1))?.body).toBe("body");
  });
});
