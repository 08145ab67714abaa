/** Names of scenarios/data/aliases.csv. Written by scripts/catalogue.mjs, not by hand. */
export const MODEL_NAMES = `BLOOM 176B|BLOOM
Code Llama 7B|Llama 2|CodeLlama-7b-hf
Code Llama 13B|Llama 2|CodeLlama-13b-hf
Code Llama 34B|Llama 2|CodeLlama-34b-hf
Code Llama 70B|Llama 2|CodeLlama-70b-hf
Llama 2 70B|Llama 2|llama2-70b|LLaMA 70B
LLaMA 7B|Llama 2
DeepSeek V3|DeepSeek V3|DeepSeek V3.1|DeepSeek V3/R1|DeepSeek V3/R1/V3.1
DeepSeek R1|DeepSeek V3|DeepSeek R1 0528|DeepSeek-R1|deepseek-r1
DeepSeek V3.2|DeepSeek V3
DeepSeek V4 Flash|DeepSeek V4
DeepSeek V4 Pro|DeepSeek V4
Falcon 180B|Falcon
GLM-4.5 / 4.6 / 4.7|GLM
GLM-5|GLM
GLM-5.2|GLM
gpt-oss 120B|gpt-oss|GPT OSS 120B|GPT-OSS 120B|gpt-oss-120b
gpt-oss 20B|gpt-oss|GPT OSS 20B|GPT-OSS 20B
GPT-J 6B|GPT-J|gptj
Gemini Apps (mix, not named)|Gemini
Gemma 3 12B|Gemma
Gemma 3 27B|Gemma
CodeGemma 1.1 2B|Gemma|codegemma-1.1-2b
CodeGemma 7B|Gemma|codegemma-7b
Gemma 2 2B|Gemma|gemma-2-2b-it
Gemma 2 9B|Gemma|gemma-2-9b-it
Gemma 2 27B|Gemma|gemma-2-27b-it
Kimi K2|Kimi K2
Kimi K2.5|Kimi K2
Llama 3.1 8B|Llama 3|Llama 3.1 8B Instruct|Meta-Llama-3.1-8B-Instruct|llama3.1-8b
Llama 3.1 70B|Llama 3|Llama 3.1 70B Instruct|Meta-Llama-3.1-70B-Instruct
Llama 3.1 405B|Llama 3|Llama 3.1 405B Instruct|Llama 3.1 405B Instruct FP8|Meta-Llama-3.1-405B-Instruct|llama3.1-405b
Llama 3.3 70B|Llama 3|Llama 3.3 70B Instruct
Nemotron Ultra 253B v1|Llama 3|Llama-3.1 Nemotron Ultra 253B
Nemotron Super 49B v1|Llama 3
Llama 4 Maverick|Llama 4|Llama 4 Maverick 17B 128E Instruct FP8
Llama 4 Scout|Llama 4|Llama 4 Scout 17B 16E Instruct
MiniMax M2.5|MiniMax
Mistral 7B|Mistral|Mistral-7B-Instruct-v0.3
Mistral Large 2 (2407, 2411)|Mistral|Mistral Large|Mistral-Large-Instruct-2407
Mistral Nemo 12B|Mistral|Mistral-Nemo-Instruct-2407
Mixtral 8x7B|Mistral|Mixtral-8x7B-Instruct-v0.1|mixtral-8x7b
Mixtral 8x22B|Mistral|Mixtral-8x22B-Instruct-v0.1
Nemotron Nano 9B v2|Nemotron Nano|NVIDIA Nemotron Nano 9B V2
Nemotron Nano 12B v2|Nemotron Nano|NVIDIA Nemotron Nano 12B V2
Nemotron Nano 12B v2 VL|Nemotron Nano|NVIDIA Nemotron Nano 12B V2 VL
Phi-3 mini|Phi-3|Phi-3-mini-4k-instruct
Phi-3 small|Phi-3|Phi-3-small-8k-instruct
Phi-3 medium|Phi-3|Phi-3-medium-4k-instruct
Qwen3 8B|Qwen3|Qwen 3 8B
Qwen3 14B|Qwen3|Qwen 3 14B
Qwen3 32B|Qwen3|Qwen 3 32B
Qwen3 30B-A3B|Qwen3|Qwen3-30B-A3B|Qwen 3 30B A3B Instruct|Qwen 3 30B A3B Thinking
Qwen3 235B-A22B|Qwen3|Qwen3-235B-A22B|Qwen 3 235B A22B Instruct|Qwen 3 235B A22B Instruct FP8|Qwen 3 235B A22B Thinking
|Qwen 3 235B A22B Thinking FP8
Qwen3 Coder 30B-A3B|Qwen3|Qwen 3 Coder 30B A3B
Qwen3 Coder 480B-A35B|Qwen3|Qwen 3 Coder 480B A35B|Qwen 3 Coder 480B A35B FP8
Qwen3 Omni 30B-A3B|Qwen3|Qwen 3 Omni 30B A3B Instruct
Qwen3 VL 8B|Qwen3|Qwen 3 VL 8B Instruct
Qwen3 VL 32B|Qwen3|Qwen 3 VL 32B Instruct
Qwen3 VL 30B-A3B|Qwen3|Qwen 3 VL 30B A3B Instruct
Qwen3 VL 235B-A22B|Qwen3|Qwen 3 VL 235B A22B Instruct|Qwen 3 VL 235B A22B Instruct FP8
Qwen3.5 27B|Qwen3.5
Qwen3.5 35B-A3B|Qwen3.5
Qwen3.5 122B-A10B|Qwen3.5
Qwen3.5 397B-A17B|Qwen3.5|Qwen3.5-397B-A17B
StarCoder2 3B|StarCoder2|starcoder2-3b
StarCoder2 7B|StarCoder2|starcoder2-7b
StarCoder2 15B|StarCoder2|starcoder2-15b`;
