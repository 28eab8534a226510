import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { generatedFiles } from "../../lib/sandbox/google/generated-files.ts";
import { enumValues, fieldType, isResource, readOnlyReason } from "../../lib/sandbox/google/names.ts";

const PROTOS = "node_modules/google-ads-node/build/protos/protos.json";

describe("lib/sandbox/google/names", () => {
  it("holds exactly what the generator makes of Google's protos, and says whose they are", () => {
    const files = generatedFiles(readFileSync(PROTOS, "utf8"));
    expect(Object.keys(files)).toEqual(["names.generated.json", "protos.generated.json"]);
    for (const [name, text] of Object.entries(files)) {
      expect(readFileSync(`lib/sandbox/google/${name}`, "utf8") === text, name).toBe(true);
      expect(text).toContain("Copyright Google LLC, Apache-2.0");
      expect(text).toContain("google-ads-node 25.1.0");
    }
  });

  it("knows the type of each field and no field that Google lacks", () => {
    expect(fieldType("campaign.id")).toBe("int64");
    expect(fieldType("campaign.status")).toBe("enum CampaignStatus");
    expect(fieldType("campaign.labels")).toBe("string list");
    expect(fieldType("campaign.network_settings.target_google_search")).toBe("bool");
    expect(fieldType("metrics.conversions_value")).toBe("double");
    expect(fieldType("segments.date")).toBe("string");
    expect(fieldType("change_event.old_resource")).toBe("message");
    expect(fieldType("campaign.start_date")).toBeNull();
    expect(fieldType("campaign")).toBeNull();
    expect(fieldType("metrics.roas")).toBeNull();
  });

  it("tells a resource that Google has from one that nobody has", () => {
    expect(isResource("campaign")).toBe(true);
    expect(isResource("keyword_view")).toBe(true);
    expect(isResource("metrics")).toBe(false);
    expect(isResource("adset")).toBe(false);
  });

  it("knows enumerations, and which fields an update may not name", () => {
    expect(enumValues("enum BudgetStatus")).toEqual(["UNSPECIFIED", "UNKNOWN", "ENABLED", "REMOVED"]);
    expect(enumValues("int64")).toBeNull();
    expect(readOnlyReason("campaign_budget", "period")).toBe("IMMUTABLE");
    expect(readOnlyReason("campaign_budget", "reference_count")).toBe("OUTPUT_ONLY");
    expect(readOnlyReason("campaign_budget", "amount_micros")).toBeNull();
  });
});
