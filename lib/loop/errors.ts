/** An account of a brand that is to be published belongs to another brand; nothing was published. */
export class AccountClaimedError extends Error {
  override name = "AccountClaimedError";
  readonly code = "publish.accountClaimed";
  readonly account: string;
  readonly owner: string;

  constructor(brand: string, account: string, owner: string) {
    super(
      `account ${account} belongs to brand ${owner}, so ${brand} cannot have it and nothing was published: ` +
        `take it out of the file of ${brand}, or steer it with ${owner}`,
    );
    this.account = account;
    this.owner = owner;
  }
}
