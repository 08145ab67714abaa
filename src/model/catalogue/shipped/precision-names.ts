/** Names of scenarios/data/aliases.csv. Written by scripts/catalogue.mjs, not by hand. */
export const PRECISION_NAMES = `FP32|32-bit|fp32
FP16|16-bit|fp16|bfloat16|BF16|bf16/fp16 (not stated in file)
FP8|8-bit|fp8
INT8|8-bit|int8
FP4|4-bit|fp4|NVFP4
MXFP4|4-bit|mxfp4
INT4|4-bit|int4|UINT4
FP8, attention in FP16|mixed|FP8 (matmul), BF16 (attention)|BF16 attention, FP8 MoE
FP4, attention in FP8|mixed|FP8 attention, NVFP4 MoE|NVFP4/FP8
not stated|not stated|UNSET`;
