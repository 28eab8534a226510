/** Small parts that the schemas for editors are made of. */
import type { EditorSchema } from "../../domain/generated.ts";
import type { FactDefinition } from "../../metrics/port.ts";

export function factIn(ids: readonly string[]): EditorSchema {
  return { properties: { fact: { enum: ids } }, required: ["fact"] };
}

export function when(condition: EditorSchema, holds: EditorSchema): EditorSchema {
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema; nobody awaits it
  return { if: condition, then: holds };
}

export function told(text: string): EditorSchema {
  return { description: text, markdownDescription: text };
}

export function ref(name: string): EditorSchema {
  return { $ref: `#/definitions/${name}` };
}

export function idsOf(facts: readonly FactDefinition[]): string[] {
  return facts.map(({ id }) => id);
}
