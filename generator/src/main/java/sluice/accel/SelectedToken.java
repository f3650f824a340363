package sluice.accel;

import sluice.hdl.Bundle;
import sluice.hdl.UInt;

/**
 * A selected token in its slice.
 *
 * @param row its row
 * @param lane its lane
 * @param slot the head that it was selected for
 * @param place where its scores go
 */
public record SelectedToken(UInt row, UInt lane, UInt slot, UInt place) implements Bundle {}
