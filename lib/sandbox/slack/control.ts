/** The other side of the fake Slack: faults to come, what was called, and the hands of the people in it. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { SandboxError } from "../errors.ts";
import {
  type Delivery,
  deliver,
  type Prepared,
  prepareClick,
  prepareCommand,
  prepareHomeOpened,
  prepareSubmit,
  verifyUrl,
} from "./deliver.ts";
import { slackFaultSchema } from "./faults.ts";
import { drawScreen } from "./screen.ts";
import { modalsOf } from "./views.ts";
import { addPerson, type Workspace } from "./workspace.ts";

const appSchema = z.strictObject({
  /** Where interactions go. */
  requestUrl: z.url().optional(),
  /** Null: as many as come. */
  postsPerSecond: z.number().positive().nullable().optional(),
});
const personSchema = z.strictObject({
  id: z.string().regex(/^[UW][A-Z0-9]{2,20}$/),
  name: z.string().min(1),
  team: z.string(),
  kind: z.enum(["member", "guest", "bot"]),
  note: z.string(),
});
const clickSchema = z.strictObject({
  user: z.string(),
  message: z.strictObject({ channel: z.string(), ts: z.string() }).optional(),
  view: z.string().optional(),
  actionId: z.string(),
  blockId: z.string().optional(),
  value: z.string().optional(),
});
const submitSchema = z.strictObject({ user: z.string(), fields: z.record(z.string(), z.string()) });
const commandSchema = z.strictObject({
  user: z.string(),
  channel: z.string(),
  command: z.string().startsWith("/"),
  text: z.string(),
});
const userSchema = z.strictObject({ user: z.string() });

export function controlApp(workspace: Workspace): Hono {
  const app = new Hono();
  const { store } = workspace;
  app.get("/state", (context) => {
    const { people, channels, messages, modals, homes } = store;
    const tables = { people, channels, messages, modals, homes };
    const rows = Object.entries(tables).map(([name, table]) => [name, table.all()]);
    return context.json({ requestUrl: workspace.requestUrl, ...Object.fromEntries(rows) });
  });
  app.get("/calls", (context) => context.json({ calls: workspace.calls }));
  app.get("/screen", (context) => {
    const { user = "", channel = "" } = context.req.query();
    return context.json(drawScreen(workspace, { user, channel }));
  });
  app.post("/app", async (context) => {
    const { requestUrl, postsPerSecond } = await bodyOf(context, appSchema);
    if (requestUrl !== undefined) workspace.requestUrl = requestUrl;
    if (postsPerSecond !== undefined) workspace.postsPerSecond = postsPerSecond;
    return context.json({ requestUrl: workspace.requestUrl, postsPerSecond: workspace.postsPerSecond });
  });
  app.post("/person", async (context) => {
    addPerson(workspace, await bodyOf(context, personSchema));
    return context.json({ people: store.people.all().length });
  });
  app.post("/fault", async (context) => {
    workspace.faults.push(await bodyOf(context, slackFaultSchema));
    return context.json({ queued: workspace.faults.length });
  });
  app.post("/verify", async (context) => context.json(await verifyUrl(workspace)));
  act(app, workspace, "/click", clickSchema, (click) => prepareClick(workspace, plain(click)));
  act(app, workspace, "/submit", submitSchema, (submit) => prepareSubmit(workspace, submit));
  act(app, workspace, "/command", commandSchema, (command) => prepareCommand(workspace, command));
  act(app, workspace, "/home", userSchema, ({ user }) => prepareHomeOpened(workspace, user));
  app.post("/close", async (context) => {
    const { user } = await bodyOf(context, userSchema);
    closeFront(workspace, user);
    return context.json({ open: modalsOf(workspace, user).length });
  });
  app.onError((error, context) => {
    if (!(error instanceof SandboxError)) throw error;
    return context.json({ error: { code: error.code, message: error.message } }, 400);
  });
  return app;
}

function act<Schema extends z.ZodType>(
  app: Hono,
  workspace: Workspace,
  path: string,
  schema: Schema,
  prepare: (request: z.infer<Schema>) => Prepared,
): void {
  app.post(path, async (context) => {
    const delivery: Delivery = await deliver(workspace, prepare(await bodyOf(context, schema)));
    return context.json(delivery);
  });
}

/** The dialog in front, or all of them where it says so. */
function closeFront(workspace: Workspace, user: string): void {
  const open = modalsOf(workspace, user);
  const front = open.at(-1);
  const closing = front?.view.clear_on_close === true ? open : open.slice(-1);
  for (const { id } of closing) workspace.store.modals.remove(id);
}

/** Without the keys that are there and undefined. */
function plain<Value extends object>(value: Value): { [Key in keyof Value]: Exclude<Value[Key], undefined> } {
  return JSON.parse(JSON.stringify(value));
}

async function bodyOf<Schema extends z.ZodType>(context: Context, schema: Schema): Promise<z.infer<Schema>> {
  // A page of another site may post here, but not with this type unless it is asked for first, which it never is.
  const isJson = context.req.header("content-type")?.startsWith("application/json") === true;
  const body: unknown = isJson ? await context.req.json().catch(() => undefined) : undefined;
  const parsed = schema.safeParse(body);
  if (!parsed.success) throw new SandboxError("sandbox.requestRefused", z.prettifyError(parsed.error));
  return parsed.data;
}
