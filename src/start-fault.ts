/** A start that cannot succeed: for each fault one sentence for the operator, a line each. */
export class StartFault extends Error {}
