/**
 * Circuits that are only there to be measured, and the processes that are timed whole. May import:
 * {@code hdl}.
 */
package sluice.bench;
