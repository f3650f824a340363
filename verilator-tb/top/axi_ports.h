#pragma once

#include <type_traits>

#include "verilated.h"

namespace sluice {

/**
 * The signals of an AXI4 master port. Verilator's type of a signal depends on its width (CData to
 * 8 bits, SData to 16, IData to 32, QData to 64, VlWide beyond), so those whose width is a
 * parameter of the configuration are parameters here.
 */
template <class Id_, class Address_, class Data_, class Strobe_>
struct AxiPorts {
  using Id = Id_;
  using Address = Address_;
  using Data = Data_;
  using Strobe = Strobe_;

  const Id* awid;
  const Address* awaddr;
  const CData *awlen, *awsize, *awburst, *awlock, *awcache, *awprot, *awqos, *awvalid;
  CData* awready;

  const Data* wdata;
  const Strobe* wstrb;
  const CData *wlast, *wvalid;
  CData* wready;

  Id* bid;
  CData *bresp, *bvalid;
  const CData* bready;

  const Id* arid;
  const Address* araddr;
  const CData *arlen, *arsize, *arburst, *arlock, *arcache, *arprot, *arqos, *arvalid;
  CData* arready;

  Id* rid;
  Data* rdata;
  CData *rresp, *rlast, *rvalid;
  const CData* rready;
};

#define SLUICE_PORT_TYPE(port) std::remove_reference_t<decltype(port)>

/** The type of the ports PREFIX_awid, PREFIX_awaddr, ... of a design. */
#define SLUICE_AXI_TYPE(top, prefix)                                                     \
  sluice::AxiPorts<SLUICE_PORT_TYPE((top).prefix##_awid), SLUICE_PORT_TYPE((top).prefix##_awaddr), \
                   SLUICE_PORT_TYPE((top).prefix##_wdata), SLUICE_PORT_TYPE((top).prefix##_wstrb)>

/** The ports PREFIX_awid, PREFIX_awaddr, ... of a design. */
#define SLUICE_AXI_PORTS(top, prefix)                                                            \
  SLUICE_AXI_TYPE(top, prefix) {                                                                 \
    &(top).prefix##_awid, &(top).prefix##_awaddr, &(top).prefix##_awlen, &(top).prefix##_awsize, \
        &(top).prefix##_awburst, &(top).prefix##_awlock, &(top).prefix##_awcache,                \
        &(top).prefix##_awprot, &(top).prefix##_awqos, &(top).prefix##_awvalid,                  \
        &(top).prefix##_awready, &(top).prefix##_wdata, &(top).prefix##_wstrb,                   \
        &(top).prefix##_wlast, &(top).prefix##_wvalid, &(top).prefix##_wready,                   \
        &(top).prefix##_bid, &(top).prefix##_bresp, &(top).prefix##_bvalid,                      \
        &(top).prefix##_bready, &(top).prefix##_arid, &(top).prefix##_araddr,                    \
        &(top).prefix##_arlen, &(top).prefix##_arsize, &(top).prefix##_arburst,                  \
        &(top).prefix##_arlock, &(top).prefix##_arcache, &(top).prefix##_arprot,                 \
        &(top).prefix##_arqos, &(top).prefix##_arvalid, &(top).prefix##_arready,                 \
        &(top).prefix##_rid, &(top).prefix##_rdata, &(top).prefix##_rresp,                       \
        &(top).prefix##_rlast, &(top).prefix##_rvalid, &(top).prefix##_rready                    \
  }

}  // namespace sluice
