/** The other side of the sandbox: its clock, its ledger, faults to come, and the hands of people and other tools. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { localDay } from "../domain/day.ts";
import { SandboxError } from "./errors.ts";
import { queueFault } from "./faults.ts";
import type { Host } from "./host.ts";
import { type Fault, faultSchema, humanEditSchema } from "./model.ts";
import { advance, advanceToNextNight, humanEdit } from "./world.ts";

const advanceSchema = z.union([
  z.strictObject({ ms: z.int().positive() }),
  z.strictObject({ to: z.literal("nextNight") }),
]);

/** `grpcPort` tells a process that reaches a served world over HTTP where the rest of it is. */
export function controlApp(host: Host, { grpcPort }: { grpcPort: number }): Hono {
  const app = new Hono();
  app.get("/clock", (context) => {
    const { clockMs, seed, zone } = host.current();
    return context.json({ clockMs, day: localDay(clockMs, zone), seed, grpcPort });
  });
  app.get("/ledger", (context) => context.json({ entries: host.current().ledger }));
  app.get("/state", (context) => context.json(host.current()));
  app.post("/advance", async (context) => {
    const request = await bodyOf(context, advanceSchema);
    const world = host.current();
    host.replaceDay("ms" in request ? advance(world, request.ms) : advanceToNextNight(world));
    return context.json({ clockMs: host.current().clockMs });
  });
  app.post("/fault", async (context) => {
    const fault = await bodyOf(context, faultSchema);
    refuseForeign(fault);
    host.replace(queueFault(host.current(), fault));
    return context.json({ queued: host.current().faults.length });
  });
  app.post("/edit", async (context) => {
    const edit = await bodyOf(context, humanEditSchema);
    host.replace(humanEdit(host.current(), edit));
    return context.json({ pending: host.current().pendingEdits.length });
  });
  app.all("*", (context) =>
    context.json({ error: { code: "sandbox.requestRefused", message: "no such control" } }, 404),
  );
  app.onError((error, context) => {
    if (!(error instanceof SandboxError)) throw error;
    return context.json({ error: { code: error.code, message: error.message } }, 400);
  });
  return app;
}

/** A fault that its platform does not know would never be noticed, and whoever asked for it would believe it had happened. */
function refuseForeign({ method, path, fault }: Fault): void {
  const isGoogle = method === "GRPC" || path.startsWith("/customers/");
  if (fault.kind !== "quota" || isGoogle) return;
  throw new SandboxError("sandbox.requestRefused", "the fault quota is Google's; Meta has throttle");
}

async function bodyOf<Schema extends z.ZodType>(context: Context, schema: Schema): Promise<z.infer<Schema>> {
  const body: unknown = await context.req.json().catch(() => undefined);
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new SandboxError("sandbox.requestRefused", z.prettifyError(parsed.error));
  return parsed.data;
}
