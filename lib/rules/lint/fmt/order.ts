/** The order of keys in our files: that of their schemas. */
import { z } from "zod";
import { packFileSchema, ruleFileSchema } from "../../files/schema.ts";
import { firstMatchShape, scheduleShape } from "../../files/schema-keys.ts";
import { leafShape } from "../../files/schema-params.ts";
import type { KeyOrder } from "./layout.ts";

/** Names that people gave (records) stay in the order in which they were written: it may mean something. */
export function orderOf(schema: z.ZodType): KeyOrder {
  return (path) => {
    const found = path.reduce<unknown>((part, key) => childOf(part, String(key)), schema);
    const shapes = shapesOf(found);
    return shapes.length === 0 ? null : shapes.map((shape) => Object.keys(shape)).reduce(merged);
  };
}

const LEAF_KEYS = Object.keys(leafShape.shape);

const ofRule = orderOf(ruleFileSchema);
const ofPack = orderOf(packFileSchema);
const ofSchedule = orderOf(scheduleShape);
const ofLayer = orderOf(firstMatchShape);

/** Schedule, conditions and layers are read by checks of their own, so the files' schemas say nothing of what is in them. */
export const ruleOrder: KeyOrder = (path) => {
  const [first, ...rest] = path;
  // A fact's parameters read best as they were written: whose it is, then over which days.
  if (first === "conditions") return rest.at(-1) === "params" ? null : LEAF_KEYS;
  return first === "schedule" ? ofSchedule(rest.filter((key) => typeof key === "string")) : ofRule(path);
};

export const packOrder: KeyOrder = (path) => (path[0] === "layers" ? ofLayer(path.slice(2)) : ofPack(path));

/** Keys of both in one list: a new one stands behind the one that it follows in its own. */
function merged(keys: string[], others: readonly string[]): string[] {
  return others.reduce((all, key, index) => {
    const place = index === 0 ? 0 : all.indexOf(others[index - 1] ?? "") + 1;
    return all.includes(key) ? all : all.toSpliced(place, 0, key);
  }, keys);
}

/** What may stand at a key: of a union whatever any of its options has there. */
function childOf(schema: unknown, key: string): unknown {
  const part = unwrapped(schema);
  if (part instanceof z.ZodRecord) return part.valueType;
  if (part instanceof z.ZodArray) return part.element;
  return shapesOf(part)
    .filter((shape) => Object.hasOwn(shape, key))
    .map((shape) => shape[key])
    .at(0);
}

function shapesOf(schema: unknown): z.core.$ZodShape[] {
  const part = unwrapped(schema);
  if (part instanceof z.ZodObject) return [part.shape];
  return part instanceof z.ZodUnion ? part.options.flatMap(shapesOf) : [];
}

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? unwrapped(schema.unwrap())
    : schema;
}
