/**
 * The certificate library asks for a polyfill of decorator metadata and then looks for none of it. To be imported before it.
 */
Object.assign(Reflect, {
  getMetadata: () => undefined,
  getOwnMetadata: () => undefined,
  defineMetadata: () => undefined,
});
