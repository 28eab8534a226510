/** What a new brand file is written from, as far as a dataset says it. */
import type { Dataset } from "../../dataset/types.ts";
import { accountKey } from "../../domain/ids.ts";
import type { CountedConversion, ReachableAccount } from "../port.ts";
import { type AccountRequest, accountBefore, type Place, placeOf } from "./account.ts";

/** @throws PlatformError for an account whose currency or zone nobody says. */
export function accountsOf(dataset: Dataset, platform: string, elsewhere: Place): ReachableAccount[] {
  return dataset.accounts
    .filter((account) => account.platform === platform)
    .map((account) => ({
      platform,
      accountId: account.accountId,
      name: account.name ?? accountKey(account),
      ...placeOf(account, elsewhere),
      status: "active",
    }));
}

/** The columns of conversions and leads; one that is blank on any day is not counted, since its sum is unknown. */
export function conversionsOf(
  dataset: Dataset,
  elsewhere: Place,
  request: AccountRequest & { days: number },
): CountedConversion[] {
  const { insights, conversion } = accountBefore(dataset, elsewhere, request);
  const rows = insights.filter(({ level }) => level === "account");
  const sum = (values: readonly (number | null)[]): number | null =>
    values.reduce((total, value) => (total === null || value === null ? null : total + value), 0);
  const counted = [
    {
      name: conversion,
      conversions: sum(rows.map((row) => row.conversions)),
      conversionValueMicros: rows.reduce((total, row) => total + (row.conversionValueMicros ?? 0n), 0n),
      primary: true,
    },
    {
      name: "lead",
      conversions: sum(rows.map((row) => row.leads ?? null)),
      conversionValueMicros: 0n,
      primary: false,
    },
  ];
  return counted
    .flatMap(({ conversions, ...one }) => (conversions === null ? [] : [{ ...one, conversions }]))
    .sort((a, b) => b.conversions - a.conversions);
}
