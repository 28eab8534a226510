/** The order of keys in rule and pack files: that of their schemas. */
import { z } from "zod";
import { packFileSchema, ruleFileSchema } from "../../schema.ts";
import { leafShape } from "../../schema-params.ts";
import type { KeyOrder } from "./layout.ts";

const LEAF_KEYS = Object.keys(leafShape.shape);

export const ruleOrder: KeyOrder = ([first, ...rest]) => {
  if (first === undefined) return Object.keys(ruleFileSchema.shape);
  if (first === "action") return rest.length === 0 ? actionKeys : null;
  // A fact's parameters read best as they were written: whose it is, then over which days.
  if (first === "conditions") return rest.at(-1) === "params" ? null : LEAF_KEYS;
  if (first !== "appliesTo") return null;
  return keysOf(
    rest.reduce<unknown>((shape, key) => childOf(shape, String(key)), ruleFileSchema.shape.appliesTo),
  );
};

export const packOrder: KeyOrder = (path) => (path.length === 0 ? Object.keys(packFileSchema.shape) : null);

const actionKeys = [
  ...new Set(ruleFileSchema.shape.action.options.flatMap((option) => Object.keys(option.shape))),
];

function childOf(schema: unknown, key: string): unknown {
  const object = unwrapped(schema);
  return object instanceof z.ZodObject ? object.shape[key] : undefined;
}

function keysOf(schema: unknown): string[] | null {
  const object = unwrapped(schema);
  return object instanceof z.ZodObject ? Object.keys(object.shape) : null;
}

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? unwrapped(schema.unwrap())
    : schema;
}
