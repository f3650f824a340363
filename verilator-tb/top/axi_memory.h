#pragma once

#include <bitset>
#include <cinttypes>
#include <cstdint>
#include <cstring>
#include <deque>
#include <memory>
#include <vector>

#include "axi.h"
#include "dram.h"
#include "failure.h"
#include "memory_image.h"
#include "memory_model.h"
#include "random.h"

namespace sluice {

static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "signals are copied as bytes");

/**
 * A memory at an AXI4 master port, and the checker of what the master may do.
 *
 * <p>Answers with the same ID come in the order of the requests, others in any order (random
 * model) or as they become ready (DRAM). What AXI does not order, the model decides: under the random model a write takes effect
 * beat by beat or only when its response is given, and a read sees the memory when it is accepted
 * or when it is answered, by seed. So a master that does not wait for a response where it must is
 * found.
 */
template <class Ports>
class AxiMemory {
 public:
  using Data = typename Ports::Data;
  using Strobe = typename Ports::Strobe;
  static constexpr unsigned kBeatBytes = sizeof(Data);
  static_assert(sizeof(typename Ports::Id) == 1, "IDs of more than 8 bits");
  static_assert(kBeatBytes <= 64, "data of more than 512 bits");
  static_assert(sizeof(Strobe) * 8 >= kBeatBytes, "WSTRB is narrower than WDATA");

  /** @param last_activity set to the cycle of each handshake */
  AxiMemory(MemoryImage& image, const Ports& ports, const MemoryModel& model, const Random& random,
            uint64_t& last_activity)
      : image_(image),
        ports_(ports),
        model_(model),
        random_(random),
        last_activity_(last_activity) {
    if (model_.random()) {
      mood_ = Mood(random_);
      late_writes_ = random_.chance(128);
      late_reads_ = random_.chance(128);
    }
    if (model_.kind == MemoryModel::Kind::kDram) {
      dram_ = std::make_unique<Dram>(model_.dram, model_.port_mhz);
    }
  }

  const AxiBeats& beats() const { return beats_; }

  /** The DRAM behind the port, or null. */
  const Dram* dram() const { return dram_.get(); }

  /** Nothing accepted and not answered, nothing offered and not accepted. */
  bool idle() const {
    return reads_.empty() && writes_.empty() && responses_.empty() && early_beats_.empty() &&
           !ar_.stalled && !aw_.stalled && !w_stalled_;
  }

  /** Forgets what is under way. The inputs of a cycle in reset. */
  void drive_reset() {
    reads_.clear();
    writes_.clear();
    responses_.clear();
    early_beats_.clear();
    if (dram_) dram_->reset();
    ar_.stalled = aw_.stalled = w_stalled_ = false;
    read_taken_ = response_taken_ = in_burst_ = false;
    *ports_.arready = *ports_.awready = *ports_.wready = 0;
    *ports_.rvalid = *ports_.bvalid = 0;
  }

  /** AXI4 A3.1.2: VALID is low in reset and until the first edge after it. */
  void sample_reset() const {
    if (*ports_.arvalid) fail("%s: ARVALID is high in reset", name());
    if (*ports_.awvalid) fail("%s: AWVALID is high in reset", name());
    if (*ports_.wvalid) fail("%s: WVALID is high in reset", name());
  }

  /** The inputs of a cycle, after the edge that began it. */
  void drive(uint64_t cycle) {
    if (model_.random()) mood_.advance(cycle, random_);
    if (dram_) dram_->advance(cycle);
    drive_read_data(cycle);
    drive_write_response(cycle);
    const size_t writes = writes_.size() + responses_.size();
    const bool ar_room = reads_.size() < model_.outstanding && (!dram_ || dram_->has_room(false));
    const bool aw_room = writes < model_.outstanding && (!dram_ || writes < model_.dram.queue);
    const bool w_room = early_beats_.size() < kEarlyBeats;
    if (!model_.random()) {
      *ports_.arready = ar_room;
      *ports_.awready = aw_room;
      *ports_.wready = w_room;
      return;
    }
    const bool data_seen = w_stalled_ || !early_beats_.empty();
    *ports_.arready = ar_room && may_be_ready(ar_.stalled, mood_.ar_stall);
    *ports_.awready = aw_room && may_be_ready(aw_.stalled, mood_.aw_stall) &&
                      (mood_.write_order != Mood::WriteOrder::kDataFirst || data_seen);
    *ports_.wready = w_room && may_be_ready(w_stalled_, mood_.w_stall) &&
                     (mood_.write_order != Mood::WriteOrder::kAddressFirst || !writes_.empty());
  }

  /** The outputs of a cycle, before the edge that ends it. */
  void sample(uint64_t cycle) {
    if (*ports_.arvalid) {
      sample_read_request(cycle);
    } else if (ar_.stalled) {
      fail("%s: ARVALID fell before ARREADY", name());
    }
    if (*ports_.awvalid) {
      sample_write_request(cycle);
    } else if (aw_.stalled) {
      fail("%s: AWVALID fell before AWREADY", name());
    }
    if (*ports_.wvalid) {
      sample_write_data(cycle);
    } else if (w_stalled_) {
      fail("%s: WVALID fell before WREADY", name());
    }
    if (*ports_.rvalid && *ports_.rready) {
      last_activity_ = cycle;
      beats_.r++;
      read_taken_ = true;
    }
    if (*ports_.bvalid && *ports_.bready) {
      last_activity_ = cycle;
      beats_.b++;
      response_taken_ = true;
    }
  }

 private:
  /** Write beats taken before their address. */
  static constexpr size_t kEarlyBeats = 512;

  struct AddressChannel {
    bool stalled = false;
    AxiRequest held{};
  };

  struct WriteBeat {
    Data data;
    Strobe strobe;
    CData last;
  };

  struct Read {
    AxiRequest request;
    uint64_t ready;  ///< first cycle of the answer, unless DRAM decides
    std::shared_ptr<DramAccess> access;
    unsigned done = 0;
    std::vector<uint8_t> snapshot;  ///< what was read when accepted, or empty
  };

  struct Write {
    AxiRequest request;
    unsigned done = 0;
    AxiResponse response = AxiResponse::kOkay;
    uint64_t ready = 0;
    std::shared_ptr<DramAccess> access;
    std::vector<WriteBeat> held;  ///< beats that take effect with the response
  };

  const char* name() const { return image_.name().c_str(); }

  static uint64_t beat_address(const AxiRequest& request, unsigned beat) {
    return (request.address & ~uint64_t{kBeatBytes - 1}) + uint64_t{beat} * kBeatBytes;
  }

  uint64_t latency() { return random_.between(model_.latency_min, model_.latency_max); }

  /** Lets the DRAM do what a request wants; null without DRAM. */
  std::shared_ptr<DramAccess> access(const AxiRequest& request, bool write) {
    if (!dram_) return nullptr;
    const uint64_t bytes = uint64_t{request.beats()} * kBeatBytes;
    auto access = std::make_shared<DramAccess>();
    access->address = beat_address(request, 0);
    access->bytes = bytes;
    access->write = write;
    dram_->accept(access);
    return access;
  }

  template <class Transaction>
  static uint64_t ready(const Transaction& transaction) {
    return transaction.access ? transaction.access->answer : transaction.ready;
  }

  bool may_be_ready(bool valid_seen, unsigned stall) {
    return !random_.chance(stall) && (valid_seen || !mood_.ready_after_valid);
  }

  /** A new request, or the one held: fails if it changed while it waited. */
  void check_request(AddressChannel& channel, const char* channel_name, const AxiRequest& request) {
    if (channel.stalled) {
      if (!(request == channel.held)) {
        fail("%s: %s changed before %sREADY", name(), channel_name, channel_name);
      }
      return;
    }
    check_burst(image_.name(), channel_name, request, kBeatBytes);
    for (unsigned beat = 0; beat < request.beats(); beat++) {
      const uint64_t address = beat_address(request, beat);
      if (!image_.contains(address, kBeatBytes) &&
          image_.response(address, kBeatBytes) == AxiResponse::kOkay) {
        fail("%s: %s: burst of %u beats at 0x%" PRIx64 " is outside the memory of 0x%" PRIx64
             " bytes",
             name(), channel_name, request.beats(), request.address, image_.bytes());
      }
    }
    channel.held = request;
  }

  void sample_read_request(uint64_t cycle) {
    const AxiRequest request{*ports_.araddr, *ports_.arid,    *ports_.arlen,
                             *ports_.arsize, *ports_.arburst, *ports_.arlock,
                             *ports_.arcache, *ports_.arprot, *ports_.arqos};
    check_request(ar_, "AR", request);
    ar_.stalled = !*ports_.arready;
    if (ar_.stalled) return;
    last_activity_ = cycle;
    beats_.ar++;
    Read read{request, cycle + latency(), access(request, false), 0, {}};
    if (model_.random() && !late_reads_) {
      read.snapshot.resize(size_t{request.beats()} * kBeatBytes);
      for (unsigned beat = 0; beat < request.beats(); beat++) {
        copy_beat(beat_address(request, beat), &read.snapshot[size_t{beat} * kBeatBytes]);
      }
    }
    reads_.push_back(std::move(read));
  }

  void sample_write_request(uint64_t cycle) {
    const AxiRequest request{*ports_.awaddr, *ports_.awid,    *ports_.awlen,
                             *ports_.awsize, *ports_.awburst, *ports_.awlock,
                             *ports_.awcache, *ports_.awprot, *ports_.awqos};
    check_request(aw_, "AW", request);
    aw_.stalled = !*ports_.awready;
    if (aw_.stalled) return;
    last_activity_ = cycle;
    beats_.aw++;
    Write write;
    write.request = request;
    writes_.push_back(std::move(write));
    while (!early_beats_.empty() && !writes_.empty()) {
      take_write_beat(cycle, early_beats_.front());
      early_beats_.pop_front();
    }
  }

  void sample_write_data(uint64_t cycle) {
    if (w_stalled_ && (std::memcmp(ports_.wdata, &w_held_.data, kBeatBytes) != 0 ||
                       *ports_.wstrb != w_held_.strobe || *ports_.wlast != w_held_.last)) {
      fail("%s: W changed before WREADY", name());
    }
    const bool waits = !*ports_.wready;
    if (!waits || !w_stalled_) {
      std::memcpy(&w_held_.data, ports_.wdata, kBeatBytes);
      w_held_.strobe = *ports_.wstrb;
      w_held_.last = *ports_.wlast;
    }
    w_stalled_ = waits;
    if (waits) return;
    last_activity_ = cycle;
    beats_.w++;
    if (writes_.empty()) {
      early_beats_.push_back(w_held_);
    } else {
      take_write_beat(cycle, w_held_);
    }
  }

  /** The next beat of the oldest write whose data is not complete: AXI4 has no write data IDs. */
  void take_write_beat(uint64_t cycle, const WriteBeat& beat) {
    Write& write = writes_.front();
    const AxiRequest& request = write.request;
    const bool last = write.done == request.length;
    if (last != (beat.last != 0)) {
      fail("%s: WLAST is %u at beat %u of a burst of %u at 0x%" PRIx64, name(), beat.last,
           write.done + 1, request.beats(), request.address);
    }
    const unsigned skipped = request.address % kBeatBytes;
    if (write.done == 0 && (beat.strobe & ((uint64_t{1} << skipped) - 1)) != 0) {
      fail("%s: WSTRB is set below the first byte of a burst at 0x%" PRIx64, name(),
           request.address);
    }
    const AxiResponse response = image_.response(beat_address(request, write.done), kBeatBytes);
    if (response != AxiResponse::kOkay) write.response = response;
    if (late_writes_) {
      write.held.push_back(beat);
    } else {
      apply(request, write.done, beat);
    }
    write.done++;
    if (last) {
      write.ready = cycle + latency();
      write.access = access(request, true);
      responses_.push_back(std::move(write));
      writes_.pop_front();
    }
  }

  void apply(const AxiRequest& request, unsigned index, const WriteBeat& beat) {
    const uint64_t address = beat_address(request, index);
    if (image_.response(address, kBeatBytes) != AxiResponse::kOkay) return;
    uint8_t* to = image_.data() + address;
    const uint8_t* from = reinterpret_cast<const uint8_t*>(&beat.data);
    constexpr uint64_t kAll = ~uint64_t{0} >> (64 - kBeatBytes);
    if (beat.strobe == kAll) {
      std::memcpy(to, from, kBeatBytes);
      return;
    }
    for (unsigned lane = 0; lane < kBeatBytes; lane++) {
      if (beat.strobe >> lane & 1) to[lane] = from[lane];
    }
  }

  void copy_beat(uint64_t address, void* to) {
    if (image_.response(address, kBeatBytes) == AxiResponse::kOkay) {
      std::memcpy(to, image_.data() + address, kBeatBytes);
    } else {
      std::memset(to, 0xEE, kBeatBytes);  // not zero: a master must not use what came with an error
    }
  }

  /** Marks of the IDs that have an older transaction. */
  using Ids = std::bitset<256>;

  /**
   * The transaction to answer now, or -1: the oldest. Of those that are the oldest of their ID,
   * under the random model any, with equal chances; of DRAM the one that was ready first.
   */
  template <class Transaction>
  int choose(uint64_t cycle, const std::deque<Transaction>& pending) {
    if (model_.kind == MemoryModel::Kind::kIdeal) {
      return !pending.empty() && pending.front().ready <= cycle ? 0 : -1;
    }
    Ids older;
    int chosen = -1;
    unsigned candidates = 0;
    for (size_t i = 0; i < pending.size(); i++) {
      const uint32_t id = pending[i].request.id;
      if (!older[id] && ready(pending[i]) <= cycle) {
        const bool better = dram_ ? chosen < 0 || ready(pending[i]) <
                                                      ready(pending[static_cast<size_t>(chosen)])
                                  : random_.below(++candidates) == 0;
        if (better) chosen = static_cast<int>(i);
      }
      older[id] = true;
    }
    return chosen;
  }

  void drive_read_data(uint64_t cycle) {
    if (read_taken_) {
      read_taken_ = false;
      Read& read = reads_[read_];
      in_burst_ = ++read.done != read.request.beats();
      if (!in_burst_) reads_.erase(reads_.begin() + static_cast<long>(read_));
    } else if (*ports_.rvalid) {
      return;
    }
    *ports_.rvalid = 0;
    if (reads_.empty() || random_.chance(mood_.r_gap)) return;
    if (!in_burst_ || (model_.random() && model_.interleave)) {
      const int chosen = choose(cycle, reads_);
      if (chosen < 0) return;
      read_ = static_cast<size_t>(chosen);
    }
    const Read& read = reads_[read_];
    const uint64_t address = beat_address(read.request, read.done);
    if (read.snapshot.empty()) {
      copy_beat(address, ports_.rdata);
    } else {
      std::memcpy(ports_.rdata, &read.snapshot[size_t{read.done} * kBeatBytes], kBeatBytes);
    }
    *ports_.rid = static_cast<typename Ports::Id>(read.request.id);
    *ports_.rresp = static_cast<CData>(image_.response(address, kBeatBytes));
    *ports_.rlast = read.done == read.request.length;
    *ports_.rvalid = 1;
  }

  void drive_write_response(uint64_t cycle) {
    if (response_taken_) {
      response_taken_ = false;
      responses_.erase(responses_.begin() + static_cast<long>(response_));
    } else if (*ports_.bvalid) {
      return;
    }
    *ports_.bvalid = 0;
    if (responses_.empty() || random_.chance(mood_.b_gap)) return;
    const int chosen = choose(cycle, responses_);
    if (chosen < 0) return;
    response_ = static_cast<size_t>(chosen);
    Write& write = responses_[response_];
    for (unsigned beat = 0; beat < write.held.size(); beat++) {
      apply(write.request, beat, write.held[beat]);
    }
    *ports_.bid = static_cast<typename Ports::Id>(write.request.id);
    *ports_.bresp = static_cast<CData>(write.response);
    *ports_.bvalid = 1;
  }

  MemoryImage& image_;
  const Ports ports_;
  const MemoryModel model_;
  Random random_;
  uint64_t& last_activity_;
  std::unique_ptr<Dram> dram_;
  Mood mood_;
  bool late_writes_ = false;
  bool late_reads_ = true;
  AxiBeats beats_;

  AddressChannel ar_;
  AddressChannel aw_;
  bool w_stalled_ = false;
  WriteBeat w_held_{};

  std::deque<Read> reads_;  ///< in the order of acceptance
  size_t read_ = 0;  ///< the one shown on R
  bool read_taken_ = false;
  bool in_burst_ = false;  ///< the burst at read_ has begun and is not over

  std::deque<Write> writes_;  ///< data not complete, in the order of acceptance
  std::deque<WriteBeat> early_beats_;
  std::deque<Write> responses_;  ///< data complete
  size_t response_ = 0;  ///< the one shown on B
  bool response_taken_ = false;
};

}  // namespace sluice
