/**
 * Palier's own sources as they are bundled. `import { z } from "zod"` asks for everything that zod has, its messages in fifty
 * languages included, because a bundler cannot see into an object that is exported; written as `import * as z`, which means the
 * same, it takes only what is used. And what documents say of facts, guardrails and actions is read by the command line alone.
 */
import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

const DOCUMENTED = /[\\/]lib[\\/](?:metrics[\\/]facts|planner[\\/](?:guardrails|actions))[\\/][^\\/]+\.ts$/;

export const ownSources: Plugin = {
  name: "own-sources",
  setup(build) {
    build.onLoad({ filter: /[\\/](?:lib|functions)[\\/].*\.ts$/ }, async ({ path }) => {
      if (path.includes("node_modules")) return undefined;
      const source = (await readFile(path, "utf8")).replace(
        /^import \{ z \} from "zod";$/m,
        'import * as z from "zod";',
      );
      return { loader: "ts", contents: DOCUMENTED.test(path) ? withoutDocs(source) : source };
    });
  },
};

/** Without its docs of one line; the line stays, so that places in stack traces are true. */
export function withoutDocs(source: string): string {
  return source.replace(/^ +doc: "(?:[^"\\\n]|\\.)*",$/gm, "");
}
