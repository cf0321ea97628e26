/** True for `npm run test:quick`: fewer files, fewer seeds, no PostgreSQL. */
export const quick = process.env.KASKAD_TESTS === 'quick';
