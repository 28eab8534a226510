/**
 * zod brings its messages in fifty languages, a quarter of a megabyte that no bundler can tell from what is used. Palier says its
 * own words, and English is zod's default.
 */
import type { Plugin } from "esbuild";

export const onlyEnglishZod: Plugin = {
  name: "only-english-zod",
  setup(build) {
    build.onLoad({ filter: /zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({
      loader: "js",
      contents: 'export { default as en } from "./en.js";',
    }));
  },
};
