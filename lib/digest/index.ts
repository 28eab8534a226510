/** What the loop and the command line ask of this folder. */
export { type DigestInput, digestOf } from "./digest.ts";
export { digestMessageFigures } from "./messages.ts";
export { type ReviewInput, reviewOf } from "./review.ts";
export { trackingOf } from "./tracking.ts";
