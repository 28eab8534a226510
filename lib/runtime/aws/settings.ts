/** What a function reads from its environment: one zod schema per function, all problems told at once by variable. */
import { z } from "zod";
import type { Environment } from "../../platforms/port.ts";
import { RuntimeError } from "../errors.ts";

/** Building blocks of the schemas. */
export const setting = {
  stage: z.enum(["dev", "prod"]),
  text: z.string().min(1, { error: "expected a text, found an empty one" }),
  url: z.url({ protocol: /^https?$/, error: "expected the address of a queue" }),
  /** Comma-separated, at least one. */
  list: z
    .string()
    .transform((text) =>
      text
        .split(",")
        .map((one) => one.trim())
        .filter((one) => one !== ""),
    )
    .refine((items) => items.length > 0, { error: "expected names with commas between" }),
  /** A JSON object of texts. */
  map: z.string().transform((text, context): Record<string, string> => {
    const parsed = z.record(z.string(), z.string().min(1)).safeParse(jsonOf(text));
    if (parsed.success) return parsed.data;
    context.addIssue('expected a JSON object of texts, such as {"meta":"palier/meta/read"}');
    return z.NEVER;
  }),
};

const tickSchema = z.object({
  PALIER_STAGE: setting.stage,
  PALIER_OBSERVE_QUEUE_URL: setting.url,
  PALIER_APPLY_QUEUE_URL: setting.url,
});

const runSchema = tickSchema.extend({
  PALIER_BLOBS_BUCKET: setting.text,
  PALIER_PLATFORM_SECRETS: setting.map,
});

export type TickSettings = z.output<typeof tickSchema>;
/** Of `observe` and `apply` alike; they differ in the secrets that they may read. */
export type RunSettings = z.output<typeof runSchema>;

export function tickSettings(env: Environment): TickSettings {
  return readSettings(tickSchema, env);
}

export function runSettings(env: Environment): RunSettings {
  return readSettings(runSchema, env);
}

/** @throws RuntimeError `settings.invalid` naming every variable that is missing or wrong; never a value. */
export function readSettings<T>(schema: z.ZodType<T>, env: Environment): T {
  const parsed = schema.safeParse(env);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => {
    const name = String(path[0]);
    return env[name] === undefined ? `${name} is not set` : `${name}: ${message}`;
  });
  throw new RuntimeError("settings.invalid", problems.join("; "));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
