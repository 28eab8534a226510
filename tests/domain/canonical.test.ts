import { describe, expect, it } from "vitest";
import { canonicalJson, hashOf, sha256 } from "../../lib/domain/canonical.ts";

describe("lib/domain/canonical", () => {
  it("sorts keys, drops absent ones and writes big integers as strings", () => {
    expect(canonicalJson({ b: 9_007_199_254_740_993n, a: [1, null], c: undefined })).toBe(
      '{"a":[1,null],"b":"9007199254740993"}',
    );
  });

  it("names values by a hash that ignores the order of keys", () => {
    expect(hashOf({ a: 1, b: 2 })).toBe(hashOf({ b: 2, a: 1 }));
    expect(hashOf({ a: 1 })).not.toBe(hashOf({ a: 2 }));
    expect(sha256("")).toBe("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  });

  it("refuses what JSON cannot carry", () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow();
    expect(() => canonicalJson(undefined)).toThrow(/no JSON form/);
  });
});
