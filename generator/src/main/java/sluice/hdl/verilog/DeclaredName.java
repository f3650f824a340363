package sluice.hdl.verilog;

/**
 * An identifier that a module declares.
 *
 * @param identifier as in the Verilog
 * @param origin where it comes from
 */
public record DeclaredName(String identifier, NameOrigin origin) {}
