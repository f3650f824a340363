package sluice.config;

/** Configurations for tests, small and of different shapes. */
public final class TestConfigs {

  private TestConfigs() {}

  /** 1 channel of 64 bits, d = 16, G = 1, h = 8. */
  public static AcceleratorConfig tiny() {
    return ConfigValidation.check(operators(1, 64, 16, 1, 8, 2, 4, 64, 1024, 256, 64, 2, 8, 1, 32));
  }

  /** 2 channels of 128 bits, d = 32, h = 8, 16 Ki tokens. */
  public static AcceleratorConfig trace(int groupQueries, int keyBits) {
    return ConfigValidation.check(
        operators(2, 128, 32, groupQueries, 8, keyBits, 4, 256, 16384, 2048, 256, 3, 8, 1, 40));
  }

  /** 4 channels of 256 bits, d = 128, G = 4, records of 64 bits that are padded from 60. */
  public static AcceleratorConfig wide() {
    return ConfigValidation.check(
        operators(4, 256, 128, 4, 30, 2, 8, 256, 4096, 512, 128, 5, 16, 4, 64));
  }

  /** 2 channels of 512 bits, d = 64, key codes of 4 bits, a page of one row. */
  public static AcceleratorConfig coarse() {
    return ConfigValidation.check(
        operators(2, 512, 64, 2, 16, 4, 5, 16, 512, 128, 16, 4, 16, 2, 64));
  }

  /** An accelerator of these sizes, its arithmetic written as operators. */
  public static AcceleratorConfig operators(
      int channels,
      int channelBits,
      int headDim,
      int groupQueries,
      int heavyChannels,
      int keyBits,
      int queryBits,
      int buckets,
      int context,
      int maxSelected,
      int pageTokens,
      int kvHeads,
      int readsInFlight,
      int dividers,
      int addressBits) {
    return new AcceleratorConfig(
        channels,
        channelBits,
        headDim,
        groupQueries,
        heavyChannels,
        keyBits,
        queryBits,
        buckets,
        context,
        maxSelected,
        pageTokens,
        kvHeads,
        readsInFlight,
        dividers,
        addressBits,
        ArithmeticStyle.OPERATORS);
  }
}
