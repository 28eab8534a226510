/**
 * `import { z } from "zod"` asks for everything that zod has, its messages in fifty languages included, because a bundler cannot
 * see into an object that is exported. Written as `import * as z`, which means the same, it takes only what is used.
 */
import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

export const usedZod: Plugin = {
  name: "used-zod",
  setup(build) {
    build.onLoad({ filter: /[\\/](?:lib|functions)[\\/].*\.ts$/ }, async ({ path }) => {
      if (path.includes("node_modules")) return undefined;
      const source = await readFile(path, "utf8");
      return {
        loader: "ts",
        contents: source.replace(/^import \{ z \} from "zod";$/m, 'import * as z from "zod";'),
      };
    });
  },
};
