/** The number of the shape of plans, raised by one with each change of it. An apply reads no other. */
export const planFormat = 13 as const;
