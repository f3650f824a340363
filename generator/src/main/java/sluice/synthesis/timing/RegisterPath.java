package sluice.synthesis.timing;

/**
 * The worst path to a register, with all of its bits, words and copies.
 *
 * @param start where it begins
 * @param end where it ends
 * @param slack nanoseconds that are left; negative where they lack
 * @param violating how many bits of the register, over all copies, are reached too late
 */
public record RegisterPath(Endpoint start, Endpoint end, double slack, int violating) {}
