/**
 * A Palier process that is killed at one place of an apply: `node crash-child.ts <home> <place> [<rules
 * folder>]`. It works on an open home whose sandbox another process serves, as every command does, with the ports wrapped so that
 * it kills itself there.
 */
import { flushCompileCache } from "node:module";
import type { LogEvent } from "../../lib/log/events.ts";
import type { LoopPorts } from "../../lib/loop/ports.ts";
import { runBrand } from "../../lib/loop/run.ts";
import { openHome } from "./home.ts";

function die(): never {
  // Loading is most of what a child does, and this one is killed before it would leave the next what it compiled.
  flushCompileCache();
  process.kill(process.pid, "SIGKILL");
  throw new Error("still alive");
}

/** `before changeSent` and `after changeSent` are about the append; `before write` and the like about the platform. */
function wrapped(ports: LoopPorts, place: string): LoopPorts {
  const at = (here: string) => {
    if (here === place) die();
  };
  let reads = 0;
  return {
    ...ports,
    log: {
      ...ports.log,
      async append(brand, decide) {
        let types: string[] = [];
        const appended = await ports.log.append(brand, (state) => {
          const events: readonly LogEvent[] | null = decide(state);
          types = (events ?? []).map(({ type }) => type);
          for (const type of types) at(`before ${type}`);
          return events;
        });
        if (appended !== null) for (const type of types) at(`after ${type}`);
        return appended;
      },
    },
    async platform(id) {
      const platform = await ports.platform(id);
      return {
        ...platform,
        async readHolder(target) {
          reads += 1;
          const live = await platform.readHolder(target);
          at(reads === 1 ? "after live read" : "after read back");
          return live;
        },
        async write(target, edit, live) {
          at("before write");
          const outcome = await platform.write(target, edit, live);
          at("after write");
          return outcome;
        },
      };
    },
  };
}

const [home = "", place = "", rulesFolder = "rules"] = process.argv.slice(2);
const workspace = await openHome(home, { rulesFolder });
await runBrand(wrapped(workspace.ports, place), workspace.config, null);
await workspace.close();
