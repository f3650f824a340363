/**
 * Passes: each takes a finished netlist and redirects uses of some values to others that are equal,
 * so that what reads the netlist afterwards sees fewer of them. No pass changes what the circuit
 * does, removes a node, or knows of another pass. May import: {@code netlist}.
 */
package sluice.hdl.pass;
