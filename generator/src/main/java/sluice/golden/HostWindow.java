package sluice.golden;

import sluice.layout.HostLayout;

/**
 * The host addresses that a job may use. Addresses are unsigned.
 *
 * @param base HOST_BASE, the first
 * @param limit HOST_LIMIT, the one after the last
 */
public record HostWindow(long base, long limit) {

  /**
   * True if a pointer is aligned and all its bytes lie in the window.
   *
   * @param bytes not negative
   */
  public boolean allows(long pointer, long bytes) {
    return pointer % HostLayout.ALIGNMENT == 0
        && Long.compareUnsigned(base, pointer) <= 0
        && Long.compareUnsigned(pointer, limit) <= 0
        && Long.compareUnsigned(bytes, limit - pointer) <= 0;
  }

  /** What of the window an address of some bits can reach. */
  HostWindow within(int addressBits) {
    if (addressBits == Long.SIZE) {
      return this;
    }
    long end = 1L << addressBits;
    return new HostWindow(base, Long.compareUnsigned(limit, end) < 0 ? limit : end);
  }
}
