package sluice.layout;

import static sluice.layout.Register.Access.RO;
import static sluice.layout.Register.Access.RW;
import static sluice.layout.Register.Access.RW1C;

import java.util.ArrayList;
import java.util.List;
import sluice.config.AcceleratorConfig;
import sluice.config.ConfigHash;

/**
 * The AXI4-Lite registers of an accelerator. A 64-bit number takes two registers, NAME_LO and then
 * NAME_HI. An access to an offset that no register has answers SLVERR and does nothing.
 *
 * @param registers all registers, by rising offset
 */
public record RegisterMap(List<Register> registers) {

  /** Bits of a register address. */
  public static final int ADDRESS_BITS = 12;

  /** Value of ID: "SLUC". */
  public static final int ID = 0x534C5543;

  /** Value of VERSION: major version in bits 31..16, minor version in bits 15..0. */
  public static final int VERSION = 0x0000_0001;

  /** Bits of the free-running ring indices RING_TAIL and RING_HEAD. */
  public static final int RING_INDEX_BITS = 16;

  /** Largest value of RING_LOG2. */
  public static final int MAX_RING_LOG2 = 15;

  /** Offset of the first performance counter. */
  public static final int COUNTERS_OFFSET = 0x100;

  /** Copies the registers. */
  public RegisterMap {
    registers = List.copyOf(registers);
  }

  /** The registers of a configuration. */
  public static RegisterMap of(AcceleratorConfig config) {
    List<Register> map = new ArrayList<>();
    addIdentification(map, config);
    addControl(map);
    addWindows(map);
    addCounters(map);
    return new RegisterMap(map);
  }

  /**
   * A register by name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Register register(String name) {
    for (Register register : registers) {
      if (register.name().equals(name)) {
        return register;
      }
    }
    throw new IllegalArgumentException("there is no register " + name);
  }

  private static void addIdentification(List<Register> map, AcceleratorConfig config) {
    constant(map, "ID", 0x000, ID, "Identifies the accelerator: \"SLUC\".");
    constant(map, "VERSION", 0x004, VERSION, "Version: major in bits 31..16, minor in 15..0.");
    constant(map, "CONFIG_HASH", 0x008, ConfigHash.of(config), "Hash of the configuration.");
    constant(map, "CAP_CHANNELS", 0x010, config.channels(), "Memory channels.");
    constant(map, "CAP_CHANNEL_BITS", 0x014, config.channelBits(), "Data bits of a channel.");
    constant(map, "CAP_HEAD_DIM", 0x018, config.headDim(), "Head dimension.");
    constant(map, "CAP_GROUP_QUERIES", 0x01C, config.groupQueries(), "Query heads a KV head.");
    constant(map, "CAP_HEAVY_CHANNELS", 0x020, config.heavyChannels(), "Channels predicted with.");
    constant(map, "CAP_KEY_BITS", 0x024, config.keyBits(), "Bits of a key code.");
    constant(map, "CAP_QUERY_BITS", 0x028, config.queryBits(), "Bits of a query code.");
    constant(map, "CAP_BUCKETS", 0x02C, config.buckets(), "Buckets of the histogram.");
    constant(map, "CAP_CONTEXT", 0x030, config.context(), "Most tokens of a sequence.");
    constant(map, "CAP_MAX_SELECTED", 0x034, config.maxSelected(), "Most tokens selected a head.");
    constant(map, "CAP_PAGE_TOKENS", 0x038, config.pageTokens(), "Tokens of a page.");
    constant(map, "CAP_KV_HEADS", 0x03C, config.kvHeads(), "KV heads of a page.");
  }

  private static void addControl(List<Register> map) {
    add(
        map,
        "CONTROL",
        0x040,
        RW,
        0,
        "Starts and stops the fetching of descriptors.",
        bits("enable", 0, 1, "1: descriptors are fetched; 0: the running job ends, then none"));
    add(
        map,
        "STATUS",
        0x044,
        RO,
        2,
        "What the accelerator does now.",
        bits("busy", 0, 1, "a job is being worked on"),
        bits("ringEmpty", 1, 1, "RING_HEAD equals RING_TAIL"));
    add(
        map,
        "IRQ_STATUS",
        0x048,
        RW1C,
        0,
        "Events since they were last cleared.",
        bits("done", 0, 1, "a job has ended, with whatever status"),
        bits("error", 1, 1, "a job has ended with a status of 2 or more"));
    add(
        map,
        "IRQ_ENABLE",
        0x04C,
        RW,
        0,
        "Events of IRQ_STATUS that raise the interrupt.",
        bits("done", 0, 1, "a job has ended"),
        bits("error", 1, 1, "a job has ended with an error"));
    wide(map, "RING_BASE", 0x050, RW, "Host address of the descriptor ring; 8-byte aligned.");
    add(
        map,
        "RING_LOG2",
        0x058,
        RW,
        0,
        "Size of the ring.",
        bits("log2", 0, 4, "log2 of the number of descriptors, 0 to 15"));
    add(
        map,
        "RING_TAIL",
        0x05C,
        RW,
        0,
        "Doorbell: index after the last descriptor written, free running.",
        bits("index", 0, RING_INDEX_BITS, "index, modulo 2^16"));
    add(
        map,
        "RING_HEAD",
        0x060,
        RO,
        0,
        "Descriptors done, free running.",
        bits("index", 0, RING_INDEX_BITS, "index, modulo 2^16"));
    add(
        map,
        "LAST_STATUS",
        0x064,
        RO,
        0,
        "How the last job ended.",
        bits("status", 0, 8, "status code, as in the completion record"));
    wide(
        map,
        "ERROR_ADDRESS",
        0x068,
        RO,
        "The pointer or address at fault in the last job; 0 if none.");
  }

  private static void addWindows(List<Register> map) {
    wide(map, "HOST_BASE", 0x070, RW, "Lowest host address that a job may use.");
    wide(
        map,
        "HOST_LIMIT",
        0x078,
        RW,
        "First host address after those that a job may use; at most 2^addressBits counts.");
    wide(
        map,
        "KV_BASE",
        0x080,
        RW,
        "Address of page 0 of the KV cache in every channel; 4096-byte aligned.");
    word(map, "KV_PAGES", 0x088, RW, "Pages of the KV cache; page numbers are below it.");
  }

  private static void addCounters(List<Register> map) {
    String[][] counters = {
      {"CYCLES_TOTAL", "Cycles with a job in work, since one was fetched with none in work."},
      {"CYCLES_FETCH", "Of these, reading descriptors, tables and queries."},
      {"CYCLES_PREPARE", "Of these, making query codes."},
      {"CYCLES_SCAN", "Of these, scanning key records."},
      {"CYCLES_THRESHOLD", "Of these, seeking a threshold bucket."},
      {"CYCLES_FILTER", "Of these, picking tokens."},
      {"CYCLES_SCORE", "Of these, reading keys and computing scores."},
      {"CYCLES_WEIGHT", "Of these, computing weights and reading and accumulating values."},
      {"CYCLES_OUTPUT", "Of these, dividing outputs."},
      {"TOKENS_SELECTED", "Tokens selected, summed over KV heads."},
      {"VALUES_SKIPPED", "Selected tokens whose value was not read."},
      {"BEATS_RECORD", "Beats of key records read, over all channels."},
      {"BEATS_KEY", "Beats of keys read, over all channels."},
      {"BEATS_VALUE", "Beats of values read, over all channels."},
    };
    int offset = COUNTERS_OFFSET;
    for (String[] counter : counters) {
      word(map, counter[0], offset, RO, counter[1]);
      offset += 4;
    }
  }

  private static void constant(
      List<Register> map, String name, int offset, int value, String description) {
    map.add(new Register(name, offset, RO, value, true, description, whole()));
  }

  private static void wide(
      List<Register> map, String name, int offset, Register.Access access, String description) {
    word(map, name + "_LO", offset, access, description + " Bits 31..0.");
    word(map, name + "_HI", offset + 4, access, description + " Bits 63..32.");
  }

  private static void word(
      List<Register> map, String name, int offset, Register.Access access, String description) {
    map.add(new Register(name, offset, access, 0, false, description, whole()));
  }

  private static void add(
      List<Register> map,
      String name,
      int offset,
      Register.Access access,
      int reset,
      String description,
      Register.Field... fields) {
    map.add(new Register(name, offset, access, reset, false, description, List.of(fields)));
  }

  private static Register.Field bits(String name, int low, int width, String meaning) {
    return new Register.Field(name, low, width, meaning);
  }

  private static List<Register.Field> whole() {
    return List.of(bits("value", 0, 32, "the whole register"));
  }
}
