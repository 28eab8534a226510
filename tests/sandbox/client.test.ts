import { describe, expect, it } from "vitest";
import { sandboxClient } from "../../lib/sandbox/client.ts";

describe("lib/sandbox/client", () => {
  it("says that the process which served the world is gone", async () => {
    // Nothing listens on port 1 of the loopback interface.
    await expect(sandboxClient("http://127.0.0.1:1").clock()).rejects.toMatchObject({
      code: "sandbox.unreachable",
      message: expect.stringContaining("has ended meanwhile; run the command again"),
    });
  });
});
