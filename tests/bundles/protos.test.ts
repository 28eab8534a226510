import { describe, expect, it } from "vitest";
import { reachable } from "../../infra/bundle/protos.ts";

const PROTOS = {
  nested: {
    shop: {
      options: { java_package: "shop" },
      nested: {
        Buying: { methods: { Buy: { requestType: "Order", responseType: ".shop.Receipt" } } },
        Order: {
          fields: { colour: { type: "Colour", id: 1 }, lines: { rule: "repeated", type: "Line", id: 2 } },
          nested: { Line: { fields: { amount: { type: "int64", id: 1 } } }, Unused: { fields: {} } },
        },
        Receipt: { fields: { failure: { type: "google.rpc.Status", id: 1 } } },
        Colour: { values: { RED: 0 } },
        Returning: { methods: { Return: { requestType: "Return", responseType: "Receipt" } } },
        Return: { fields: {} },
      },
    },
    google: { nested: { rpc: { nested: { Status: { fields: {} }, Code: { values: { OK: 0 } } } } } },
  },
};

describe("infra/bundle/protos", () => {
  it("keeps what a service reaches, as it was written, and Google's common types whole", () => {
    expect(reachable(PROTOS, ["shop.Buying"])).toEqual({
      nested: {
        shop: {
          options: { java_package: "shop" },
          nested: {
            Buying: { methods: { Buy: { requestType: "Order", responseType: ".shop.Receipt" } } },
            Order: {
              fields: { colour: { type: "Colour", id: 1 }, lines: { rule: "repeated", type: "Line", id: 2 } },
              nested: { Line: { fields: { amount: { type: "int64", id: 1 } } } },
            },
            Receipt: { fields: { failure: { type: "google.rpc.Status", id: 1 } } },
            Colour: { values: { RED: 0 } },
          },
        },
        google: { nested: { rpc: { nested: { Status: { fields: {} }, Code: { values: { OK: 0 } } } } } },
      },
    });
  });

  it("refuses a name that the protos do not have", () => {
    expect(() => reachable(PROTOS, ["shop.Selling"])).toThrow("the protos have no shop.Selling");
  });
});
