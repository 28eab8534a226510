/** The page at which the workspace is looked at in a browser: three files and nothing from anywhere else. */
import { readFileSync } from "node:fs";
import { Hono } from "hono";
import type { Workspace } from "./workspace.ts";

const POLICY =
  "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'";

/** How messages look, for pages that are kept as well. */
export function pageCss(): string {
  return fileText("page.css");
}

export function pageApp(workspace: Workspace): Hono {
  const app = new Hono();
  app.get("/", (context) => {
    context.header("content-security-policy", POLICY);
    return context.html(fileText("page.html").replace("%TEAM%", workspace.app.teamDomain));
  });
  app.get("/page.css", (context) => {
    context.header("content-type", "text/css; charset=utf-8");
    return context.body(pageCss());
  });
  app.get("/page.js", (context) => {
    context.header("content-type", "text/javascript; charset=utf-8");
    return context.body(fileText("page.js"));
  });
  return app;
}

function fileText(name: string): string {
  return readFileSync(new URL(name, import.meta.url), "utf8");
}
