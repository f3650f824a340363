/**
 * The commands. Each subcommand is a class of its own that turns its options into calls of the
 * other packages; {@link sluice.cli.Sluice} is the main class and decides how errors are shown.
 *
 * <p>May import every other package; no other package imports this one.
 */
package sluice.cli;
