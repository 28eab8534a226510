/** Reading of values whose shape is not known: nothing here throws. */

export function fieldOf(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

export function fieldsIn(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Null for anything but a text with something in it. */
export function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
