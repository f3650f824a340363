package sluice.hdl.sim;

import sluice.hdl.netlist.Site;

/**
 * How often a {@link sluice.hdl.Module#cover covered} condition was seen.
 *
 * @param module the path of the module that declares it, "" for the top
 * @param text what it says in words
 * @param site the line that declares it
 * @param cycles cycles outside of reset in which it held
 */
public record Cover(String module, String text, Site site, long cycles) {}
