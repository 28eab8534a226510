/**
 * An AWS client describes all its calls in one file, a hundred of them S3's. The bundler would leave out those that nobody makes,
 * were their keys not written as `[_hH]`: it cannot know that a computed key has no effect. They are names of texts in the same
 * file, so the texts are put in their place.
 */
import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

export const usedSchemas: Plugin = {
  name: "used-schemas",
  setup(build) {
    // For calls that answer with a stream of events: Palier makes none.
    build.onResolve({ filter: /^@smithy\/core\/event-streams$/ }, ({ kind, path }) =>
      kind === "dynamic-import" ? { path, external: true } : undefined,
    );
    build.onLoad({ filter: /@aws-sdk[\\/].*[\\/]schemas[\\/]schemas_\d+\.js$/ }, async ({ path }) => ({
      loader: "js",
      contents: withPlainKeys(await readFile(path, "utf8")),
    }));
  },
};

/** A key whose text is not in the file stays as it is. */
export function withPlainKeys(source: string): string {
  const texts = new Map<string, string>();
  for (const [, name = "", text = ""] of source.matchAll(/^const (_\w+) = ("[^"\\]*");$/gm))
    texts.set(name, text);
  return source.replace(/\[(_\w+)\]:/g, (key, name: string) => {
    const text = texts.get(name);
    return text === undefined ? key : `${text}:`;
  });
}
