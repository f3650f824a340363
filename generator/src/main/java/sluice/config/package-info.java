/**
 * What can be chosen of an accelerator: its parameters, the presets, reading them from YAML and the
 * command line, and the rules that they must keep.
 *
 * <p>Imports nothing of Sluice; everything but {@code hdl} may import it.
 */
package sluice.config;
