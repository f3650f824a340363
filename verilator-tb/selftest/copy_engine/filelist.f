sluice_accelerator.v
axi_mover.v
