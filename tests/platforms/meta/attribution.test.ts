import { describe, expect, it } from "vitest";
import {
  actionMicros,
  attributionOf,
  attributionParams,
  countableClaims,
} from "../../../lib/platforms/meta/attribution.ts";

describe("lib/platforms/meta/attribution", () => {
  it("pins each ad set's own setting for asSet and reads the plain value", () => {
    const asSet = attributionOf("asSet");
    expect(asSet).toEqual({ keys: ["value"] });
    expect(attributionParams([asSet])).toEqual({ use_unified_attribution_setting: true });
  });

  it("asks for several attributions at once, each window once", () => {
    const several = ["7dClick+1dView", "asSet", "1dClick+1dView"].map(attributionOf);
    expect(attributionParams(several)).toEqual({
      use_unified_attribution_setting: true,
      action_attribution_windows: ["7d_click", "1d_view", "1d_click"],
    });
  });

  it("leaves out claims that Meta cannot count: of no action type or several, or of dead windows", () => {
    const claim = { key: "lead/1dEngagedView", names: ["lead"], attribution: "1dEngagedView" };
    const asked = [
      claim,
      { ...claim, key: "none", names: [] },
      { ...claim, key: "two", names: ["lead", "omni_lead"] },
      { ...claim, key: "dead", attribution: "7dView" },
    ];
    expect(countableClaims(asked)).toEqual([
      { key: "lead/1dEngagedView", type: "lead", attribution: { keys: ["1d_ev"] } },
    ]);
  });

  it.each<[string, string[]]>([
    ["7dClick+1dView", ["7d_click", "1d_view"]],
    ["1dClick", ["1d_click"]],
    ["28dClick+1dView+1dEngagedView", ["28d_click", "1d_view", "1d_ev"]],
  ])("asks for the windows of %s by Meta's names", (setting, keys) => {
    const attribution = attributionOf(setting);
    expect(attribution).toEqual({ keys });
    expect(attributionParams([attribution])).toEqual({ action_attribution_windows: keys });
  });

  it.each<[string, string]>([
    ["7dView", "Meta no longer answers for it"],
    ["7dClick+28dView", "Meta no longer answers for it"],
    ["7d_click", "it is not known"],
    ["", "it is not known"],
    ["asSet+1dView", "it is not known"],
    ["toString", "it is not known"],
    ["1dClick+7dClick", "at most one click window"],
    ["1dView+1dView", "no window twice"],
  ])('refuses "%s": %s', (setting, why) => {
    expect(() => attributionOf(setting)).toThrow(why);
  });

  const actions = [
    { action_type: "purchase", value: "9", "7d_click": "9" },
    { action_type: "omni_purchase", value: "3.5", "7d_click": "2.1", "1d_view": "1.2" },
  ];

  it("counts one action type alone, though the purchase stands under several", () => {
    expect(actionMicros(actions, "omni_purchase", ["value"])).toBe(3_500_000n);
  });

  it("sums the windows exactly", () => {
    expect(actionMicros(actions, "omni_purchase", ["7d_click", "1d_view"])).toBe(3_300_000n);
  });

  it("reads an absent type or window as no conversion", () => {
    expect(actionMicros(actions, "lead", ["value"])).toBe(0n);
    expect(actionMicros(actions, "purchase", ["7d_click", "1d_view"])).toBe(9_000_000n);
  });

  it("refuses a type that stands there twice rather than choosing or summing", () => {
    expect(() => actionMicros([...actions, ...actions], "purchase", ["value"])).toThrow('"purchase" twice');
  });

  it.each([[1], ["1e3"], ["abc"], [""], [{}]])("refuses the amount %j", (value) => {
    expect(() => actionMicros([{ action_type: "purchase", value }], "purchase", ["value"])).toThrow(
      "not a decimal number",
    );
  });
});
