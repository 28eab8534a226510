/** Meta's published names, as generated. Source: see the first field of `names.generated.json`. */
import generated from "./names.generated.json" with { type: "json" };

export type TypeName = keyof typeof generated.fields;
export type CallName = keyof typeof generated.calls;

export function isFieldName(type: TypeName, field: string): boolean {
  return (generated.fields[type] as readonly string[]).includes(field);
}

/** Parameters of a call with Meta's type for each. */
export function paramsOf(call: CallName): Readonly<Record<string, string>> {
  return generated.calls[call];
}

/** The values that a parameter of this type may take; null where the type is no enumeration. */
export function enumValues(type: string): readonly string[] | null {
  const enums: Readonly<Record<string, readonly string[]>> = generated.enums;
  return enums[/^list<(.+)>$/.exec(type)?.[1] ?? type] ?? null;
}
