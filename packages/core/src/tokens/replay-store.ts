/** What may be used once only, a signed JWT for example. Bound to one environment. */
export interface ReplayStore {
  /**
   * True for the first use. Of many at once exactly one is true, on whichever node; and none after it, also after a
   * restart, for as long as the thing itself is good. What has expired can't be used at all. When it throws, nobody knows
   * whether that was the use: such a thing is not offered again, a new one is made.
   * @param digest of the thing with its purpose and its issuer, so that nothing is taken for another
   * @param expiresAt when it stops being accepted, clock tolerance included (whole epoch milliseconds)
   */
  useOnce(digest: Uint8Array, expiresAt: number, now: number): Promise<boolean>;
}
