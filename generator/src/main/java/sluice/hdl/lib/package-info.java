/**
 * Building blocks on the language: streams, queues, arbiters, AXI, numeric units. Each is an
 * ordinary user of {@link sluice.hdl}. May import: {@code hdl}.
 */
package sluice.hdl.lib;
