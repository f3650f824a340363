package sluice.config;

/**
 * A configuration and what to call it.
 *
 * @param name the preset's name, or the file's without folder and extension
 * @param config the parameters; valid
 */
public record NamedConfig(String name, AcceleratorConfig config) {}
