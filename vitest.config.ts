import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // Loading the product anew for each file costs a third of the time, and no module here keeps state between tests.
    isolate: false,
    // Much of the time goes by waiting for child processes and for the loopback; one worker would leave a core of two idle.
    maxWorkers: 2,
  },
});
