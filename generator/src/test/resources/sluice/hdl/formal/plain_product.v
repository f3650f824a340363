// The product of two significands of binary16.
module plain_product (
  input  wire [10:0] a,
  input  wire [10:0] b,
  output wire [21:0] product
);
  assign product = a * b;
endmodule
