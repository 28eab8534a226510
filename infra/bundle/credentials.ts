/**
 * Of the nine places where the AWS SDK looks for credentials, Lambda has one: the environment of the function. The others are a
 * fifth of a small bundle, and one of them asks the network.
 */
import type { Plugin } from "esbuild";

export const lambdaCredentials: Plugin = {
  name: "lambda-credentials",
  setup(build) {
    build.onLoad({ filter: /@aws-sdk[\\/]credential-provider-node[\\/]dist-es[\\/]index\.js$/ }, () => ({
      loader: "js",
      contents: 'export { fromEnv as defaultProvider } from "@aws-sdk/credential-provider-env";',
    }));
  },
};
