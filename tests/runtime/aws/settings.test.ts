import { describe, expect, it } from "vitest";
import { runSettings, tickSettings } from "../../../lib/runtime/aws/settings.ts";

const ENV = {
  PALIER_STAGE: "dev",
  PALIER_BLOBS_BUCKET: "blobs",
  PALIER_OBSERVE_QUEUE_URL: "https://sqs.eu-west-3.amazonaws.com/1/observe.fifo",
  PALIER_APPLY_QUEUE_URL: "https://sqs.eu-west-3.amazonaws.com/1/apply.fifo",
  PALIER_PLATFORM_SECRETS: '{"meta":"palier/meta/read"}',
};

describe("lib/runtime/aws/settings", () => {
  it("reads what a function needs, and of the rest nothing", () => {
    expect(tickSettings({ ...ENV, AWS_SECRET_ACCESS_KEY: "x" })).toEqual({
      PALIER_STAGE: "dev",
      PALIER_OBSERVE_QUEUE_URL: ENV.PALIER_OBSERVE_QUEUE_URL,
      PALIER_APPLY_QUEUE_URL: ENV.PALIER_APPLY_QUEUE_URL,
    });
    expect(runSettings(ENV).PALIER_PLATFORM_SECRETS).toEqual({ meta: "palier/meta/read" });
  });

  it("names every variable that is missing", () => {
    expect(() => tickSettings({})).toThrow(
      "PALIER_STAGE is not set; PALIER_OBSERVE_QUEUE_URL is not set; PALIER_APPLY_QUEUE_URL is not set",
    );
  });

  it.each([
    ["PALIER_STAGE", "staging"],
    ["PALIER_BLOBS_BUCKET", ""],
    ["PALIER_APPLY_QUEUE_URL", "apply.fifo"],
    ["PALIER_PLATFORM_SECRETS", "palier/meta/read"],
    ["PALIER_PLATFORM_SECRETS", '{"meta":{"token":"x"}}'],
  ])("refuses %s=%s and says which it was", (name, value) => {
    expect(() => runSettings({ ...ENV, [name]: value })).toThrow(`${name}: `);
    expect(() => runSettings({ ...ENV, [name]: value })).toThrow(
      expect.objectContaining({ code: "settings.invalid" }),
    );
  });
});
