package sluice.hdl;

/**
 * Anything that travels on wires: a signal, a record of signals, a vector, or a stream. Not bound
 * to hardware yet, it serves as the type of what {@link Module#input}, {@link Module#register} and
 * their like create.
 */
public sealed interface Data permits Bits, Bundle, Vec, Stream {}
