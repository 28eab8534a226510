/**
 * Puts each SDK into a file of its own beside the function's, which requires it when a brand first uses the platform, or Slack.
 * Inside the function's file it would be read at every start: V8 takes a tenth of a second to skip over what it does not run.
 *
 * All take the same axios from one more file. Meta's SDK asks for it by `require`, our code by `import`, and a bundler gives each
 * a copy; limits that are set on one copy would then not hold for the calls that the other makes.
 */
import path from "node:path";
import type { OnResolveResult, Plugin } from "esbuild";

/** Packages by the file that holds them. A package that two files need has a file to itself. */
const FILES: Readonly<Record<string, readonly string[]>> = {
  axios: ["axios"],
  meta: ["facebook-nodejs-business-sdk"],
  google: ["google-ads-api", "google-gax"],
  "slack-web": ["@slack/web-api"],
};
/** Leading to entry points of this build that are no files. */
const ENTRY = "sdk-file";
const REFERENCE = "sdk-reference";

/** To be bundled with the functions: each becomes `<file>.js`. */
export const sdkEntries: Readonly<Record<string, string>> = Object.fromEntries(
  Object.keys(FILES).map((file) => [file, `${ENTRY}:${file}`]),
);

export function sdkFiles(root: string): Plugin {
  return {
    name: "sdk-files",
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${ENTRY}:`) }, ({ path: entry }) => ({
        path: entry.slice(ENTRY.length + 1),
        namespace: ENTRY,
      }));
      build.onLoad({ filter: /.*/, namespace: ENTRY }, ({ path: file }) => ({
        resolveDir: root,
        contents: (FILES[file] ?? [])
          .map((name) => `exports[${JSON.stringify(name)}] = require(${JSON.stringify(name)});`)
          .join("\n"),
      }));

      for (const [file, names] of Object.entries(FILES)) {
        for (const name of names) {
          build.onResolve({ filter: new RegExp(`^${name}$`) }, ({ importer, namespace }) =>
            isInside(file, importer, namespace) ? undefined : reference(file, name),
          );
        }
      }
      build.onLoad({ filter: /.*/, namespace: REFERENCE }, ({ path: name, pluginData: file }) => ({
        contents: `module.exports = require(${JSON.stringify(`./${file}.js`)})[${JSON.stringify(name)}];`,
      }));
      build.onResolve({ filter: /^\.\//, namespace: REFERENCE }, ({ path: sibling }) => ({
        path: sibling,
        external: true,
      }));
    },
  };
}

function reference(file: string, name: string): OnResolveResult {
  return { path: name, namespace: REFERENCE, pluginData: file };
}

/** The file's entry, and its packages asking for each other. Only axios is asked for by packages of other files too. */
function isInside(file: string, importer: string, namespace: string): boolean {
  if (namespace === ENTRY) return importer === file;
  return file !== "axios" && importer.includes(`${path.sep}node_modules${path.sep}`);
}
