import { tmpdir } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

// For the workers and the processes that tests start, and where the command line keeps its own: the platforms' SDKs take a
// second to compile.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), "node-compile-cache");

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    // Only what hangs takes this long; a night takes ten times its usual second where much else runs.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Loading the product anew for each file costs a third of the time, and no module here keeps state between tests.
    isolate: false,
    // Much of the time goes by waiting for child processes and for the loopback; one worker would leave a core of two idle.
    maxWorkers: 2,
  },
});
