#include "dram.h"

#include <algorithm>

namespace sluice {

namespace {

/** Column commands that may pass the oldest part in a row because their row is open. */
constexpr unsigned kMostPasses = 32;

/** Cycles of the memory that a write waits at most while reads go before it. */
constexpr uint64_t kLongestWait = 1000;

/** Between the data of a read and that of a write the bus turns around. */
constexpr unsigned kTurnaround = 2;

void at_least(uint64_t& value, uint64_t other) { value = std::max(value, other); }

}  // namespace

Dram::Dram(const DramConfig& config, unsigned port_mhz)
    : config_(config), port_mhz_(port_mhz), next_refresh_(config.tREFI) {
  banks_.resize(size_t{config.groups} * config.banks);
  for (size_t i = 0; i < banks_.size(); i++) {
    banks_[i].group = static_cast<unsigned>(i / config.banks);
  }
  next_read_.resize(config.groups);
  next_write_.resize(config.groups);
  next_activate_.resize(config.groups);
}

void Dram::accept(const std::shared_ptr<DramAccess>& access) {
  const uint64_t burst = config_.burst_bytes;
  const uint64_t end = access->address + access->bytes;
  access->accepted = now_;
  access->order = order_++;
  for (uint64_t at = access->address & ~(burst - 1); at < end; at += burst) {
    const uint64_t row = config_.row(at);
    std::deque<Part>& waiting = banks_[config_.bank(at)].parts(access->write);
    auto part = waiting.rbegin();
    while (part != waiting.rend() && part->access == access && part->row != row) part++;
    if (part == waiting.rend() || part->access != access) {
      waiting.push_back({access, row, 1});
    } else {
      part->commands++;
    }
    access->commands_left++;
  }
  if (access->write) {
    writes_.push_back(access);
  } else {
    reads_++;
  }
}

void Dram::reset() {
  for (Bank& bank : banks_) {
    bank.reads.clear();
    bank.writes.clear();
    bank.passes = 0;
  }
  reads_ = 0;
  writes_.clear();
  writes_to_drain_ = 0;
}

void Dram::advance(uint64_t port_cycle) {
  const uint64_t until = port_cycle * config_.memory_mhz / port_mhz_;
  while (now_ < until) {
    if (now_ >= next_refresh_) {
      refresh();
    } else if (reads_ == 0 && writes_.empty()) {
      now_ = std::min(until, next_refresh_);
      continue;
    }
    choose_direction();
    const bool column = issue_column();
    if (!column || config_.command_buses > 1) issue_row();
    now_++;
  }
}

size_t Dram::Bank::next(bool write) {
  const std::deque<Part>& waiting = parts(write);
  if (row != kClosed && passes < kMostPasses) {
    for (size_t i = 0; i < waiting.size(); i++) {
      if (waiting[i].row == row) return i;
    }
  }
  return 0;
}

/** Closes all banks and refreshes them, as soon as each may be closed. */
void Dram::refresh() {
  uint64_t start = now_;
  bool open = false;
  for (const Bank& bank : banks_) {
    if (bank.row == kClosed) continue;
    open = true;
    at_least(start, bank.next_precharge);
  }
  if (open) start += config_.tRP;
  for (const Bank& bank : banks_) {
    if (bank.row == kClosed) at_least(start, bank.next_activate);
  }
  const uint64_t end = start + config_.tRFC;
  for (Bank& bank : banks_) {
    bank.row = kClosed;
    bank.next_activate = end;
  }
  refresh_cycles_ += end - now_;
  next_refresh_ += config_.tREFI;
}

void Dram::choose_direction() {
  if (writes_to_drain_ != 0 || writes_.empty()) return;
  const bool many = writes_.size() > config_.queue * 3 / 4;
  const bool old = now_ - writes_.front()->accepted > kLongestWait;
  if (reads_ == 0 || many || old) writes_to_drain_ = writes_.size();
}

bool Dram::issue_column() {
  const bool write = writes_to_drain_ > 0;
  Choice best;
  for (Bank& bank : banks_) {
    const std::deque<Part>& waiting = bank.parts(write);
    if (waiting.empty()) continue;
    const size_t index = bank.next(write);
    const Part& part = waiting[index];
    if (part.row == bank.row && now_ >= bank.next_column &&
        now_ >= (write ? next_write_ : next_read_)[bank.group]) {
      best.offer(bank, index, part.access->order);
    }
  }
  if (best.bank == nullptr) return false;
  Bank& bank = *best.bank;
  std::deque<Part>& waiting = bank.parts(write);
  const std::shared_ptr<DramAccess> access = waiting[best.part].access;
  columns_++;
  bank.passes = best.part == 0 ? 0 : bank.passes + 1;
  if (--waiting[best.part].commands == 0) {
    waiting.erase(waiting.begin() + static_cast<long>(best.part));
  }
  const uint64_t data_end = now_ + (write ? config_.CWL : config_.CL) + config_.burst_cycles;
  at_least(bank.next_precharge, write ? data_end + config_.tWR : now_ + config_.tRTP);
  std::vector<uint64_t>& same = write ? next_write_ : next_read_;
  for (unsigned group = 0; group < config_.groups; group++) {
    const bool own = group == bank.group;
    at_least(same[group], now_ + (own ? config_.tCCD_L : config_.tCCD_S));
    if (write) {
      at_least(next_read_[group], data_end + (own ? config_.tWTR_L : config_.tWTR_S));
    } else {
      at_least(next_write_[group], data_end + kTurnaround - config_.CWL);
    }
  }
  if (--access->commands_left == 0) finish(*access, data_end);
  return true;
}

void Dram::finish(DramAccess& access, uint64_t data_end) {
  if (access.write) {
    writes_.erase(std::find_if(writes_.begin(), writes_.end(),
                               [&](const auto& each) { return each.get() == &access; }));
    writes_to_drain_--;
  } else {
    reads_--;
  }
  const uint64_t answer = data_end + config_.latency;
  access.answer = (answer * port_mhz_ + config_.memory_mhz - 1) / config_.memory_mhz;
}

void Dram::issue_row() {
  const bool write = writes_to_drain_ > 0;
  Choice best;
  for (Bank& bank : banks_) {
    const std::deque<Part>& waiting = bank.parts(write);
    if (waiting.empty()) continue;
    const size_t index = bank.next(write);
    const Part& part = waiting[index];
    if (part.row != bank.row &&
        (bank.row == kClosed ? may_activate(bank) : now_ >= bank.next_precharge)) {
      best.offer(bank, index, part.access->order);
    }
  }
  if (best.bank == nullptr) return;
  Bank& bank = *best.bank;
  if (bank.row != kClosed) {
    bank.row = kClosed;
    at_least(bank.next_activate, now_ + config_.tRP);
    return;
  }
  activations_++;
  window_[activation_] = now_ + config_.tFAW;
  activation_ = (activation_ + 1) % window_.size();
  bank.row = bank.parts(write)[best.part].row;
  bank.next_column = now_ + config_.tRCD;
  bank.next_precharge = now_ + config_.tRAS;
  bank.next_activate = bank.next_precharge + config_.tRP;
  for (unsigned group = 0; group < config_.groups; group++) {
    at_least(next_activate_[group],
             now_ + (group == bank.group ? config_.tRRD_L : config_.tRRD_S));
  }
}

bool Dram::may_activate(const Bank& bank) const {
  return now_ >= bank.next_activate && now_ >= next_activate_[bank.group] &&
         now_ >= window_[activation_];
}

DramReport Dram::report() const {
  return {now_, columns_, activations_, refresh_cycles_, columns_ * config_.burst_cycles};
}

}  // namespace sluice
