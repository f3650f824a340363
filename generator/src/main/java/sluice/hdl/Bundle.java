package sluice.hdl;

/**
 * A record whose components are {@link Data}: a bundle of signals. An interface is a bundle too:
 * components that flow against it are marked {@link Flipped}.
 */
public non-sealed interface Bundle extends Data {}
