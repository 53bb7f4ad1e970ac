/** A month on one sheet. */
export {};
