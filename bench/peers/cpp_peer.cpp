// one-model.yaml in C++: all threads, columns of 1,024 that stay in cache, vectorised xoshiro256+ (Blackman and Vigna 2021) and
// libmvec for logarithm, sine and cosine, in the log domain, counted into bins. Prints P5 P25 P50 P75 P95 of energy, Wh.
//   g++ -O3 -march=native -mprefer-vector-width=512 -ffast-math -fopenmp cpp_peer.cpp -o cpp_peer
//   -DONE_NORMAL  draws the product of PUE and utilisation as the one lognormal that it is, two samples for each Box-Muller pair
// usage: cpp_peer SAMPLES SEED
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <omp.h>
#include <vector>

constexpr int BLOCK = 1024, LANES = 8;
constexpr double LOW = -16, HIGH = 9, SCALE = 256; // ln Wh; the straight line within a bin is off by some 1e-6
constexpr int BINS = int((HIGH - LOW) * SCALE);

constexpr double Z95 = 1.645;
const double MEAN_OUTPUT = 300 / std::log(2.0);
const double LN_TPS = 9.761963208597 - 0.585438883133 * std::log(500.0);
constexpr double SLOPE = 0.226564431815;
const double LN_CAP = std::log(4572.23);
const double MU = (std::log(0.4 * 0.9) + std::log(1.05 * 1.6)) / 2 + std::log(10.2 * 1000 / 3600);
const double SIGMA_U = std::log(0.9 / 0.4) / 2 / Z95, SIGMA_P = std::log(1.6 / 1.05) / 2 / Z95;

struct Generator {
  alignas(64) uint64_t s[4][LANES];

  explicit Generator(uint64_t seed) { // splitmix64, as xoshiro's authors advise
    for (auto &row : s)
      for (auto &word : row) {
        uint64_t z = (seed += 0x9e3779b97f4a7c15);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        word = z ^ (z >> 31);
      }
  }

  void fill(double *u) { // BLOCK numbers in (0, 1]
    for (int i = 0; i < BLOCK; i += LANES) {
#pragma omp simd
      for (int l = 0; l < LANES; l++) {
        const uint64_t bits = (s[0][l] + s[3][l]) >> 12 | 0x3ff0000000000000, t = s[1][l] << 17;
        s[2][l] ^= s[0][l];
        s[3][l] ^= s[1][l];
        s[1][l] ^= s[2][l];
        s[0][l] ^= s[3][l];
        s[2][l] ^= t;
        s[3][l] = s[3][l] << 45 | s[3][l] >> 19;
        double x;
        std::memcpy(&x, &bits, sizeof x);
        u[i + l] = 2 - x;
      }
    }
  }
};

using Column = double[BLOCK];

// ln(tokens / tps) of one block.
static void service(Generator &generator, double *ln) {
  alignas(64) Column u;
  generator.fill(u);
#pragma omp simd
  for (int i = 0; i < BLOCK; i++) {
    const double tokens = std::nearbyint(-MEAN_OUTPUT * std::log(u[i]));
    const double lnTokens = std::log(std::max(tokens, 1e-6));
    ln[i] = lnTokens - std::min(LN_CAP, LN_TPS + SLOPE * lnTokens);
  }
}

// Adds ln(PUE * utilisation).
static void factors(Generator &generator, double *ln) {
  alignas(64) Column u, angle;
  generator.fill(u);
  generator.fill(angle);
#ifdef ONE_NORMAL
  const double sigma = std::sqrt(SIGMA_U * SIGMA_U + SIGMA_P * SIGMA_P);
  constexpr int HALF = BLOCK / 2;
#pragma omp simd
  for (int i = 0; i < HALF; i++) u[i] = sigma * std::sqrt(-2 * std::log(u[i]));
#pragma omp simd
  for (int i = 0; i < HALF; i++) ln[i] += u[i] * std::cos(2 * M_PI * angle[i]);
#pragma omp simd
  for (int i = 0; i < HALF; i++) ln[HALF + i] += u[i] * std::sin(2 * M_PI * angle[i]);
#else
#pragma omp simd
  for (int i = 0; i < BLOCK; i++) u[i] = std::sqrt(-2 * std::log(u[i]));
#pragma omp simd
  for (int i = 0; i < BLOCK; i++) ln[i] += SIGMA_U * u[i] * std::cos(2 * M_PI * angle[i]);
#pragma omp simd
  for (int i = 0; i < BLOCK; i++) ln[i] += SIGMA_P * u[i] * std::sin(2 * M_PI * angle[i]);
#endif
}

static void count(const double *ln, int n, uint64_t *counts) {
  alignas(64) int bin[BLOCK];
#pragma omp simd
  for (int i = 0; i < BLOCK; i++)
    bin[i] = int(std::min(std::max((ln[i] + MU - LOW) * SCALE, 0.0), BINS - 1.0));
  for (int i = 0; i < n; i++) counts[bin[i]]++;
}

static double quantile(const std::vector<uint64_t> &counts, double rank) {
  double below = 0;
  int bin = 0;
  while (below + counts[bin] < rank) below += counts[bin++];
  return std::exp(LOW + (bin + (rank - below) / counts[bin]) / SCALE);
}

int main(int, char **argv) {
  const int64_t samples = std::atoll(argv[1]), blocks = (samples + BLOCK - 1) / BLOCK;
  std::vector<uint64_t> counts(BINS);
#pragma omp parallel
  {
    std::vector<uint64_t> own(BINS);
    alignas(64) Column ln;
    Generator generator(std::strtoull(argv[2], nullptr, 10) + (uint64_t(omp_get_thread_num()) << 32));
#pragma omp for schedule(static)
    for (int64_t b = 0; b < blocks; b++) {
      service(generator, ln);
      factors(generator, ln);
      count(ln, int(std::min<int64_t>(BLOCK, samples - b * BLOCK)), own.data());
    }
#pragma omp critical
    for (int i = 0; i < BINS; i++) counts[i] += own[i];
  }
  std::printf("[");
  for (double p : {0.05, 0.25, 0.5, 0.75, 0.95}) std::printf("%s%.17g", p > 0.05 ? ", " : "", quantile(counts, p * samples));
  std::printf("]\n");
}
