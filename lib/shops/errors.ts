import { ConfigError } from "../domain/problem.ts";

/** The shop's figures cannot be used: every problem found, each with its place and how to mend it. */
export class ShopError extends ConfigError {
  override name = "ShopError";
}
