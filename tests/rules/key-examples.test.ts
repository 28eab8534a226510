import { describe, expect, it } from "vitest";
import {
  PACK_EXAMPLES,
  PARAM_EXAMPLES,
  RULE_EXAMPLES,
  SCOPE_EXAMPLES,
} from "../../lib/rules/docs/key-examples.ts";
import { packFileSchema, ruleFileSchema } from "../../lib/rules/files/schema.ts";
import { paramsShape } from "../../lib/rules/files/schema-params.ts";
import { scopeShape } from "../../lib/rules/files/schema-scope.ts";

const FILES = [
  ["a rule", ruleFileSchema, RULE_EXAMPLES],
  ["appliesTo", scopeShape, SCOPE_EXAMPLES],
  ["a pack", packFileSchema, PACK_EXAMPLES],
  ["a fact", paramsShape, PARAM_EXAMPLES],
] as const;

describe("lib/rules/key-examples", () => {
  it.each(FILES)(
    "has one of every key of %s, and of no other, that its schema takes",
    (_, schema, examples) => {
      const shape: Readonly<Record<string, { safeParse(value: unknown): { success: boolean } }>> =
        schema.shape;
      const keys = Object.keys(shape).filter((key) => key !== "$schema");
      expect(Object.keys(examples).sort()).toEqual(keys.sort());
      const refused = keys.filter(
        (key) => shape[key]?.safeParse(JSON.parse(examples[key] ?? "")).success !== true,
      );
      expect(refused).toEqual([]);
    },
  );
});
