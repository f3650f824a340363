/**
 * AXI4 and AXI4-Lite: the bundles of their signals, and engines that read and write bursts. Port
 * names come out as in the specification: a bundle {@code m_axi} has {@code m_axi_awvalid}, {@code
 * m_axi_awaddr} and so on. May import: {@code hdl}, {@code hdl.lib}.
 *
 * <p>What all engines here keep: VALID is low in reset and never waits for READY; the payload is
 * stable until the hand-shake; outputs come from registers; bursts are incremental, of the full
 * width of the data, and the engine's user sees to it that none crosses 4 KiB ({@link
 * sluice.hdl.lib.axi.OutOfOrderReader} does it itself).
 */
package sluice.hdl.lib.axi;
