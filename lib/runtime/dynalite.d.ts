/** dynalite ships no types; these are the parts in use. */
declare module "dynalite" {
  import type { Server } from "node:http";

  /** `path`: the database's folder; `createTableMs`: how long a new table stays in CREATING. */
  function dynalite(options: { path: string; createTableMs: number }): Server;
  export = dynalite;
}
